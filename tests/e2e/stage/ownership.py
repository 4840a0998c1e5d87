# SPDX-License-Identifier: EUPL-1.2
"""What a finger belongs to, at the wall duo: the zone, the scene and the button where it came down. (What it means within the 400 ms
after an automatic change, and a finger that gets stuck, are tested on a virtual clock: tests/unit/stage.)"""
import ctypes
import os
import tempfile

from playing import Exhibition, Play, wait_for
from wall import Xorg

WIDTH, HEIGHT = 1920, 1080
STILL = {"changing": False, "contacts": 0}


class Mouse:
    """The core pointer, moved by the XTest extension."""

    def __init__(self, display):
        self.x11, self.xtst = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        self.x11.XOpenDisplay.restype = ctypes.c_void_p
        self.display = ctypes.c_void_p(self.x11.XOpenDisplay(display.encode()))
        assert self.display.value, "no display"

    def click(self, x, y):
        self.xtst.XTestFakeMotionEvent(self.display, -1, int(x), int(y), 0)
        for down in (1, 0):
            self.xtst.XTestFakeButtonEvent(self.display, 1, down, 0)
        self.x11.XSync(self.display, 0)

    def close(self):
        self.x11.XCloseDisplay(self.display)


class Test:
    def __init__(self, exhibition, screen, player, folder):
        self.exhibition, self.screen, self.player, self.folder = exhibition, screen, player, folder
        self.touch = screen.touch("touch0")

    def place(self, zone, address, text):
        x, y = self.exhibition.find(address, text)
        return x + zone * WIDTH, y

    def whole(self, zone):
        return self.screen.pixels(zone * WIDTH, 0, WIDTH, HEIGHT)

    def home(self):
        """The left zone's visitor in the hub, the screen at rest."""
        self.player.wait_zone(0, scene="hub", visit=True, **STILL)
        seen = [b""]

        def at_rest():
            before, seen[0] = seen[0], self.whole(0)
            return before == seen[0]
        wait_for(at_rest, "a screen at rest")


def change_keeps_what_was_seen(test):
    """The welcome goes, the next project fades in over three seconds; the welcome's button still leads to the hub."""
    test.player.wait_zone(0, scene="welcome", changing=True, visit=False)
    test.touch.tap(*test.place(0, "welcome", "Ansehen →"))
    test.player.wait_zone(0, visit=True)
    test.home()


def ground_holds(test):
    """The right zone: empty ground in attract holds what is on and starts a visit."""
    held = test.player.wait_zone(1, visit=False, **STILL)
    test.touch.tap(WIDTH + 5, 5)
    test.player.wait_zone(1, visit=True, scene=held["scene"], page=held["page"], **STILL)


def slides(test):
    player = test.player
    right = player.zone(1)
    tile, other = test.place(0, "hub", "Serviceportal"), test.place(1, "hub", "Masterplan Digitales Duisburg")
    test.touch.down(1, *tile)
    test.screen.sync()
    player.wait_zone(0, contacts=1)
    for step in range(1, 11):
        test.touch.move(1, *(a + (b - a) * step / 10 for a, b in zip(tile, other)))
    test.screen.sync()
    assert player.zone(0)["contacts"] == 1 and player.zone(1)["contacts"] == 0, "the finger changed its owner"
    test.touch.up(1)
    test.screen.sync()
    player.wait_zone(0, contacts=0)
    test.home()
    after = player.zone(1)
    assert after["changes"] == right["changes"] and after["scene"] == right["scene"], f"something fired in the other zone: {right} {after}"
    test.touch.drag([tile, (tile[0] + 40, tile[1]), (tile[0] + 600, tile[1] + 20)])  # off one tile, onto the next
    player.wait_zone(0, contacts=0)
    test.home()
    test.touch.drag([tile, (tile[0] + 60, tile[1] + 60), tile])  # off and back on
    player.wait_zone(0, contacts=0)
    test.home()


def marks(test):
    test.home()
    before = test.whole(0)
    x, y = 60, 500
    test.touch.down(1, x, y)
    test.screen.sync()
    test.player.wait_zone(0, contacts=1)
    around = lambda: test.screen.pixels(x - 40, y - 40, 80, 80)
    rows = range(y - 40, y + 40)
    clean = b"".join(before[4 * (row * WIDTH + x - 40):4 * (row * WIDTH + x + 40)] for row in rows)
    wait_for(lambda: around() != clean, "a mark beneath the finger")
    test.screen.shot(os.path.join(test.folder, "mark-ground.png"))
    test.touch.down(2, *test.place(0, "hub", "Serviceportal"))
    test.screen.sync()
    test.player.wait_zone(0, contacts=2)
    test.screen.shot(os.path.join(test.folder, "mark-tile.png"))
    test.touch.move(2, 1000, 20)  # it slides off: nothing is tapped
    test.touch.up(1)
    test.touch.up(2)
    test.screen.sync()
    test.player.wait_zone(0, **STILL)
    wait_for(lambda: test.whole(0) == before, "the marks to fade without a trace")


def many(test):
    """All forty fingers of a frame, down at once, on ground and buttons alike; they slide before they lift."""
    for finger in range(40):
        test.touch.down(finger, 60 + finger % 20 * 92, 240 + finger // 20 * 300)
    test.screen.sync()
    test.player.wait_zone(0, contacts=40)
    for finger in range(40):
        test.touch.move(finger, 60 + finger % 20 * 92, 290 + finger // 20 * 300)
    test.screen.sync()
    test.screen.shot(os.path.join(test.folder, "forty.png"))
    for finger in range(40):
        test.touch.up(finger)
    test.screen.sync()
    test.player.wait_zone(0, contacts=0)
    test.home()


def mouse(test):
    pointer = Mouse(test.screen.display)
    pointer.click(*test.place(0, "hub", "Serviceportal"))
    test.player.wait_zone(0, scene="serviceportal", page="start", **STILL)
    pointer.close()


def main():
    outputs = [(WIDTH, HEIGHT, 0, 0), (WIDTH, HEIGHT, WIDTH, 0)]
    with Exhibition() as exhibition, Xorg(outputs) as screen, tempfile.TemporaryDirectory(prefix="schauwand-own-") as folder:
        exhibition.edit("scenes/exhibition.json", ('"kind": "fade", "for": "600ms"', '"kind": "fade", "for": "3s"'))
        with Play(exhibition, "--wall", "duo", "--at", "2026-11-23T00:00:26", env=screen.env()) as player:
            test = Test(exhibition, screen, player, os.environ.get("SW_KEEP") or folder)
            parts = (change_keeps_what_was_seen, ground_holds, slides, marks, many, mouse)
            for part in parts:
                part(test)
            assert player.stop() == 0, player.errors()
            print("ownership: " + ", ".join(part.__name__ for part in parts))


if __name__ == "__main__":
    main()
