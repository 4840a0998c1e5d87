# SPDX-License-Identifier: EUPL-1.2
"""usage: kills.py [KILLS] [SEED]

A wall on a screen whose player, picture worker and svg worker are killed in turn at random moments, ten zones changing each second
meanwhile: each time all are there again and the picture is back; how long that took is told. Then the content crashes too often: the
card, and back from it. SIGTERM ends all."""
import os
import random
import signal
import statistics
import sys
import time

from fields import COLUMNS, HEIGHT, ROWS, SCREEN, WIDTH, Fields
from playing import Play, wait_for
from wall import Xvfb

ROLES = ("schauwand-player", "schauwand-worker-picture", "schauwand-worker-svg")
ENDS = (signal.SIGKILL, signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT)
MICROSECONDS = 1_000_000


def children(pid):
    """{program: pid} of those that run."""
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            pids = [int(child) for child in file.read().split()]
    except FileNotFoundError:
        return {}
    found = {}
    for child in pids:
        try:
            with open(f"/proc/{child}/stat", encoding="utf-8", errors="replace") as file:
                state = file.read().rsplit(")", 1)[1].split()[0]
            with open(f"/proc/{child}/cmdline", "rb") as file:
                program = os.path.basename(file.read().split(b"\0")[0].decode())
        except (FileNotFoundError, ProcessLookupError):
            continue
        if state not in "ZX":
            found[program] = child
    return found


class Wall:
    def __init__(self, screen, player):
        self.screen, self.player = screen, player
        self.seen = set()  # all processes that there ever were

    def zones_with_a_picture(self):
        """Zones whose picture is there; a black screen has none."""
        count = 0
        for zone in range(COLUMNS * ROWS):
            x, y = zone % COLUMNS * WIDTH + WIDTH // 2, zone // COLUMNS * HEIGHT + 270
            count += self.screen.pixel(x, y) != (0, 0, 0)
        return count

    def processes(self):
        found = children(self.player.pid)
        self.seen |= set(found.values())
        return found

    def forget(self):
        """Three crashes in a minute would bring the card: that comes later."""
        try:
            os.remove(self.ladder())
        except FileNotFoundError:
            pass

    def ladder(self):
        return os.path.join(os.path.dirname(self.player.status_file), "schauwand", "starts")

    def kill(self, role, number):
        """Seconds until all is well again."""
        old = self.processes()[role]
        frames = self.player.status()["frames"]
        began = time.monotonic()
        os.kill(old, number)

        def well():
            found = self.processes()
            status = self.player.status()
            renewed = status and (status["frames"] != frames if role != ROLES[0] else
                                  os.stat(self.player.status_file).st_mtime >= stamp and status["frames"] >= 1)
            return found.get(role, old) != old and renewed and self.zones_with_a_picture() == COLUMNS * ROWS
        stamp = time.time() - 0.02
        wait_for(well, lambda: f"the picture and a new {role}; there are {self.processes()}; {self.player.errors()[-800:]}", timeout=20)
        return time.monotonic() - began


def kill_in_turn(wall, kills, seed):
    chance = random.Random(seed)
    times = {role: [] for role in ROLES}
    for number in range(kills):
        role = ROLES[number % 3]
        wait_for(lambda want=role: want in wall.processes(), f"a {role}")
        moment = time.monotonic() + chance.random() * 0.4
        wait_for(lambda: time.monotonic() >= moment, "a random moment")
        wall.forget()
        times[role].append(wall.kill(role, chance.choice(ENDS)))
    assert "built-in scene" not in wall.player.errors(), "the card came"
    return times


def crash_too_often(wall):
    """The content crashes again and again: the card; ten minutes later, here by the file, the content is tried again."""
    crashes = 0
    while not wall.player.status()["card"]:
        written = os.stat(wall.player.status_file).st_mtime_ns
        pid = wall.processes()[ROLES[0]]
        os.kill(pid, signal.SIGSEGV)
        crashes += 1
        assert crashes <= 4, "no card after four crashes"
        wait_for(lambda old=pid: wall.processes().get(ROLES[0], old) != old, "a new player")
        wait_for(lambda: os.stat(wall.player.status_file).st_mtime_ns > written, "its status")
    assert wall.player.status()["card"] == "SW-2", wall.player.status()
    wait_for(lambda: wall.screen.pixel(5, 5) != (0, 0, 0), "the card on the screen")
    with open(wall.ladder(), encoding="ascii") as file:
        fields = file.read().split()
    assert int(fields[3]) > 0, fields
    fields[3] = str(int(fields[3]) - 11 * 60 * MICROSECONDS)
    with open(wall.ladder(), "w", encoding="ascii") as file:
        file.write(" ".join(fields) + "\n")
    os.kill(wall.processes()[ROLES[0]], signal.SIGKILL)
    wait_for(lambda: not wall.player.status()["card"] and wall.zones_with_a_picture() == COLUMNS * ROWS, "the content again")


def told(times):
    return "; ".join(f"{role} {len(all_)}: median {statistics.median(all_):.2f} s, max {max(all_):.2f} s"
                     for role, all_ in times.items() if all_)


def main():
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 20261123
    with Fields() as exhibition, Xvfb(*SCREEN) as screen:
        with Play(exhibition, "--at", "2026-11-23T00:00:01", env=screen.env()) as player:
            wall = Wall(screen, player)
            wait_for(lambda: wall.zones_with_a_picture() == COLUMNS * ROWS, lambda: f"the first picture; {player.errors()}")
            times = kill_in_turn(wall, kills, seed)
            wall.forget()
            crash_too_often(wall)
            assert player.stop() == 0, player.errors()
            wait_for(lambda: wall.zones_with_a_picture() == 0, "a screen without a window")
            left = [pid for pid in wall.seen if os.path.exists(f"/proc/{pid}")]
            assert not left, f"left behind: {left}"
            print(f"kills: seed {seed}, {told(times)}; the card and back; nothing left of {len(wall.seen)} processes")


if __name__ == "__main__":
    main()
