#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""clock.py SCHAUWAND LIBRARY: a machine whose clock is wrong by fifty years both ways, at the start and while it plays: the playlist goes
on, data are as old as they are, and `status` says what is wrong."""
import json
import os
import pathlib
import subprocess
import sys
import time

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent / "live")]
from moved import MovedClock  # noqa: E402
from small import PATIENCE, Small  # noqa: E402
from house import wait_until  # noqa: E402
import web  # noqa: E402

YEAR = 365 * 24 * 3600
DAY = 24 * 3600
SOURCE = {"every": "5s", "fallback": "last", "fresh_for": "2m", "expire_after": "1d", "fields": {"level": {"type": "number"}},
          "attribution": {"provider": "Test", "licence": {"name": "CC0", "url": "https://example.org/l"}, "url": "https://example.org/"}}


class House(Small):
    """A playlist of short turns beside one of the whole day, and a source that is read every few seconds."""

    def __init__(self, schauwand, clock):
        super().__init__(schauwand)
        self.clock, self.door = clock, self.folder / "run" / "control"
        self.scene("next", {"text": "{one.level | value}"})
        self.answers = True
        self.server = web.Server(lambda *_: web.answer(200 if self.answers else 503, b'{"level": 3}', "Content-Type: application/json"))
        self.allow(self.server.place)
        self.write("scenes/sources.json", {"one": {"http": f"http://{self.server.place}/level.json", **SOURCE}})
        self.wall("one", {"scene": "home", "for": "2s"}, {"scene": "next", "for": "2s"})

    def __exit__(self, *reason):
        self.server.close()
        super().__exit__(*reason)

    def open(self):
        os.environ.update(self.clock.environment())
        self.play("one", "--control", str(self.door), "--config", self.host)
        for name in self.clock.environment():
            del os.environ[name]
        wait_until("the first scene", lambda: self.shown() in ("home", "next"))

    def status(self, *form):
        done = subprocess.run([self.schauwand, "status", *form, "--control", str(self.door)], capture_output=True, text=True,
                              timeout=PATIENCE, check=False)
        return done.returncode, done.stdout

    def told(self):
        return json.loads(self.status("--json")[1])

    def turns(self, count):
        before = self.zone()["changes"]
        wait_until(f"{count} turns", lambda: self.zone()["changes"] >= before + count)

    def fresh(self):
        """With a value that came since; one of a later time is none that can be relied upon."""
        began = self.told()["clock"]

        def is_new():
            source = self.told()["sources"][0]
            return source["state"] == "fresh" and source["fetched"] is not None and began <= source["fetched"] <= self.told()["clock"]
        wait_until("a value that is fresh", is_new)


def runs(house):
    """The clock that counts goes on, and with it the playlist and the data."""
    began, before = time.monotonic(), house.told()["clock"]
    house.turns(3)
    gone, passed = house.told()["clock"] - before, time.monotonic() - began
    assert abs(gone - passed) < 3, (gone, passed)
    house.fresh()


def right(house):
    house.open()
    runs(house)
    code, text = house.status()
    assert code == 0 and "clock" in text and "machine's clock" not in text, text


def behind(house):
    """From the day of the build on."""
    house.clock.set(time.time() - 50 * YEAR)
    house.open()
    runs(house)
    told, (code, text) = house.told(), house.status()
    assert told["machine_clock"] < time.time() - 49 * YEAR and time.time() - 3 * YEAR < told["clock"] <= time.time() + DAY, told
    assert code == 1 and "the machine's clock is behind: it says 19" in text, text
    code, line = house.status("--nagios")
    assert code == 1 and "WARNING - the machine's clock is behind" in line, line
    house.clock.set(time.time())  # somebody has set it right
    wait_until("no doubt", lambda: house.status()[0] == 0)
    runs(house)
    assert abs(house.told()["clock"] - time.time()) < 5


def ahead(house):
    house.clock.set(time.time() + 50 * YEAR)
    house.open()
    runs(house)
    told, (code, text) = house.told(), house.status()
    assert abs(told["clock"] - house.clock.now()) < 5 and told["clock"] == told["machine_clock"], told
    assert code == 1 and "is it right?" in text, text
    house.clock.set(time.time())
    wait_until("no doubt", lambda: house.status()[0] == 0)
    runs(house)


def month(house):
    """Nobody answers for thirty days: what is known is as old as that, and comes anew when somebody does."""
    house.open()
    runs(house)
    house.answers = False
    known = house.told()["sources"][0]["fetched"]
    house.clock.set(time.time() + 30 * DAY)
    wait_until("a value that is old", lambda: house.told()["sources"][0]["state"] == "expired")
    house.turns(3)
    source = house.told()["sources"][0]
    assert source["fetched"] is None or source["fetched"] <= known + 60, source
    house.answers = True
    runs(house)


def jumps(house):
    """While it plays, this way and that."""
    house.open()
    for years in (-50, 50, 0):
        house.clock.set(time.time() + years * YEAR)
        runs(house)
    for hours in (1, -1, 1, 0):
        house.clock.set(time.time() + hours * 3600)
        house.turns(1)
    assert house.player.text().count("shows a picture") == 1, house.player.text()


def main():
    clock = MovedClock(sys.argv[2])
    with House(sys.argv[1], clock) as house:
        for part in (right, behind, ahead, month, jumps):
            clock.set(time.time())
            began = time.monotonic()
            part(house)
            house.stop()
            print(f"{part.__name__}: {time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    main()
