# SPDX-License-Identifier: EUPL-1.2
"""Reading the screen of Xvfb with bench-screen, and what the times say."""
import os
import statistics
import subprocess
import time

from content import CELL, CELLS, ROWS, SPEED
from wall import WallError, tool

FRAME_MS = 1000 / 60
STEP = SPEED // 60  # rows of the strip a frame


class Watch:
    """bench-screen beside a program: started when made, its lines (lists of numbers) when it is asked for them."""

    def __init__(self, screen, *arguments):
        file = os.path.join(screen.folder, "Xvfb_screen0")
        self._process = subprocess.Popen([tool("bench-screen"), file, *map(str, arguments)], stdout=subprocess.PIPE, text=True)

    def lines(self):
        text, _ = self._process.communicate()
        if self._process.returncode != 0:
            raise WallError("bench-screen failed")
        return [[int(word) for word in line.split()] for line in text.splitlines()]


def codes(screen, content, seconds):
    return Watch(screen, "codes", 0, content.code_row, CELLS, CELL, seconds)


def changes(screen, x, y, width, seconds):
    return Watch(screen, "changes", x, y, width, seconds)


def pacing(lines):
    """Of lines of `codes`: (intervals in ms, frames that were missed, frames that there should have been). Where the strip begins anew,
    the number says nothing, and the interval counts alone."""
    intervals, missed, frames = [], 0, 0
    for (before_us, before), (now_us, now) in zip(lines, lines[1:]):
        took = (now_us - before_us) / 1000
        intervals.append(took)
        forward = now - before
        steps = forward / STEP if 0 < forward < 60 * STEP and now < ROWS else took / FRAME_MS
        frames += max(1, round(steps))
        missed += max(0, round(steps) - 1)
    return intervals, missed, frames


def deviation(intervals):
    return statistics.pstdev(intervals)


def wait_moving(screen, content, program, seconds=30):
    """Until the strip runs."""
    end = time.monotonic() + seconds
    while len(codes(screen, content, 0.5).lines()) < 4:
        if time.monotonic() > end or not program.running():
            raise WallError(f"{program.command[0]} shows nothing that moves: {program.said()}")


def wait_colour(screen, content, colour, program, seconds=30, tolerance=24):
    """Until the mark in the middle of the first photograph is on the screen."""
    x, y, end = content.width // 2 - 30, content.height // 2 - 30, time.monotonic() + seconds
    while any(abs(a - b) > tolerance for a, b in zip(screen.pixel(x, y), colour)):
        if time.monotonic() > end or not program.running():
            raise WallError(f"{program.command[0]} shows no picture: {program.said()}")
        time.sleep(0.05)


def server(screen):
    """The process id of an X server of wall.py."""
    return screen._server.pid
