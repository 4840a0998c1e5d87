# SPDX-License-Identifier: EUPL-1.2
"""What is said of what was seen, and that what is painted is what is read."""
import unittest

import marks
from films import Measured
from sights import Sight, eye, judge


def seen(*shots, ms=40):
    """Sights `ms` apart: numbers of clip 0, (clip, number), or a word."""
    made = []
    for i, shot in enumerate(shots):
        us = i * ms * 1000
        if isinstance(shot, str):
            made.append(Sight(us, shot))
        else:
            clip, frame = shot if isinstance(shot, tuple) else (0, shot)
            made.append(Sight(us, "clip", clip, frame))
    return made


class Judging(unittest.TestCase):
    LENGTHS = {0: 5, 1: 3}

    def counts(self, *shots, turns=None):
        verdict = judge(seen(*shots), self.LENGTHS, turns)
        return (verdict.black, verdict.unknown, verdict.missing, verdict.back, verdict.astray, len(verdict.seams), len(verdict.changes))

    def test_a_loop_without_fault(self):
        self.assertEqual(self.counts("BLACK", 0, 1, 2, 3, 4, 0, 1), (0, 0, 0, 0, 0, 1, 0))

    def test_faults(self):
        self.assertEqual(self.counts(0, 1, 3, 4, 0), (0, 0, 1, 0, 0, 1, 0))
        self.assertEqual(self.counts(0, 1, 2, 3, 0), (0, 0, 1, 0, 0, 1, 0))
        self.assertEqual(self.counts(0, 1, 2, 3, 4, 1), (0, 0, 1, 0, 0, 1, 0))
        self.assertEqual(self.counts(0, 1, 2, 1, 2), (0, 0, 0, 1, 0, 0, 0))
        self.assertEqual(self.counts(0, 1, "BLACK", 2), (1, 0, 0, 0, 0, 0, 0))
        self.assertEqual(self.counts(0, 1, "UNKNOWN", 2), (0, 1, 0, 0, 0, 0, 0))

    def test_changes(self):
        self.assertEqual(self.counts(3, 4, (1, 0), (1, 1), (1, 2), 0), (0, 0, 0, 0, 0, 0, 2))
        self.assertEqual(self.counts(3, (1, 1), (1, 2), 0), (0, 0, 2, 0, 0, 0, 2))
        self.assertEqual(judge(seen((1, 1), (1, 2), 0, (1, 0)), {0: 1, 1: 3}, [0, 2, 1]).astray, 1)

    def test_what_is_missing_at_ends(self):
        verdict = judge(seen(0, 2, 3, 4, 0, 1, 2, 3, (1, 1), (1, 2), 0), self.LENGTHS)
        self.assertEqual((verdict.missing, verdict.at_ends), (3, [0, 2, 0]))

    def test_the_first_of_the_turns_may_have_begun_before(self):
        self.assertEqual(self.counts("BLACK", 1, 2, (1, 0), (1, 1), (1, 2), 0, turns=[0, 1]), (0, 0, 0, 0, 0, 0, 1))
        self.assertEqual(self.counts(1, 2, (1, 0), (1, 2), "BLACK", 0, turns=[0, 1]), (1, 0, 1, 0, 0, 0, 1))


class Marks(unittest.TestCase):
    def test_gray_code(self):
        for number in range(1, 1 << marks.BITS):
            one, other = marks.code_row(number - 1, (1, 2, 3)), marks.code_row(number, (1, 2, 3))
            self.assertEqual(sum(a != b for a, b in zip(one, other)), 1)

    def test_the_measured_clips_have_the_same_code(self):
        """drawbox paints a bit where mod(floor((n + 2^k) / 2^(k+1)), 2)."""
        for number in range(Measured().frames):
            painted = [marks.WHITE if (number + (1 << bit)) // (2 << bit) % 2 else marks.BLACK for bit in range(marks.BITS)]
            self.assertEqual(painted, marks.code_row(number, (1, 2, 3))[:marks.BITS])

    def test_colours(self):
        self.assertEqual(marks.to_yuv((255, 255, 255), "709", False), (235, 128, 128))
        self.assertEqual(marks.to_yuv((255, 0, 0), "601", False), (81, 90, 240))  # as in ITU-R BT.601's bars
        self.assertEqual(marks.to_yuv((0, 0, 0), "709", False, 10), (64, 512, 512))
        for rgb in marks.PALETTE + marks.PATCHES + marks.GREYS:
            for matrix in ("601", "709"):
                for full in (False, True):
                    self.assertLess(max(abs(a - b) for a, b in zip(marks.shown(rgb, matrix, full), rgb)), 2.5)

    def test_planes(self):
        for width, height in ((320, 180), (641, 361), (2, 2), (1, 1)):
            painter = marks.Painter(width, height, marks.PALETTE[0])
            for plane, (across, down) in zip(painter.frame(5), painter.planes):
                self.assertEqual(len(plane), across * down)
        self.assertEqual([len(plane) for plane in marks.Painter(320, 180, marks.PALETTE[0], depth=10).frame(0)], [115200, 28800, 28800])

    def test_turning(self):
        plane = bytes(range(6))  # 3 x 2
        self.assertEqual(marks.turned([plane], [(3, 2)], 90), [bytes((2, 5, 1, 4, 0, 3))])
        self.assertEqual(marks.turned([plane], [(3, 2)], 180), [bytes((5, 4, 3, 2, 1, 0))])
        self.assertEqual(marks.turned([plane], [(3, 2)], 270), [bytes((3, 0, 4, 1, 5, 2))])

    def test_eyes(self):
        self.assertEqual(eye(10, 20, 320, 180), (10, 30, 20))
        self.assertEqual(eye(10, 20, 320, 180, -1), (10, 190, 20))


if __name__ == "__main__":
    unittest.main(verbosity=2)
