# SPDX-License-Identifier: EUPL-1.2
"""Proves the pieces that the end-to-end tests stand on: pixels and fingers reach a real X server's client and come back."""
import unittest

from wall import Process, WallError, Xorg, Xvfb, tool, wait_for


def pattern(x, y):
    """What finger-echo.c paints."""
    return x % 251, y % 241, (x // 251 + y // 241) % 128


def pattern_bytes(width, height):
    rows = []
    for y in range(height):
        row = bytearray(4 * width)
        row[0::4] = bytes((x // 251 + y // 241) % 128 for x in range(width))
        row[1::4] = bytes([y % 241]) * width
        row[2::4] = bytes(x % 251 for x in range(width))
        rows.append(bytes(row))
    return rows


class Pixels(unittest.TestCase):
    def check_whole(self, screen):
        seen = screen.pixels(0, 0, screen.width, screen.height)
        for y, row in enumerate(pattern_bytes(screen.width, screen.height)):
            got = bytearray(seen[4 * screen.width * y:4 * screen.width * (y + 1)])
            got[3::4] = bytes(screen.width)
            self.assertEqual(bytes(got), row, f"row {y}")

    def test_xvfb(self):
        with Xvfb(1280, 720) as screen, Process("echo", [tool("finger-echo")], env=screen.env()) as echo:
            self.assertEqual(echo.expect(r"^ready (\d+) (\d+)$").groups(), ("1280", "720"))
            wait_for(lambda: screen.pixel(1279, 719) == pattern(1279, 719), "the window's last pixel")
            self.check_whole(screen)
            self.assertRaises(WallError, screen.pixels, 1279, 0, 2, 1)

    def test_xorg_with_two_outputs(self):
        with Xorg([(1280, 1024, 0, 0), (800, 600, 1280, 100)]) as screen:
            with Process("echo", [tool("finger-echo")], env=screen.env()) as echo:
                self.assertEqual(echo.expect(r"^ready (\d+) (\d+)$").groups(), ("2080", "1024"))
                wait_for(lambda: screen.pixel(2079, 1023) == pattern(2079, 1023), "the window's last pixel")
                self.check_whole(screen)
                self.assertRaises(WallError, screen.pixels, 2079, 0, 2, 1)

    def test_a_program_that_ends_is_noticed(self):
        with Process("short", ["sh", "-c", "echo one; echo two >&2; exit 3"]) as process:
            self.assertEqual(process.wait(), 3)
            process.expect("one")
            with self.assertRaisesRegex(WallError, "has ended.*two"):
                process.expect("three")

    def test_waiting_ends(self):
        self.assertRaisesRegex(WallError, "the impossible", wait_for, lambda: False, "the impossible", 0.01)


class Fingers(unittest.TestCase):
    def start(self, screen):
        echo = Process("echo", [tool("finger-echo")], env=screen.env())
        self.addCleanup(echo.stop)
        echo.expect("^ready")
        wait_for(lambda: screen.pixel(1, 1) == pattern(1, 1), "the window")
        return echo

    def test_two_frames_and_many_fingers(self):
        with Xorg([(1920, 1080, 0, 0), (1920, 1080, 1920, 0)]) as screen:
            echo = self.start(screen)
            frames = [screen.touch("touch0"), screen.touch("touch1")]
            count = 20
            for finger in range(count):
                for i, frame in enumerate(frames):
                    frame.down(finger, 100 + finger * 80 + i * 1920, 100 + finger * 40)
            for turn in range(5):
                for finger in range(count):
                    for i, frame in enumerate(frames):
                        frame.move(finger, 110 + finger * 80 + i * 1920 + turn * 5, 110 + finger * 40)
            for finger in range(count):
                for frame in frames:
                    frame.up(finger)
            screen.sync()
            downs = echo.wait_lines(r"^down (\d+) (\d+) ([\d.]+) ([\d.]+)", 2 * count)
            ups = echo.wait_lines(r"^up (\d+) (\d+) ([\d.]+) ([\d.]+)", 2 * count)
            self.assertEqual(len(downs), 2 * count)
            self.assertEqual({match.group(1, 2) for match in downs}, {match.group(1, 2) for match in ups})
            self.assertEqual({int(match.group(1)) for match in downs}, {screen.device_id("touch0"), screen.device_id("touch1")})
            wanted = {(100 + finger * 80 + i * 1920, 100 + finger * 40) for finger in range(count) for i in range(2)}
            for match in downs:
                x, y = float(match.group(3)), float(match.group(4))
                near = {place for place in wanted if abs(place[0] - x) <= 0.5 and abs(place[1] - y) <= 0.5}
                self.assertEqual(len(near), 1, f"{match.group(0)} is where no finger is left")
                wanted -= near
            self.assertEqual(len(echo.wait_lines("^move", 2 * count * 5)), 2 * count * 5)
            self.assertFalse({"button", "key"} & set(echo.lines), "a finger came as something else as well")
            self.assertLessEqual(echo.lines.count("pointer"), 1)  # the pointer enters the window once, whoever touches it

    def test_a_drag_across_the_outputs(self):
        with Xorg([(1024, 768, 0, 0), (1024, 768, 1024, 0)]) as screen:
            echo = self.start(screen)
            screen.touch("touch1").drag([(900, 300)] + [(x, 300) for x in range(920, 1200, 20)])
            echo.expect("^up")
            places = [float(match.group(1)) for match in echo.wait_lines(r"^move \d+ \d+ ([\d.]+)", 14)]
            self.assertEqual(places, sorted(places))
            self.assertAlmostEqual(places[-1], 1180, delta=0.5)

    def test_a_frame_mapped_to_its_panel(self):
        with Xorg([(1024, 768, 0, 0), (1024, 768, 1024, 0)]) as screen:
            screen.map_touch("touch1", 1)
            echo = self.start(screen)
            for x, y in ((1024, 0), (1500, 400), (2047, 767)):
                screen.touch("touch1").tap(x, y)
                match = echo.expect(r"^down \d+ \d+ ([\d.]+) ([\d.]+)")
                self.assertAlmostEqual(float(match.group(1)), x, delta=0.5)
                self.assertAlmostEqual(float(match.group(2)), y, delta=0.5)
                echo.expect("^up")

    def test_touch_to_picture(self):
        with Xorg([(1280, 800, 0, 0)]) as screen:
            self.start(screen)
            for x, y in ((200, 300), (640, 400), (1000, 700)):
                self.assertNotEqual(screen.pixel(x, y), (255, 255, 255))
                screen.touch().tap(x, y)
                screen.wait_pixel(x, y, (255, 255, 255))
                self.assertEqual(screen.pixel(x + 15, y), pattern(x + 15, y))

    def test_mistakes_of_a_test_are_told(self):
        with Xorg([(640, 480, 0, 0)]) as screen:
            screen.touch().up(3)
            with self.assertRaisesRegex(WallError, "not down"):
                screen.sync()


if __name__ == "__main__":
    unittest.main(verbosity=2)
