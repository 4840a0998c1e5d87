#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: asked.py BUILD [TEST...]

What a wall that follows says of itself when it is asked: its release, what comes, how long nothing has come, what runs out. Its follower is
a stand-in. SW_SOURCE and SW_STAND_IN_PROGRAM say where things are.
"""
import json
import re
import sys
import time
import unittest

from following import FollowingCase, Wall, wait_until

BUILD = sys.argv.pop(1)
DAY = 24 * 3600


class Case(FollowingCase):
    build = BUILD

    def setUp(self):
        super().setUp()
        self.play_first()

    def json(self):
        return json.loads(self.wall.tell("status", "--json").stdout)

    def nagios(self):
        result = self.wall.tell("status", "--nagios")
        return result.returncode, result.stdout

    def tell(self, order, **wanted):
        """The stand-in says it, and the wall has heard it."""
        self.wall.order(order)
        wait_until(order, lambda: all(self.json()["follows"][key] == value for key, value in wanted.items()))

    def test_what_plays_and_since_when(self):
        plain = self.wall.tell("status").stdout
        self.assertRegex(plain, r"release 1 \(generation 1\), since \d{4}-\d\d-\d\d \d\d:\d\d, not yet known to be good\n")
        self.assertIn("no good answer yet\n", plain)
        told = self.json()
        self.assertEqual((told["shows"]["release"], told["shows"]["playlists"], told["follows"]["good"]), (1, None, False))
        self.assertLess(abs(told["follows"]["since"] - time.time()), 3600)
        self.assertGreater(told["follows"]["expires"], time.time() + 300 * DAY)
        self.assertEqual([told["follows"][key] for key in ("contact", "fault", "phase", "keys")], [None] * 4)
        self.assertEqual(told["concerns"], [])

    def test_told_to_look(self):
        """Each time, and a follower that is new need not be told."""
        for count in (1, 2):
            told = self.wall.tell("tell", "reload")
            self.assertEqual((told.returncode, told.stderr), (0, ""))
            self.wall.await_heard("look 0 0", count)
        self.assertEqual(sum(line.startswith("look") for line in self.wall.heard()), 2)

    def test_what_comes(self):
        self.tell("progress 300 700 media/rhein.svg", phase="objects", doing="media/rhein.svg", done_bytes=300, all_bytes=700)
        self.assertIn("fetching 0 of 0 files, 300 of 700 bytes: media/rhein.svg\n", self.wall.tell("status").stdout)

    def test_contact(self):
        self.tell("contact 100 ", fault=None)
        code, line = self.nagios()
        self.assertEqual(code, 0)
        self.assertRegex(line, r"^SCHAUWAND OK - wall foyer plays \| frames=\d+c sources=0 bad=0 concerns=0 silence=1\d\ds\n$")
        self.tell("contact 840 HTTP 503", fault="HTTP 503")
        self.assertEqual(self.nagios()[0], 0)
        self.assertRegex(self.wall.tell("status").stdout, r"last good answer 14m\d*s? ago; since then: HTTP 503\n")
        self.tell("contact 960 no | route", fault="no | route")
        code, line = self.nagios()
        self.assertEqual(code, 1)
        self.assertRegex(line, r"^SCHAUWAND WARNING - no good answer for 16 min: no / route \| frames=\d+c .* silence=9\d\ds\n$")
        self.assertEqual(self.wall.tell("status").returncode, 1)
        self.assertIn("to be looked at: no good answer for 16 min: no | route\n", self.wall.tell("status").stdout)
        self.assertEqual(self.json()["concerns"], ["no good answer for 16 min: no | route"])

    def test_keys_run_out(self):
        self.wall.order("contact 1 ")
        self.wall.order(f"keys 3 0 {15 * DAY} 0")
        wait_until("keys", lambda: self.json()["follows"]["keys"])
        keys = self.json()["follows"]["keys"]
        self.assertEqual((keys["version"], keys["ends"], keys["operating_ends"]), (3, None, None))
        self.assertLess(abs(keys["publishing_ends"] - time.time() - 15 * DAY), 3600)
        self.assertEqual(self.nagios()[0], 0)
        self.assertRegex(self.wall.tell("status").stdout,
                         r"key list 3: without end, publishing keys until \d{4}-\d\d-\d\d \d\d:\d\d, operating keys without end\n")
        self.wall.order(f"keys 4 {13 * DAY} {15 * DAY} {-DAY}")
        wait_until("keys", lambda: self.json()["follows"]["keys"]["version"] == 4)
        code, line = self.nagios()
        self.assertEqual(code, 1)
        self.assertIn("WARNING - the key list ends on ", line)
        self.assertRegex("\n".join(self.json()["concerns"]),
                         r"^the key list ends on \d{4}-\d\d-\d\d\nthe last operating key ended on \d{4}-\d\d-\d\d$")

    def test_calendars_run_out(self):
        for days, concerns in ((20, 0), (10, 1)):
            until = time.strftime("%Y-%m-%d", time.gmtime(time.time() + days * DAY))
            exhibition = json.loads(self.read("scenes/exhibition.json"))
            self.site.write("scenes/exhibition.json", json.dumps({**exhibition, "calendars": {"school": "scenes/calendars/school.json"}}))
            self.site.write("scenes/calendars/school.json", json.dumps({"days": ["2026-01-01"], "until": until}))
            self.site.publish()
            version = 2 if days == 20 else 3
            self.wall.bring(version)
            self.wall.order(f"release {version} 0")
            self.wall.await_status(release=version)
            self.assertEqual(self.json()["concerns"], [f'the calendar "school" ends on {until}'] * concerns)
            self.assertEqual(self.nagios()[0], concerns)

    def read(self, name):
        with open(f"{self.site.exhibition}/{name}", encoding="utf-8") as file:
            return file.read()

    def test_a_folder_follows_nothing(self):
        self.wall.stop()
        wall = Wall(self.site, "--offscreen")
        self.addCleanup(wall.close)
        wall.start(self.site.exhibition)
        wait_until("a picture", lambda: wall.status().get("zones"))
        told = json.loads(wall.tell("status", "--json").stdout)
        self.assertIsNone(told["follows"])
        self.assertFalse(re.search("good answer|release", wall.tell("status").stdout))


if __name__ == "__main__":
    unittest.main()
