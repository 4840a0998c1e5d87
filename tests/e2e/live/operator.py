#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""operator.py SCHAUWAND: what this machine's operator has decided takes effect: whom to call stands on the card, and every process writes
as much to the log as is wished; a file with faults is told once, whoever reads it."""
import json
import os
import signal
import subprocess
import sys

from small import PATIENCE, Small
from house import wait_until


class House(Small):
    """An exhibition with two sources: one was never recorded, the other's recording is damaged."""

    def __init__(self, schauwand):
        super().__init__(schauwand)
        source = {"file": "data/level.json", "fresh_for": "30m", "fields": {"level": {"type": "number"}}}
        self.write("scenes/sources.json", {"level": source, "torn": source})
        self.write("data/level.json", {"level": 12})
        self.wall("one", {"scene": "home", "for": "10s"})
        self.recordings = self.folder / "recordings"
        (self.recordings / "torn").mkdir(parents=True)
        (self.recordings / "torn" / "index.jsonl").write_text("torn\n")
        (self.folder / "nothing").mkdir()

    def once(self, folder, host, *options):
        """The picture, and what is said on the way."""
        self.host.write_text(host if isinstance(host, str) else json.dumps(host))
        environment = {key: value for key, value in self.environment().items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
        done = subprocess.run([self.schauwand, "play", folder, "--config", self.host, "--shot", self.shot, *options], timeout=PATIENCE,
                              capture_output=True, text=True, env=environment, check=True)
        return self.shot.read_bytes(), done.stderr


def call(house):
    """On each card, and before what the exhibition says."""
    empty, options = house.folder / "nothing", ("--offscreen",)
    nobody, one, other = (house.once(empty, host, *options)[0] for host in ({}, {"call": "Durchwahl 12"}, {"call": "Durchwahl 13"}))
    assert len({nobody, one, other}) == 3, "it stands on the card"
    assert house.once(empty, {"call": "Durchwahl 12"}, *options)[0] == one
    exhibition = house.exhibition / "scenes" / "exhibition.json"
    options = (*options, "--wall", "none")
    nobody, called = (house.once(house.exhibition, host, *options)[0] for host in ({}, {"call": "Durchwahl 12"}))
    exhibition.write_text(json.dumps({**json.loads(exhibition.read_text()), "contact": "Durchwahl 14"}))
    asked, both = (house.once(house.exhibition, host, *options)[0] for host in ({}, {"call": "Durchwahl 12"}))
    assert len({nobody, called, asked}) == 3 and both == called, "who runs the machine knows best whom to call"


def player(house, level, said):
    text = house.once(house.folder / "nothing", {"log": level})[1]
    assert ("schauwand-player[player]: there is no display" in text) == said, f"{level}: {text}"


def courier(house, level, said):
    """It takes its sources in order: after the warning about the second there is no notice about the first any more."""
    house.play("one", "--config", house.host, "--replay", house.recordings)
    wait_until("the second source", lambda: "torn/index.jsonl:1 is passed over" in house.player.text())
    assert ("level: there is no recording" in house.player.text()) == said, f"{level}: {house.player.text()}"
    house.stop()


def supervisor(house, level, said):
    house.play("one", "--config", house.host)
    wait_until("the picture", house.shot.exists)
    first = house.child("schauwand-player")
    os.kill(first, signal.SIGKILL)
    wait_until("the next player", lambda: house.child("schauwand-player") not in (None, first))
    house.shot.unlink(missing_ok=True)
    wait_until("its picture", house.shot.exists)
    assert (f"player {first} ended by signal 9" in house.player.text()) == said, f"{level}: {house.player.text()}"
    house.stop()


def log(house):
    """Player and courier say notices, the supervisor says warnings, when they are wished."""
    for process, level, said in ((player, "notice", True), (player, "warning", False), (courier, "notice", True),
                                 (courier, "warning", False), (supervisor, "warning", True), (supervisor, "error", False)):
        house.host.write_text(json.dumps({"log": level}))
        process(house, level, said)


def faults(house):
    """Once, whether there is a courier or not; and the wall plays."""
    for folder in (house.exhibition, house.folder / "nothing"):
        text = house.once(folder, "{\n  \"log\": \"loud\"}", "--offscreen")[1]
        assert text.count(f"{house.host}:2:10: error: log: ") == 1, text


def main():
    with House(sys.argv[1]) as house:
        for step in (call, log, faults):
            step(house)
            print(f"{step.__name__}: {step.__doc__}")


if __name__ == "__main__":
    main()
