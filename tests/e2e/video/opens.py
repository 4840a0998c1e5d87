# SPDX-License-Identifier: EUPL-1.2
"""usage: opens.py COUNT

Six zones change their clips once a second until COUNT clips have been opened. Memory and descriptors of supervisor, player and workers
are looked at ten times on the way: from the first half of these to the second nothing grows. (One look says little: workers hold what the
clips want that they play just then.)"""
import os
import statistics
import sys

from processes import program, pss_mib, tree
from wall import Xvfb
from walls import Judge, Playing, Scene, Wall, Watch, lengths, wait_for

A, B, C, D = "turn-a.mp4", "turn-b.mp4", "turn-c.webm", "turn-d.mp4"
ZONES = [[A, B], [C, D], [B, C], [D, A], [A, C], [B, D]]
STAYS_MS, LOOKS = 1000, 10
GROWTH_MIB, GROWTH_DESCRIPTORS = 8, 12  # clips that come or go just then hold some


def state(pid):
    """{program: (number of processes, MiB, most descriptors of one)}"""
    found = {}
    for each in tree(pid):
        name = program(each)
        try:
            descriptors = len(os.listdir(f"/proc/{each}/fd"))
        except OSError:
            continue
        count, mib, most = found.get(name, (0, 0.0, 0))
        found[name] = (count + 1, mib + pss_mib({each}), max(most, descriptors))
    return found


def main():
    count = int(sys.argv[1])
    zones = [[Scene(clip, stays=STAYS_MS + 20 * zone) for clip in clips] for zone, clips in enumerate(ZONES)]
    with Wall(zones) as wall, Xvfb(*wall.size) as screen, Playing(wall, screen) as play, \
            Watch(screen, [wall.eyes(zone, A)[0] for zone in range(len(ZONES))]) as watch:
        judges = [Judge(lengths(*clips)) for clips in ZONES]
        opened = lambda: sum(len(each.hear(watch.sights(zone)).changes) for zone, each in enumerate(judges))
        states = []
        for look in range(1, LOOKS + 1):
            target = count * look // LOOKS
            wait_for(lambda: opened() >= target, lambda: f"{target} clips, there were {opened()}; {play.errors()[-1500:]}", max(60, count))
            states.append(state(play.pid))
            print(f"{opened()} clips: " + "; ".join(f"{number} {name} {mib:.1f} MiB, {descriptors} descriptors"
                                                    for name, (number, mib, descriptors) in sorted(states[-1].items())), flush=True)
    wrong = []
    middle = lambda looks, name, what: statistics.median(look[name][what] for look in looks if name in look)
    for name in set().union(*states[:LOOKS // 2]).intersection(*states[LOOKS // 2:]):
        mib, mib_then = (middle(looks, name, 1) for looks in (states[:LOOKS // 2], states[LOOKS // 2:]))
        descriptors, descriptors_then = (middle(looks, name, 2) for looks in (states[:LOOKS // 2], states[LOOKS // 2:]))
        if mib_then > mib + GROWTH_MIB or descriptors_then > descriptors + GROWTH_DESCRIPTORS:
            wrong.append(f"{name} has grown from {mib:.1f} MiB, {descriptors:g} descriptors to {mib_then:.1f} MiB, {descriptors_then:g}")
    print("\n".join(wrong) or "nothing has grown")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
