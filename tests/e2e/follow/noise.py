#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: noise.py BUILD [TEST...]

A follower that has gone mad (a stand-in): floods of notices of every kind, nonsense, silence, deaths. The wall shows what it showed, moves
as it moved, and takes the next release from whoever follows then. How many pictures a second there were is told, not judged.
SW_SOURCE and SW_STAND_IN_PROGRAM say where things are.
"""
import os
import signal
import sys
import time

from following import FollowingCase, house, wait_until

BUILD = sys.argv.pop(1)
KINDS = {"progress": 50_000, "contact": 50_000, "keys": 50_000, "playlists": 10_000, "release": 10_000, "all": 20_000}


class Case(FollowingCase):
    build = BUILD

    def furnish(self):
        bar = {"shape": "rectangle", "fill": "brown", "at": [0, 0], "size": [40, 40],
               "animate": {"enter": "move", "from": [600, 0], "for": "5s", "ease": "linear"}}
        moving = {"switch": "floor((now - date(2026, 1, 1)) / 5s) % 2", "cases": {"0": bar, "1": bar}}
        for name, colour in (("one", "red"), ("two", "blue")):
            self.site.scene(name, colour, moving)
        self.site.play(["one"], 3600)

    def setUp(self):
        super().setUp()
        self.play_first()
        self.player = self.wall.player()

    def follower(self):
        return wait_until("a follower", lambda: [pid for pid, name in house.children_of(self.wall.supervisor.process.pid).items()
                                                 if name == "schauwand-courier"])[0]

    def pictures(self, until):
        """Pictures a second, and the longest time without one, while something happens; they must go on."""
        seen = [(time.monotonic(), self.wall.status()["frames"])]
        while not until() or seen[-1][0] - seen[0][0] < 3:
            frames = self.wall.status().get("frames", seen[-1][1])
            if frames != seen[-1][1]:
                seen.append((time.monotonic(), frames))
            self.assertLess(time.monotonic() - seen[-1][0], 20, self.wall.supervisor.text())
            time.sleep(0.02)
        longest = max(after[0] - before[0] for before, after in zip(seen, seen[1:]))
        return f"{(seen[-1][1] - seen[0][1]) / (seen[-1][0] - seen[0][0]):.0f} pictures a second, at most {longest * 1000:.0f} ms apart"

    def assert_unharmed(self):
        self.assertEqual(self.wall.player(), self.player, self.wall.supervisor.text())
        self.wall.await_status(release=1, card=None)
        self.assertEqual([zone["scene"] for zone in self.wall.status()["zones"]], ["one"])

    def test_floods(self):
        gone = self.wall.heard().count("gone")
        print(f"\nquiet: {self.pictures(lambda: True)}", flush=True)
        for kind, count in KINDS.items():
            order = f"flood {kind} {count}"
            with open(os.path.join(self.wall.folder, "orders"), "a", encoding="ascii") as file:
                file.write(order + "\n")
            told = self.pictures(lambda line=f"done {order}": line in self.wall.heard())
            print(f"{count} of {kind}: {told}", flush=True)
            self.assert_unharmed()
        self.assertEqual(self.wall.heard().count("gone"), gone)

    def test_nonsense_shuts_the_joint_and_no_more(self):
        gone = self.wall.heard().count("gone")
        self.wall.order("flood nonsense 10")
        self.wall.await_heard("gone", gone + 1)
        self.pictures(lambda: True)
        self.assert_unharmed()
        with open(os.path.join(self.wall.folder, "orders"), "w", encoding="ascii"):
            pass  # the next one is of sound mind
        os.kill(self.follower(), signal.SIGKILL)
        self.wall.await_heard("begins", 2)
        self.next_release()

    def next_release(self):
        """A release that comes after all that."""
        self.site.scene("one", "green")
        self.site.publish()
        self.wall.bring(2)
        self.wall.order("release 2 1")
        self.wall.await_status(release=2, card=None)
        self.assertEqual(self.wall.player(), self.player)

    def test_deaths(self):
        for count in range(10):
            pid = self.follower()
            os.kill(pid, signal.SIGKILL)
            house.wait_until("the next one", lambda old=pid: self.follower() != old)
        self.pictures(lambda: True)
        self.assert_unharmed()
        self.wall.await_heard("begins", 2)
        self.next_release()

    def test_silence(self):
        pid = self.follower()
        os.kill(pid, signal.SIGSTOP)
        print(f"\nstopped: {self.pictures(lambda: not house.is_running(pid))}", flush=True)
        self.assertIn("the follower gives no sign of life", self.wall.supervisor.text())
        self.assert_unharmed()
        self.wall.await_heard("begins", 2)
        self.next_release()


if __name__ == "__main__":
    sys.exit(house.run_beside(Case, sys.argv[1:], 2))
