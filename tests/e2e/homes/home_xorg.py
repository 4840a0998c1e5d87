# SPDX-License-Identifier: EUPL-1.2
"""A wall on Xorg without a window manager: two outputs under one window, nothing beside or above it, no pointer; outputs that change, a
screen saver, a server that dies and comes back; and the line of README.md that starts it all."""
import os
import shlex

from home import AT, STILL, as_here, hub, looks, readme, wait_for, wall_picture
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


class Xinit(Xorg):
    """Xorg as the line in README.md starts it, with the player in it; its terminal is not for a test, and the devices are not real ones."""

    def __init__(self, folder):
        free = next(number for number in range(50, 250) if not os.path.exists(f"/tmp/.X11-unix/X{number}"))
        super().__init__([(960, 540, 0, 0)], display=f":{free}")
        self._exhibition = folder

    def _start_server(self, name, command):
        line = as_here(readme(r"^ExecStart=(/usr/bin/xinit [^\n]*)"), self._exhibition)
        assert " -- :0 vt1 -keeptty " in line, line
        words = shlex.split(line.replace(" -- :0 vt1 -keeptty ", f" -- /usr/bin/Xorg {self._wanted[0]} "))
        super()._start_server(name, words + command[2:])


def start_as_written():
    with hub() as exhibition, Xinit(exhibition.folder) as screen:
        for place in ((2, 2), (957, 537)):
            screen.wait_pixel(*place, PAPER)
    print("xorg: started by the line in README.md")


def main():
    play_on_two_outputs()
    play_against_the_saver()
    outlive_the_server()
    start_as_written()


if __name__ == "__main__":
    main()
