# SPDX-License-Identifier: EUPL-1.2
"""usage: bad.py cut|disguised|mutated|broken [--all]

What is no clip, or is none that is whole, in one zone, while in another a sound clip plays and below it a strip moves. Each file is
shown, then the sound clip again. Beside it at most three frames are lost each time (it may have another try: the machine has other work),
and the player never ends. `disguised`: under strace; no worker opens a path that is not the system's or makes a socket, and nobody calls
at the port that the disguises name. --all: all of them, else some."""
import os
import re
import socket
import sys
import tempfile
import time

from catalogue import BROKEN
from damaged import DISGUISES, SECRET
from wall import Xvfb
from walls import Playing, Scene, Wall, Watch, judge, lengths, marked, strip_missed, wait_for

BESIDE, SOUND = "beside.mp4", "turn-a.mp4"
LOST_MAX, TRIES = 3, 3
SHOWN_S = 1.2
WORKER, PLAYER = "schauwand-worker-video", "schauwand-player"
CALLS = "execve,open,openat,openat2,creat,socket,connect,bind,sendto,clone,clone3,fork,vfork"
OF_THE_SYSTEM = ("/usr/", "/lib/", "/lib64/", "/etc/ld.so.cache/", "/proc/", "/sys/devices/system/", "/dev/null/", "/dev/urandom/")


def names(kind, everything):
    if kind == "cut":
        some = {"mp4": (1, 3, 10, 40, 90), "webm": (2, 30, 70), "mkv": (5, 60)}
        return [f"cut-{percent}.{container}" for container in some for percent in (range(1, 100) if everything else some[container])]
    if kind == "disguised":
        return [f"{disguise}.mp4" for disguise in DISGUISES]
    if kind == "mutated":
        return [f"mutated-{seed}.mp4" for seed in range(500 if everything else 20)]
    return [name for name in BROKEN if name.removesuffix(".mp4") not in DISGUISES and not name.endswith(".ts")]


class Trial:
    """A wall on which files are tried in its second zone."""

    def __init__(self, wall, screen, play):
        self.wall, self.screen, self.play = wall, screen, play
        self.watch = Watch(screen, [wall.eyes(0, BESIDE)[0], wall.eyes(1, SOUND)[0], wall.strip_eye])
        self.wait_sound(0)
        self.player = play.pids(PLAYER)

    def wait_sound(self, since_us):
        """Until the sound clip has been seen, and the two beside it, later than that."""
        seen = lambda: all(any(sight.us > since_us and sight.clip == own for sight in self.watch.sights(number)[-200:])
                           for number, own in enumerate((marked(BESIDE).own, marked(SOUND).own)))
        wait_for(seen, lambda: f"the sound clip; {self.watch.sights(1)[-3:]}; {self.play.errors()[-1500:]}", 60)

    def lost(self, since_us):
        beside = [sight for sight in self.watch.sights(0) if sight.us >= since_us]
        strip = [sight for sight in self.watch.sights(2) if sight.us >= since_us]
        verdict = judge(beside, lengths(BESIDE))
        assert not (verdict.black or verdict.unknown or verdict.back), verdict.at
        return verdict.missing, strip_missed(strip)

    def show(self, scene):
        """Frames lost by the clip and by the strip beside it, while a file is shown and until the sound clip is there again."""
        began_us = time.monotonic_ns() // 1000
        self.play.tell("override", scene.id, "--for", "10m", "--zone", "z1")
        time.sleep(SHOWN_S)
        cleared_us = time.monotonic_ns() // 1000
        self.play.tell("clear", "--zone", "z1")
        self.wait_sound(cleared_us)
        if self.play.pids(PLAYER) != self.player:
            raise AssertionError(f"{scene.clip}: the player has ended: {self.play.errors()}")
        return self.lost(began_us)

    def try_out(self, scene):
        losses = []
        while len(losses) < TRIES:
            losses.append(self.show(scene))
            if max(losses[-1]) <= LOST_MAX:
                return losses
        raise AssertionError(f"{scene.clip}: frames lost beside it (clip, strip): {losses}; {self.play.errors()[-1500:]}")


def traced(path):
    """What strace has written: faults as text, and how many workers there were."""
    workers, wrong = set(), []
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            pid, _, call = line.partition(" ")
            call = call.strip()
            if call.startswith("execve(") and WORKER in call and call.endswith("= 0"):
                workers.add(pid)
            born = re.match(r"(?:clone3?|v?fork)\(.* = (\d+)$", call)
            if pid in workers and born:
                workers.add(born[1])
            opened = re.match(r"(?:open|openat2?|creat)\([^\"]*\"([^\"]*)\"", call)
            if pid not in workers or " = -1 " in call:
                continue
            if opened and not (opened[1] + "/").startswith(OF_THE_SYSTEM):
                wrong.append(line.strip())
            if SECRET in call or re.match(r"(?:socket|connect|bind)\(", call):
                wrong.append(line.strip())
    return wrong, len(workers)


def nobody_calls():
    """A server at the port that the disguises name; None where we may not have it."""
    server = socket.socket()
    try:
        server.bind(("127.0.0.1", 1))
        server.listen()
        server.setblocking(False)
        return server
    except PermissionError:
        server.close()
        return None


def callers(server):
    try:
        return [server.accept()[1]] if server else []
    except BlockingIOError:
        return []


def main():
    kind, everything = sys.argv[1], "--all" in sys.argv
    scenes = [Scene(name, stays=3600000) for name in names(kind, everything)]
    always = [[Scene(clip, loop=True, stays=3600000)] for clip in (BESIDE, SOUND)]
    with tempfile.TemporaryDirectory() as folder, Wall(always, strip=True, others=scenes) as wall, Xvfb(*wall.size) as screen:
        trace = os.path.join(folder, "trace")
        under = ["strace", "-f", "--seccomp-bpf", "-o", trace, "-e", f"trace={CALLS}"] if kind == "disguised" else []
        server = nobody_calls() if under else None
        with Playing(wall, screen, under=under) as play:
            trial = Trial(wall, screen, play)
            with trial.watch:
                for scene in scenes:
                    losses = trial.show(scene) if under else trial.try_out(scene)
                    print(f"{scene.clip}: frames lost beside it: {losses}", flush=True)
        if under:
            wrong, workers = traced(trace)
            assert workers > 0, "strace has seen no worker"
            assert not wrong, wrong[:20]
            assert not callers(server), "somebody called"
            print(f"{workers} threads and processes of workers; none opened anything that is not the system's, none made a socket")
    print(f"{len(scenes)} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
