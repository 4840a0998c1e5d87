# SPDX-License-Identifier: EUPL-1.2
"""What tools/bench says of its figures: goals, ratios of pairs, frames that were missed."""
import os
import subprocess
import tempfile
import time
import unittest

import bench
import processes
from content import ROWS
from table import Row, number
from watching import STEP, pacing


def seen(numbers, ms=1000 / 60):
    """Lines of `codes`, one a frame of `ms`; None: a frame that nobody saw."""
    return [[round(1000 * ms * frame), code] for frame, code in enumerate(numbers) if code is not None]


class Goals(unittest.TestCase):
    def row(self, values, peers=(), gate=None, ambition=None, judge="value"):
        return Row("row", list(values), "ms", "peer", list(peers), gate, ambition, judge)

    def test_what_holds(self):
        gate, low = ("<=", 4), ("<=", 3)
        for value, gate, ambition, holds in ((4, None, None, None), (4, gate, low, "gate"), (3, gate, low, "ambition"),
                                             (5, gate, low, "no"),
                                             (0.05, ("<", 0.05), None, "no"), (60, (">=", 30), (">=", 60), "ambition"),
                                             (29, (">=", 30), None, "no"), (3, None, low, "ambition"), (4, None, low, "below")):
            self.assertEqual(self.row([value], gate=gate, ambition=ambition).holds, holds, (value, gate, ambition))

    def test_a_ratio_is_the_median_of_pairs(self):
        row = self.row([1, 2, 9], [1, 4, 3], ("<=", 1.0), None, "ratio")
        self.assertEqual(row.ratios, [1, 0.5, 3])
        self.assertEqual((row.ratio, row.judged, row.value, row.holds), (1, 1, 2, "gate"))

    def test_a_ratio_without_a_peer_judges_nothing(self):
        self.assertEqual(self.row([1], [], ("<=", 1.0), None, "ratio").holds, None)

    def test_figures(self):
        self.assertEqual([number(value) for value in (0, 0.0035, 0.031, 0.13, 2.449, 79.94, 811.2, None)],
                         ["0", "0.0035", "0.031", "0.13", "2.45", "79.9", "811", "-"])


class Pacing(unittest.TestCase):
    def test_even(self):
        intervals, missed, frames = pacing(seen(range(0, 100 * STEP, STEP)))
        self.assertEqual((len(intervals), missed, frames), (99, 0, 99))

    def test_two_frames_missed(self):
        numbers = [n * STEP for n in range(50)]
        numbers[20] = numbers[30] = None
        self.assertEqual(pacing(seen(numbers))[1:], (2, 49))

    def test_where_the_strip_begins_anew_time_counts(self):
        numbers = [ROWS - 2 * STEP, ROWS - STEP, 0, STEP]
        self.assertEqual(pacing(seen(numbers))[1:], (0, 3))
        self.assertEqual(pacing(seen([ROWS - STEP, None, STEP]))[1:], (1, 2))


class Names(unittest.TestCase):
    def test_groups_and_rows(self):
        self.assertEqual(bench.chosen(["touch.p95"]), {"touch": {"touch.p95"}})
        self.assertEqual(set(bench.chosen([])), set(bench.GROUPS))
        self.assertEqual(bench.chosen(["moving"])["moving"], set(bench.GROUPS["moving"][1]))
        self.assertIsNone(bench.chosen(["nonsense"]))


class Processes(unittest.TestCase):
    def test_children_count_and_are_ended(self):
        busy = "(while :; do :; done) & (while :; do :; done) & wait"
        with processes.Program(["sh", "-c", busy], dict(os.environ)) as program:
            while len(program.pids()) < 3:
                time.sleep(0.01)
            pids = program.pids()
            spent, also = program.cpu_of(0.5)
            self.assertGreater(spent, 0)
            self.assertEqual(also, 0)
            self.assertGreater(program.pss_mib(), 0)
            self.assertGreater(program.cpu_by_name(0.2)["sh"], 0)
            self.assertEqual(set(program.pss_by_name()), {"sh"})
        self.assertFalse([pid for pid in pids if processes.alive(pid)])

    def test_a_row_that_cannot_be_measured_is_said(self):
        tool = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tools", "bench")
        with tempfile.TemporaryDirectory() as empty:
            for arguments, said in ((["nonsense"], "nonsense: no such row"), (["quads", "--build", empty], "holds no build")):
                done = subprocess.run([tool, *arguments], capture_output=True, text=True)
                self.assertEqual(done.returncode, 2)
                self.assertIn(said, done.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
