# SPDX-License-Identifier: EUPL-1.2
"""From an injected finger to the pixel that it changes, on a real Xorg with the dummy driver: a button of ours and one of a page in
Chromium that have another colour while they are touched. The finger comes at any moment of a frame; the pixel is looked at every 0.3 ms."""
import random
import subprocess
import time

import peers
import processes
from content import Button
from table import Row
from wall import WallError, Xorg, tool

ROWS = ("touch.p50", "touch.p95", "touch.p99", "touch.chromium", "touch.resting")
LOOK = (700, 460)   # in the button, beside the finger
FINGER = (1200, 640)
LIMIT_S = 5


class Pixel:
    """bench-pixel: (microseconds, colour) of each change."""

    def __init__(self, screen, x, y):
        self._process = subprocess.Popen([tool("bench-pixel"), str(x), str(y)], env=screen.env(), stdin=subprocess.PIPE,
                                         stdout=subprocess.PIPE, text=True, bufsize=1)

    def next(self, wanted=None):
        """The next change, or the next one to that colour."""
        while True:
            line = self._process.stdout.readline().split()
            if not line:
                raise WallError("bench-pixel has ended")
            seen = int(line[0]), tuple(bytes.fromhex(line[1]))
            if wanted is None or seen[1] == wanted:
                return seen

    def stop(self):
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


def fingers(bench, screen, content, command, count, pause):
    """Milliseconds of each touch. `pause`: (least, most) seconds between two."""
    times, chance, finger = [], random.Random(3), screen.touch()
    with processes.Program(command, bench.env(screen)) as program:
        pixel = Pixel(screen, *LOOK)
        try:
            pixel.next(content.CALM)
            time.sleep(2)
            for touch in range(count + 5):
                began = time.monotonic_ns() // 1000
                finger.down(touch, *FINGER)
                at, _ = pixel.next(content.PRESSED)
                if touch >= 5:  # the first ones find caches cold
                    times.append((at - began) / 1000)
                finger.up(touch)
                pixel.next(content.CALM)
                time.sleep(chance.uniform(*pause))
            screen.sync()
        finally:
            pixel.stop()
        if not program.running():
            raise WallError(f"{command[0]} has ended: {program.said()}")
    return times


def share(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def measure(bench):
    peers.need("Xorg", "xrandr", "chromium")
    moving, resting = ([], []), ([], [])  # each: ours, Chromium's
    with bench.check(Button(bench.folder)) as content, Xorg() as screen:
        for run in range(bench.runs(3, 1)):
            bench.say(f"touch: run {run + 1}")
            for into, pause, count in ((moving, (0.03, 0.08), bench.runs(150, 60)), (resting, (0.6, 0.8), bench.runs(25, 8))):
                for sums, command in zip(into, (bench.play(content), peers.chromium(content.page, bench.folder))):
                    sums.append(fingers(bench, screen, content, command, count, pause))
    ours, chromium = moving
    at = lambda part: ([share(run, part) for run in ours], [share(run, part) for run in chromium])
    note = (f"30 to 80 ms after the one before, whose mark still fades; {sum(map(len, ours))} touches each, "
            f"longest {max(map(max, ours)):.1f} and {max(map(max, chromium)):.1f} ms; "
            "without the delay that a display itself has")
    p50, p95, p99 = at(0.5), at(0.95), at(0.99)
    return [Row("touch.p50", p50[0], "ms", "Chromium", p50[1], None, ("<=", 17), note=note),
            Row("touch.p95", p95[0], "ms", "Chromium", p95[1], ("<=", 50)),
            Row("touch.p99", p99[0], "ms", "Chromium", p99[1]),
            Row("touch.resting", [share(run, 0.5) for run in resting[0]], "ms", "Chromium", [share(run, 0.5) for run in resting[1]], None,
                ("<=", 1.0), "ratio", note="medians, where nothing has moved for half a second before the finger comes"),
            Row("touch.chromium", p50[0], "ms", "Chromium", p50[1], None, ("<=", 1.0), "ratio", note="ahead of the page, by medians")]
