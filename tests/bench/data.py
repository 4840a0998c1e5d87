# SPDX-License-Identifier: EUPL-1.2
"""Live data from a web server (nginx on loopback) to the wall: processor time of courier, jq worker and player apart, memory, and how
evenly frames follow each other meanwhile, beside a page in Chromium that asks the same; for the asking alone a bare loop of libcurl."""
import statistics
import threading

import peers
import processes
from feeds import LIST_EVERY_S, SOURCES, History, Rows, Sources, Table, Web
from table import Row
from wall import WallError, Xvfb, tool
from watching import codes, deviation, pacing, server, wait_moving

PARTS = ("sources", "history", "rows", "table")
ROWS = ("sources.courier", *(f"{part}.{what}" for part in PARTS for what in ("cpu", "missed", "interval", "memory")))
CONTENTS = {"sources": Sources, "history": History, "rows": Rows, "table": Table}
SETTLE_S = 8
COURIER, JQ, PLAYER = "schauwand-courier", "schauwand-worker-jq", "schauwand-player"


class Run:
    """What one program did in some seconds; processor times a minute, the X server's under ""."""

    def __init__(self, bench, screen, content, command, seconds):
        content.renew()
        with processes.Program(command, bench.env(screen)) as program:
            wait_moving(screen, content, program, 60)
            program.cpu_of(SETTLE_S)
            seen, asked = codes(screen, content, seconds), content.web.asked()
            self.cpu = {name: spent * 60 / seconds for name, spent in program.cpu_by_name(seconds, [server(screen)]).items()}
            self.rate = (content.web.asked() - asked - 1) / seconds
            self.memory = program.pss_by_name()
            self.intervals, self.missed, self.frames = pacing(seen.lines())
            if not program.running():
                raise WallError(f"{command[0]} has ended: {program.said()}")

    @property
    def whole(self):
        return sum(self.cpu.values())


class Changing:
    """The list has other numbers every few seconds."""

    def __init__(self, content):
        self._stop, self._content = threading.Event(), content
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self):
        turn = 0
        while not self._stop.wait(LIST_EVERY_S):
            turn += 1
            self._content.change(turn)

    def __enter__(self):
        if hasattr(self._content, "change"):
            self._thread.start()

    def __exit__(self, *_):
        self._stop.set()
        if self._thread.ident:
            self._thread.join()


def bare(bench, screen, web, seconds):
    """CPU s a minute of the bare loop, and how many it asked a second."""
    command = [tool("bench-polls"), f"{web.address}/s/", str(SOURCES), "1000", str(seconds + 60)]
    with processes.Program(command, bench.env(screen)) as program:
        program.cpu_of(2)
        asked = web.asked()
        spent, _ = program.cpu_of(seconds)
        return spent * 60 / seconds, (web.asked() - asked - 1) / seconds


def spread(runs, name, of="cpu"):
    found = sorted(getattr(run, of).get(name, 0) for run in runs)
    return f"{found[0]:.2f}..{found[-1]:.2f}"


def percentile(runs, part):
    found = sorted(interval for run in runs for interval in run.intervals)
    return found[min(len(found) - 1, int(len(found) * part))]


def paced(runs):
    return (f"p50 {percentile(runs, 0.5):.1f}, p99 {percentile(runs, 0.99):.1f}, longest {percentile(runs, 1):.1f} ms, "
            f"{sum(run.missed for run in runs)} of {sum(run.frames for run in runs)} missed")


def lost(runs):
    return 1000 * sum(run.missed for run in runs) / sum(run.frames for run in runs)


def rows_of(part, ours, chromium):
    rate = [round(statistics.median(run.rate for run in runs), 1) for runs in (ours, chromium)]
    uneven, memory = ([[of(run) for run in runs] for runs in (ours, chromium)] for of in (
        lambda run: deviation(run.intervals), lambda run: sum(run.memory.values())))
    return [
        Row(f"{part}.cpu", [run.whole for run in ours], "CPU s/60 s", "Chromium", [run.whole for run in chromium], judge="ratio",
            note=f"courier {spread(ours, COURIER)}, jq worker {spread(ours, JQ)}, player {spread(ours, PLAYER)}, "
            f"X server {spread(ours, '')}; {rate[0]} requests/s, Chromium {rate[1]}; nginx not included"),
        Row(f"{part}.missed", [lost(ours)], "of 1000 frames", "Chromium", [lost(chromium)], ("<=", 1.0), ("<=", 0.0),
            note=f"{paced(ours)}; Chromium {paced(chromium)}"),
        Row(f"{part}.interval", uneven[0], "ms sd", "Chromium", uneven[1], ("<=", 0.5), ("<=", 0.35), "ratio"),
        Row(f"{part}.memory", memory[0], "MiB", "Chromium", memory[1], judge="ratio", note=", ".join(
            f"{name} {spread(ours, of, 'memory')}" for name, of in (("player", PLAYER), ("courier", COURIER), ("jq worker", JQ))))]


def measure(bench):
    peers.need("Xvfb", "chromium", "nginx")
    seconds, rows, floor = bench.runs(15, 8), [], []
    with Xvfb() as screen, Web(bench.folder) as web:
        for part in PARTS:
            ours, chromium = [], []
            with bench.check(CONTENTS[part](bench.folder, web)) as content, Changing(content):
                for run in range(bench.runs(5, 1)):
                    bench.say(f"data: {part}, run {run + 1}")
                    ours.append(Run(bench, screen, content, bench.play(content, *content.options), seconds))
                    chromium.append(Run(bench, screen, content, peers.chromium(content.page, bench.folder), seconds))
                    if part == "sources":
                        floor.append(bare(bench, screen, web, seconds))
            if part == "sources":
                rows.append(Row("sources.courier", [run.cpu.get(COURIER, 0) + run.cpu.get(JQ, 0) for run in ours], "CPU s/60 s", "floor",
                                [spent for spent, _ in floor], judge="ratio",
                                note=f"courier and jq worker for {SOURCES} sources at 1 s; the floor is a bare loop of libcurl that drops "
                                f"the same answers, {min(rate for _, rate in floor):.0f} requests/s"))
            rows += rows_of(part, ours, chromium)
    return rows
