# SPDX-License-Identifier: EUPL-1.2
"""What moves, at 1080p: processor time of the program and of the X server together, and how evenly frames follow each other."""
import statistics

import peers
import processes
from content import BAND, Changes, Moving, Ticker
from table import Row
from wall import Xvfb
from watching import changes, codes, deviation, pacing, server, wait_colour, wait_moving
from content import MARK

ROWS = ("moving.chromium", "moving.floor", "moving.missed", "moving.interval")
TICKER_ROWS = ("ticker",)
CHANGES_ROWS = ("changes",)
SETTLE_S = 2.5


def settle(program, seconds=SETTLE_S):
    program.cpu_of(seconds)


def watch_moving(bench, screen, content, command, seconds):
    """(CPU s a minute, of it the server's, intervals, missed, frames) of one run."""
    with processes.Program(command, bench.env(screen)) as program:
        wait_moving(screen, content, program)
        settle(program)
        seen = codes(screen, content, seconds)
        spent, of_server = program.cpu_of(seconds, [server(screen)])
        return (spent * 60 / seconds, of_server * 60 / seconds, *pacing(seen.lines()))


def watch_floor(bench, screen, seconds):
    """(CPU s a minute, sd of the intervals) of one run of the bare program."""
    with processes.Program(peers.floor("fade", 1920, 1080, 0), bench.env(screen)) as program:
        settle(program)
        seen = changes(screen, 100, 540, 400, seconds)
        spent, _ = program.cpu_of(seconds, [server(screen)])
        times = [line[0] / 1000 for line in seen.lines()]
        return spent * 60 / seconds, deviation([now - before for before, now in zip(times, times[1:])])


def longest(runs):
    return max(max(run[2]) for run in runs)


def measure(bench):
    peers.need("Xvfb", "chromium")
    seconds, ours, chromium, floor = bench.runs(10, 6), [], [], []
    with bench.check(Moving(bench.folder)) as content, Xvfb() as screen:
        for run in range(bench.runs(5, 2)):
            bench.say(f"moving: run {run + 1}")
            ours.append(watch_moving(bench, screen, content, bench.play(content), seconds))
            chromium.append(watch_moving(bench, screen, content, peers.chromium(content.page, bench.folder), seconds))
            floor.append(watch_floor(bench, screen, seconds))
    cpu = [run[0] for run in ours]
    frames, missed = sum(run[4] for run in ours), sum(run[3] for run in ours)
    least = statistics.median(bare[0] / page[0] for bare, page in zip(floor, chromium))
    lost = f"{missed} of {frames} frames missed; Chromium {sum(run[3] for run in chromium)} of {sum(run[4] for run in chromium)}"
    return [
        Row("moving.chromium", cpu, "CPU s/60 s", "Chromium", [run[0] for run in chromium], ("<=", 0.13), ("<=", 0.10), "ratio",
            f"the bare floor program takes {least:.2f} of Chromium's on this machine" if least > 0.13 else "",
            note=f"of ours the X server's share is {min(run[1] for run in ours):.2f}..{max(run[1] for run in ours):.2f}"),
        Row("moving.floor", cpu, "CPU s/60 s", "floor", [run[0] for run in floor], ("<=", 1.30), ("<=", 1.15), "ratio"),
        Row("moving.missed", [1000 * missed / frames], "of 1000 frames", "Chromium",
            [1000 * sum(run[3] for run in chromium) / sum(run[4] for run in chromium)], ("<=", 1.0), ("<=", 0.0), note=lost),
        Row("moving.interval", [deviation(run[2]) for run in ours], "ms sd", "Chromium", [deviation(run[2]) for run in chromium],
            ("<=", 0.5), ("<=", 0.35), "ratio", note=f"longest {longest(ours):.1f} ms, Chromium's {longest(chromium):.1f} ms; "
            f"the floor's sd is {min(run[1] for run in floor):.2f}..{max(run[1] for run in floor):.2f}; seen every 0.3 ms")]


def measure_ticker(bench):
    peers.need("Xvfb", "chromium")
    seconds, ours, chromium, floor, rate = bench.runs(20, 8), [], [], [], []
    with bench.check(Ticker(bench.folder)) as content, Xvfb() as screen:
        for run in range(bench.runs(3, 1)):
            for sums, command in ((ours, bench.play(content)), (chromium, peers.chromium(content.page, bench.folder)),
                                  (floor, peers.floor("band", 1920, 1080, 0))):
                bench.say(f"ticker: run {run + 1}: {command[0]}")
                with processes.Program(command, bench.env(screen)) as program:
                    if sums is not floor:
                        wait_colour(screen, content, MARK, program)
                    settle(program)
                    seen = changes(screen, 0, 1080 - BAND // 2, 1920, seconds) if sums is ours else None
                    sums.append(program.cpu_of(seconds, [server(screen)])[0] * 60 / seconds)
                    if seen:
                        rate.append(len(seen.lines()) / seconds)
    bare = statistics.median(floor)
    return [Row("ticker", ours, "CPU s/60 s", "Chromium", chromium, ("<=", 1.5), ("<=", 1.0),
                reason=f"a bare blend and put of {BAND} rows alone takes {bare:.2f} on this machine" if bare > 1.3 else "",
                note=f"{min(rate):.1f}..{max(rate):.1f} frames/s while words are on; a bare blend and put of {BAND} rows: "
                f"{min(floor):.2f}..{max(floor):.2f} CPU s/60 s")]


def measure_changes(bench):
    peers.need("Xvfb")
    seconds, ours, floor, rate = bench.runs(12, 6), [], [], []
    with bench.check(Changes(bench.folder)) as content, Xvfb() as screen:
        for run in range(bench.runs(2, 1)):
            bench.say(f"changes: run {run + 1}")
            with processes.Program(bench.play(content), bench.env(screen)) as program:
                wait_colour(screen, content, MARK, program, tolerance=80)
                settle(program, 8)  # the first change begins
                seen = changes(screen, 0, 200, 1920, seconds)
                ours.append(program.cpu_of(seconds, [server(screen)])[0] * 60 / seconds)
                rate.append(len(seen.lines()) / seconds)
            floor.append(watch_floor(bench, screen, seconds)[0])
    return [Row("changes", ours, "CPU s/60 s", "floor", floor, judge="ratio",
                note=f"{min(rate):.1f}..{max(rate):.1f} new pictures/s (a fade has 255 steps)")]
