# SPDX-License-Identifier: EUPL-1.2
"""The supervisor beside a player, and couriers, that do as their scripts say (fake_player.c), for tests that get BUILD and FAKE_PLAYER as
their first arguments."""
import os
import shutil
import sys
import tempfile
import unittest

import house

BUILD, FAKE = sys.argv[1:3]
PICTURE, SVG, VIDEO = "schauwand-worker-picture", "schauwand-worker-svg", "schauwand-worker-video"


class Supervised(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="sw-fake-")
        self.addCleanup(self.folder.cleanup)
        self.bin = os.path.join(self.folder.name, "bin")
        os.mkdir(self.bin)
        for name in ("schauwand", PICTURE, SVG):
            shutil.copy(os.path.join(BUILD, name), self.bin)
        shutil.copy(os.path.join(BUILD, PICTURE), os.path.join(self.bin, VIDEO))  # how they are started and end is the same for all
        shutil.copy(FAKE, os.path.join(self.bin, "schauwand-player"))
        self.state = os.path.join(self.folder.name, "state")

    def start(self, script, *arguments, command="play", before="", after=(), **more):
        with open(os.path.join(self.folder.name, "script"), "w", encoding="ascii") as file:
            file.write("\n".join(script) + "\n")
        supervisor = house.Supervisor(os.path.join(self.bin, "schauwand"), command, *arguments, before + self.folder.name,
                                      *after, state=self.state, cwd=self.bin, **more)  # where no exhibition lies
        self.addCleanup(supervisor.close)
        return supervisor

    def follow(self, script, follower=("live",), courier=("live",), before="https://", **more):
        """A player that follows https://FOLDER, beside the other two; `before` "": that plays the folder, which has sources."""
        os.makedirs(os.path.join(self.folder.name, "scenes"), exist_ok=True)
        with open(os.path.join(self.folder.name, "scenes", "sources.json"), "w", encoding="ascii") as file:
            file.write("{}")
        for suffix, lines in ((".follow", follower), (".courier", courier)):
            with open(os.path.join(self.folder.name, "script" + suffix), "w", encoding="ascii") as file:
                file.write("\n".join(lines) + "\n")
        shutil.copy(FAKE, os.path.join(self.bin, "schauwand-courier"))
        return self.start(script, before=before, **more)

    def log(self, who=""):
        try:
            with open(os.path.join(self.folder.name, "log" + who), encoding="ascii") as file:
                return file.read().splitlines()
        except FileNotFoundError:
            return []

    def starts(self, who=""):
        return [line for line in self.log(who) if line.startswith("start ")]

    def await_starts(self, count, who=""):
        house.wait_until(f"start {count}", lambda: len(self.starts(who)) >= count)

    def await_log(self, line, count=1, who=""):
        house.wait_until(f'"{line}"', lambda: self.log(who).count(line) >= count)

    def await_line(self, supervisor, text, count=1):
        house.wait_until(f'"{text}"', lambda: supervisor.text().count(text) >= count)

    def counter(self):
        with open(os.path.join(self.state, "schauwand", "starts"), encoding="ascii") as file:
            return file.read()

    def age_rung(self, counter, rung, age):
        """Writes the counter as if this rung had been reached `age` seconds before its last start."""
        words = counter.split()
        with open(os.path.join(self.state, "schauwand", "starts"), "w", encoding="ascii") as file:
            file.write(f"schauwand-starts 3 {words[2]} {rung} {int(words[6]) - age * 1000000} 0 0\n")

    def assert_nothing_left(self, pids):
        house.wait_until("the end of all children", lambda: not any(house.is_running(pid) for pid in pids))
