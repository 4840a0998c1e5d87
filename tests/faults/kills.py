#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: kills.py BUILD [--kills N] [--seed N] [--exhibition FOLDER]

Plays an exhibition off-screen and ends its processes at random moments, each in every way that a process can end. After each time all of
them must be there again, and new pictures must be on the wall that are not blank. At the end nothing may be left, nor may the supervisor
have lost a descriptor.
"""
import argparse
import os
import random
import signal
import sys
import tempfile
import time

import house

PLAYER, PICTURE, SVG = "schauwand-player", "schauwand-worker-picture", "schauwand-worker-svg"
ENDS = (signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL)
BLANK_BYTES = 20000  # a picture of one colour is a much smaller file


class Wall:
    def __init__(self, build, exhibition, folder):
        self.shot = os.path.join(folder, "shot.png")
        self.state = os.path.join(folder, "state")
        self.supervisor = house.Supervisor(os.path.join(build, "schauwand"), "play", exhibition, "--offscreen", "--shot", self.shot,
                                           "--every", "100ms", state=self.state)

    def pids(self, program):
        return self.supervisor.children(program)

    def shot_time(self):
        try:
            return os.stat(self.shot).st_mtime_ns
        except FileNotFoundError:
            return 0

    def await_picture(self):
        """A picture that was begun after now."""
        for _ in range(2):
            before = self.shot_time()
            house.wait_until("a new picture", lambda seen=before: self.shot_time() != seen)
        if os.path.getsize(self.shot) < BLANK_BYTES:
            raise AssertionError(f"the picture is blank: {os.path.getsize(self.shot)} bytes")

    def await_whole(self, programs):
        house.wait_until("one of each process", lambda: all(len(self.pids(program)) == 1 for program in programs))

    def forget_crashes(self):
        """Three in a minute would bring the built-in scene; that is another test."""
        try:
            os.remove(os.path.join(self.state, "schauwand", "starts"))
        except FileNotFoundError:
            pass

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.supervisor.process.pid}/fd"))


def kill_one(wall, program, number):
    pid = wall.pids(program)[0]
    wall.forget_crashes()
    os.kill(pid, number)
    house.wait_until(f"the end of {program}", lambda: not house.is_running(pid))
    wall.await_whole((PLAYER, PICTURE) if program == PLAYER else (PLAYER, program))
    wall.await_picture()


def choose(wall, chance):
    programs = [program for program in (PLAYER, PLAYER, PICTURE, SVG) if wall.pids(program)]
    return chance.choice(programs), chance.choice(ENDS)


def run(wall, kills, seed):
    chance = random.Random(seed)
    wall.await_picture()
    descriptors, counts = wall.descriptors(), {}
    for number in range(kills):
        time.sleep(chance.choice((0, 0.02, 0.1, 0.4)) * chance.random())
        program, end = choose(wall, chance)
        try:
            kill_one(wall, program, end)
        except AssertionError as error:
            raise AssertionError(f"seed {seed}, kill {number} ({program}, signal {end}): {error}\n{wall.supervisor.text()}") from error
        counts[program] = counts.get(program, 0) + 1
    if "built-in scene" in wall.supervisor.text():
        raise AssertionError("the built-in scene came")
    house.wait_until("as many descriptors as before", lambda: wall.descriptors() <= descriptors)
    return counts


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("build")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--exhibition", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sw-kills-") as folder:
        wall = Wall(os.path.abspath(options.build), os.path.abspath(options.exhibition), folder)
        with wall.supervisor:
            counts = run(wall, options.kills, options.seed)
            pids = wall.supervisor.children()
            status = wall.supervisor.stop()
            house.wait_until("the end of all processes", lambda: not any(house.is_running(pid) for pid in pids))
    if status != 0:
        raise AssertionError(f"status {status} after a clean stop")
    print("killed: " + ", ".join(f"{program} {count}" for program, count in sorted(counts.items())))


if __name__ == "__main__":
    sys.exit(main())
