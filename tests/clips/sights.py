# SPDX-License-Identifier: EUPL-1.2
"""What clip-watch (watch.c) sees of marked clips, and what is to be said of it."""
import dataclasses
import os

import marks
from wall import Process, tool


@dataclasses.dataclass(frozen=True)
class Sight:
    us: int
    kind: str       # "clip", "BLACK" or "UNKNOWN"
    clip: int = -1  # index of the palette
    frame: int = -1

    @classmethod
    def read(cls, words):
        """Of the words of a line behind the eye's number."""
        if words[1] in ("BLACK", "UNKNOWN"):
            return cls(int(words[0]), words[1])
        return cls(int(words[0]), "clip", int(words[1]), int(words[2]))


def eye(x, y, width, height, row=0):
    """The eye that reads one of the two rows of cells (0: the first, -1: the last) of a clip that fills this rectangle of the screen."""
    middle = y + height * (0.5 if row == 0 else marks.ROWS - 0.5) / marks.ROWS
    return x, int(middle), width / marks.COLUMNS


class Watch(Process):
    """clip-watch beside a program, until the end of `with` or of `seconds`. `eyes`: [(x, y, width of a cell)]."""

    def __init__(self, screen, eyes, seconds=0):
        palette = ",".join("%02X%02X%02X" % colour for colour in marks.PALETTE)
        super().__init__("clip-watch", [tool("clip-watch"), os.path.join(screen.folder, "Xvfb_screen0"), str(seconds), palette,
                                        *(f"{x},{y},{cell}" for x, y, cell in eyes)])
        self._sights, self._read_lines = [[] for _ in eyes], 0

    def sights(self, number=0):
        """What an eye has seen so far, oldest first; the list grows when this is called again."""
        while self._read_lines < len(self.lines):
            words = self.lines[self._read_lines].split()
            self._sights[int(words[0])].append(Sight.read(words[1:]))
            self._read_lines += 1
        return self._sights[number]

    def finish(self):
        """Waits until it has ended by itself."""
        if self.wait(600) != 0:
            raise AssertionError(f"clip-watch failed: {self.errors()}")
        self._reader.join()


@dataclasses.dataclass
class Verdict:
    """Of what one eye saw. A frame that never came is `missing`, one that comes behind a later one is `back`."""
    frames: int = 0
    black: int = 0
    unknown: int = 0
    missing: int = 0
    back: int = 0
    astray: int = 0     # clips out of turn
    seams: list = dataclasses.field(default_factory=list)    # microseconds from the last frame of a round to the first of the next
    changes: list = dataclasses.field(default_factory=list)  # the same from clip to clip
    at_ends: list = dataclasses.field(default_factory=list)  # frames missing at each of these
    intervals: list = dataclasses.field(default_factory=list)
    at: list = dataclasses.field(default_factory=list)       # what was wrong, as text

    def note(self, before, now, what):
        self.at.append(f"{what}: {before} -> {now}")


class Judge:
    """`lengths`: {clip: its frames}. `turns`: the clips in the order in which they come, again and again; None: any. What comes before the
    first frame of a clip is not judged; nor, where there are turns, what comes before the first change: that turn had begun before."""

    def __init__(self, lengths, turns=None):
        self.verdict = Verdict()
        self._lengths, self._turns = lengths, turns
        self._before, self._judged, self._waits = None, 0, turns is not None

    def hear(self, sights):
        """Judges what is new in a list that grows; the verdict on all of it."""
        for now in sights[self._judged:]:
            if self._waits:
                self._wait(now)
            else:
                self._step(now)
            self._judged += 1
        return self.verdict

    def _wait(self, now):
        if now.kind == "clip":
            self._waits = self._before is None or now.clip == self._before.clip
            self._before = now

    def _step(self, now):
        if now.kind == "clip":
            self.verdict.frames += 1
            if self._before is not None:
                step(self.verdict, self._before, now, self._lengths, self._turns)
            self._before = now
        elif self._before is not None:
            self.verdict.black += now.kind == "BLACK"
            self.verdict.unknown += now.kind == "UNKNOWN"
            self.verdict.note(self._before, now, now.kind)


def judge(sights, lengths, turns=None):
    return Judge(lengths, turns).hear(sights)


def step(verdict, before, now, lengths, turns):
    took, forward = now.us - before.us, now.frame - before.frame
    verdict.intervals.append(took)
    ends = None
    if now.clip != before.clip:
        ends = verdict.changes
        if turns and turns[(turns.index(before.clip) + 1) % len(turns)] != now.clip:
            verdict.astray += 1
            verdict.note(before, now, "out of turn")
    elif -forward > lengths[now.clip] // 2:
        ends = verdict.seams
    if ends is not None:
        ends.append(took)
        missing = lengths[before.clip] - 1 - before.frame + now.frame
        verdict.at_ends.append(missing)
    else:
        missing = max(0, forward - 1)
        verdict.back += forward <= 0
    verdict.missing += missing
    if missing > 0 or (ends is None and forward <= 0):
        verdict.note(before, now, f"{missing} missing" if missing > 0 else "back")
