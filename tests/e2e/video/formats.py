# SPDX-License-Identifier: EUPL-1.2
"""usage: formats.py [CLIP...]

Every format, rate, size, turn and kind of colours of tests/clips plays on a wall: upright, its frames in order, and each of its colours
within 3 of 255 of what the standards say of its numbers. Told, not judged: how many frames were left out."""
import contextlib
import sys
import unittest

import marks
from catalogue import CODECS, COLOURS, ODD, RATES, SIZES, SOUND, TINY, TURNED
from wall import Xvfb
from walls import Playing, Scene, Wall, Watch, judge, lengths, marked, wait_for

TOLERANCE = 3
# libvlc 3 has Motion JPEG in MP4 decoded as photographs: without times, so that frames come back, and by way of RGB. Only tried when named.
NOT_YET = {"mjpeg-30.mp4"}
BESIDE = "beside.mp4"
LOOKS = 40  # frames that are seen of each clip
MARKED = {**RATES, **CODECS, **SIZES, **TURNED, **COLOURS, **SOUND, **ODD}


def off(got, wanted):
    return max(abs(a - b) for a, b in zip(got, wanted))


class Formats(unittest.TestCase):
    names = ()

    @classmethod
    def setUpClass(cls):
        names = cls.names or [name for name in (*MARKED, *TINY) if name not in NOT_YET]
        cls.scenes = {name: Scene(name, loop=True, stays=3600000) for name in names}
        cls.stack = contextlib.ExitStack()
        cls.addClassCleanup(cls.stack.close)
        cls.wall = cls.stack.enter_context(Wall([[Scene(BESIDE, loop=True, stays=3600000)]], others=cls.scenes.values()))
        cls.screen = cls.stack.enter_context(Xvfb(*cls.wall.size))
        cls.play = cls.stack.enter_context(Playing(cls.wall, cls.screen))

        cls.wait_beside()

    @classmethod
    def wait_beside(cls):
        own = marked(BESIDE).own
        with Watch(cls.screen, cls.wall.eyes(0, BESIDE)) as watch:
            wait_for(lambda: any(sight.clip == own for sight in watch.sights()), lambda: f"{BESIDE}; {cls.play.errors()[-500:]}")

    def clear(self):
        """Shows the clip that lies between two that are tried."""
        self.play.tell("clear")
        self.wait_beside()

    def show(self, name):
        self.play.tell("override", self.scenes[name].id, "--for", "10m")

    def look(self, name):
        """What the two eyes see of a clip from its first frame on."""
        film = marked(name)
        self.clear()
        with Watch(self.screen, self.wall.eyes(0, name)) as watch:
            self.show(name)
            of_clip = lambda number: [sight for sight in watch.sights(number) if sight.clip == film.own]
            wait_for(lambda: all(len(of_clip(number)) >= LOOKS for number in range(2)), lambda: f"{LOOKS} frames of {name}, there are "
                     f"{len(of_clip(0))} and {len(of_clip(1))}; {watch.lines[-3:]}; {self.play.errors()[-800:]}")
            self.colours(name, film)
            watch.stop()
            return [self.verdict(watch.sights(number), film, name) for number in range(2)]

    def verdict(self, sights, film, name):
        begin = next(i for i, sight in enumerate(sights) if sight.clip == film.own)
        return judge(sights[begin:], lengths(name))

    def colours(self, name, film):
        x, y, width, height = self.wall.shown(0, name)
        wrong = []
        for at_x, at_y, colour in marks.patches(film.colour):
            wanted = marks.shown(colour, film.matrix, film.full, film.depth)
            got = self.screen.pixel(int(x + at_x * width), int(y + at_y * height))
            if off(got, wanted) > TOLERANCE:
                wrong.append(f"{colour}: {got} is not {tuple(round(channel, 1) for channel in wanted)}")
        self.assertEqual(wrong, [], name)

    def test_marked(self):
        for name in [name for name in self.scenes if name in MARKED]:
            with self.subTest(clip=name):
                for verdict in self.look(name):
                    self.assertEqual((verdict.black, verdict.unknown, verdict.back, verdict.astray), (0, 0, 0, 0), verdict.at[:5])
                print(f"{name}: {verdict.frames} frames seen, {verdict.missing} left out", flush=True)

    def test_tiny(self):
        for name in [name for name in self.scenes if name in TINY]:
            with self.subTest(clip=name):
                film = marked(name)
                self.clear()
                self.show(name)
                x, y, width, height = self.wall.shown(0, name)
                self.screen.wait_pixel(int(x + width / 2), int(y + height / 2),
                                       tuple(round(channel) for channel in marks.shown(film.colour, film.matrix, film.full)), TOLERANCE)


if __name__ == "__main__":
    Formats.names = [word for word in sys.argv[1:] if not word.startswith("-")]
    unittest.main(argv=sys.argv[:1], verbosity=2)
