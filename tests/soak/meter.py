# SPDX-License-Identifier: EUPL-1.2
"""What is measured of a soak: each process every few seconds, what the wall says of itself, and the screen ten times a second."""
import os
import re
import subprocess
import threading
import time

import house
import wall
from programme import BAR, WIDTH, scene_of

LOOK_S = 0.1
ODD_S = 5  # a picture that is none of ours for so long is kept as a file
BLACK = (0, 0, 0)


class Sample:
    """Of one process: MiB resident, proportional and of its own; open descriptors; threads; MiB of pictures mapped (sealed memory)."""
    FIELDS = ("rss", "pss", "own", "fds", "threads", "mapped")
    __slots__ = ("at", *FIELDS)

    def __init__(self, pid, at):
        self.at = at
        with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
            sizes = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in file if line.endswith("kB\n")}
        self.rss, self.pss = sizes["Rss"], sizes["Pss"]
        self.own = sizes["Private_Dirty"] + sizes["Private_Clean"]
        self.fds = len(os.listdir(f"/proc/{pid}/fd"))
        self.threads = len(os.listdir(f"/proc/{pid}/task"))
        with open(f"/proc/{pid}/maps", encoding="utf-8", errors="replace") as file:
            self.mapped = sum(int(high, 16) - int(low, 16) for low, high in
                              (line.split()[0].split("-") for line in file if "/memfd:" in line)) / (1 << 20)


class Life:
    """One process of the wall, from when it was first seen."""

    def __init__(self, pid, role, at):
        self.pid, self.role, self.began, self.samples, self.ended = pid, role, at, [], None


def role_of(pid, name):
    """Of a child of the supervisor by the file name of its program."""
    role = name.replace("schauwand-", "").replace("worker-", "") or "?"
    if role != "courier":
        return role
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return "follower" if b"follow" in file.read().split(b"\0") else "courier"
    except OSError:
        return "courier"


class Meter(threading.Thread):
    """Every `every_s` seconds. All times are of the monotonic clock."""

    def __init__(self, player, every_s):
        super().__init__(daemon=True)
        self.player, self.every_s, self.done = player, every_s, threading.Event()
        self.lives, self.now = [], {}  # all, and those that run by (pid, when it was started)
        self.clips, self.frames, self.states = {}, [], []  # {(player, clip): tally}, [(at, player, frames)], [(at, status)]

    def run(self):
        while not self.done.wait(self.every_s):
            self.look()

    def look(self):
        at, seen = time.monotonic(), set()
        children = {self.player.pid: "supervisor", **house.children_of(self.player.pid)}
        for pid, name in children.items():
            try:
                with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
                    key = pid, file.read().rsplit(")", 1)[1].split()[19]
                sample = Sample(pid, at)
            except (OSError, IndexError, KeyError):
                continue  # it has just ended
            seen.add(key)
            if key not in self.now and name not in ("", "schauwand"):  # else it has not yet become what it is to be
                self.now[key] = Life(pid, role_of(pid, name), at)
                self.lives.append(self.now[key])
            if key in self.now:
                self.now[key].samples.append(sample)
        for key in [key for key in self.now if key not in seen]:
            self.now.pop(key).ended = at
        self.read_status(at)

    def read_status(self, at):
        status = self.player.status()
        if "frames" not in status:
            return
        pid = next((life.pid for life in self.now.values() if life.role == "player"), 0)
        self.frames.append((at, pid, status["frames"]))
        self.states.append((at, {key: status.get(key) for key in ("release", "playlists", "card", "refused", "hours")}))
        for clip in status["videos"]["clips"]:
            self.clips[pid, clip["clip"]] = {key: clip[key] for key in ("shown", "late", "dropped", "repeated")}

    def frames_drawn(self):
        """All of them: each player counts from nothing."""
        total, last = 0, {}
        for _, pid, frames in self.frames:
            total += frames - last.get(pid, 0) if frames >= last.get(pid, 0) else frames
            last[pid] = frames
        return total

    def tally(self):
        """Of all clips together."""
        return {key: sum(clip[key] for clip in self.clips.values()) for key in ("shown", "late", "dropped", "repeated")}

    def stop(self):
        self.done.set()
        self.join(30)
        self.look()


class Span:
    """A stretch of time in which the right zone showed nothing new, or nothing of ours."""

    def __init__(self, kind, begin, end):
        self.kind, self.begin, self.end = kind, begin, end


class Eye(threading.Thread):
    """Looks at the right zone, which nobody touches: when its scene changed, when it was black, when it was neither. `folder`: where it
    keeps pictures of what it could make nothing of."""

    def __init__(self, screen, folder):
        super().__init__(daemon=True)
        self.screen, self.folder, self.done = screen, folder, threading.Event()
        self.spans, self.looks, self.changes, self.shots = [], 0, 0, []
        self.scene, self.changed = None, time.monotonic()
        self.kind, self.since = "ours", time.monotonic()

    def run(self):
        while not self.done.wait(LOOK_S):
            try:
                self.see(self.screen.pixels(WIDTH + 10, BAR // 2, WIDTH - 20), time.monotonic())
            except wall.WallError:
                self.see(None, time.monotonic())

    def see(self, row, now):
        """A row of pixels of the bar; None: there was no screen to look at."""
        self.looks += 1
        scenes = set() if row is None else {scene_of(pixel) for pixel in row[::50]}
        scene = scenes.pop() if len(scenes) == 1 else None
        if scene is not None and scene != self.scene:
            self.spans.append(Span("still", self.changed, now))
            self.scene, self.changed, self.changes = scene, now, self.changes + 1
        kind = "ours" if scene is not None else "away" if row is None else "black" if set(row) == {BLACK} else "odd"
        if kind != self.kind:
            if self.kind != "ours":
                self.spans.append(Span(self.kind, self.since, now))
            self.kind, self.since = kind, now
        elif kind in ("odd", "black") and now - self.since > ODD_S and len(self.shots) < 8:
            self.keep(kind)
            self.since += 3600  # once each time

    def keep(self, kind):
        path = os.path.join(self.folder, f"{kind}-{len(self.shots) + 1}.png")
        self.shots.append(path)
        try:
            self.screen.use(lambda server: server.shot(path))
        except wall.WallError:
            pass

    def stop(self):
        self.done.set()
        self.join(10)
        now = time.monotonic()
        self.spans.append(Span("still", self.changed, now))
        if self.kind != "ours":
            self.spans.append(Span(self.kind, min(self.since, now), now))


ENDED = re.compile(r" (\d+) ended (?:by signal|with status) \d+")
WORDS = re.compile(r"data race|LeakSanitizer|AddressSanitizer|runtime error|assertion .* failed|Assertion")


def own_ends(lines, harmed):
    """Lines about processes that ended badly, though nobody did them any harm."""
    return [line for line in lines for match in [ENDED.search(line)] if match and int(match[1]) not in harmed]


def alarms(lines):
    """Lines that no program may ever write."""
    return [line for line in lines if WORDS.search(line)]


def often(lines):
    """[(how often, line)] of what was said as a warning or an error, numbers left out."""
    counts = {}
    for line in lines:
        if line.startswith(("<2>", "<3>", "<4>")):
            plain = re.sub(r"\d+", "N", line[3:])
            counts[plain] = counts.get(plain, 0) + 1
    return sorted(((count, line) for line, count in counts.items()), reverse=True)


def left_behind(folder):
    """Files below it that only a write in progress would have."""
    done = subprocess.run(["find", folder, "-name", "*.tmp", "-o", "-name", ".*.new"], capture_output=True, text=True, check=False)
    return done.stdout.split()
