#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: courier_kills.py BUILD [--kills N] [--seed N]

Kills and stops the courier and its jq worker at random moments while a wall shows what they bring. All must be there again each time, no
point of a history may be lost but one a courier, no pixel may change but the newest value's, and nothing may be left behind.
"""
import argparse
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time

import feeds
import house
import web

house.PATIENCE = 120  # a source whose program lost two workers in a row waits for both quarantine and back-off
COURIER, WORKER = "schauwand-courier", "schauwand-worker-jq"
KEPT_SECONDS = 300  # of the list that the server gives
TEXT = [0, 40, feeds.WIDTH, 24]  # where the newest value stands


class Platform:
    """A server with a new sample every second: the newest alone, or the list of the last minutes. Knows what it has given whole."""

    def __init__(self):
        self.given = set()
        self.server = web.Server(self.reply)

    def reply(self, connection, request):
        second = int(time.time())
        if request.path == "/newest":
            connection.sendall(web.answer(200, json.dumps({"v": second % 1000, "at": second * 1000}).encode()))
            self.given.add(second * 1000)
            return None
        rows = [{"v": at % 1000, "at": at * 1000} for at in range(second - KEPT_SECONDS, second + 1)]
        random.Random(second).shuffle(rows)
        return web.answer(200, json.dumps(rows).encode())

    def sources(self):
        history = {"v": {"keep": "2h", "step": "1s"}}
        often = {"every": "1s", "fresh_for": "1h", "history": history}
        place = f"http://{self.server.place}"
        return {"newest": feeds.source(place + "/newest", **often),
                "list": feeds.source(place + "/list", rows=True, **often),
                "reshaped": feeds.source(place + "/list?reshaped", rows=True, select="[.body[] | {v, at}]", **often)}


class Pixels(threading.Thread):
    """Looks at every picture: below the moving strip and beside the newest value all of them must be the same."""

    def __init__(self, wall):
        super().__init__(daemon=True)
        self.wall, self.seen, self.first, self.other, self.done = wall, 0, None, [], False
        self.start()

    def run(self):
        last = None
        while not self.done:
            stamp = os.stat(self.wall.shot).st_mtime_ns if self.wall.shot.exists() else last
            if stamp != last:
                last = stamp
                self.compare(feeds.pixels(self.wall.shot)[1])
            time.sleep(0.05)

    def compare(self, rows):
        still = [row for y, row in enumerate(rows) if y >= feeds.STRIP and not TEXT[1] <= y < TEXT[1] + TEXT[3]]
        self.first = self.first or still
        self.seen += 1
        if still != self.first:
            self.other.append(self.seen)


def state_of(wall):
    """What may not grow: descriptors of supervisor and player, threads of the player, files of the state."""
    player = wall.pid("schauwand-player")

    def count(pid, what):
        return len(os.listdir(f"/proc/{pid}/{what}"))
    return {"supervisor's descriptors": count(wall.supervisor.process.pid, "fd"), "player's descriptors": count(player, "fd"),
            "player's threads": count(player, "task"), "children": len(wall.supervisor.children()),
            "files": len(os.listdir(wall.folder / "state" / "schauwand"))}


def strike(wall, program, way, chance):
    """Kills it, stops it for a while, or stops it for good: then somebody else must end it."""
    pid = house.wait_until(program, lambda: wall.pid(program))
    try:
        os.kill(pid, signal.SIGKILL if way == "kill" else signal.SIGSTOP)
        if way == "pause":
            time.sleep(chance.random() * 1.5)
            os.kill(pid, signal.SIGCONT)
            return
    except ProcessLookupError:
        return  # it was about to be replaced anyway
    house.wait_until(f"another {program}", lambda: wall.pid(program) not in (None, pid))


def await_newer(wall):
    """Until every source has brought what was not there before now."""
    second = int(time.time()) + 1
    for name in ("newest", "list", "reshaped"):
        house.wait_until(f"news of {name}", lambda name=name: wall.points(name)[-1][0] >= second * 1000)


def run(wall, kills, chance):
    watcher, pixels, counts = feeds.Watcher(wall), Pixels(wall), {}
    begun = time.monotonic()
    time.sleep(5)
    before, baseline = state_of(wall), watcher.between(begun, time.monotonic())
    begun = time.monotonic()
    for number in range(kills):
        time.sleep(chance.choice((0, 0.01, 0.1, 1)) * chance.random())
        program, way = chance.choice((COURIER, WORKER)), chance.choice(("kill", "kill", "kill", "pause", "stop"))
        frames = wall.status()["frames"]
        try:
            strike(wall, program, way, chance)
            if chance.random() < 0.5:
                await_newer(wall)
            house.wait_until("another picture", lambda seen=frames: wall.status().get("frames", 0) > seen)
        except AssertionError as error:
            raise AssertionError(f"number {number}, {program}, {way}: {error}\n{wall.supervisor.text()}") from error
        counts[program, way] = counts.get((program, way), 0) + 1
    await_newer(wall)
    pixels.done = watcher.done = True
    ended = time.monotonic()
    house.wait_until("nothing more than before", lambda: all(now <= before[what] for what, now in state_of(wall).items()))
    print("; ".join(f"{program} {way} {count}" for (program, way), count in sorted(counts.items())))
    for what, (rate, longest) in (("before", baseline), ("meanwhile", watcher.between(begun, ended))):
        print(f"{what}: {rate:.1f} pictures/s, {1000 * longest:.0f} ms without one at most")
    assert not pixels.other, f"pictures {pixels.other[:9]} of {pixels.seen} have other pixels"
    print(f"{pixels.seen} pictures are the same but for the newest value")
    return sum(count for (program, way), count in counts.items() if program == COURIER)


def check_history(wall, platform, couriers):
    for name in ("list", "reshaped"):
        points = wall.points(name)
        times = [at for at, _ in points]
        holes = sorted(set(range(times[0], times[-1], 1000)) - set(times))
        assert not holes and len(set(times)) == len(times), f"{name} has holes or doubles: {holes}"
        assert all(value == at // 1000 % 1000 for at, value in points), f"{name} has values that were never given"
    kept = {at for at, _ in wall.points("newest")}
    lost = platform.given - kept
    assert kept <= platform.given and len(lost) <= couriers, f"{len(lost)} of {len(platform.given)} lost with {couriers} couriers"
    print(f"lists: {len(times)} points without a hole; single samples: {len(lost)} of {len(platform.given)} lost with {couriers} couriers")


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("build")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    platform = Platform()
    text = {"text": "{newest.v | value}", "style": "body", "at": TEXT[:2], "size": TEXT[2:]}
    with tempfile.TemporaryDirectory(prefix="sw-courier-kills-") as folder:
        exhibition = feeds.Exhibition(folder, platform.sources(), [{"host": "127.0.0.1", "every_at_least": "1s"}], [text])
        with feeds.Wall(options.build, exhibition) as wall:
            wall.await_cells({name: ("fresh", "other") for name in platform.sources()})
            couriers = run(wall, options.kills, random.Random(options.seed))
            wall.end()
            check_history(wall, platform, couriers)
            assert not wall.lines("damaged"), wall.supervisor.text()
    platform.server.close()


if __name__ == "__main__":
    sys.exit(main())
