# SPDX-License-Identifier: EUPL-1.2
"""What the tests of live data share: a small exhibition with sources of its own, so that nothing is asked but this machine."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "faults"))
from house import Supervisor  # noqa: E402

PATIENCE = 60  # seconds that a program may take which ends by itself
FILES = {
    "scenes/exhibition.json": {"title": "Klein", "languages": ["de"], "wall": "one", "home": "home", "timezone": "Europe/Berlin"},
    "scenes/theme.json": {
        "canvases": {"wide": {"size": [960, 540], "areas": {"main": [40, 40, 880, 420]}}},
        "colours": {"ink": "#101010", "paper": "#FFFFFF"}, "ground": "paper", "default_style": "body",
        "styles": {"body": {"font": "text", "size": 28, "line": 1.4, "colour": "ink"}}},
    "scenes/home.json": {"title": "Zu Hause", "elements": [{"text": "Zu Hause", "in": "main"}]},
    "fonts/fonts.json": {"roles": {"text": {"package": "fonts-dejavu-core", "file": "DejaVuSans.ttf"}}},
}


class Small:
    """The exhibition, and one player of it; both are gone at the end of `with`."""

    def __init__(self, schauwand):
        self.schauwand, self.folder = schauwand, pathlib.Path(tempfile.mkdtemp(prefix="sw-small-"))
        self.exhibition, self.host = self.folder / "exhibition", self.folder / "wall.json"
        self.status_file, self.shot = self.folder / "status.json", self.folder / "shot.png"
        self.player = None
        (self.exhibition / "media").mkdir(parents=True)
        for path, content in FILES.items():
            self.write(path, content)

    def __enter__(self):
        return self

    def __exit__(self, reason, *_):
        if self.player is not None:
            self.player.close()
            if reason is not None:
                print(self.player.text())
        shutil.rmtree(self.folder, ignore_errors=True)

    def write(self, path, content):
        """In one step: nobody reads the half of it."""
        file = self.exhibition / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.with_suffix(".new").write_text(json.dumps(content))
        file.with_suffix(".new").rename(file)

    def allow(self, *places, **more):
        """The host's configuration: these may be asked."""
        self.host.write_text(json.dumps({"live": True, "allow": places, **more}))

    def scene(self, name, *elements):
        self.write(f"scenes/{name}.json", {"title": name, "elements": [{"in": "main", "column": list(elements)}]})

    def wall(self, name, *loop):
        """A wall of one zone with a playlist of its own."""
        self.write(f"scenes/playlists/{name}.json", {"loop": list(loop)})
        self.write(f"scenes/walls/{name}.json", {
            "viewing_distance": 1500, "bottom": 700, "panels": [{"id": "one", "at": [0, 0], "size": [960, 540], "pixels": [960, 540]}],
            "zones": [{"id": "one", "at": [0, 0], "size": [960, 540], "playlist": name}]})

    def environment(self, state="state"):
        """`state`: the folder in which it keeps what it knows."""
        return dict(os.environ, XDG_STATE_HOME=str(self.folder / state))

    def render(self, scene, *options):
        """The picture's bytes, and what its texts say: [(name, text)]. Whoever draws it knows nothing of before."""
        out, boxes = self.folder / "render.png", self.folder / "boxes.json"
        subprocess.run([self.schauwand, "render", self.exhibition, "--scene", scene, "--size", "960x540", "--boxes", boxes, "-o", out,
                        *options], check=True, timeout=PATIENCE, stderr=subprocess.DEVNULL,
                       env=self.environment(tempfile.mkdtemp(dir=self.folder)))
        return out.read_bytes(), [(box["name"], box["text"]) for box in json.loads(boxes.read_text()) if box["kind"] == "text"]

    def play(self, wall, *options):
        self.player = Supervisor(
            self.schauwand, "play", self.exhibition, "--wall", wall, "--offscreen", "--status", self.status_file, "--shot", self.shot,
            "--every", "200ms", *options, state=str(self.folder / "state"))

    def stop(self):
        assert self.player.stop() == 0
        assert ": error: " not in self.player.text(), self.player.text()  # in what the test wrote
        self.player.close()
        for left in (self.status_file, self.shot):
            left.unlink(missing_ok=True)

    def child(self, program):
        """The player's process that runs it; None while there is none."""
        return next(iter(self.player.children(program)), None)

    def zone(self):
        if not self.status_file.exists():
            return {"scene": None, "changing": True, "changes": 0}
        return json.loads(self.status_file.read_text())["zones"][0]

    def shown(self):
        """The scene on the wall, if it is at rest."""
        zone = self.zone()
        return None if zone["changing"] else zone["scene"]

    def looks_like(self, picture):
        return self.shot.exists() and self.shot.read_bytes() == picture
