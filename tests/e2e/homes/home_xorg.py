# SPDX-License-Identifier: EUPL-1.2
"""A wall on Xorg without a window manager: two outputs under one window, nothing beside or above it, no pointer; outputs that change, a
screen saver, a server that dies and comes back; and the services that start it all."""
import os
import shlex
import subprocess

from home import AT, STILL, hub, looks, service, unit, wait_for, wall_picture
from playing import Play, tool
from wall import Process, Xorg

PAIR = [(960, 540, 0, 0), (960, 540, 960, 0)]
PINK, BLACK, PAPER = (255, 0, 255), (0, 0, 0), (245, 242, 234)  # the last: the hub's ground


def patch(screen, x, y):
    """A window of somebody else's."""
    other = Process("patch", [tool("patch"), *map(str, (x, y, 300, 200)), "FF00FF"], env=screen.env())
    other.expect("^ready$")
    screen.wait_pixel(x + 5, y + 5, PINK)
    return other


def play_on_two_outputs():
    with hub() as exhibition, Xorg(PAIR) as screen:
        reference = wall_picture(exhibition, "pair")
        wait_for(lambda: screen.pointer() > 0, "a pointer, as there is without us")
        with patch(screen, 800, 100), Play(exhibition, "--wall", "pair", *AT, env=screen.env()) as player:
            player.wait_zone(**STILL)
            looks(screen, exhibition, reference)  # over both outputs, and over the window that was there before
            wait_for(lambda: screen.pointer() == 0, "a hidden pointer")
            with patch(screen, 700, 50):
                pass
            looks(screen, exhibition, reference)  # nothing is left where a later one was
            change_outputs(screen, player)
            looks(screen, exhibition, reference)
            screen.touch().tap(*exhibition.find("hub", "Serviceportal", "de", "--size", "1920x540"))
            player.wait_zone(scene="serviceportal", visit=True)
            assert "the window has" not in player.errors(), player.errors()
            assert player.stop() == 0, player.errors()
    print("xorg: one window over two outputs and other windows, as rendered; outputs off, on and of another mode")


def change_outputs(screen, player):
    """The wall is fitted into what there is: all of it can be seen."""
    screen.run("xrandr", "--output", "DUMMY1", "--off", "--fb", "960x540")
    wait_for(lambda: "the outputs are 960 x 540 pixels now" in player.errors(), lambda: f"the lost output: {player.errors()}")
    for x in (5, 955):
        screen.wait_pixel(x, 100, BLACK)
        screen.wait_pixel(x, 140, PAPER)
        screen.wait_pixel(x, 400, PAPER)
        screen.wait_pixel(x, 440, BLACK)
    screen.run("xrandr", "--addmode", "DUMMY1", "640x480")
    screen.run("xrandr", "--fb", "1600x540", "--output", "DUMMY1", "--mode", "640x480", "--pos", "960x0")
    wait_for(lambda: "the outputs are 1600 x 540 pixels now" in player.errors(), lambda: f"the other mode: {player.errors()}")
    for x in (5, 1595):
        screen.wait_pixel(x, 60, PAPER)
        screen.wait_pixel(x, 20, BLACK)
    screen.run("xrandr", "--fb", "1920x540", "--output", "DUMMY1", "--mode", "wall-960x540", "--pos", "960x0")


def play_against_the_saver():
    """Of the monitor's sleep the dummy driver knows nothing; the extension that holds back the saver holds back that as well."""
    with hub() as exhibition, Xorg([(640, 360, 0, 0)]) as screen:
        screen.run("xset", "s", "1", "1", "s", "blank")
        wait_for(lambda: screen.saver()[0], "the screen saver, which comes without us")
        with Play(exhibition, *AT, env=screen.env()) as player:
            player.wait_zone(**STILL)
            screen.touch().tap(2, 2)
            wait_for(lambda: screen.saver()[1] > 4, "four seconds without input")
            assert not screen.saver()[0], "the screen saver came"
            screen.wait_pixel(300, 5, PAPER)
            assert player.stop() == 0, player.errors()
    print("xorg: no screen saver in 4 s, which without us comes after 1 s")


def outlive_the_server():
    with hub() as exhibition:
        reference = wall_picture(exhibition, "pair")
        with Xorg(PAIR) as screen:
            player = Play(exhibition, "--wall", "pair", *AT, env=screen.env())
            try:
                player.wait_zone(**STILL)
                looks(screen, exhibition, reference)
                screen.kill()
                wait_for(lambda: "no display answers" in player.errors(), lambda: f"the player to see it: {player.errors()}")
                os.remove(player.status_file)
                with Xorg(PAIR, display=screen.display) as again:
                    wait_for(player.status, "a player that plays")
                    player.wait_zone(**STILL)
                    looks(again, exhibition, reference)
                    assert "built-in scene" not in player.errors(), player.errors()
                    assert player.stop() == 0, player.errors()
            finally:
                player.stop()
    print("xorg: a server that was killed and came back: as rendered")


class ByService(Xorg):
    """Xorg as schauwand-xorg.service starts it; its terminal is not for a test, and the devices are not real ones."""

    def __init__(self):
        free = next(number for number in range(50, 250) if not os.path.exists(f"/tmp/.X11-unix/X{number}"))
        super().__init__([(960, 540, 0, 0)], display=f":{free}")
        self.places = {}

    def _start_server(self, name, command):
        lines = unit("schauwand-xorg.service")
        self.places = {"/run/schauwand-display": self.folder, "/run/schauwand/control": f"{self.folder}/control", ":0": self._wanted[0]}
        authority = self.here(lines["Environment"][0].partition("=")[2])
        script = shlex.split(lines["ExecStartPre"][0])
        assert script[:2] == ["/bin/sh", "-c"], script
        subprocess.run([*script[:2], self.here(script[2]).replace("$$", "$")], env={**os.environ, "XAUTHORITY": authority}, check=True)
        os.environ["XAUTHORITY"] = authority
        line = self.here(lines["ExecStart"][0]).replace("${XAUTHORITY}", authority)
        assert " vt1 -keeptty " in line, line
        super()._start_server(name, shlex.split(line.replace(" vt1 -keeptty ", " ")) + command[2:])

    def here(self, text):
        for old, new in self.places.items():
            text = text.replace(old, new)
        return text


def start_as_written():
    with hub() as exhibition, ByService() as screen:
        stranger = subprocess.run(["xrandr"], env=screen.env(XAUTHORITY="/dev/null"), capture_output=True, text=True, check=False)
        assert stranger.returncode != 0 and "Authorization required" in stranger.stderr, stranger
        display, words = service(exhibition, screen.places)
        with Process("schauwand.service", words, env={**os.environ, **display}) as player:
            for place in ((2, 2), (957, 537)):
                screen.wait_pixel(*place, PAPER)
            assert player.stop() == 0, player.errors()
    del os.environ["XAUTHORITY"]
    print("xorg: both services as written; who has no authority is not let in")


def main():
    play_on_two_outputs()
    play_against_the_saver()
    outlive_the_server()
    start_as_written()


if __name__ == "__main__":
    main()
