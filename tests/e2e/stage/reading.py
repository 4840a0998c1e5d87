# SPDX-License-Identifier: EUPL-1.2
"""Fingers on a chart of a playing wall: what they read is what `render --touch` draws, for two at once, and it goes by itself."""
import os
import shutil
import tempfile

from playing import SOURCE, Exhibition, Play, assert_same, wait_for
from wall import Xorg

AT = ("--at", "2026-11-23T14:05")
SIZE = ("--size", "1920x1080")
FINGERS = ((520, 360), (1096, 360))  # at night, so that nothing is in the way of their labels, at the chart's top
MARK = 50  # half of what a finger's mark covers, pixels


def charts():
    """The exhibition of the golden charts, on a display of 55 inches with 3840 pixels a line, showing one scene."""
    exhibition = Exhibition()
    for name in ("scenes", "media", "fonts"):
        shutil.rmtree(os.path.join(exhibition.folder, name))
    shutil.copytree(os.path.join(SOURCE, "tests/golden/charts"), exhibition.folder, dirs_exist_ok=True)
    exhibition.write("scenes/playlists/all.json", '{"loop": [{"scene": "week", "for": "1h"}]}')
    exhibition.write("scenes/walls/one.json", '{"panels": [{"id": "p", "at": [0, 0], "size": [608.64, 342.36], "pixels": [1920, 1080]}],'
                     ' "zones": [{"id": "z", "at": [0, 0], "size": [608.64, 342.36], "playlist": "all"}]}')
    return exhibition


def reference(exhibition, folder, name, *touches):
    """What it must look like; made before anybody waits for it."""
    path = os.path.join(folder, name)
    exhibition.render("week", path, *AT, *SIZE, *(word for x, y in touches for word in ("--touch", f"{x},{y}")))
    return path


def looks(screen, wanted, what, masks=()):
    shot, error = wanted + ".shot.png", []

    def same():
        screen.shot(shot)
        try:
            assert_same(shot, wanted, masks)
            return True
        except AssertionError as reason:
            error[:] = [str(reason)]
            return False
    wait_for(same, lambda: f"{what}: {error[0]}")


def main():
    with charts() as exhibition, tempfile.TemporaryDirectory() as folder, Xorg() as screen, \
            Play(exhibition, *AT, env=screen.env()) as player:
        plain, read = reference(exhibition, folder, "plain.png"), reference(exhibition, folder, "read.png", *FINGERS)
        player.wait_zone(scene="week", changing=False)
        looks(screen, plain, "before")
        for finger, (x, y) in enumerate(FINGERS):
            screen.touch().down(finger, x, y)
        player.wait_zone(contacts=2)
        looks(screen, read, "two fingers", [(x - MARK, y - MARK, 2 * MARK, 2 * MARK) for x, y in FINGERS])
        for finger in range(2):
            screen.touch().up(finger)
        player.wait_zone(contacts=0)
        looks(screen, read, "lifted")  # it stays for a while
        looks(screen, plain, "gone")
    print("two fingers read a chart, and what they read went by itself")


main()
