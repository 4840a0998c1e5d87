# SPDX-License-Identifier: EUPL-1.2
"""What the tests of a playing wall share: a copy of the demo exhibition, the player with its status file, where elements lie, and
pictures to compare with. The environment says where things are: SW_PLAYER (the schauwand executable), SW_TOOLS, SW_SOURCE."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "xorg"))
from wall import PATIENCE, Process, WallError, tool, wait_for  # noqa: E402

PROGRAM = os.environ.get("SW_PLAYER", "schauwand")
SOURCE = os.environ.get("SW_SOURCE", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", ".."))


def holds(rect, point):
    return rect[0] <= point[0] < rect[0] + rect[2] and rect[1] <= point[1] < rect[1] + rect[3]


class Exhibition:
    """A folder with a copy of the demo exhibition, gone at the end of `with`. `defaults`: {key: text} put in place in exhibition.json."""

    def __init__(self, **defaults):
        self.folder = tempfile.mkdtemp(prefix="schauwand-exhibition-")
        self._boxes = {}
        for name in ("scenes", "media", "fonts"):
            shutil.copytree(os.path.join(SOURCE, name), os.path.join(self.folder, name))
        if defaults:
            self.edit("scenes/exhibition.json", *((rf'"{key}": "[^"]*"', f'"{key}": "{value}"') for key, value in defaults.items()))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def edit(self, name, *changes):
        """Replaces the first match of each regular expression; it must be there."""
        path = os.path.join(self.folder, name)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        for pattern, new in changes:
            text, count = re.subn(pattern, new, text, count=1)
            if count != 1:
                raise WallError(f"{name} has nothing like {pattern}")
        self.write(name, text)

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def render(self, address, path, *options):
        self._render("--scene", address, "-o", path, *options)

    def render_wall(self, wall, path, *options):
        self._render("--wall", wall, "-o", path, *options)

    def _render(self, *options):
        done = subprocess.run([PROGRAM, "render", self.folder, *options], capture_output=True, text=True, timeout=PATIENCE * 2)
        if done.returncode != 0:
            raise WallError(f"render {' '.join(options)}: {done.stderr}")

    def boxes(self, address, language="de", *options):
        """Where everything lies: `render --boxes`."""
        key = (address, language, options)
        if key not in self._boxes:
            base = os.path.join(self.folder, f".boxes{len(self._boxes)}")
            self.render(address, base + ".png", "--boxes", base, "--language", language, *options)
            with open(base, encoding="utf-8") as file:
                self._boxes[key] = json.load(file)
        return self._boxes[key]

    def find(self, address, text, language="de", *options):
        """The middle of the touchable element that says `text` (or holds what says it), in pixels."""
        boxes = self.boxes(address, language, *options)
        for box in boxes:
            if box["text"] == text:
                x, y, width, height = box["rect"]
                middle = (x + width / 2, y + height / 2)
                if any(other["touchable"] and holds(other["rect"], middle) for other in boxes):
                    return middle
        said = ", ".join(repr(box["text"]) for box in boxes if box["text"])
        raise WallError(f"{address} has nothing to touch that says {text!r}: {said}")


class Play(Process):
    """`schauwand play` with a status file. `under`: the beginning of a command that runs it."""

    def __init__(self, exhibition, *options, env=None, under=()):
        folder = exhibition.folder if isinstance(exhibition, Exhibition) else exhibition
        self._state = tempfile.mkdtemp(prefix="schauwand-state-")
        self.status_file = os.path.join(self._state, "status.json")
        variables = {**(env if env is not None else os.environ), "XDG_STATE_HOME": self._state}
        super().__init__("schauwand play", [*under, PROGRAM, "play", folder, "--status", self.status_file, *options], env=variables)

    def status(self):
        """The whole of it; None while there is none yet."""
        try:
            with open(self.status_file, encoding="utf-8") as file:
                return json.load(file)
        except FileNotFoundError:
            return None

    def zone(self, index=0):
        status = self.status()
        return status["zones"][index] if status and index < len(status["zones"]) else {}

    def wait_zone(self, index=0, timeout=PATIENCE, **wanted):
        """Until the zone is as wanted: wait_zone(scene="hub", page=None, changing=False). Functions are asked."""
        def fits():
            zone = self.zone(index)
            good = all(value(zone.get(key)) if callable(value) else zone.get(key) == value for key, value in wanted.items())
            return zone if zone and good else None
        told = {key: "..." if callable(value) else value for key, value in wanted.items()}
        if not self.running():
            raise WallError(f"the player has ended: {self.errors()}")
        return wait_for(fits, lambda: f"zone {index} to be {told}; it is {self.zone(index)}; {self.errors()[-600:]}", timeout)

    def stop(self, timeout=10.0):
        result = super().stop(timeout)
        shutil.rmtree(self._state, ignore_errors=True)
        return result


def assert_same(shot, reference, masks=()):
    """Two PNG files are the same, pixel for pixel, outside of the masks [(x, y, width, height)]."""
    done = subprocess.run([tool("masked-compare"), shot, reference, *(",".join(str(int(n)) for n in mask) for mask in masks)],
                          capture_output=True, text=True, timeout=PATIENCE)
    if done.returncode != 0:
        keep = os.environ.get("SW_KEEP")
        if keep:
            shutil.copy(shot, os.path.join(keep, "shot.png"))
            shutil.copy(reference, os.path.join(keep, "reference.png"))
        raise AssertionError(f"{os.path.basename(shot)} is not as rendered: {done.stdout}{done.stderr}")
