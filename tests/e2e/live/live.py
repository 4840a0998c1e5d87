#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""live.py SCHAUWAND: a source over HTTP (nginx) and one that is a file reshaped by jq, from payload to pixels; what is kept when the
courier is killed; what the wall shows when the server fails."""
import json
import os
import signal
import sqlite3
import sys
import time

from small import Small
from house import wait_until
from nginx import Nginx

SOURCE = {
    "pick": "/currentMeasurement",
    "fields": {"level": {"type": "number", "from": "/value", "unit": "cm", "digits": 0}, "at": {"type": "time", "from": "/timestamp"}},
    "observed": "at", "every": "5s", "fresh_for": "1000h", "expire_after": "2000h", "history": {"level": {"keep": "7d", "step": "15m"}},
    "sample": "data/sample.json", "sample_at": "2026-11-20T14:05",
    "attribution": {"provider": "Test", "licence": {"name": "CC0", "url": "https://example.org/l"}, "url": "https://example.org/"}}


class House(Small):
    """A scene of two sources: one that a web server has, and a file that goes through jq. `lines`: of the server's configuration."""

    def __init__(self, schauwand, *lines):
        super().__init__(schauwand)
        self.nginx = Nginx(self.folder, *lines)
        self.allow(self.nginx.place)
        self.sources = {
            "pegel": {"http": self.url("pegel.json"), **SOURCE},
            "park": {"file": "data/park.json", "select": "[.body.lots[] | {name, free}]", "rows": True, "fresh_for": "1000h",
                     "fields": {"name": {"type": "text"}, "free": {"type": "number"}}}}
        self.write("scenes/sources.json", self.sources)
        self.scene("live", {"text": "{pegel.level | value}, {pegel.status}"}, {"repeat": "park.rows", "as": "p", "each": {
            "text": "{p.name}: {p.free}"}})
        self.wall("one", {"scene": "live", "for": "1h"})
        self.write("data/sample.json", {"currentMeasurement": {"timestamp": "2026-11-20T14:00:00+01:00", "value": 111}})
        self.park(12)
        self.level(400, 0)

    def __exit__(self, *reason):
        self.nginx.stop()
        super().__exit__(*reason)

    def url(self, path):
        return f"http://{self.nginx.place}/{path}"

    def park(self, free):
        self.write("data/park.json", {"lots": [{"name": "Königstraße", "free": free}]})

    def serve(self, name, value):
        self.nginx.write(name, json.dumps(value).encode())

    def level(self, value, minute):
        self.serve("pegel.json", {"currentMeasurement": {"timestamp": f"2026-11-23T09:{minute:02d}:00+01:00", "value": value}})

    def picture(self, *options):
        """The scene with what the sources say now, asked anew."""
        return self.render("live", *options)[0]

    def courier(self):
        return self.child("schauwand-courier")

    def points(self):
        file = self.folder / "state" / "schauwand" / "courier.sqlite"
        if not file.exists():
            return []
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
            return [value for (value,) in database.execute("SELECT value FROM point ORDER BY at")]


def follows_the_server(house):
    live = ("--config", house.host)
    house.play("one", *live)
    first = house.picture(*live)
    wait_until("the first level", lambda: house.looks_like(first))
    house.level(441, 15)
    house.park(7)
    second = house.picture(*live)
    assert second != first
    wait_until("the second level", lambda: house.looks_like(second))
    wait_until("an answer 304", lambda: ("/pegel.json", 304) in house.nginx.asked())
    return second


def outlives_its_courier(house, picture):
    for _ in range(5):
        old = wait_until("a courier", house.courier)
        os.kill(old, signal.SIGKILL)
        wait_until("another courier", lambda old=old: house.courier() not in (None, old))
        assert house.looks_like(picture), "the picture has changed"
    assert house.points() == [400, 441], house.points()


def outlives_its_server(house, picture):
    def faults():
        return house.player.text().count("[courier]: pegel: ")
    before = faults()
    house.nginx.stop()
    wait_until("an attempt that fails", lambda: faults() > before)  # the first: each makes the courier wait twice as long
    time.sleep(1)
    assert house.looks_like(picture), "a good value was taken back"
    house.nginx.start()
    house.level(455, 30)
    third = house.picture("--config", house.host)
    wait_until("the third level", lambda: house.looks_like(third))


def says_what_is_a_sample(house):
    sample = house.picture()
    asked = len(house.nginx.asked())
    assert sample != house.picture("--config", house.host)
    assert len(house.nginx.asked()) > asked, "with leave it is asked"
    before = len(house.nginx.asked())
    house.picture()
    assert len(house.nginx.asked()) == before, "without leave nothing is asked"


def main():
    with House(sys.argv[1]) as house:
        picture = follows_the_server(house)
        outlives_its_courier(house, picture)
        outlives_its_server(house, picture)
        house.stop()
        says_what_is_a_sample(house)
    print("payload to pixels, 5 couriers killed, a server gone and back, a sample named")


if __name__ == "__main__":
    main()
