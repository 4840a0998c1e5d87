# SPDX-License-Identifier: EUPL-1.2
"""usage: changes.py [CHANGES] [--faults]

Ten zones whose scenes change by every kind of transition (fields.py), each presented picture read whole from the framebuffer and judged:
none may be black, stale, half ready or torn (frames_judge.h). Told, not judged: how evenly the pictures came. --faults: shows that each of
the faults would be found in each kind of transition, by a wall that has them."""
import os
import signal
import sys
import time

from fields import GROUND, KINDS, SCREEN, SPOT, WIDTH, ZONES, Fields
from kills import children
from pacing import Pacing
from playing import Play, tool, wait_for
from wall import Process, Xvfb

START = "2026-11-23T00:00:01"
FAULTS = ("black", "stale", "half", "torn")
ENDLESS = 1_000_000


class Watch(Process):
    """frames.c between a player and the screen; env() is the player's."""

    def __init__(self, screen, plan, changes):
        self.screen = screen
        self.log_file = plan + ".log"
        super().__init__("frames", [tool("frames"), plan, os.path.join(screen.folder, "Xvfb_screen0"),
                                    "/tmp/.X11-unix/X" + screen.display[1:], str(changes), self.log_file])
        self.display = ":" + self.expect(r"^ready (\d+)$").group(1)

    def env(self):
        return {**self.screen.env(), "DISPLAY": self.display}

    def told(self, fault, zone=None):
        """The kinds of change in which the fault was seen so far: {(kind, way)}."""
        lines = [line.split() for line in list(self.lines) if line.startswith(fault + ": zone ")]
        return {(words[3], words[4]) for words in lines if zone is None or words[2] == f"{zone},"}

    def end(self):
        """Its exit status and what it has counted: {"all" or (zone or None, kind, way): {word: number}}."""
        self.kill(signal.SIGTERM)
        status = self.wait()
        self.expect("^all ")
        counts = {}
        for line in self.lines:
            words = line.split()
            zone = int(words[1]) if words[0] == "zone" else None
            words = words[2:] if zone is not None else words
            if words[0] == "all":
                counts["all"] = dict(zip(words[1::2], map(int, words[2::2])))
            elif words[2:3] == ["changes"]:
                counts[zone, words[0], words[1]] = dict(zip(words[2::2], map(int, words[3::2])))
        return status, counts


def change(changes):
    with Fields(rounds=3 if changes > 300 else 1) as exhibition, Xvfb(*SCREEN) as screen:
        with Watch(screen, exhibition.plan, changes) as watch:
            began = time.monotonic()
            with Play(exhibition, "--at", START, env=watch.env()) as player:
                watch.expect("^enough$", 60 + changes * 0.5)
                took, composed = time.monotonic() - began, player.status()["frames"]
                assert player.stop() == 0, player.errors()
            status, counts = watch.end()
            pacing = Pacing(watch.log_file)
        print("\n".join(line for line in watch.lines if not line.startswith(("ready", "enough"))))
        print("\n".join(pacing.report()))
        print(f"{took:.0f} s; {composed} pictures composed until then, {counts['all']['pictures']} judged")
        kinds = {key[1:] for key, count in counts.items() if key != "all" and count["changes"]}
        assert len(kinds) == len(KINDS), f"not every kind: {kinds}"
        assert all(counts[None, *key]["between"] for key in kinds if key[0] != "cut"), "of some kind no picture shows both scenes"
        assert not pacing.backwards, f"{pacing.backwards} pictures came after a later one"
        assert counts["all"]["pictures"] >= composed - 1, "pictures were composed that were not seen"
        assert status == 0, "faults"


def plant(exhibition, screen):
    """Zones 0 to 3 get a patch where a picture should be: black, of an older scene, of the ground, foreign."""
    colours = ("000000", exhibition.turns[1][0].colours[0], GROUND, "FF00FF")
    places = [(x + SPOT[0], y + SPOT[1], 8, 8) for x, y in map(exhibition.place, range(4))]
    return Process("patch", [tool("patch"), *(str(word) for place, colour in zip(places, colours) for word in (*place, colour))],
                   env=screen.env())


def show_planted():
    """In each of four zones a fault of its own is found while scenes change by each kind, and none in the zones without."""
    with Fields() as exhibition, Xvfb(*SCREEN) as screen, Watch(screen, exhibition.plan, ENDLESS) as watch:
        with Play(exhibition, "--at", START, env=watch.env()) as player:
            player.wait_zone(3, changes=lambda changes: (changes or 0) > 0)
            with plant(exhibition, screen) as patch:
                patch.expect("^ready$")
                wait_for(lambda: all(len(watch.told(fault, zone)) == len(KINDS) for zone, fault in enumerate(FAULTS)),
                         lambda: "each fault in each kind: " + ", ".join(f"{fault} {watch.told(fault, zone)}"
                                                                        for zone, fault in enumerate(FAULTS)), timeout=120)
                changes = player.zone(3)["changes"]
                pid = children(player.pid)["schauwand-player"]
                os.kill(pid, signal.SIGSTOP)
                time.sleep(0.2)
                os.kill(pid, signal.SIGCONT)
                player.wait_zone(3, changes=lambda now: now > changes)
            player.stop()
            wait_for(lambda: screen.pixel(WIDTH // 2, 200) == (0, 0, 0), "a black screen")
            wait_for(lambda: all(watch.told("black", zone) for zone in range(4, ZONES)), "black zones to be seen")
        _, counts = watch.end()
        pacing = Pacing(watch.log_file)
    for zone, fault in enumerate(FAULTS):
        kinds = {key[1:]: count for key, count in counts.items() if key != "all" and key[0] == zone}
        found = ", ".join(f"{kind} {way} {count[fault]} of {count['frames']}" for (kind, way), count in kinds.items())
        print(f"{fault} in zone {zone}: {found}")
        assert len(kinds) == len(KINDS) and all(count[fault] for count in kinds.values()), f"{fault} was not found everywhere: {kinds}"
    sound = [count for key, count in counts.items() if key != "all" and key[0] is not None and key[0] > 3]
    assert len(sound) == 6 and all(count["black"] for count in sound), sound
    assert not any(count[fault] for count in sound for fault in FAULTS[1:]), f"found where nothing was planted: {sound}"
    print("a player that has ended: the 6 other zones black, and nothing else in them; "
          f"one that stood still for 200 ms: {pacing.missed} slots missed")
    assert pacing.missed >= 10


def show_wrong_plans():
    """A good wall is faulty for who expects its scenes the other way round (stale), or each change to be of another kind (torn)."""
    with Fields() as exhibition:
        backwards = exhibition.write_plan("scenes backwards", [turns[::-1] for turns in exhibition.turns])
        for turns in exhibition.turns:
            kinds = [(turn.kind, turn.to) for turn in turns]
            for turn, (kind, to) in zip(turns, kinds[1:] + kinds[:1]):
                turn.kind, turn.to = kind, to
        others = exhibition.write_plan("other kinds", exhibition.turns)
        for plan, fault in ((backwards, "stale"), (others, "torn")):
            with Xvfb(*SCREEN) as screen, Watch(screen, plan, ENDLESS) as watch:
                with Play(exhibition, "--at", START, env=watch.env()):
                    # what is a cut, or taken for one, has no picture between
                    wait_for(lambda: len(watch.told(fault)) >= len(KINDS) - 2, lambda: f"{fault}: {watch.told(fault)}", timeout=120)
                    watch.end()
            print(f"{fault} where the plan has {os.path.basename(plan)}: in {len(watch.told(fault))} kinds")


def main():
    if "--faults" in sys.argv:
        show_wrong_plans()
        show_planted()
        return
    change(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)


if __name__ == "__main__":
    main()
