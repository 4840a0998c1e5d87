#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: offline.py BUILD LIBRARY DAYS SECONDS

A wall whose release was carried to it and that reaches nobody, for so many days in so many seconds: its civil clock runs fast (LIBRARY,
moved_clock.c; the clock of movements is left as it is). The playlist is right by the time of day, through a change of the clock, no picture
is ever black, and nothing grows. SW_SOURCE says where the sources are.
"""
import datetime
import json
import os
import subprocess
import sys
import tempfile
import time
import zoneinfo

sys.path[:0] = [os.path.join(os.path.dirname(os.path.abspath(__file__)), name) for name in ("..", "../xorg")]
from following import COLOURS, Site, wait_until
from moved import MovedClock
from wall import Xvfb
import house

BUILD, LIBRARY, DAYS, SECONDS = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")
START = datetime.datetime(2027, 3, 26, 4, 0, tzinfo=BERLIN)  # two days before the clock goes forward
SPEED = DAYS * 24 * 3600 // SECONDS
SLOTS = ["night", "morning", "noon", "evening"]  # six hours each
SCENES = dict(zip(SLOTS + ["sunday"], ["red", "blue", "green", "brown", "violet"]))
GROWTH = 64 << 10  # bytes that may be in another state at another time


def wanted(instant):
    """(day, slot, scene) by the clock on the wall."""
    local = datetime.datetime.fromtimestamp(instant, BERLIN)
    slot = SLOTS[local.hour // 6]
    return local.date(), slot, "sunday" if slot == "noon" and local.weekday() == 6 else slot


def publish(site):
    times = {name: f"{6 * i:02d}:00-{6 * i + 6:02d}:00" for i, name in enumerate(SLOTS)}
    loop = [{"scene": name, "for": "6h", "on": {"time": time}} for name, time in times.items() if name != "noon"]
    loop += [{"scene": "noon", "for": "6h", "on": {"time": times["noon"], "days": "mon-sat"}},
             {"scene": "sunday", "for": "6h", "on": {"time": times["noon"], "days": "sun"}}]
    site.write("scenes/playlists/foyer.json", json.dumps({"loop": loop}))
    for name in ("one", "two"):
        os.remove(os.path.join(site.exhibition, "scenes", f"{name}.json"))
    for name, colour in SCENES.items():
        site.scene(name, COLOURS[colour])
    path = os.path.join(site.exhibition, "scenes", "exhibition.json")
    with open(path, encoding="utf-8") as file:
        exhibition = json.load(file)
    site.write("scenes/exhibition.json", json.dumps({**exhibition, "home": "noon", "timezone": "Europe/Berlin"}))
    site.publish()


def size_of(folder):
    """Without the ledger: it notes each jump of such a clock."""
    return sum(os.lstat(os.path.join(place, name)).st_size for place, _, names in os.walk(folder) for name in names
               if os.path.basename(place) != "plays")


class Watch:
    """What is seen of the screen: which scenes, when, and whether it was ever black."""

    def __init__(self, screen, clock):
        self.screen, self.clock, self.seen, self.black, self.samples = screen, clock, [], 0, 0
        self.names = {tuple(bytes.fromhex(COLOURS[colour][1:])): name for name, colour in SCENES.items()}

    def look(self):
        instant, pixel = self.clock.now(), self.screen.pixel(600, 300)
        self.samples += 1
        self.black += sum(pixel) < 60
        name = self.names.get(pixel)
        if name is not None and (not self.seen or self.seen[-1][1] != name):
            self.seen.append((instant, name))


def judge(watch, began, ended):
    """All that was seen is what was wanted, in its order; little of it was missed."""
    slots = []
    instant = began
    while instant < ended:
        slot = wanted(instant)
        if not slots or slots[-1] != slot:
            slots.append(slot)
        instant += 600
    at, last = 0, -1
    for instant, name in watch.seen:
        now = slots.index(wanted(min(instant, ended - 600)))
        at = next((i for i in range(last + 1, now + 1) if slots[i][2] == name), None)
        assert at is not None, f"{name} at {datetime.datetime.fromtimestamp(instant, BERLIN)}, behind {slots[last]}"
        last = at
    print(f"{len(watch.seen)} of {len(slots)} turns seen in {watch.samples} looks, {watch.black} black")
    assert watch.black == 0 and len(watch.seen) > 0.8 * (len(slots) - 1)


def main():
    COLOURS["violet"] = "#8020A0"
    site, clock, folder = Site(BUILD), MovedClock(LIBRARY), tempfile.mkdtemp(prefix="sw-offline-")
    cache, state, status = (os.path.join(folder, name) for name in ("cache", "state", "status"))
    publish(site)
    subscription = ["--wall", "foyer", "--root-key", site.root_key, "--cache", cache]
    site.run("fetch", "--from", site.published, *subscription)
    clock.set(START.timestamp())
    with Xvfb(640, 360) as screen:
        wall = house.Supervisor(os.path.join(BUILD, "schauwand"), "play", "https://test.invalid/wall", *subscription, "--status", status,
                                "--backend", "cpu", state=state, environment={**screen.env(), **clock.environment()})
        watch = Watch(screen, clock)
        wait_until("the first picture", lambda: watch.look() or watch.seen)
        watch.black = watch.samples = 0
        clock.set(START.timestamp(), SPEED)
        began = START.timestamp()
        sizes = []
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            watch.look()
            if not sizes and time.monotonic() > end - 0.9 * SECONDS:
                sizes.append((size_of(cache), size_of(state)))
            time.sleep(0.01)
        ended = clock.now()
        clock.set(ended)
        sizes.append((size_of(cache), size_of(state)))
        said = wall.text()
        with open(status, encoding="utf-8") as file:
            told = json.load(file)
        assert wall.stop() == 0, wall.text()
        wall.close()
    print(f"{(ended - began) / 86400:.1f} days at {SPEED} times the speed; bytes of store and state {sizes}, "
          f"{said.count(chr(10))} lines of log")
    try:
        judge(watch, began, ended)
        assert told["release"] == 1 and told["card"] is None, told
        assert said.count("shows a picture") == 1, "it was started again"
        assert all(after - before <= GROWTH for before, after in zip(*sizes)), sizes
    except AssertionError:
        print(said)
        raise
    finally:
        subprocess.run(["rm", "-r", folder], check=False)
        site.close()
        clock.close()


if __name__ == "__main__":
    main()
