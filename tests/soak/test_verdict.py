#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""The soak's judgement, on samples that are made up: what grows is found, what only jumps about is not; and the plan is the seed's."""
import random
import unittest

import verdict
from meter import Life, Span, alarms, own_ends

MIB_A_DAY = 1 / verdict.DAY


class Made:
    """A sample."""

    def __init__(self, at, rss, fds=20, threads=8):
        self.at, self.rss, self.pss, self.own, self.fds, self.threads, self.mapped = at, rss, rss, rss, fds, threads, 0


def life(seconds, rss, **counts):
    """A sample each 30 s; `rss` and `counts` are functions of the second."""
    made = Life(1, "player", 0)
    made.samples = [Made(at, rss(at), **{key: value(at) for key, value in counts.items()}) for at in range(0, seconds, 30)]
    return made


def noisy(slope, chance, saw=0):
    """Grows by so many MiB a day, among noise, a warm-up, rare peaks and what comes and goes every ten minutes."""
    return lambda at: (80 - 20 * 2 ** (-at / 300) + slope * MIB_A_DAY * at + chance.uniform(-0.3, 0.3) + saw * (at % 600 < 300) +
                       (50 if chance.random() < 0.01 else 0))


class Case(unittest.TestCase):
    def test_a_leak_is_found(self):
        row = verdict.Row("player", [life(8 * 3600, noisy(12, random.Random(1)))])
        self.assertTrue(10 < row.slope[0] * verdict.DAY < 14, row.slope)
        self.assertEqual(len(row.faults()), 1, row.faults())

    def test_what_only_comes_and_goes_is_none(self):
        for seed in range(20):
            row = verdict.Row("player", [life(8 * 3600, noisy(0, random.Random(seed), saw=2))])
            self.assertEqual(row.faults(), [], f"seed {seed}: {row.slope}")

    def test_short_lives_are_not_judged(self):
        row = verdict.Row("player", [life(1200, noisy(500, random.Random(2)))])
        self.assertEqual(row.faults(), [])
        self.assertGreater(row.slope[0] * verdict.DAY, 100)

    def test_a_leak_in_many_lives_is_one(self):
        chance = random.Random(3)
        lives = [life(3 * 3600, noisy(20, chance)) for _ in range(3)]
        self.assertTrue(15 < verdict.Row("player", lives).slope[0] * verdict.DAY < 25)

    def test_descriptors_and_threads_that_grow(self):
        row = verdict.Row("player", [life(1200, lambda at: 80, fds=lambda at: 20 + at // 60, threads=lambda at: 8 + at // 100)])
        self.assertEqual(len(row.faults()), 2, row.faults())
        row = verdict.Row("player", [life(1200, lambda at: 80, fds=lambda at: 20 + at // 30 % 9)])
        self.assertEqual(row.faults(), [])

    def test_spans_by_what_was_due(self):
        spans = [Span("still", 0, 40), Span("still", 50, 65), Span("black", 0, 1)]
        worst = verdict.longest_spans(spans, lambda begin, end: (end - begin - 30, {"player"}) if begin == 0 else (end - begin, set()))
        self.assertEqual(worst["still"], [(15, 15, 50, []), (10, 40, 0, ["player"])])

    def test_ends_that_nobody_brought_about(self):
        lines = ["<4>schauwand[supervisor]: player 12 ended by signal 9 (Killed)", "<4>schauwand[supervisor]: jq worker ended",
                 "<4>schauwand[supervisor]: courier 13 ended with status 1", "<4>schauwand[supervisor]: picture worker 14 does not answer"]
        self.assertEqual(own_ends(lines, {12}), lines[2:3])
        self.assertEqual(alarms(lines + ["x: runtime error: y"]), ["x: runtime error: y"])

    def test_the_plan_is_the_seeds(self):
        from mishaps import ALL, PLAYERS_APART_S, STEADY, plan
        self.assertEqual(plan(7, 3600), plan(7, 3600))
        self.assertNotEqual(plan(7, 3600), plan(8, 3600))
        planned = plan(7, 36000)
        self.assertEqual({name for _, name, _ in planned}, set(ALL))
        hard = [at for at, name, _ in planned if ALL[name].hard]
        self.assertGreaterEqual(min(hard), 36000 * STEADY)
        ends = [at for at, name, _ in planned if name == "player"]
        self.assertTrue(all(after - before >= PLAYERS_APART_S - 1e-6 for before, after in zip(ends, ends[1:])))
        self.assertEqual({name for _, name, _ in plan(20261123, 60)}, set(ALL), "not all of them in a minute")


if __name__ == "__main__":
    unittest.main()
