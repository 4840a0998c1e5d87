#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: follow.py BUILD [TEST...]

A wall that follows a published exhibition, its follower a stand-in: from the start screen to a release, from one to the next, playlists,
what cannot be played, what crashes. SW_SOURCE and SW_STAND_IN_PROGRAM say where things are.
"""
import json
import os
import sys
import time
import unittest

from following import FollowingCase, Site, wait_until

BUILD = sys.argv.pop(1)


class Walls(FollowingCase):
    """What plays, and how it is looked at."""

    build = BUILD

    def publish(self, name, colour):
        """A release whose scenes are `name`, another one."""
        self.site.scene(name, colour)
        self.site.play([name, "two"], 4)
        self.site.publish()

    def begin(self):
        """Release 1 plays; its wall is no start screen's, so that the player has been started again."""
        self.wall.start()
        self.wall.await_status(card="SW-1")
        self.wall.bring(1)
        self.wall.order("release 1 0")
        self.wall.await_heard("plays 1 0", 2)
        self.wall.await_status(release=1, generation=1, card=None)

    def operate(self, version, scenes, **more):
        """Operators' playlists of the wall's one playlist."""
        path = os.path.join(self.site.folder, f"playlists-{version}.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"schauwand": "playlists 1", "wall": "foyer", "epoch": 1, "version": version, "issued": "2026-11-23T08:00:00Z",
                       "playlists": {"foyer": {"loop": [{"scene": scene, "for": "4s"} for scene in scenes], **more}}}, file)
        self.wall.order(f"operate {path} {os.path.join(self.site.keys, 'operating.key')} {version}", f"playlists {version}")

    def scene(self):
        zones = self.wall.status().get("zones") or [{}]
        return zones[0].get("scene")


class Case(Walls):
    def test_from_the_start_screen_to_a_release(self):
        self.wall.start()
        self.wall.await_status(release=None, card="SW-1")
        self.wall.bring(1)
        self.wall.order("release 1 0")
        self.wall.await_heard("trying 1 0")
        self.wall.await_heard("plays 1 0")
        self.wall.await_status(release=1, generation=1, card=None)
        self.assertIn(self.scene(), ("one", "two"))
        self.assertIn("release 1 (generation 1)", self.wall.tell("status").stdout)

    def picture(self):
        path = os.path.join(self.wall.folder, "picture.png")
        said = self.wall.tell("shot", "-o", path)
        self.assertEqual(said.returncode, 0, said.stdout + said.stderr)
        with open(path, "rb") as file:
            return file.read()

    def test_the_start_screen_says_how_far_it_is(self):
        self.wall.start()
        self.wall.await_status(card="SW-1", hours="open")
        pictures = [self.picture()]
        for order in ("progress 100000000 2000000000 media/a.webp", "progress 1900000000 2000000000 media/a.webp",
                      "progress 1900000000 2000000000 media/b.webp"):
            self.wall.order(order)
            wait_until(f"a picture of {order}", lambda: self.picture() not in pictures)
            pictures.append(self.picture())
        self.assertEqual(len(set(pictures)), 4)

    def test_what_is_in_the_store_plays_at_once_and_without_a_follower(self):
        self.begin()
        self.wall.stop()
        self.wall.start()
        self.wall.await_heard("plays 1 0", 3)
        self.wall.await_status(release=1)

    def test_the_next_release_comes_at_the_boundary(self):
        self.begin()
        self.publish("three", "green")
        self.wall.bring(2)
        self.wall.order("release 2 0")
        self.wall.await_heard("plays 2 0")
        self.wall.await_status(release=2, generation=2)
        wait_until("the new scene", lambda: self.scene() == "three")
        self.assertEqual([line for line in self.wall.heard() if line.startswith(("plays", "refused"))], ["plays 1 0"] * 2 + ["plays 2 0"])

    def test_what_is_offered_no_more_does_not_come(self):
        self.begin()
        self.publish("three", "green")
        self.wall.bring(2)
        self.wall.order("instead 2 1", "release 2 0")
        self.wall.await_heard("trying 2 0")
        for scene in ("two", "one", "two", "one"):
            wait_until(scene, lambda scene=scene: self.scene() in (scene, "three"))
        self.assertEqual([line for line in self.wall.heard() if line.startswith(("plays", "refused"))], ["plays 1 0"] * 2)
        self.wall.order("instead 9 1", "release 2 0")
        self.wall.await_heard("plays 2 0")

    def test_all_walls_change_at_one_instant(self):
        self.site.play(["one"], 3600)
        self.site.publish()
        self.wall.start()
        self.wall.await_status(card="SW-1")
        self.wall.bring(2, 1)
        self.wall.order("release 1 0")
        self.wall.await_heard("plays 1 0")
        self.publish("three", "green")
        self.wall.bring(3, 2)
        wanted = time.time() + 4
        self.wall.order("release 2 4")
        self.wall.await_heard("plays 2 0")
        self.assertGreater(time.time(), wanted - 1.5)

    def test_what_cannot_be_played_is_refused(self):
        self.begin()
        self.publish("three", "green")
        self.wall.bring(2)
        objects = os.path.join(self.wall.folder, "cache", "objects")
        with open(os.path.join(self.site.exhibition, "scenes", "theme.json"), "rb") as file:
            theme = file.read()
        self.site.write("scenes/theme.json", theme.decode() + " ")
        self.site.publish()
        self.wall.bring(3)
        for name in os.listdir(objects):  # a disk that has rotted: its size is right
            path = os.path.join(objects, name)
            with open(path, "rb") as file:
                data = file.read()
            if data == theme + b" ":
                os.chmod(path, 0o644)
                with open(path, "wb") as file:
                    file.write(b"{" + b" " * (len(data) - 1))
        self.wall.order("release 3 0")
        self.wall.await_heard("refused 3 0 ")
        wait_until("it is said", lambda: "theme.json" in (self.wall.status().get("refused") or ""))
        self.assertEqual(self.wall.status()["release"], 1)
        self.wall.order("release 2 0")
        self.wall.await_heard("plays 2 0")
        self.wall.await_status(release=2, refused=None)

    def test_a_player_that_is_killed_goes_on_with_what_it_played(self):
        self.begin()
        self.publish("three", "green")
        self.wall.bring(2)
        self.wall.order("release 2 0")
        self.wall.await_heard("trying 2 0")
        self.wall.kill_player()
        self.wall.await_heard("plays 1 0", 3)
        self.wall.await_heard("plays 2 0")
        self.wall.await_status(release=2)

    def plays(self):
        return [line for line in self.wall.heard() if line.startswith("plays")]

    def test_what_was_on_the_wall_is_not_followed_by_what_was_before(self):
        """Nobody has had the time to keep that release 2 plays; it is left for release 1 all the same where it crashes."""
        self.begin()
        self.publish("three", "green")
        self.wall.bring(2)
        self.wall.order("keep nothing", "release 2 0")
        self.wall.await_heard("plays 2 0")
        self.wall.kill_player()
        self.wall.await_heard("plays 2 0", 2)
        self.assertEqual(self.plays(), ["plays 1 0"] * 2 + ["plays 2 0"] * 2)
        while "what was played before is shown" not in self.wall.supervisor.text():
            pid = self.wall.player()
            self.wall.kill_player()
            wait_until("another player", lambda before=pid: self.wall.player() != before)
        self.wall.await_heard("plays 1 0", 3)

    def test_what_crashes_is_left_for_what_was_there_before(self):
        self.begin()
        self.publish("three", "green")
        self.wall.bring(2)
        self.wall.order("release 2 0")
        self.wall.await_heard("plays 2 0")
        for _ in range(3):
            pid = self.wall.player()
            self.wall.kill_player()
            wait_until("another player", lambda before=pid: self.wall.player() != before)
        self.wall.await_heard("plays 1 0", 3)
        self.wall.await_status(release=1)

    def test_playlists_change_without_a_release(self):
        self.begin()
        self.operate(1, ["two"])
        self.wall.await_heard("plays 1 1")
        self.wall.await_status(release=1, playlists=1)
        wait_until("scene two", lambda: self.scene() == "two")
        self.operate(2, ["nowhere"])
        self.wall.await_heard("refused 1 2 scenes/playlists/foyer.json")
        self.assertEqual(self.wall.status()["playlists"], 1)
        self.wall.order("playlists 0")
        self.wall.await_heard("plays 1 0", 3)
        self.wall.await_status(release=1, playlists=None)

    def test_playlists_that_do_not_fit_a_release_leave_it_its_own(self):
        self.begin()
        self.operate(1, ["one"])
        self.wall.await_heard("plays 1 1")
        os.remove(os.path.join(self.site.exhibition, "scenes", "one.json"))
        self.site.scene("three", "green")
        self.site.play(["three"], 4)
        self.site.write("scenes/exhibition.json", json.dumps({"title": "Follow", "languages": ["de"], "wall": "foyer", "home": "three"}))
        self.site.publish()
        self.wall.bring(2)
        self.wall.order("release 2 0")
        self.wall.await_heard("refused 2 1 scenes/playlists/foyer.json")
        self.wall.await_heard("plays 2 0")
        wait_until("scene three", lambda: self.scene() == "three")

    def test_the_courier_serves_the_release_that_is_about_to_come(self):
        self.begin()
        self.assertNotIn("courier", "".join(self.wall.heard()))
        self.site.write("scenes/sources.json", json.dumps(
            {"level": {"file": "data/level.json", "fresh_for": "1000h", "fields": {"value": {"type": "number"}}}}))
        self.site.write("data/level.json", json.dumps({"value": 3}))
        self.site.scene("two", "blue", {"text": "{level.value}", "at": [20, 80]})
        for number in (2, 3):
            self.site.scene("one", ("green", "brown")[number % 2])
            self.site.publish()
            self.wall.bring(number)
            self.wall.order(f"release {number} 0")
            self.wall.await_heard(f"plays {number} 0")
        heard = self.wall.heard()
        self.assertEqual([line for line in heard if line.startswith("courier")], ["courier 2", "courier 3"])
        for number in (2, 3):
            self.assertLess(heard.index(f"courier {number}"), heard.index(f"plays {number} 0"))

    def test_another_wall_is_another_window(self):
        self.begin()
        self.site.write("scenes/walls/foyer.json", json.dumps(Site.wall(720, 405)))
        self.site.publish()
        self.wall.bring(2)
        pid = self.wall.player()
        self.wall.order("release 2 0")
        self.wall.await_heard("plays 2 0", 2)
        self.wall.await_status(release=2)
        self.assertNotEqual(self.wall.player(), pid)

    def replace_follower(self):
        with open(os.path.join(self.wall.folder, "orders"), "a", encoding="ascii") as file:
            file.write("die\n")
        self.wall.await_heard("begins", 2)

    def test_a_follower_that_dies_costs_nothing(self):
        self.begin()
        pid = self.wall.player()
        self.replace_follower()
        wait_until("it is said again", lambda: self.wall.heard()[-1] == "plays 1 0")
        self.assertEqual(self.wall.player(), pid)

    def test_the_next_follower_knows_what_is_being_tried(self):
        """Said last: that something plays says that nothing is being tried any more."""
        self.begin()
        self.publish("three", "green")
        self.wall.bring(2)
        self.wall.order("release 2 3600")
        self.wall.await_heard("trying 2 0")
        self.replace_follower()
        self.wall.await_heard("trying 2 0", 2)
        self.assertEqual(self.wall.heard()[-2:], ["plays 1 0", "trying 2 0"])


class Minute(Walls):
    """Takes longer than a minute."""

    def test_a_release_is_good_after_a_minute(self):
        self.begin()
        began = time.monotonic()
        wait_until("it is good", lambda: "good 1 0" in self.wall.heard() or time.monotonic() - began > 30)
        self.assertNotIn("good 1 0", self.wall.heard())
        wait_until("it is good", lambda: "good 1 0" in self.wall.heard())


if __name__ == "__main__":
    unittest.main()
