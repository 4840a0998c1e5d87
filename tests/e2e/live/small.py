# SPDX-License-Identifier: EUPL-1.2
"""What the tests of live data share: a small exhibition with sources of its own, so that nothing is asked but this machine."""
import json
import os
import signal
import subprocess

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
    """The exhibition, and one player of it."""

    def __init__(self, schauwand, folder):
        self.schauwand, self.folder, self.exhibition = schauwand, folder, folder / "exhibition"
        self.status_file, self.shot = folder / "status.json", folder / "shot.png"
        self.player = None
        (self.exhibition / "media").mkdir(parents=True)
        for path, content in FILES.items():
            self.write(path, content)

    def write(self, path, content):
        """In one step: nobody reads the half of it."""
        file = self.exhibition / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.with_suffix(".new").write_text(json.dumps(content))
        file.with_suffix(".new").rename(file)

    def scene(self, name, *elements):
        self.write(f"scenes/{name}.json", {"title": name, "elements": [{"in": "main", "column": list(elements)}]})

    def wall(self, name, *loop):
        """A wall of one zone with a playlist of its own."""
        self.write(f"scenes/playlists/{name}.json", {"loop": list(loop)})
        self.write(f"scenes/walls/{name}.json", {
            "viewing_distance": 1500, "bottom": 700, "panels": [{"id": "one", "at": [0, 0], "size": [960, 540], "pixels": [960, 540]}],
            "zones": [{"id": "one", "at": [0, 0], "size": [960, 540], "playlist": name}]})

    def environment(self, state):
        return dict(os.environ, XDG_STATE_HOME=str(self.folder / state))

    def play(self, wall, *options):
        self.player = subprocess.Popen(
            [self.schauwand, "play", self.exhibition, "--wall", wall, "--offscreen", "--status", self.status_file, "--shot", self.shot,
             "--every", "200ms", *options], env=self.environment("state"), stderr=subprocess.DEVNULL)

    def stop(self):
        self.player.send_signal(signal.SIGTERM)
        assert self.player.wait(30) == 0
        for left in (self.status_file, self.shot):
            left.unlink(missing_ok=True)

    def kill(self):
        if self.player is not None and self.player.poll() is None:
            self.player.kill()

    def zone(self):
        if not self.status_file.exists():
            return {"scene": None, "changing": True, "changes": 0}
        return json.loads(self.status_file.read_text())["zones"][0]

    def shown(self):
        """The scene on the wall, if it is at rest."""
        zone = self.zone()
        return None if zone["changing"] else zone["scene"]
