# SPDX-License-Identifier: EUPL-1.2
"""hours.py LIBRARY: a wall closes and opens on a real X server, with screens that LIBRARY makes up (dpms.c): it fades to black when the
last visitor has gone, the screens go off and stay so, whoever touches them; they are on before the picture comes; a player that is killed
never leaves them off."""
import concurrent.futures
import json
import mmap
import os
import pathlib
import signal
import sys
import time

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "live"))
from playing import Play, WallError, wait_for  # noqa: E402
from small import FILES, Small  # noqa: E402
from wall import Xorg  # noqa: E402

LIBRARY = sys.argv[1]
ON, OFF = 0, 3
WHITE, BLACK = (255, 255, 255), (0, 0, 0)


class Screens:
    """What dpms.c shares with us. At first they are off and will not stay on, as a player that was killed or a desktop would leave them."""

    def __init__(self, folder):
        self.path = os.path.join(folder, "screens")
        with open(self.path, "wb") as file:
            file.write(bytes([OFF, 1, 1, 0]))
        with open(self.path, "r+b") as file:
            self.memory = mmap.mmap(file.fileno(), 4)

    def wait(self, level):
        wait_for(lambda: self.memory[0] == level, f"the screens at level {level}; they are at {self.memory[0]}")

    def touched(self):
        """A server switches them on by itself when somebody touches them."""
        self.memory[0] = ON


class Wall(Small):
    """Open from nine to six; who is there may be idle for three seconds and then has five."""

    def __init__(self, program):
        super().__init__(program)
        self.write("scenes/exhibition.json", {**FILES["scenes/exhibition.json"], "defaults": {"idle": "5s", "countdown": "3s"}})
        self.wall("one", {"scene": "home"})
        place = self.exhibition / "scenes/walls/one.json"
        self.write("scenes/walls/one.json", {**json.loads(place.read_text()), "opening": [{"time": "09:00-18:00"}]})
        self.screens = Screens(self.folder)

    def at(self, screen, time, **more):
        environment = screen.env(LD_PRELOAD=LIBRARY, SW_DPMS=self.screens.path, **more)
        return Play(str(self.exhibition), "--at", f"2026-11-23T{time}", "--backend", "cpu", env=environment)


def hours(player, word):
    def fits():
        status = player.status()
        return status if status is not None and status["hours"] == word else None
    if not player.running():
        raise WallError(f"the player has ended: {player.errors()}")
    return wait_for(fits, lambda: f"a wall that is {word}; {player.status()}; {player.errors()[-600:]}", timeout=60)


def child_of(player):
    with open(f"/proc/{player.pid}/task/{player.pid}/children", encoding="ascii") as file:
        for pid in file.read().split():
            if b"schauwand-player" in pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[0]:
                return int(pid)
    return None


def closing(wall, screen):
    """Nobody is there."""
    with wall.at(screen, "17:59:54") as player:
        player.wait_zone(scene="home", changing=False)
        wall.screens.wait(ON)
        assert wall.screens.memory[2] == 0, "they would go off by themselves"
        screen.wait_pixel(5, 5, WHITE)
        assert hours(player, "closing")["screens"] == "on"
        wait_for(lambda: 0 < screen.pixel(5, 5)[0] < 255, "a fade")
        hours(player, "closed")
        wall.screens.wait(OFF)
        screen.wait_pixel(5, 5, BLACK)
        beats = player.status()["heartbeats"]
        wall.screens.touched()
        screen.touch().tap(300, 300)
        wall.screens.wait(OFF)
        assert screen.pixel(5, 5) == BLACK and not player.zone()["visit"]
        wait_for(lambda: player.status()["heartbeats"] > beats, "heartbeats of a wall that is closed")
        assert player.status()["screens"] == "off"
        before = child_of(player)
        os.kill(before, signal.SIGKILL)
        wait_for(lambda: child_of(player) not in (None, before), "another player")
        wall.screens.touched()
        wall.screens.wait(OFF)
        hours(player, "closed")
    wall.screens.wait(ON)  # whoever uses the machine now


def killed(wall, screen):
    """One that has left them off, while it is open."""
    with wall.at(screen, "12:00") as player:
        player.wait_zone(scene="home", changing=False)
        wall.screens.wait(ON)
        wall.screens.memory[0] = OFF
        os.kill(child_of(player), signal.SIGKILL)
        wall.screens.wait(ON)
        screen.wait_pixel(5, 5, WHITE)


def visited(wall, screen):
    """Somebody is there, then not any more; whoever comes later is too late."""
    with wall.at(screen, "17:59:54") as player:
        player.wait_zone(scene="home", changing=False)
        wait_for(lambda: screen.touch().tap(300, 300) or player.zone()["visit"], "a visit")
        hours(player, "closing")
        assert player.zone()["visit"]
        player.wait_zone(countdown=True)
        assert screen.pixel(5, 5) == WHITE, "it faded while somebody was there"
        player.wait_zone(visit=False)
        wait_for(lambda: 0 < screen.pixel(5, 5)[0] < 255, "a fade")
        screen.touch().tap(300, 300)
        hours(player, "closed")
        wall.screens.wait(OFF)
        assert not player.zone()["visit"]


def opening(wall, screen):
    with wall.at(screen, "08:59:37") as player:
        hours(player, "closed")
        wall.screens.wait(OFF)
        wall.screens.wait(ON)
        status = player.status()
        assert status["hours"] == "closed" and screen.pixel(5, 5) == BLACK, "they have no time to become warm"
        hours(player, "opening")
        wait_for(lambda: 0 < screen.pixel(5, 5)[0] < 255, "a fade")
        hours(player, "open")
        screen.wait_pixel(5, 5, WHITE)
        wait_for(lambda: screen.touch().tap(300, 300) or player.zone()["visit"], "a visit")
        assert "cannot be switched off" not in player.errors()


def without(wall, screen):
    """On a real server without DPMS: black, and said once."""
    with Play(str(wall.exhibition), "--at", "2026-11-23T17:59:55", "--backend", "cpu", env=screen.env()) as player:
        hours(player, "closed")
        screen.wait_pixel(5, 5, BLACK)
        assert player.status()["screens"] == "on"
        assert player.errors().count("cannot be switched off") == 1, player.errors()


def try_part(part):
    began = time.monotonic()
    with Wall(os.environ["SW_PLAYER"]) as wall, Xorg([(960, 540, 0, 0)]) as screen:
        part(wall, screen)
    print(f"{part.__name__}: {time.monotonic() - began:.1f} s", flush=True)


def main():
    """Two walls at once: most of it is their clocks' time."""
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        list(pool.map(try_part, (closing, visited, opening, killed, without)))


if __name__ == "__main__":
    main()
