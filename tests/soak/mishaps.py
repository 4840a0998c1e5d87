# SPDX-License-Identifier: EUPL-1.2
"""What goes wrong in a soak, and when: a plan that the seed alone decides, and the doing of it, each thing on a thread of its own."""
import contextlib
import os
import random
import signal
import subprocess
import threading
import time

import house
import wall
from ground import DAY
from programme import SCENES

STEADY = 0.6          # the share of the time in which player, courier and follower are let live, so that their memory can be judged ...
STEADY_FROM_S = 300   # ... where that is this long at least
PLAYERS_APART_S = 40  # three players that end within a minute bring the card, rightly
SERVERS_APART_S = 12  # a player that has lost its X server does not count
EXCUSE_S = 30         # so long after a mishap that takes the picture away its being away is nobody's fault
SUMMER_BEGINS, SUMMER_ENDS = 1806195600, 1824944400  # 2027-03-28 and 2027-10-31, 01:00 UTC: Berlin's clocks jump


class Mishap:
    """`mean_s`: how often it happens; `holds`: which things nobody else may touch meanwhile; `dark`: it takes the picture away; `hard`:
    it ends what must live long; `do(act)`."""

    def __init__(self, do, mean_s, *holds, dark=False, hard=False):
        self.name, self.do, self.mean_s, self.holds, self.dark, self.hard = do.__name__, do, mean_s, holds, dark, hard


class Act:
    """One mishap as it happens. `chance`: its own, so that what others do changes nothing in it."""

    def __init__(self, soak, entry):
        self.at, self.name, self.number = entry
        self.ground, self.wait, self.harm = soak.ground, soak.wait, soak.harm
        self.chance = random.Random(f"{soak.seed}/{self.number}")
        self.words = ""

    def say(self, text):
        self.words = text

    def victims(self, program, *words):
        """[pid] of the supervisor's children with this program and these words on their command line."""
        return sorted(pid for pid, name in house.children_of(self.ground.player.pid).items()
                      if name == program and all(word in command_of(pid) for word in words))

    def end(self, program, *words, without=None):
        """Kills, breaks or stops one of them, if there is any."""
        found = [pid for pid in self.victims(program, *words) if without is None or without not in command_of(pid)]
        number = self.chance.choice((signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGSTOP))
        if not found:
            self.say("there is none")
            return
        pid = self.chance.choice(found)
        self.say(f"{signal.Signals(number).name} to {pid}")
        self.harm(pid, self.name)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def command_of(pid):
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return [word.decode(errors="replace") for word in file.read().split(b"\0")]
    except OSError:
        return []


# -- what an operator does --

def edit(act):
    act.ground.site.publish(act.chance)
    act.say(f"edition {act.ground.site.programme.edition}, release {act.ground.site.current()['release']}")


def playlist(act):
    scene, place = act.chance.choice(SCENES), act.chance.randrange(1, 12)
    turn, left, right = f"{act.ground.clock.speed}s", ["--zone", "left"], ["--zone", "right"]
    words = act.chance.choice((["override", scene, "--for", "20s", *left], ["clear", "--all"], ["add", scene, "--for", turn, *right],
                               ["move", str(place), "1", *right], ["time", str(place), "--priority", "0", *left]))
    act.say(" ".join(words))
    act.ground.site.operate(*words)


def rollback(act):
    newest = act.ground.site.current()["release"]
    version = act.chance.randrange(max(1, newest - 3), newest + 1)
    act.say(f"what {version} was")
    with act.ground.site.lock:
        site = act.ground.site
        site.run("rollback", version, "--wall", "foyer", "--to", site.published, "--keys", site.keys)


def told(act):
    scene = act.chance.choice(SCENES)
    words = act.chance.choice((["go", scene, "--zone", "left"], ["home", "--zone", "left"], ["next"], ["language", "ar", "--zone", "left"],
                               ["override", scene, "--for", "5s", "--zone", "left"], ["clear"], ["cleaning", "--for", "3s"], ["reload"],
                               ["volume", "80", "--for", "10s"], ["mute", "--for", "3s"], ["unmute"], ["volume", "written"]))
    act.say(f"{' '.join(words)}: {act.ground.player.tell(*words)}")


def blank(act):
    act.ground.player.tell("blank", "on")
    act.wait(2)
    act.ground.player.tell("blank", "off")


def closed(act):
    act.ground.player.tell("close")
    act.wait(6)
    act.ground.player.tell("open")


# -- what happens to the machine --

def clock(act):
    by = act.chance.choice((-3600, 3600, -60, 60, -DAY, DAY, 7 * DAY))
    act.say(f"by {by} s")
    act.ground.clock.put(act.ground.clock.now() + by)
    act.wait(4)
    act.ground.clock.put_right()


def summer(act):
    for edge in act.chance.sample((SUMMER_BEGINS, SUMMER_ENDS), 2):
        act.ground.clock.put(edge - 3 * act.ground.clock.speed)
        act.wait(6)
    act.ground.clock.put_right()


def network(act):
    server, kind = act.ground.site.server, act.chance.choice(("gone", "silent", "slow", "flaps"))
    act.say(kind)
    if kind == "gone":
        server.stop()
        act.wait(act.chance.uniform(1, 12))
        server.start()
    elif kind == "silent":
        server.hold(signal.SIGSTOP)
        act.wait(act.chance.uniform(1, 12))
        server.hold(signal.SIGCONT)
    elif kind == "slow":
        server.pace("limit_rate 4k;")
        act.wait(act.chance.uniform(5, 15))
        server.pace("")
    else:
        for _ in range(6):
            server.stop()
            act.wait(act.chance.uniform(0.1, 0.6))
            server.start()
            act.wait(act.chance.uniform(0.1, 0.6))


def disk(act):
    left = act.chance.choice((0, 0, 4, 64, 512))
    if not act.ground.disk.own:
        act.say("no disk of one's own may be made here")
        return
    act.say(f"{left} KiB left")
    act.ground.disk.fill(left)
    act.wait(act.chance.uniform(4, 12))
    act.ground.disk.free()


def monitors(act):
    kept = act.chance.choice(((True, False), (False, True), (False, False)))
    act.say(f"{kept.count(False)} off")
    act.ground.screen.outputs(*kept)
    act.wait(act.chance.uniform(2, 5))
    act.ground.screen.outputs(True, True)


# -- what happens to processes --

def picture(act):
    act.end("schauwand-worker-picture")


def svg(act):
    act.end("schauwand-worker-svg")


def video(act):
    act.end("schauwand-worker-video")


def jq(act):
    act.end("schauwand-worker-jq")


def courier(act):
    act.end("schauwand-courier", without="follow")


def follower(act):
    act.end("schauwand-courier", "follow")


def player(act):
    act.end("schauwand-player")


def screen(act):
    for pid in act.victims("schauwand-player"):
        act.harm(pid, "screen")
    act.ground.screen.restart(act.chance.uniform(0.2, 5))
    for pid in act.victims("schauwand-player"):  # one that was started while there was none
        act.harm(pid, "screen")


ALL = {mishap.name: mishap for mishap in (
    Mishap(edit, 40, "site"), Mishap(playlist, 30, "site"), Mishap(rollback, 150, "site"), Mishap(told, 10),
    Mishap(blank, 90, "hours", dark=True), Mishap(closed, 150, "hours", dark=True),
    Mishap(clock, 45, "clock"), Mishap(summer, 120, "clock"), Mishap(network, 30, "network"), Mishap(disk, 50, "disk"),
    Mishap(monitors, 75, "screen", dark=True), Mishap(picture, 20), Mishap(svg, 25), Mishap(video, 15), Mishap(jq, 20),
    Mishap(courier, 45, hard=True), Mishap(follower, 45, hard=True), Mishap(player, 90, dark=True, hard=True),
    Mishap(screen, 180, "screen", dark=True, hard=True))}


def plan(seed, seconds):
    """[(second, name, number)], sorted: each mishap once at least, then as often as it should. Players are let live between two ends."""
    chance, found, last = random.Random(seed), [], {"player": -PLAYERS_APART_S, "screen": -SERVERS_APART_S}
    for mishap in ALL.values():
        begin = seconds * STEADY if mishap.hard and seconds >= STEADY_FROM_S else 0
        count = max(1, round((seconds - begin) / mishap.mean_s))
        found += [(begin + (seconds - begin) * chance.random(), mishap.name) for _ in range(count)]
    kept = []
    for at, name in sorted(found):
        if name in last:
            at = max(at, max(last.values()) + SERVERS_APART_S, last["player"] + PLAYERS_APART_S if name == "player" else 0)
            last[name] = at
        kept.append((at, name))
    return [(at, name, number) for number, (at, name) in enumerate(sorted(kept)) if at < seconds]


class Mishaps(threading.Thread):
    """Does what is planned, from when it is started. `say(text)`; `wait(seconds)` of an act ends early when all is to end."""

    def __init__(self, ground, seed, seconds, say):
        super().__init__(daemon=True)
        self.ground, self.seed, self.say, self.ending = ground, seed, say, threading.Event()
        self.plan, self.locks = plan(seed, seconds), {name: threading.Lock() for mishap in ALL.values() for name in mishap.holds}
        self.counts, self.failed, self.harmed, self.times, self.running = {}, [], {}, [], []
        self.began = 0.0

    def wait(self, seconds):
        self.ending.wait(seconds)

    def harm(self, pid, cause):
        self.harmed[pid] = cause

    def run(self):
        self.began = time.monotonic()
        for entry in self.plan:
            if self.ending.wait(max(0.0, self.began + entry[0] - time.monotonic())):
                return
            act = Act(self, entry)
            thread = threading.Thread(target=self.play, args=(act,), daemon=True)
            self.running.append(thread)
            thread.start()

    def play(self, act):
        mishap = ALL[act.name]
        with contextlib.ExitStack() as held:
            for name in sorted(mishap.holds):
                held.enter_context(self.locks[name])
            if self.ending.is_set():
                return
            span = [act.name, time.monotonic(), None]
            self.times.append(span)
            try:
                mishap.do(act)
            except (OSError, RuntimeError, wall.WallError, AssertionError, subprocess.SubprocessError) as error:
                self.failed.append(f"{act.name}: {error}")
                act.words += f" failed: {error}"
            span[2] = time.monotonic()
            self.counts[act.name] = self.counts.get(act.name, 0) + 1
            self.say(f"{act.name} {act.words}".strip())

    def excused(self, begin, end):
        """(seconds of this stretch in which a picture was due, the dark mishaps in it)."""
        due, names, now = end - begin, set(), time.monotonic()
        reach = begin
        for name, since, until in sorted(list(self.times), key=lambda span: span[1]):
            if not ALL[name].dark:
                continue
            low, high = max(reach, since), min(end, (until or now) + EXCUSE_S)
            if high > low:
                due -= high - low
                reach = high
                names.add(name)
        return due, names

    def stop(self):
        """All is as it should be again, and nobody is at it any more."""
        self.ending.set()
        self.join()
        for thread in self.running:
            thread.join(120)
