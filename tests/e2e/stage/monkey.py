# SPDX-License-Identifier: EUPL-1.2
"""usage: monkey.py [EVENTS] [SEED]

Two touch frames full of fingers without sense at the wall duo: the same player plays on, no finger is left, and both zones go back to
attract. Also meant for builds with sanitizers: what they say is a fault."""
import os
import random
import re
import sys

from playing import Exhibition, Play, wait_for
from wall import Xorg

WIDTH, HEIGHT, FINGERS = 3840, 1080, 20
PLACES = [(x, y) for x in range(200, WIDTH, 170) for y in (300, 600, 815, 935)]  # where buttons and tiles are


def player_pid(supervisor):
    with open(f"/proc/{supervisor}/task/{supervisor}/children", encoding="ascii") as file:
        for pid in file.read().split():
            with open(f"/proc/{pid}/cmdline", "rb") as line:
                if os.path.basename(line.read().split(b"\0")[0]) == b"schauwand-player":
                    return int(pid)
    return 0


def act(chance, touch, down):
    finger = chance.randrange(FINGERS)
    place = chance.choice(PLACES) if chance.random() < 0.7 else (chance.randrange(WIDTH), chance.randrange(HEIGHT))
    if finger not in down:
        touch.down(finger, *place)
        down.add(finger)
    elif chance.random() < 0.3:
        touch.move(finger, *place)
    else:
        touch.up(finger)
        down.discard(finger)


def main():
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 20261123
    chance = random.Random(seed)
    with Exhibition(idle="5s") as exhibition, Xorg([(1920, 1080, 0, 0), (1920, 1080, 1920, 0)]) as screen:
        with Play(exhibition, "--wall", "duo", env=screen.env()) as player:
            for zone in (0, 1):
                player.wait_zone(zone, timeout=120, scene=lambda scene: scene is not None)
            pid = player_pid(player.pid)
            assert pid, "no player"
            frames = [(screen.touch(name), set()) for name in ("touch0", "touch1")]
            for number in range(events):
                act(chance, *chance.choice(frames))
                if number % 20 == 19:  # the wall gets somewhere meanwhile
                    screen.sync()
                    frame = player.status()["frames"]
                    wait_for(lambda: player.status()["frames"] > frame + 4, "further frames", 60)
            for touch, down in frames:
                for finger in sorted(down):
                    touch.up(finger)
            screen.sync()
            for zone in (0, 1):
                player.wait_zone(zone, timeout=120, contacts=0)
            changes = sum(player.zone(zone)["changes"] for zone in (0, 1))
            for zone in (0, 1):
                player.wait_zone(zone, timeout=180, visit=False, countdown=False, language="de")
            assert player_pid(player.pid) == pid, f"another player plays: {player.errors()}"
            status = player.stop(60)
            said = player.errors()
            assert status == 0 and not re.search("Sanitizer|runtime error", said), f"status {status}: {said}"
            print(f"monkey: seed {seed}, {events} events, {changes} changes, no finger left, both zones back in attract")


if __name__ == "__main__":
    main()
