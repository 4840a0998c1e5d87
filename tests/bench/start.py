# SPDX-License-Identifier: EUPL-1.2
"""From fork to the first pixel that only the decoded picture gives: a folder on disk with one JPEG, no SVG."""
import os
import subprocess

import peers
from content import MARK, Picture
from table import Row
from wall import WallError, Xvfb, tool, wait_for

ROWS = ("picture.feh", "picture.chromium", "picture.mpv", "picture.floor")
EMPTY = (0, 0, 255)  # what bench-floor empty shows
LIMIT_S = 20


def first_ms(bench, screen, content, command, colour=MARK):
    x, y = content.width // 2 - 30, content.height // 2 - 30
    wait_for(lambda: screen.pixel(x, y) == (0, 0, 0), "an empty screen")
    done = subprocess.run([tool("bench-screen"), os.path.join(screen.folder, "Xvfb_screen0"), "first", str(x), str(y),
                           "%02X%02X%02X" % colour, "24", str(LIMIT_S), *command], env=bench.env(screen), capture_output=True, text=True)
    if done.returncode != 0 or done.stdout.strip() == "late":
        raise WallError(f"{command[0]} shows no picture within {LIMIT_S} s: {done.stderr}")
    return float(done.stdout)


def measure(bench):
    peers.need("Xvfb", "chromium", "feh", "mpv")
    times = {name: [] for name in ("ours", "feh", "mpv", "floor", "empty", "chromium")}
    runs = bench.runs(15, 5)
    with bench.check(Picture(bench.folder)) as content, Xvfb() as screen:
        picture = content.path("media/a.jpg")
        commands = {"ours": bench.play(content), "feh": peers.feh(picture), "mpv": peers.mpv(picture),
                    "floor": peers.floor("picture", picture), "empty": peers.floor("empty"),
                    "chromium": peers.chromium(content.page, bench.folder)}
        for name, command in commands.items():  # once for the page cache, and for Chromium's profile
            first_ms(bench, screen, content, command, EMPTY if name == "empty" else MARK)
        for run in range(runs):
            bench.say(f"start: run {run + 1} of {runs}")
            for name, command in commands.items():
                if name != "chromium" or run % 3 == 0:
                    times[name].append(first_ms(bench, screen, content, command, EMPTY if name == "empty" else MARK))
    ours = times["ours"]
    return [Row("picture.feh", ours, "ms", "feh", times["feh"], ("<=", 1.6), ("<=", 1.0), "ratio"),
            Row("picture.chromium", ours[::3], "ms", "Chromium", times["chromium"], ("<=", 0.12), ("<=", 0.08), "ratio"),
            Row("picture.mpv", ours, "ms", "mpv", times["mpv"], judge="ratio"),
            Row("picture.floor", ours, "ms", "floor", times["floor"], judge="ratio",
                note=f"floor: exec, X, libjpeg and put, one thread; a field of one colour instead of a picture: "
                f"{min(times['empty']):.1f}..{max(times['empty']):.1f} ms")]
