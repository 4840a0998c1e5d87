#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: supervisor.py BUILD FAKE_PLAYER [TEST...]

The supervisor with a player that does as its script says: restarts, the ladder, signals, heartbeats, workers, exit codes. Nothing here is
timed: what must come is waited for.
"""
import os
import shutil
import signal
import sys

import house
from supervised import PICTURE, SVG, VIDEO, Supervised


class Case(Supervised):
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
        supervisor = self.start(["exit:0"], command="publish", after=("--to", self.state, "--keys", self.state))
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

    def test_video_workers_run_only_when_needed(self):
        supervisor = self.start(["beat video:0 worker worker video:15 worker live"])
        house.wait_until("two of them", lambda: self.log()[1:] == ["worker 0", "video 0", "video 15"])
        house.wait_until("their programs", lambda: len(supervisor.children(VIDEO)) == 2)
        pids = supervisor.children()
        self.assertEqual(supervisor.stop(), 0)
        self.assert_nothing_left(pids)

    def test_video_worker_that_dies_waits_to_be_needed(self):
        supervisor = self.start(["beat worker video:3 worker gone" + " video:3 worker gone" * 3 + " live"])
        seen = []
        for count in range(1, 5):
            house.wait_until("a video worker", lambda n=count: self.log().count("video 3") == n)
            pid = house.wait_until("its program", lambda: [pid for pid in supervisor.children(VIDEO) if pid not in seen])[0]
            seen.append(pid)
            os.kill(pid, signal.SIGKILL)
            house.wait_until("its death in the player", lambda n=count: self.log().count("gone") == n)
        said = ("ended by signal 9", "does not answer")  # where the player sees it first
        house.wait_until("four ends", lambda: sum(supervisor.text().count(words) for words in said) == 4)
        self.assertEqual(supervisor.children(VIDEO), [])
        self.assertEqual(len(self.starts()), 1)
        self.assertEqual(supervisor.stop(), 0)

    def test_video_worker_that_is_needed_anew_is_replaced(self):
        supervisor = self.start(["beat worker video:1 worker video:2 worker" + " video:2 gone worker" * 4 + " live"])
        house.wait_until("the fifth", lambda: self.log().count("video 2") == 5)
        self.assertEqual((self.log().count("video 1"), supervisor.text().count("does not answer")), (1, 4))
        house.wait_until("two of them", lambda: len(supervisor.children(VIDEO)) == 2)
        self.assertEqual(supervisor.stop(), 0)

    def test_courier_needs_no_video(self):
        supervisor = self.follow(["beat sources:3 live"], courier=["video:0 hang", "live"])
        self.await_starts(2, ".courier")
        self.assertEqual((supervisor.children(VIDEO), len(self.starts())), ([], 1))
        self.assertEqual(supervisor.stop(), 0)

    def test_missing_worker(self):
        os.remove(os.path.join(self.bin, SVG))
        supervisor = self.start(["beat svg live"])
        self.await_line(supervisor, "cannot start the svg worker")
        self.assertEqual(supervisor.stop(), 0)
        os.remove(os.path.join(self.bin, PICTURE))
        supervisor = self.start(["live"], command="check")
        self.assertEqual(supervisor.wait(), 2)
        self.assertIn("cannot start the picture worker", supervisor.text())

    def test_missing_video_worker(self):
        """Nobody else suffers for that: whoever needs it gets a dead end."""
        os.remove(os.path.join(self.bin, VIDEO))
        supervisor = self.start(["beat worker video:4 worker gone video:4 worker gone exit:3"], command="check")
        self.assertEqual(supervisor.wait(), 3)
        self.assertEqual(self.log()[1:], ["worker 0", "video 4", "gone", "video 4", "gone"])
        self.assertIn("cannot start the video worker", supervisor.text())


if __name__ == "__main__":
    sys.exit(house.run_beside(Case, sys.argv[3:], 6))
