# SPDX-License-Identifier: EUPL-1.2
"""Frames by size: how many a second the player shows at 7680 x 2160, what one costs when nothing waits, 1,000 translucent pictures, and
pictures of a video."""
import re
import subprocess

import peers
import processes
from content import Moving
from table import Row
from wall import WallError, Xvfb, tool
from watching import codes, pacing, server, wait_moving

SIZES = ((1920, 1080), (3840, 2160), (7680, 2160))
ROWS = tuple(f"frame.{width}x{height}" for width, height in SIZES)
LARGE_ROWS = ("large",)
QUADS_ROWS = ("quads",)
FILMS = ((1920, 1080), (3840, 2160))
FILMS_ROWS = tuple(f"films.{width}x{height}" for width, height in FILMS)


def figures(command, env=None):
    """Of a program of ours that prints "name number name number ...": {name: number}."""
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    if done.returncode != 0:
        raise WallError(f"{command[0]}: {done.stderr.strip()}")
    return {name: float(value) for name, value in re.findall(r"(\w+) ([\d.]+)", done.stdout)}


def floor_ms(screen, width, height, count):
    return sum(figures(peers.floor("frames", width, height, count), screen.env()).values())


def measure_large(bench):
    peers.need("Xvfb")
    width, height = SIZES[2]
    hertz, floor, spent = [], [], []
    with bench.check(Moving(bench.folder, width, height)) as content, Xvfb(width, height) as screen:
        for run in range(bench.runs(3, 1)):
            bench.say(f"large: run {run + 1}")
            with processes.Program(bench.play(content), bench.env(screen)) as program:
                wait_moving(screen, content, program, 60)
                program.cpu_of(3)
                seconds = bench.runs(10, 5)
                seen = codes(screen, content, seconds)
                spent.append(program.cpu_of(seconds, [server(screen)])[0] / seconds)
                intervals, _, _ = pacing(seen.lines())
                hertz.append(1000 * len(intervals) / sum(intervals))
            floor.append(1000 / floor_ms(screen, width, height, 60))
    return [Row("large", hertz, "Hz", "floor", floor, (">=", 30), (">=", 60),
                reason="the bare floor program, one thread, does not reach it on this machine either" if max(floor) < 30 else "",
                note=f"{min(spent):.2f}..{max(spent):.2f} cores, the X server's included; cross-fade, ticker and strip")]


def measure(bench):
    peers.need("Xvfb")
    rows = []
    for name, (width, height) in zip(ROWS, SIZES):
        bench.say(f"{name} ...")
        ours, floor, parts = [], [], []
        with bench.check(Moving(bench.folder, width, height)) as content, Xvfb(width, height) as screen:
            for _ in range(bench.runs(3, 1)):
                parts.append(figures([tool("bench-frames"), content.folder, str(bench.runs(300, 120))], bench.env(screen)))
                ours.append(parts[-1]["whole"])
                floor.append(floor_ms(screen, width, height, 100))
        last = parts[-1]
        rows.append(Row(name, ours, "ms", "floor", floor, judge="ratio", note=f"stage {last['stage']:.2f}, compose {last['compose']:.2f}, "
                        f"put {last['put']:.2f}, p95 of the whole {last['p95']:.2f}; two threads, the floor one"))
    return rows


def measure_quads(bench):
    ours, bare, p95 = [], [], []
    for _ in range(bench.runs(5, 2)):
        got = figures([tool("bench-quads"), "1000", "64", "400"])
        ours.append(got["compose"])
        bare.append(got["pixman"])
        p95.append(got["p95"])
    one = figures([tool("bench-quads"), "1000", "64", "400", "1"])["compose"]
    return [Row("quads", ours, "ms", "bare pixman", bare, ("<=", 6.0), ("<=", 4.0),
                reason="bare calls of pixman do not reach it on this machine either" if min(bare) > 6 else "",
                note=f"p95 {max(p95):.2f}; two threads, one thread {one:.2f}; bare pixman is one thread, drawing lists not included")]


def measure_films(bench):
    rows = []
    for name, (width, height) in zip(FILMS_ROWS, FILMS):
        bench.say(f"{name} ...")
        ours, copied, last = [], [], {}
        for _ in range(bench.runs(5, 2)):
            last = figures([tool("bench-films"), str(width), str(height), str(bench.runs(200, 60)), "1"])
            ours.append(last["plain"])
            copied.append(last["memcpy"])
        ways = ", ".join(f"{way} {last[way]:.2f}" for way in ("faint", "round", "half", "part", "large", "change"))
        two = figures([tool("bench-films"), str(width), str(height), str(bench.runs(200, 60)), "2"])["plain"]
        rows.append(Row(name, ours, "ms", "memcpy", copied, judge="ratio", note=f"one thread, {ways}; two threads {two:.2f}"))
    return rows
