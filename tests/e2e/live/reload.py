#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""reload.py SCHAUWAND: a folder that is edited while it plays, and `tell reload`: scenes, playlists and sources come anew into the same
player; what cannot be played leaves on what was; other panels want another player."""
import json
import os
import signal
import subprocess
import sys

from small import PATIENCE, Small
from house import wait_until

SOURCE = {"fallback": "last", "fresh_for": "1h", "expire_after": "1d", "fields": {"level": {"type": "number"}}}


class House(Small):
    """A wall whose playlist follows sources: the scene of the last one that is high is on, else home, in short turns: what has come anew
    waits for the end of a turn that is near."""

    def __init__(self, schauwand):
        super().__init__(schauwand)
        self.door = self.folder / "run" / "control"
        self.follow("one")
        self.level("one", 1)
        self.play("one", "--control", str(self.door), "--at", "2026-11-23T09:05")  # far from the end of a turn

    def level(self, source, level):
        self.write(f"data/{source}.json", {"level": level})

    def follow(self, *sources):
        for name in sources:
            self.scene(name, {"text": f"{name}: {{{name}.level | value}}"})
        high = [{"scene": name, "for": "1h", "when": f"{name}.level > 8", "interrupt": True, "priority": 2 + i}
                for i, name in enumerate(sources)]
        self.wall("one", {"scene": "home", "for": "3s"}, *high)
        self.write("scenes/sources.json", {name: {"file": f"data/{name}.json", **SOURCE} for name in sources})

    def reload(self, expect=0):
        done = subprocess.run([self.schauwand, "tell", "reload", "--control", str(self.door)], capture_output=True, text=True,
                              timeout=PATIENCE, check=False)
        assert done.returncode == expect, done
        return done.stderr

    def says(self, text):
        return text in self.player.text()

    def until(self, scene):
        wait_until(f"{scene}; there is {self.shown()}", lambda: self.shown() == scene)


def edited(house):
    """A scene that is new, and the way there."""
    house.until("home")
    player = house.child("schauwand-player")
    house.scene("news", {"text": "Neues"})
    house.wall("one", {"scene": "news", "for": "3s"}, {"scene": "one", "for": "1h", "when": "one.level > 8", "interrupt": True,
                                                       "priority": 2})
    house.reload()
    house.until("news")
    house.level("one", 9)
    house.until("one")
    house.level("one", 2)
    house.until("news")
    assert house.child("schauwand-player") == player, "it was started again"


def sources(house):
    """One that is new, one that is gone, none at all, and one again."""
    player = house.child("schauwand-player")
    house.level("two", 10)
    house.follow("one", "two")
    house.reload()
    house.until("two")
    house.level("two", 3)
    house.until("home")
    house.follow("two")
    house.reload()
    house.level("two", 11)
    house.until("two")
    (house.exhibition / "scenes/sources.json").unlink()
    house.wall("one", {"scene": "news", "for": "3s"})
    for name in ("one", "two"):
        house.scene(name, {"text": name})
    house.reload()
    house.until("news")
    house.level("three", 12)
    house.follow("three")
    house.reload()
    house.until("three")
    assert house.child("schauwand-player") == player, "it was started again"


def refused(house):
    """What was on stays, and why is said."""
    place = "scenes/walls/one.json"
    house.write(place, {"zones": []})
    house.reload()
    wait_until("a fault", lambda: house.says("cannot be played: what was on stays") and house.says(f"{place}:1:"))
    assert house.shown() == "three"
    house.wall("one", {"scene": "news", "for": "3s"})
    house.reload()
    house.until("news")


def another_player(house):
    """Other panels; and one that is killed after a reload has the sources that came with it."""
    player = house.child("schauwand-player")
    wall = "scenes/walls/one.json"
    text = (house.exhibition / wall).read_text()
    house.write(wall, json.loads(text.replace("[960, 540]", "[640, 360]")))
    house.reload()
    wait_until("another player", lambda: house.child("schauwand-player") not in (None, player))
    house.until("news")
    assert not house.says("ended with status"), "it was no crash"
    house.level("four", 20)
    house.follow("four")
    house.reload()
    house.until("four")
    player = house.child("schauwand-player")
    os.kill(player, signal.SIGKILL)
    wait_until("another player", lambda: house.child("schauwand-player") not in (None, player))
    house.until("four")
    house.level("four", 0)
    house.until("home")
    house.follow("four", "five")
    house.level("five", 20)
    house.reload()
    house.until("five")


def main():
    with House(sys.argv[1]) as house:
        for part in (edited, sources, refused, another_player):
            part(house)
            print(part.__name__)
        assert house.player.stop() == 0


if __name__ == "__main__":
    main()
