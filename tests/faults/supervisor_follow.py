#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: supervisor_follow.py BUILD FAKE_PLAYER [TEST...]

The supervisor with a player that follows, its follower and its couriers, which do as their scripts say: who is joined to whom, sources of
which generation, and the three rungs. Nothing here is timed: what must come is waited for.
"""
import os
import re
import shutil
import signal
import sys

import house
from supervised import FAKE, Supervised


class Case(Supervised):
    def rungs(self):
        return ["f" if " --fallback" in line else "s" if " --safe" in line else "c" for line in self.starts()]

    def couriers(self):
        """The generations of those that were started, in their order."""
        return [int(line.split("--generation ")[1].split()[0]) for line in self.starts(".courier")]

    def test_what_follows_has_a_follower(self):
        supervisor = self.follow(["live"])
        self.await_line(supervisor, "shows a picture")
        self.await_starts(1, ".follow")
        self.assertRegex(self.starts(".follow")[0], r"^start \d+ follow https://")
        self.assertEqual(self.starts(".courier"), [])  # nobody has said which generation's
        pids = supervisor.children()
        self.assertEqual(supervisor.stop(), 0)
        self.assert_nothing_left(pids)

    def test_no_exhibition_follows_what_a_configuration_says(self):
        shutil.copy(FAKE, os.path.join(self.bin, "schauwand-courier"))
        for suffix in ("", ".follow"):
            with open(os.path.join(self.folder.name, "script" + suffix), "w", encoding="ascii") as file:
                file.write("live\n")
        empty = os.path.join(self.folder.name, "empty")
        os.mkdir(empty)
        for scenes, followers in ((False, 1), (True, 0)):
            if scenes:
                os.mkdir(os.path.join(empty, "scenes"))
            before = len(self.starts(".follow"))
            with house.Supervisor(os.path.join(self.bin, "schauwand"), "play", "--config", self.folder.name, state=self.state,
                                  cwd=empty) as supervisor:
                self.await_line(supervisor, "shows a picture")
                self.await_starts(before + followers, ".follow")
                house.wait_until("its children", lambda n=2 + followers: len(supervisor.children()) == n)
                self.assertEqual(len(self.starts(".follow")), before + followers)
                self.assertEqual(supervisor.stop(), 0)

    def test_player_and_follower_are_joined_whenever_either_starts(self):
        supervisor = self.follow(["beat await:5 hear hear await:5 hear hear crash", "beat await:5 hear live"],
                                 follower=["await:5 say:one exit:1", "await:5 say:two await:5 say:three live"])
        self.await_log("hear three")
        self.assertEqual(self.log()[1:], ["end 5", "hear one", "shut", "end 5", "hear two", "shut"] + self.log()[7:])
        self.assertEqual([line.split()[0] for line in self.log()[7:]], ["start", "end", "hear"])
        self.assertEqual(supervisor.stop(), 0)

    def test_follower_may_die_as_often_as_it_likes(self):
        supervisor = self.follow(["beat live"], follower=["crash", "exit:1", "exit:2", "exit:0", "crash", "live"])
        self.await_starts(6, ".follow")
        for count in (7, 8):
            os.kill(house.wait_until("a follower", lambda: supervisor.children("schauwand-courier"))[0], signal.SIGKILL)
            self.await_starts(count, ".follow")
        self.assertEqual(len(self.starts()), 1)
        self.assertEqual(supervisor.stop(), 0)

    def test_what_is_typed_wrong_is_said_once(self):
        supervisor = self.follow(["await:5 hear exit:2"], follower=["await:5 exit:2"])
        self.assertEqual(supervisor.wait(), 2)
        self.assertNotIn("ended", supervisor.text())  # the player does, in its own words

    def test_follower_that_is_silent_is_ended_and_started_again(self):
        supervisor = self.follow(["beat live"], follower=["hang", "live"])
        self.await_line(supervisor, "the follower gives no sign of life")
        self.await_starts(2, ".follow")
        self.assertEqual(len(self.starts()), 1)
        self.assertEqual(supervisor.stop(), 0)

    def test_follower_that_cannot_be_started(self):
        supervisor = self.start(["beat live"], before="https://")
        self.await_line(supervisor, "cannot start the follower")
        self.await_line(supervisor, "shows a picture")
        self.assertEqual(supervisor.stop(), 0)

    def test_talkers_are_interrupted(self):
        supervisor = self.follow(["sources:1 beat live"], follower=["flood"], courier=["flood"])
        self.await_line(supervisor, "shows a picture")
        self.await_starts(1, ".courier")
        for count in (2, 3):
            os.kill(supervisor.children("schauwand-player")[0], signal.SIGKILL)
            self.await_line(supervisor, "shows a picture", count)
        pids = supervisor.children()
        self.assertEqual(supervisor.stop(), 0)
        self.assert_nothing_left(pids)

    def test_follower_has_no_say_in_what_plays_nor_in_sources(self):
        supervisor = self.follow(["beat live"], follower=["sources:3 hang", "plays:3 hang", "live"])
        self.await_line(supervisor, "ended by signal 9", 2)
        self.await_starts(3, ".follow")
        self.assertEqual((self.starts(".courier"), len(self.starts())), ([], 1))

    def test_what_was_on_the_wall_is_told_to_the_next_player(self):
        self.follow(["beat plays:7 crash", "beat plays:9 crash", "crash", "beat live"])
        self.await_starts(4)
        self.assertEqual([re.findall(r" --played (\d+) ", line) for line in self.starts()], [[], ["7"], ["9"], ["9"]])
        self.assertNotIn("--played", "".join(self.starts(".follow") + self.starts(".courier")))

    def test_sources_of_the_generation_that_the_player_names(self):
        supervisor = self.follow(["beat sources:3 await:3 hear live"], courier=["await:3 say:news live"])
        self.await_log("hear news")
        self.assertRegex(self.starts(".courier")[0], r"^start \d+ play --since \d+ --generation 3 https://")
        self.assertEqual(supervisor.stop(), 0)

    def test_sources_of_another_generation(self):
        supervisor = self.follow(["beat sources:3 await:3 hear sources:9007199254740991 await:3 hear live"],
                                 courier=["await:3 say:old live", "await:3 say:new live"])
        self.await_log("hear new")
        self.assertEqual(self.couriers(), [3, 9007199254740991])
        self.assertNotIn("courier", supervisor.text())  # it was asked to go
        self.assertEqual(len(supervisor.children("schauwand-courier")), 2)
        self.assertEqual(supervisor.stop(), 0)

    def test_courier_that_will_not_go_is_killed(self):
        supervisor = self.follow(["beat sources:3 await:3 hear sources:4 await:3 hear live"],
                                 courier=["beat await:3 say:old hang", "await:3 say:new live"])
        self.await_log("hear new")
        self.assertEqual(self.couriers(), [3, 4])
        self.assertNotIn("no sign of life", supervisor.text())
        self.assertEqual(supervisor.stop(), 0)

    def test_sources_of_the_same_generation_are_joined_afresh(self):
        supervisor = self.follow(["beat sources:3 await:3 sources:3 await:3 hear crash", "beat sources:3 await:3 hear live"],
                                 courier=["await:3 await:3 say:again await:3 say:anew live"])
        self.await_log("hear again")
        self.await_log("hear anew")
        self.assertEqual((self.couriers(), len(self.starts())), ([3], 2))
        self.assertEqual(supervisor.stop(), 0)

    def test_no_sources(self):
        supervisor = self.follow(["beat sources:3 await:3 hear sources:0 live"], courier=["await:3 say:all live"])
        self.await_log("hear all")
        house.wait_until("its end", lambda: len(supervisor.children("schauwand-courier")) == 1)
        self.assertNotIn("courier", supervisor.text())
        self.assertEqual((supervisor.stop(), self.couriers()), (0, [3]))

    def test_courier_that_dies_is_started_again_for_the_same_generation(self):
        supervisor = self.follow(["beat sources:3 live"], courier=["crash", "exit:1", "live"])
        self.await_starts(3, ".courier")
        self.assertEqual((self.couriers(), len(self.starts())), ([3, 3, 3], 1))
        self.assertEqual(supervisor.stop(), 0)

    def test_sources_of_a_folder_are_read_anew(self):
        """Its courier is there from the beginning; what a number means is not its affair."""
        supervisor = self.follow(["await:3 hear beat sources:7 await:3 hear sources:7 await:3 hear live"], before="",
                                 courier=["await:3 say:first live", "await:3 say:second await:3 say:again live"])
        for word in ("first", "second", "again"):
            self.await_log(f"hear {word}")
        self.assertEqual((len(self.starts(".courier")), len(self.starts()), self.starts(".follow")), (2, 1, []))
        self.assertFalse([line for line in self.starts(".courier") if "--generation" in line])
        self.assertNotIn("courier", supervisor.text())  # it was asked to go
        self.assertEqual(supervisor.stop(), 0)

    def test_three_rungs(self):
        supervisor = self.follow(["beat crash"] * 6 + ["beat live"])
        self.await_starts(7)
        self.assertEqual("".join(self.rungs()), "cccfffs")
        self.await_line(supervisor, "what was played before is shown")
        self.await_line(supervisor, "the built-in scene is shown")
        self.assertEqual(len(self.starts(".follow")), 1)
        self.assertEqual(supervisor.stop(), 0)

    def test_fallback_that_is_good_is_the_content(self):
        supervisor = self.follow(["crash"] * 3 + ["beat good crash"] + ["crash"] * 3 + ["beat live"])
        self.await_starts(8)
        self.assertEqual("".join(self.rungs()), "cccfcccf")
        self.assertEqual(supervisor.stop(), 0)

    def test_rungs_outlive_the_supervisor(self):
        wanted = "cccfffss"
        for count in range(1, len(wanted) + 1):
            with self.follow(["live"]) as supervisor:
                self.await_starts(count)
                supervisor.process.kill()
                supervisor.wait()
            self.assertRegex(self.counter(), r"^schauwand-starts 3 [0-9a-f]{16} [012] \d+ [0-3]( \d+){1,4}\n$")
        self.assertEqual("".join(self.rungs()), wanted)

    def test_fallback_gives_way_while_it_plays(self):
        with self.follow(["live"]) as supervisor:
            self.await_starts(1)
            supervisor.process.kill()
            supervisor.wait()
        self.age_rung(self.counter(), 1, 597)
        supervisor = self.follow(["live"])
        self.await_starts(3)
        self.assertEqual("".join(self.rungs()), "cfc")
        self.assertEqual(supervisor.stop(), 0)

    def test_a_fresh_release_ends_the_built_in_scene(self):
        crashes = ["beat tries:7 crash"] * 3 + ["beat tries:6 crash"] * 3
        supervisor = self.follow(crashes + ["beat tries:7 tries:6 tries:8 live", "beat live"])
        self.await_starts(8)
        self.assertEqual("".join(self.rungs()), "cccfffsc")
        self.assertIn(" --played 8 ", self.starts()[-1])
        self.assertRegex(self.counter(), r" 8\n$")
        self.assertEqual(supervisor.text().count("the built-in scene gives way"), 1)
        self.assertEqual(supervisor.stop(), 0)

    def test_what_has_crashed_does_not_end_the_built_in_scene(self):
        """Nor after the supervisor's own end."""
        with self.follow(["beat tries:7 crash"] * 6 + ["beat tries:7 live"]) as supervisor:
            self.await_starts(7)
            self.await_line(supervisor, "shows a picture", 7)
            supervisor.process.kill()
            supervisor.wait()
        supervisor = self.follow(["beat"] * 7 + ["beat tries:7 crash", "beat tries:7 live"])
        self.await_starts(9)
        self.await_line(supervisor, "shows a picture", 2)
        self.assertEqual("".join(self.rungs()), "cccfffsss")
        self.assertEqual(supervisor.stop(), 0)


if __name__ == "__main__":
    sys.exit(house.run_beside(Case, sys.argv[3:], 6))
