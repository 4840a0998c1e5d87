# SPDX-License-Identifier: EUPL-1.2
"""A wall on the Wayland compositor sway, without hardware: full screen as rendered, outputs that change, a compositor that dies and comes
back, several outputs under one window and what is said where there is none, touch; and the configuration of README.md."""
import os
import signal

from home import AT, PROGRAM, STILL, as_here, hub, looks, readme, wait_for, wall_picture
from playing import Play
from sway import Sway
from wall import Xorg

PAIR = [(960, 540), (960, 540)]
PAPER, BLACK = (245, 242, 234), (0, 0, 0)  # the hub's ground; none


def pixel(screen, x, y):
    width, _, data = screen.pixels()
    return tuple(data[3 * (width * y + x):3 * (width * y + x) + 3])


def wait_pixel(screen, x, y, colour):
    wait_for(lambda: pixel(screen, x, y) == colour, lambda: f"{colour} at {x}, {y}; there is {pixel(screen, x, y)}")


def change_output(screen):
    """The wall is fitted into another shape, all of it."""
    screen.say("output HEADLESS-1 mode 1000x720")
    wait_for(lambda: screen.pixels()[:2] == (1000, 720), "the other mode")
    for x in (3, 996):
        wait_pixel(screen, x, 70, BLACK)
        wait_pixel(screen, x, 90, PAPER)
        wait_pixel(screen, x, 630, PAPER)
        wait_pixel(screen, x, 650, BLACK)
    screen.say("output HEADLESS-1 mode 1920x1080")


def play_and_outlive_the_compositor():
    with hub() as exhibition, Sway() as screen:
        reference = os.path.join(exhibition.folder, ".hub.png")
        exhibition.render("hub", reference)
        with Play(exhibition, *AT, env=screen.env()) as player:
            player.wait_zone(**STILL)
            looks(screen, exhibition, reference)
            change_output(screen)
            looks(screen, exhibition, reference)
            screen.kill()
            wait_for(lambda: "no display answers" in player.errors(), lambda: f"the player to see it: {player.errors()}")
            os.remove(player.status_file)
            screen.start()
            wait_for(player.status, "a player that plays")
            player.wait_zone(**STILL)
            looks(screen, exhibition, reference)
            assert "built-in scene" not in player.errors(), player.errors()
            assert player.stop() == 0, player.errors()
    print("wayland: full screen as rendered, fitted into another mode; a compositor that was killed and came back: as rendered")


def end_all_with(argument):
    """What sway has started is not its child, and would wait for the next compositor."""
    for entry in os.listdir("/proc"):
        try:
            with open(f"/proc/{entry}/cmdline", "rb") as file:
                words = file.read().split(b"\0")
            if entry.isdigit() and words[0] == PROGRAM.encode() and argument.encode() in words:
                os.kill(int(entry), signal.SIGTERM)
                wait_for(lambda pid=entry: not os.path.exists(f"/proc/{pid}"), f"the end of {entry}")
        except OSError:
            continue


def play_on_two_outputs():
    """By the configuration in README.md, but that the exhibition's wall has two panels."""
    with hub() as exhibition:
        reference = wall_picture(exhibition, "pair")
        exhibition.edit("scenes/exhibition.json", (r'"wall": "[^"]*"', '"wall": "pair"'))
        status = os.path.join(exhibition.folder, "status.json")
        lines = as_here(readme(r"^# /etc/schauwand/sway.conf\n(.*?)^```$"), exhibition.folder).splitlines()
        starts = [line for line in lines if line.startswith("exec ")]
        with Sway(PAIR, "\n".join(line for line in lines if line not in starts)) as screen:
            with Play(exhibition, *AT, env=screen.env()) as player:
                player.wait_zone(**STILL)
                looks(screen, exhibition, reference)
                assert "the window has" not in player.errors(), player.errors()
                assert player.stop() == 0, player.errors()
        os.chmod(exhibition.folder, 0o777)  # sway is nobody where this is root
        with Sway(PAIR, "\n".join(lines).replace(starts[0], f"{starts[0]} --status {status} {' '.join(AT)}")) as screen:
            try:
                wait_for(lambda: os.path.exists(status), "the player that sway starts")
                looks(screen, exhibition, reference)
            finally:
                end_all_with(status)
        with Sway(PAIR) as screen, Play(exhibition, *AT, env=screen.env()) as player:
            wait_for(lambda: "the window has 960 x 540 of the outputs' 1920 x 540" in player.errors(), "word of a bare output")
            assert player.stop() == 0, player.errors()
    print("wayland: one window over two outputs, by the configuration in README.md; without it a word of the one that is bare")


def touch():
    with hub() as exhibition, Xorg([(960, 540, 0, 0)]) as outside, Sway([(960, 540)], x11=outside.display) as screen:
        with Play(exhibition, *AT, env=screen.env()) as player:
            player.wait_zone(**STILL)
            looks_shown = screen.pixels()[:2]
            assert looks_shown == (960, 540), looks_shown
            x, y = (part / 2 for part in exhibition.find("hub", "Serviceportal"))
            finger = outside.touch()
            finger.down(1, x, y)
            finger.down(2, 2, 2)
            player.wait_zone(contacts=2, visit=True)
            finger.up(2)
            finger.up(1)
            player.wait_zone(scene="serviceportal", contacts=0)
            assert player.stop() == 0, player.errors()
    print("wayland: two fingers, one on an element")


def main():
    play_and_outlive_the_compositor()
    play_on_two_outputs()
    touch()


if __name__ == "__main__":
    main()
