#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: courier.py BUILD RESOLVER [CASE...]

A real player, its courier and its jq worker, and servers that do what no honest one does, all at once (bad_feeds.py lists them). Each is
met twice: by a source that has had a good answer before, and by one that never had. Beside them are good sources over HTTP, through jq and
from a file. The good ones must go on, a good value must stay, only the guilty must be in error, and the log must say why, once.
"""
import os
import re
import signal
import statistics
import sys
import tempfile
import threading
import time

import bad_feeds
import feeds
import house
import web

house.PATIENCE = 240  # hostile programs are judged by processor time, which may be long in coming on a busy machine
STORM = 36  # seconds: the first attempt, and those after 15 s and 30 s


class Probe(threading.Thread):
    """Writes a file that is a source, again and again, and takes the time until the courier has kept what is in it."""

    def __init__(self, wall):
        super().__init__(daemon=True)
        self.wall, self.times, self.done = wall, [], False
        self.start()

    def run(self):
        value = 0
        while not self.done:
            value += 1
            at, begun = feeds.now_ms(), time.monotonic()
            self.wall.exhibition.write("data/probe.json", feeds.reading(value, at))
            while not self.done and (at, value) not in self.wall.points("probe")[-1:]:
                time.sleep(0.005)
            self.times.append((begun, time.monotonic() - begun))
            time.sleep(0.2)

    def report(self):
        times = sorted(1000 * time for _, time in self.times)
        return (f"a file was taken {len(times)} times, after {statistics.median(times):.0f} ms (median), "
                f"{times[len(times) * 99 // 100]:.0f} ms (p99), {times[-1]:.0f} ms at most")


class Storm:
    """The sources, and their servers."""

    def __init__(self, names):
        self.cases = [case for case in bad_feeds.CASES if not names or case.name in names]
        self.healed = False
        self.private = bad_feeds.Private()
        self.servers = {case.name: web.Server(lambda connection, request, case=case: self.reply(case, connection, request))
                        for case in self.cases}
        self.good = web.Server(lambda connection, request: web.answer(200, feeds.reading(42)))
        self.sources = {"good": feeds.source(f"http://{self.good.place}/plain", history={"v": {"keep": "1h", "step": "5s"}}),
                        "good_jq": feeds.source(f"http://{self.good.place}/jq", select="{v: .body.v, at: .body.at}"),
                        "probe": {"file": "data/probe.json", "fields": feeds.FIELDS, "observed": "at", "fresh_for": "12s",
                                  "history": {"v": {"keep": "1h", "step": "1s"}}}}
        for case in self.cases:
            for early in (True, False):
                address = case.address or f"http://{self.servers[case.name].place}/{'early' if early else 'late'}"
                if early or not case.address:
                    self.sources[("early_" if early else "late_") + case.name] = feeds.source(address, **case.source)

    def reply(self, case, connection, request):
        if self.healed or (request.path == "/late" and request.number == 0):
            return web.answer(200, *case.good(42 if self.healed else 7))
        return case.reply(connection, request, self.private)

    def expected(self):
        """What the cells say while the storm lasts."""
        cells = {"good": ("fresh", 42), "good_jq": ("fresh", 42), "probe": ("fresh", "other")}
        for case in self.cases:
            cells[f"early_{case.name}"] = case.early
            if not case.address:
                cells[f"late_{case.name}"] = case.late
        return cells

    def close(self):
        for server in (*self.servers.values(), self.good):
            server.close()
        self.private.close()


def check_log(storm, wall):
    """Each guilty source says why, once; nobody else says anything."""
    faults = []
    for name in storm.sources:
        case = next((case for case in storm.cases if name in (f"early_{case.name}", f"late_{case.name}")), None)
        lines = wall.lines(f"[courier]: {name}: ")
        wanted = [] if case is None else [case.why] if isinstance(case.why, str) else case.why
        told = [any(re.search(why, line) for line in lines) for why in wanted]
        if len(lines) != len(wanted) or not all(told):
            faults.append(f"{name}: wanted {wanted}, logged {lines}")
    assert not faults, "the log:\n" + "\n".join(faults) + "\n\n" + wall.supervisor.text()


def check_good(storm, begun):
    """The good source was asked all the time."""
    for path in ("/plain", "/jq"):
        times = [begun] + [request.at for request in storm.good.asked(path)] + [time.monotonic()]
        gaps = [after - before for before, after in zip(times, times[1:])]
        print(f"  {path}: asked {len(times) - 2} times, {max(gaps):.1f} s apart at most")
        assert len(times) > STORM / 5 * 0.6, f"{path} was asked {len(times) - 2} times only"


def ride_out(storm, wall):
    """The storm itself."""
    courier = house.wait_until("a courier", lambda: wall.pid("schauwand-courier"))
    watcher, begun = feeds.Watcher(wall), time.monotonic()
    house.wait_until("the good source", lambda: wall.cells().get("good") == ("fresh", 42))
    probe = Probe(wall)
    time.sleep(max(0, begun + STORM - time.monotonic()))
    wall.await_cells(storm.expected())
    probe.done = watcher.done = True
    rate, longest = watcher.between(begun + 2, time.monotonic())
    print(f"{len(storm.sources)} sources, {len(storm.cases)} ways to be bad: {rate:.1f} pictures/s, {1000 * longest:.0f} ms without one at "
          f"most; {probe.report()}")
    check_good(storm, begun)
    check_log(storm, wall)
    assert wall.pid("schauwand-courier") == courier, "the courier did not live through it:\n" + wall.supervisor.text()
    assert not storm.private.asked(), f"addresses were asked that must not be: {storm.private.asked()}"


def clear_up(storm, wall):
    """The servers are well again, and a new courier asks them at once: all is as it should be."""
    storm.healed = True
    os.kill(wall.pid("schauwand-courier"), signal.SIGKILL)
    cases = {f"{when}_{case.name}": case.healed for case in storm.cases for when in ("early", "late")}
    wall.await_cells({name: cases.get(name, ("fresh", 42)) for name in storm.sources if name != "probe"})


def main():
    build, resolver, *names = sys.argv[1:]
    storm = Storm(names)
    try:
        with tempfile.TemporaryDirectory(prefix="sw-storm-") as folder:
            exhibition = feeds.Exhibition(folder, storm.sources, ["127.0.0.1"])
            exhibition.write("data/probe.json", feeds.reading(0))
            with feeds.Wall(build, exhibition, {"LD_PRELOAD": resolver}) as wall:
                ride_out(storm, wall)
                clear_up(storm, wall)
                wall.end()
    finally:
        storm.close()
    print("all were there again afterwards")


if __name__ == "__main__":
    main()
