#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: supervisor.py BUILD FAKE_PLAYER [TEST...]

The supervisor with a player that does as its script says: restarts, the ladder, signals, heartbeats, exit codes. Nothing here is timed:
what must come is waited for.
"""
import os
import re
import shutil
import signal
import sys
import tempfile
import unittest

import house

BUILD, FAKE = sys.argv[1:3]
PICTURE, SVG = "schauwand-worker-picture", "schauwand-worker-svg"


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="sw-fake-")
        self.addCleanup(self.folder.cleanup)
        self.bin = os.path.join(self.folder.name, "bin")
        os.mkdir(self.bin)
        for name in ("schauwand", PICTURE, SVG):
            shutil.copy(os.path.join(BUILD, name), self.bin)
        shutil.copy(FAKE, os.path.join(self.bin, "schauwand-player"))
        self.state = os.path.join(self.folder.name, "state")

    def start(self, script, *arguments, command="play", before="", **more):
        with open(os.path.join(self.folder.name, "script"), "w", encoding="ascii") as file:
            file.write("\n".join(script) + "\n")
        supervisor = house.Supervisor(os.path.join(self.bin, "schauwand"), command, *arguments, before + self.folder.name,
                                      state=self.state, cwd=self.bin, **more)  # where no exhibition lies
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

    # --- one run ---

    def test_exit_status_is_the_players(self):
        for command in ("check", "render"):
            for status in (0, 1, 2, 77):
                supervisor = self.start([f"exit:{status}"], command=command)
                self.assertEqual(supervisor.wait(), status)
                self.assertEqual(supervisor.text(), "")
                os.remove(os.path.join(self.folder.name, "log"))

    def test_what_follows_a_check_hears_signals(self):
        publisher = os.path.join(self.bin, "schauwand-publisher")
        with open(publisher, "w", encoding="ascii") as file:
            file.write("#!/bin/sh\nexec grep SigBlk /proc/self/status\n")
        os.chmod(publisher, 0o755)
        supervisor = self.start(["exit:0"], command="publish")
        self.assertEqual(supervisor.wait(), 0)
        self.assertEqual(supervisor.text().split(), ["SigBlk:", "0" * 16])

    def test_play_for_a_while_ends_with_the_player(self):
        for option in ("--for", "--for=5s", "--shot"):
            supervisor = self.start(["beat exit:0"], option)
            self.assertEqual(supervisor.wait(), 0)
        self.assertEqual(len(self.starts()), 3)
        self.assertFalse(os.path.exists(os.path.join(self.state, "schauwand", "starts")))

    def test_crash_of_one_run_is_status_2(self):
        supervisor = self.start(["crash"], command="check")
        self.assertEqual(supervisor.wait(), 2)
        self.assertIn("ended by signal 11", supervisor.text())
        self.assertEqual(len(self.starts()), 1)

    def test_signal_to_one_run(self):
        supervisor = self.start(["live"], command="render")
        self.await_starts(1)
        pids = supervisor.children()
        self.assertEqual(supervisor.stop(), 128 + signal.SIGTERM)
        self.assert_nothing_left(pids)

    def test_no_player_is_status_2(self):
        os.remove(os.path.join(self.bin, "schauwand-player"))
        supervisor = self.start(["live"], command="check")
        self.assertEqual(supervisor.wait(), 2)
        self.assertIn("schauwand-player", supervisor.text())

    def test_helpers_in_libexec(self):
        libexec = os.path.join(self.folder.name, "libexec", "schauwand")
        os.makedirs(libexec)
        for name in ("schauwand-player", PICTURE, SVG):
            os.rename(os.path.join(self.bin, name), os.path.join(libexec, name))
        self.assertEqual(self.start(["worker exit:3"], command="check").wait(), 3)
        self.assertIn("worker 0", self.log())

    # --- for ever ---

    def test_player_that_dies_is_started_again(self):
        supervisor = self.start(["beat crash", "beat exit:1", "beat live"])
        self.await_line(supervisor, "shows a picture", 3)
        self.assertEqual(len(self.starts()), 3)
        self.assertIn("ended by signal 11", supervisor.text())
        self.assertIn("ended with status 1", supervisor.text())
        self.assertEqual(supervisor.stop(), 0)

    def test_kill_of_the_player(self):
        supervisor = self.start(["live"])
        self.await_line(supervisor, "shows a picture")
        first = supervisor.children("schauwand-player")[0]
        os.kill(first, signal.SIGKILL)
        self.await_line(supervisor, "shows a picture", 2)
        second = supervisor.children("schauwand-player")
        self.assertEqual(len(second), 1)
        self.assertNotIn(first, second)
        house.wait_until("one worker", lambda: len(supervisor.children(PICTURE)) == 1)

    def test_clean_end_of_the_player_ends_all(self):
        supervisor = self.start(["beat exit:0"])
        self.assertEqual(supervisor.wait(), 0)
        self.assertEqual(len(self.starts()), 1)

    def test_player_that_cannot_run_at_all_ends_all(self):
        supervisor = self.start(["exit:2"])
        self.assertEqual(supervisor.wait(), 2)
        self.assertEqual(len(self.starts()), 1)

    def test_status_2_after_a_picture_is_a_crash(self):
        supervisor = self.start(["beat exit:2", "exit:2", "beat live"])
        self.await_line(supervisor, "shows a picture", 2)
        self.assertEqual(len(self.starts()), 3)
        self.assertEqual(supervisor.stop(), 0)

    def test_a_display_that_does_not_answer_is_waited_for(self):
        supervisor = self.start(["exit:69"] * 4 + ["beat exit:1"] + ["exit:69", "beat crash", "exit:69", "beat live"])
        self.await_line(supervisor, "shows a picture", 3)
        self.assertFalse(any(" --safe" in line for line in self.starts()))
        self.assertEqual(supervisor.text().count("no display answers"), 3)  # once each time that it goes
        self.assertEqual(int(self.counter().split()[5]), 2)  # the crash, and the one that runs
        self.assertEqual(supervisor.stop(), 0)

    def test_a_player_that_wants_another_is_no_crash(self):
        supervisor = self.start(["beat exit:75"] * 4 + ["beat live"])
        self.await_line(supervisor, "shows a picture", 5)
        self.assertFalse(any(" --safe" in line for line in self.starts()))
        self.assertNotIn("ended", supervisor.text())
        self.assertEqual(int(self.counter().split()[5]), 1)  # the one that runs
        self.assertEqual(supervisor.stop(), 0)
        self.assertEqual(self.start(["beat exit:75"], "--for").wait(), 2)

    def test_no_display_for_one_run_is_status_2(self):
        supervisor = self.start(["exit:69"], "--for")
        self.assertEqual(supervisor.wait(), 2)
        self.assertIn("no display answers", supervisor.text())

    # --- the ladder ---

    def test_three_crashes_bring_the_built_in_scene(self):
        supervisor = self.start(["beat crash", "crash", "beat crash", "beat live"])
        self.await_starts(4)
        self.await_line(supervisor, "built-in scene")
        self.assertEqual([" --safe" in line for line in self.starts()], [False, False, False, True])
        self.assertEqual(supervisor.stop(), 0)

    def test_built_in_scene_that_dies_is_shown_again(self):
        supervisor = self.start(["crash"] * 3 + ["beat crash"] * 2 + ["beat live"])
        self.await_starts(6)
        self.assertEqual([" --safe" in line for line in self.starts()], [False] * 3 + [True] * 3)
        supervisor.stop()

    def test_good_forgets_crashes(self):
        supervisor = self.start(["beat crash", "beat crash", "beat good crash", "beat crash", "beat crash", "beat live"])
        self.await_starts(6)
        self.assertNotIn("--safe", "".join(self.starts()))
        supervisor.stop()

    def test_counter_outlives_the_supervisor(self):
        for count in range(1, 4):
            with self.start(["live"]) as supervisor:
                self.await_starts(count)
                pids = supervisor.children()
                supervisor.process.kill()
                supervisor.wait()
                self.assert_nothing_left(pids)
                self.assertRegex(self.counter(), rf"^schauwand-starts 3 [0-9a-f]{{16}} 0 0 {count}( \d+){{{count}}} 0\n$")
        self.start(["live"])
        self.await_starts(4)
        self.assertEqual([" --safe" in line for line in self.starts()], [False] * 3 + [True])

    def test_counter_that_is_removed_is_forgotten(self):
        supervisor = self.start(["live"])
        for count in range(1, 6):
            self.await_line(supervisor, "shows a picture", count)
            os.remove(os.path.join(self.state, "schauwand", "starts"))
            os.kill(supervisor.children("schauwand-player")[0], signal.SIGKILL)
            self.await_starts(count + 1)
        self.assertNotIn("--safe", "".join(self.starts()))
        supervisor.stop()

    def test_clean_stop_forgets(self):
        for count in range(1, 6):
            supervisor = self.start(["live"])
            self.await_starts(count)
            self.assertEqual(supervisor.stop(), 0)
        self.assertNotIn("--safe", "".join(self.starts()))

    def test_another_exhibition_has_its_own_count(self):
        for count in range(1, 4):
            with self.start(["live"]) as supervisor:
                self.await_starts(count)
                supervisor.process.kill()
                supervisor.wait()
        self.start(["live"], "--wall")
        self.await_starts(4)
        self.assertNotIn("--safe", "".join(self.starts()))

    def test_content_is_tried_again_in_time(self):
        with self.start(["live"]) as supervisor:
            self.await_starts(1)
            supervisor.process.kill()
            supervisor.wait()
        counter = self.counter()
        for age, safe in ((590, True), (601, False), (-3600, False)):  # seconds; the last: the clock was set back
            self.age_rung(counter, 2, age)
            before = len(self.starts())
            with self.start(["live"]) as supervisor:
                self.await_starts(before + 1)
                self.assertEqual(" --safe" in self.starts()[-1], safe)
                supervisor.process.kill()

    def test_built_in_scene_gives_way_while_it_plays(self):
        with self.start(["live"]) as supervisor:
            self.await_starts(1)
            supervisor.process.kill()
            supervisor.wait()
        self.age_rung(self.counter(), 2, 597)
        supervisor = self.start(["live"])
        self.await_starts(3)
        self.assertEqual([" --safe" in line for line in self.starts()], [False, True, False])
        self.assertEqual(supervisor.stop(), 0)

    def test_broken_counter_is_no_counter(self):
        os.makedirs(os.path.join(self.state, "schauwand"))
        for text in ("", "x", "schauwand-starts 3", "schauwand-starts 3 0 0 0 99 0\n", "schauwand-starts 9 0 0 0 0 0\n", "\0" * 64,
                     "a" * 9999):
            with open(os.path.join(self.state, "schauwand", "starts"), "w", encoding="ascii") as file:
                file.write(text)
            before = len(self.starts())
            supervisor = self.start(["live"])
            self.await_starts(before + 1)
            self.assertNotIn("--safe", self.starts()[-1])
            self.assertEqual(supervisor.stop(), 0)

    def test_no_place_for_the_counter(self):
        supervisor = self.start(["beat crash"] * 3 + ["beat live"], environment={"XDG_STATE_HOME": "/proc/nowhere"})
        self.await_starts(4)
        self.assertIn("--safe", self.starts()[-1])
        self.assertEqual(supervisor.stop(), 0)

    # --- what is followed ---

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

    # --- the GPU ---

    def without_gpu(self):
        return ["--without-gpu" in line for line in self.starts()]

    def test_players_that_crash_soon_do_without_the_gpu(self):
        supervisor = self.start(["gpu beat crash", "gpu crash", "beat crash", "beat live"])
        self.await_starts(4)
        self.await_line(supervisor, "with the GPU crash")
        self.assertEqual(self.without_gpu(), [False, False, True, True])
        self.assertEqual(supervisor.stop(), 0)

    def test_player_that_hangs_does_without_the_gpu(self):
        supervisor = self.start(["gpu beat hang", "live"])
        self.await_line(supervisor, "with the GPU hang")
        self.await_line(supervisor, "shows a picture", 2)
        self.assertEqual(self.without_gpu(), [False, True])
        self.assertEqual(supervisor.stop(), 0)

    def test_who_says_nothing_of_the_gpu_keeps_it(self):
        supervisor = self.start(["beat crash", "crash", "gpu exit:1", "gpu live"])
        self.await_starts(4)
        self.assertEqual(self.without_gpu(), [False] * 4)
        self.assertEqual(supervisor.stop(), 0)

    # --- signals and silence ---

    def test_signals_end_everything(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            before = len(self.starts())
            supervisor = self.start(["worker svg worker live"])
            self.await_starts(before + 1)
            house.wait_until("three children", lambda: len(supervisor.children()) == 3)
            pids = supervisor.children()
            self.assertEqual(supervisor.stop(number), 0)
            self.assert_nothing_left(pids)

    def test_player_that_will_not_end_is_killed(self):
        supervisor = self.start(["beat hang"])
        self.await_line(supervisor, "shows a picture")
        pids = supervisor.children()
        self.assertEqual(supervisor.stop(), 0)
        self.assert_nothing_left(pids)

    def test_stopped_children_end_too(self):
        supervisor = self.start(["svg live"])
        programs = ("schauwand-player", PICTURE, SVG)  # themselves: one that is stopped before it is them holds up its parent
        house.wait_until("three programs", lambda: all(supervisor.children(program) for program in programs))
        pids = supervisor.children()
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        self.assertEqual(supervisor.stop(), 0)
        self.assert_nothing_left(pids)

    def test_nothing_outlives_a_killed_supervisor(self):
        supervisor = self.start(["svg live"])
        house.wait_until("three children", lambda: len(supervisor.children()) == 3)
        pids = supervisor.children()
        supervisor.process.kill()
        self.assert_nothing_left(pids)

    def test_silent_player_is_ended_and_started_again(self):
        supervisor = self.start(["beat hang", "live"])
        self.await_line(supervisor, "no sign of life")
        self.await_line(supervisor, "shows a picture", 2)
        self.assertIn("ended by signal 9", supervisor.text())
        self.assertEqual(supervisor.stop(), 0)

    def test_player_that_talks_nonsense_is_ended(self):
        supervisor = self.start(["beat nonsense hang", "live"])
        self.await_line(supervisor, "shows a picture", 2)
        self.assertEqual(supervisor.stop(), 0)

    # --- workers ---

    def test_svg_worker_runs_only_when_needed(self):
        supervisor = self.start(["worker beat live"])
        self.await_line(supervisor, "shows a picture")
        self.assertEqual(len(supervisor.children(PICTURE)), 1)
        self.assertEqual(supervisor.children(SVG), [])
        supervisor.stop()
        before = len(self.starts())
        supervisor = self.start(["worker beat svg worker live"])
        self.await_starts(before + 1)
        house.wait_until("an SVG worker", lambda: len(supervisor.children(SVG)) == 1)
        house.wait_until("its end", lambda: self.log()[-2:] == ["worker 0", "worker 1"])
        supervisor.stop()

    def test_worker_that_dies_is_started_again(self):
        supervisor = self.start(["beat" + " worker gone beat" * 3 + " worker live"])
        seen = []
        for count in range(1, 4):
            house.wait_until("a worker's end", lambda n=count: self.log().count("worker 0") == n)
            pid = house.wait_until("a worker", lambda: supervisor.children(PICTURE))[0]
            self.assertNotIn(pid, seen)
            seen.append(pid)
            os.kill(pid, signal.SIGKILL)
            house.wait_until("its death in the player", lambda n=count: self.log().count("gone") == n)
        house.wait_until("the fourth worker", lambda: self.log().count("worker 0") == 4)
        self.assertEqual(len(self.starts()), 1)
        supervisor.stop()

    def test_worker_that_is_needed_anew_is_replaced(self):
        supervisor = self.start(["beat worker picture gone worker live"])
        house.wait_until("the second worker", lambda: self.log()[1:] == ["worker 0", "gone", "worker 0"])
        self.assertIn("does not answer", supervisor.text())
        house.wait_until("one worker", lambda: len(supervisor.children(PICTURE)) == 1)
        supervisor.stop()

    def test_missing_worker(self):
        os.remove(os.path.join(self.bin, SVG))
        supervisor = self.start(["beat svg live"])
        self.await_line(supervisor, "cannot start the svg worker")
        self.assertEqual(supervisor.stop(), 0)
        os.remove(os.path.join(self.bin, PICTURE))
        supervisor = self.start(["live"], command="check")
        self.assertEqual(supervisor.wait(), 2)
        self.assertIn("cannot start the picture worker", supervisor.text())


if __name__ == "__main__":
    sys.exit(house.run_beside(Case, sys.argv[3:], 6))
