# SPDX-License-Identifier: EUPL-1.2
"""Walls of clips: zones of 640 x 360 pixels, two beside each other, each with scenes of one clip and a playlist of them; below, if wanted,
a strip that moves by 4 pixels a frame of 60 a second, each of whose rows of pixels says which it is, as marked clips do. The environment
says where things are: SW_PLAYER, SW_TOOLS, SW_SOURCE (playing.py), SW_CLIPS, the folder of the clips, and PYTHONPATH (CMakeLists.txt)."""
import json
import os
import shutil
import signal
import subprocess

import marks
from catalogue import recipe
from films import Marked
from folder import Folder
from house import children_of
from playing import PROGRAM, Exhibition, Play, WallError, wait_for
from sights import Judge, Watch, eye, judge
from wall import write_png
from watching import ROWS, pacing

WIDTH, HEIGHT, STRIP = 640, 360, 120
STRIP_CELL, STRIP_S, STRIP_OWN = 4, 10, 22
GROUND = (96, 96, 96)  # neither black nor a clip's colour
CLIPS = Folder(os.environ.get("SW_CLIPS", os.path.join(os.environ.get("SW_TOOLS", "."), "clips")))


def marked(name):
    """The recipe of the marked clip that is in this file."""
    found = recipe(name)
    while not isinstance(found, Marked):
        found = recipe(found.of)
    return found


def lengths(*names):
    return {marked(name).own: marked(name).frames for name in names}


def seconds(name):
    """How long a clip plays."""
    clip = marked(name)
    top, _, bottom = clip.rate.partition("/")
    return clip.frames * int(bottom or 1) / int(top)


class Scene:
    """A clip that fills the zone. `stays`: how long in its playlist, in milliseconds; None: as long as it plays."""

    def __init__(self, clip, loop=False, stays=None):
        self.clip, self.loop, self.stays = clip, loop, stays
        self.id = ("again-" if loop else "once-") + "".join(letter if letter.isalnum() else "-" for letter in clip)

    def item(self):
        stays = self.stays if self.stays is not None else round(1000 * seconds(self.clip))
        return {"scene": self.id, "for": f"{stays}ms"}


class Wall(Exhibition):
    """`zones`: a list of Scenes a zone. `strip`: with the strip. `others`: scenes that no playlist has."""

    def __init__(self, zones, strip=False, others=()):
        super().__init__()
        for name in ("scenes", "media"):
            shutil.rmtree(os.path.join(self.folder, name))
        self.zones, self.strip = zones, strip
        rows = (len(zones) + 1) // 2
        self.size = (2 * WIDTH, rows * HEIGHT + (STRIP if strip else 0))
        self._write_house()
        for scene in {scene.id: scene for scenes in (*zones, others) for scene in scenes}.values():
            self._write_scene(scene)
        for number, scenes in enumerate(zones):
            self.json(f"scenes/playlists/p{number}.json", {"loop": [scene.item() for scene in scenes]})
        if strip:
            self._write_strip()

    def json(self, name, value):
        self.write(name, json.dumps(value))

    def place(self, zone):
        return zone % 2 * WIDTH, zone // 2 * HEIGHT

    def _write_house(self):
        self.json("scenes/exhibition.json", {"title": "Clips", "languages": ["de"], "wall": "clips", "home": self.zones[0][0].id,
                                             "defaults": {"transition": {"kind": "cut"}}})
        self.json("scenes/theme.json", {
            "canvases": {"clip": {"size": [WIDTH, HEIGHT], "areas": {}}, "strip": {"size": [2 * WIDTH, STRIP], "areas": {}}},
            "colours": {"ground": "#%02X%02X%02X" % GROUND, "ink": "#FFFFFF"}, "ground": "ground", "default_style": "body",
            "styles": {"body": {"font": "text", "size": 40, "line": 1.2, "colour": "ink"}}})
        zone = lambda name, at, size, playlist: {"id": name, "at": at, "size": size, "playlist": playlist, "language": "de"}
        zones = [zone(f"z{number}", self.place(number), [WIDTH, HEIGHT], f"p{number}") for number in range(len(self.zones))]
        if self.strip:
            zones.append(zone("strip", [0, self.size[1] - STRIP], [2 * WIDTH, STRIP], "strip"))
        panel = {"id": "p", "at": [0, 0], "size": self.size, "pixels": self.size}
        self.json("scenes/walls/clips.json", {"title": "Clips", "viewing_distance": 1500, "bottom": 500, "panels": [panel], "zones": zones})

    def _write_scene(self, scene):
        os.makedirs(os.path.join(self.folder, "media"), exist_ok=True)
        path = os.path.join(self.folder, "media", scene.clip)
        if not os.path.exists(path):
            shutil.copy(CLIPS.make(scene.clip), path)
        self.json(f"scenes/{scene.id}.json", {"title": scene.id, "elements": [
            {"video": f"media/{scene.clip}", "at": [0, 0], "size": [WIDTH, HEIGHT], "fit": "contain", "loop": scene.loop, "alt": ""}]})

    def _write_strip(self):
        """As in tests/bench/content.py: what moves without end is a `switch` over the clock."""
        width = marks.COLUMNS * STRIP_CELL
        rows = (b"".join(bytes((*colour[::-1], 255)) * STRIP_CELL for colour in marks.code_row(number, marks.PALETTE[STRIP_OWN]))
                for number in range(ROWS))
        write_png(os.path.join(self.folder, "media", "strip.png"), width, ROWS, b"".join(rows))
        self.json("scenes/strip.json", {"title": "Strip", "elements": [
            {"switch": f"floor((now - date(2026, 1, 1)) / {STRIP_S}s) % 2", "cases": {str(turn): {
                "image": "media/strip.png", "alt": "", "at": [0, STRIP // 2 - ROWS], "size": [width, ROWS], "fit": "fill",
                "animate": {"enter": "move", "from": [0, ROWS], "for": f"{STRIP_S}s", "ease": "linear"}} for turn in range(2)}}]})
        self.json("scenes/playlists/strip.json", {"loop": [{"scene": "strip", "for": "12h"}]})

    # -- where to look --

    def shown(self, zone, clip):
        """(x, y, width, height) of a clip on the screen."""
        x, y = self.place(zone)
        film = marked(clip)
        scale = min(WIDTH / film.width, HEIGHT / film.height)
        width, height = film.width * scale, film.height * scale
        return x + (WIDTH - width) / 2, y + (HEIGHT - height) / 2, width, height

    def eyes(self, zone, clip):
        """Those that read the first and the last row of cells of a clip in a zone."""
        return [eye(*self.shown(zone, clip)), eye(*self.shown(zone, clip), -1)]

    @property
    def strip_eye(self):
        return 0, self.size[1] - STRIP // 2, STRIP_CELL


def strip_missed(sights):
    """Frames that the strip has left out."""
    return pacing([[sight.us, sight.frame] for sight in sights if sight.clip == STRIP_OWN])[1]


class Playing(Play):
    """A wall that plays and can be told what to do. `under`: what runs it."""

    def __init__(self, wall, screen, under=()):
        self._door, self._under = os.path.join(wall.folder, ".control"), under
        super().__init__(wall, "--control", self._door, env=screen.env(), under=under)

    def pids(self, program):
        """Of the supervisor's children that run this program."""
        return sorted(pid for pid, name in children_of(self.supervisor()).items() if name == program)

    def supervisor(self):
        """Its process id; 0 where it does not run."""
        if not self._under:
            return self.pid
        return next((pid for pid, name in children_of(self.pid).items() if name == os.path.basename(PROGRAM)), 0)

    def stop(self, timeout=10.0):
        if self._under and self.supervisor():
            os.kill(self.supervisor(), signal.SIGTERM)  # what runs it ends with it
            self.wait(60)
        return super().stop(timeout)

    def tell(self, *words):
        done = subprocess.run([PROGRAM, "tell", *words, "--control", self._door], capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            raise WallError(f"tell {' '.join(words)}: {done.stderr}")
