# SPDX-License-Identifier: EUPL-1.2
"""What the samples say: medians, slopes that no outlier bends (Theil and Sen), and what is out of bounds."""
import itertools
import math
import statistics

HOUR, DAY = 3600, 24 * 3600
SLOPE_MAX = 1.0        # MiB a day
JUDGED_S = 2 * HOUR    # a process must have lived so long for its slope to be judged
COUNTED_S = 600        # and so long for its descriptors and threads
GROWN = {"fds": 4, "threads": 2}  # so many more in the second half of a life than in the first are too many
DUE_MAX_S = 20         # without a new picture where one was due
POINTS_MAX = 300       # of a life, for the slope: medians of equal stretches


def warm_up(lived_s):
    """Seconds at a life's beginning that do not count: an hour, of short lives a tenth."""
    return HOUR if lived_s >= JUDGED_S else lived_s / 10


def thinned(points):
    """At most POINTS_MAX of [(at, value)]: the median of each stretch."""
    step = max(1, math.ceil(len(points) / POINTS_MAX))
    groups = [points[at:at + step] for at in range(0, len(points), step)]
    return [(statistics.median(at for at, _ in group), statistics.median(value for _, value in group)) for group in groups]


def slope(series):
    """(value a second, lower and upper end of its 95 % interval) over all pairs within each of [[(at, value)]]; None: too few points. The
    interval is Sen's, by the variance of Kendall's S, summed over the series, each of which stands for itself."""
    series = [thinned(points) for points in series]
    slopes = sorted((right[1] - left[1]) / (right[0] - left[0]) for points in series for left, right in itertools.combinations(points, 2)
                    if right[0] > left[0])
    if len(slopes) < 10:
        return None
    variance = sum(len(points) * (len(points) - 1) * (2 * len(points) + 5) / 18 for points in series)
    reach = 1.96 * math.sqrt(variance)
    low = max(0, math.floor((len(slopes) - reach) / 2))
    high = min(len(slopes) - 1, math.ceil((len(slopes) + reach) / 2))
    return statistics.median(slopes), slopes[low], slopes[high]


def settled(life, field):
    """[(at, value)] of a life behind its warm-up."""
    if not life.samples:
        return []
    begin = life.samples[0].at + warm_up(life.samples[-1].at - life.samples[0].at)
    return [(sample.at, getattr(sample, field)) for sample in life.samples if sample.at >= begin]


def tenth(points, first):
    """The median of the first or last tenth."""
    count = max(1, len(points) // 10)
    return statistics.median(value for _, value in (points[:count] if first else points[-count:]))


def most(points):
    """What nine of ten values do not exceed."""
    return sorted(value for _, value in points)[len(points) * 9 // 10]


def growth(points):
    """How much more the second half has than the first, at most times; 0 of less than two points."""
    half = len(points) // 2
    return most(points[half:]) - most(points[:half]) if half > 0 else 0


class Row:
    """All lives of one role."""

    def __init__(self, role, lives):
        lives = [life for life in lives if life.samples]
        self.role, self.lives = role, lives
        longest = max(lives, key=lambda life: life.samples[-1].at - life.samples[0].at)
        self.longest_s = longest.samples[-1].at - longest.samples[0].at
        self.start = longest.samples[0].rss
        points = settled(longest, "rss")
        self.first, self.end = tenth(points, True), tenth(points, False)
        self.peak = {field: max(getattr(sample, field) for life in lives for sample in life.samples)
                     for field in ("rss", "pss", "fds", "threads", "mapped")}
        self.slope = slope([settled(life, "rss") for life in lives])
        self.grown = {field: growth(settled(longest, field)) for field in GROWN}
        self.now = {field: tenth(settled(longest, field), False) for field in GROWN}

    def faults(self):
        """What is out of bounds, where somebody lived long enough to be judged; a slope by what it is at least."""
        found = []
        if self.slope is not None and self.longest_s >= JUDGED_S and self.slope[1] * DAY > SLOPE_MAX:
            found.append(f"{self.role}: memory grows by {self.slope[0] * DAY:.2f} MiB a day, at least by {self.slope[1] * DAY:.2f}")
        found += [f"{self.role}: {self.grown[field]:.0f} more {field} in the second half of its life than in the first" for field in GROWN
                  if self.longest_s >= COUNTED_S and self.grown[field] > GROWN[field]]
        return found

    def line(self):
        text = "-" if self.slope is None else "{:+.1f} ({:+.1f} .. {:+.1f})".format(*(part * DAY for part in self.slope))
        return (f"{self.role:11} {len(self.lives):5} {self.longest_s / 60:8.1f} {self.start:7.1f} {self.first:7.1f} {self.end:7.1f} "
                f"{self.peak['rss']:7.1f} {text:>28} {self.now['fds']:5.0f} {self.peak['fds']:5.0f} {self.now['threads']:4.0f} "
                f"{self.peak['threads']:4.0f} {self.peak['mapped']:7.1f}")

    def values(self):
        return {"lives": len(self.lives), "longest_s": self.longest_s, "rss_start": self.start, "rss_first": self.first,
                "rss_end": self.end, "peak": self.peak, "grown": self.grown, "at_end": self.now,
                "slope_mib_a_day": None if self.slope is None else [part * DAY for part in self.slope]}


HEAD = ("process     lives  longest     RSS   first     end    peak        slope MiB a day (95 %)   fds  peak  thr peak  mapped\n"
        "                       min   start   tenth   tenth     MiB                                                         MiB")


def rows(lives):
    """One a role, by name."""
    roles = sorted({life.role for life in lives if life.samples})
    return [Row(role, [life for life in lives if life.role == role]) for role in roles]


def longest_spans(spans, excused):
    """{kind: [(seconds due, seconds in all, begin, names)]}: the span of each kind in which a picture was due longest, and the longest."""
    found = {}
    for span in spans:
        due, names = excused(span.begin, span.end)
        found.setdefault(span.kind, []).append((due, span.end - span.begin, span.begin, sorted(names)))
    return {kind: [max(stretches), max(stretches, key=lambda stretch: stretch[1])] for kind, stretches in found.items()}
