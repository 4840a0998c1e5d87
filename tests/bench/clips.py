# SPDX-License-Identifier: EUPL-1.2
"""Exhibitions of clips, the same as pages for Chromium, and what is seen of them on the screen. The clips are those of the measuring recipe
(tests/clips/films.py, Measured), each the whole screen or a tile of it."""
import os
import shutil
import sys
import time

import processes
from content import Content
from wall import WallError, wait_for
from watching import server

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "clips"))
from catalogue import recipe  # noqa: E402
from folder import Folder  # noqa: E402
from marks import PALETTE  # noqa: E402
from sights import Watch, judge  # noqa: E402

LONG, TURNS = "1080p30.mp4", ("1080p30-5s-a.mp4", "1080p30-5s-b.mp4")
CELL = 32  # pixels, of a clip that fills the screen
SETTLE_S = 2.5
WHOLE = (0, 0, 1920, 1080)


def made(bench, name):
    """The path of a clip in the bench's folder, from where everybody may read it; it is kept beside the tests' clips."""
    path = shutil.copy(Folder(os.path.join(bench.build, "tests", "clips")).make(name), os.path.join(bench.folder, name))
    os.chmod(path, 0o644)
    return path


def lengths(*names):
    return {recipe(name).own: recipe(name).frames for name in names}


def tiles(columns, count):
    """The first so many of columns x columns equal parts of the screen."""
    width, height = 1920 // columns, 1080 // columns
    return [(width * (i % columns), height * (i // columns), width, height) for i in range(count)]


def eye(place):
    scale = place[2] / 1920
    return place[0], int(place[1] + CELL * scale / 2), CELL * scale


class Clips(Content):
    """One scene with clips at places, each again and again."""

    def __init__(self, parent, clip, places):
        self.clip, self.places = clip, places
        super().__init__(parent)

    def write(self):
        name = os.path.basename(self.clip)
        os.link(self.clip, self.path(f"media/{name}"))
        self.scene([{"video": f"media/{name}", "at": [x, y], "size": [width, height], "loop": True, "alt": ""}
                    for x, y, width, height in self.places])
        style = lambda x, y, width, height: f"left:{x}px;top:{y}px;width:{width}px;height:{height}px"
        self.html("".join(f"<video src=\"media/{name}\" autoplay muted loop style=\"{style(*place)}\"></video>" for place in self.places),
                  "video { position: absolute }")


class InTurn(Content):
    """Two clips in turn, each to its end."""

    def __init__(self, parent, clips):
        self.clips = clips
        super().__init__(parent)

    def write(self):
        for name, clip in zip(("one", "two"), self.clips):
            os.link(clip, self.path(f"media/{name}.mp4"))
            self.scene([{"video": f"media/{name}.mp4", "at": [0, 0], "size": [1920, 1080], "alt": ""}], name, transition={"kind": "cut"})
        seconds = recipe(os.path.basename(self.clips[0])).seconds
        self.json("scenes/playlists/all.json", {"loop": [{"scene": name, "for": f"{seconds}s"} for name in ("one", "two")]})
        self.html("".join(f"<video src=\"media/{name}.mp4\" muted preload=\"auto\"></video>" for name in ("one", "two")) +
                  "<script>const [one, two] = document.querySelectorAll('video');"
                  "const turn = (to, from) => { to.play(); to.style.zIndex = 1; from.style.zIndex = 0; from.currentTime = 0 };"
                  "one.addEventListener('ended', () => turn(two, one)); two.addEventListener('ended', () => turn(one, two)); turn(one, two)"
                  "</script>", "video { position: absolute; left: 0; top: 0; width: 1920px; height: 1080px }")


class Asked(Content):
    """A photograph, and a scene with a clip that is shown when it is asked for."""

    def __init__(self, parent, clip):
        self.clip = clip
        super().__init__(parent)

    def write(self):
        self.photo("media/a.jpg", 1)
        os.link(self.clip, self.path("media/one.mp4"))
        self.scene([self.image("media/a.jpg")], transition={"kind": "cut"})
        self.scene([{"video": "media/one.mp4", "at": [0, 0], "size": [1920, 1080], "loop": True, "alt": ""}], "two",
                   transition={"kind": "cut"})
        self.html("")


class Run:
    """What was measured of programs that show clips at places. `cpu`: seconds a minute with the X server, of which `of_server`; a verdict
    a place."""

    def __init__(self, screen, env, commands, places, seconds, clip_lengths, turns=None):
        programs = [processes.Program(command, env) for command in commands]
        started = []
        try:
            for program in programs:
                started.append(program.__enter__())
            self._wait(screen, started, places)
            started[0].cpu_of(SETTLE_S)
            with Watch(screen, [eye(place) for place in places], seconds) as watch:
                self._measure(started, server(screen), seconds)
                watch.finish()
                self.verdicts = [judge(watch.sights(i), clip_lengths, turns) for i in range(len(places))]
            self.memory = processes.pss_mib(self._pids(started))
        finally:
            for program in started:
                program.__exit__()

    @staticmethod
    def _pids(programs):
        return set().union(*(program.pids() for program in programs))

    @staticmethod
    def _wait(screen, programs, places, seconds=30):
        """Until there is a clip at every place."""
        with Watch(screen, [eye(place) for place in places]) as watch:
            def shown():
                if not all(program.running() for program in programs):
                    raise WallError(f"{programs[0].command[0]} has ended: {programs[0].said()}")
                return all(any(sight.kind == "clip" for sight in watch.sights(i)) for i in range(len(places)))
            wait_for(shown, lambda: f"{programs[0].command[0]} to show {len(places)} clips; it says {programs[0].said()}", seconds)

    def _measure(self, programs, server_pid, seconds):
        before, began = processes.cpu_s(self._pids(programs) | {server_pid}), time.monotonic()
        time.sleep(seconds)
        after, took = processes.cpu_s(self._pids(programs) | {server_pid}), time.monotonic() - began
        spent = {pid: (now - before.get(pid, 0)) * 60 / took for pid, now in after.items()}
        self.cpu, self.of_server = sum(spent.values()), spent.get(server_pid, 0)

    @property
    def frames(self):
        return sum(verdict.frames for verdict in self.verdicts)

    @property
    def lost(self):
        return sum(verdict.missing for verdict in self.verdicts)

    @property
    def intervals(self):
        """Milliseconds, of the first place."""
        return [interval / 1000 for interval in self.verdicts[0].intervals]
