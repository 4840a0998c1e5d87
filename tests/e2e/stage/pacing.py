# SPDX-License-Identifier: EUPL-1.2
"""How evenly pictures came, from the log of frames.c: each picture's time and the code that says which frame it is."""
import statistics

from fields import CLOCK_STEP

SLOT_US = 1e6 / 60


class Pacing:
    """intervals: between two pictures, microseconds; steps: frames of 1/60 s between them by their codes (1: none left out);
    missed: those that were left out; backwards: pictures that are older than the one before."""

    def __init__(self, path):
        with open(path, encoding="ascii") as file:
            pictures = [tuple(map(int, line.split())) for line in file]
        self.intervals, self.steps = [], []
        for (before, strip_before, column_before), (at, strip, column) in zip(pictures, pictures[1:]):
            self.intervals.append(at - before)
            if strip == strip_before and column and column_before:
                self.steps.append(round((column - column_before) / CLOCK_STEP))
            else:  # a strip begins: its first frame has no code yet
                self.steps.append(max(1, round((at - before) / SLOT_US)))
        self.backwards = sum(step <= 0 for step in self.steps)
        self.missed = sum(step - 1 for step in self.steps if step > 1)

    def report(self):
        """Lines of text."""
        times = sorted(interval / 1000 for interval in self.intervals)
        if len(times) < 2:
            return ["no intervals"]
        lines = [f"{len(times)} intervals between pictures, ms: median {statistics.median(times):.2f}, sd {statistics.pstdev(times):.2f}, "
                 f"p1 {times[len(times) // 100]:.2f}, p99 {times[len(times) * 99 // 100]:.2f}, max {times[-1]:.2f}; "
                 f"missed slots of 1/60 s: {self.missed} of {sum(self.steps)}"]
        buckets = {}
        for time in times:
            buckets[int(time)] = buckets.get(int(time), 0) + 1
        lines += [f"  {bucket:4d} ms  {count}" for bucket, count in sorted(buckets.items())]
        return lines
