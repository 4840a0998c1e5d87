#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""water.py SCHAUWAND: a playlist whose `when` reads a source. High water brings the Rhine's scene onto the wall at once, and it goes when
the water falls; a level that changes nothing changes nothing; a visitor's page is not taken away. Says how long the way took."""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "faults"))
from house import wait_until  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[3]
FILES = {
    "scenes/sources.json": {"rhein": {"file": "data/rhein.json", "fresh_for": "1h", "expire_after": "2h", "fallback": "hide",
                                      "fields": {"level": {"type": "number", "unit": "cm", "valid": [-100, 1500]}}}},
    "scenes/flood.json": {"title": "Hochwasser", "elements": [{"text": "{rhein.level | value}", "in": "main", "style": "title"}]},
    "scenes/playlists/live.json": {"loop": [
        {"scene": "welcome", "for": "1h"},
        {"scene": "flood", "for": "25s", "when": "rhein.level > 800", "interrupt": True, "priority": 5}]},
    "scenes/walls/live.json": {
        "viewing_distance": 2000, "bottom": 700, "panels": [{"id": "one", "at": [0, 0], "size": [1920, 1080], "pixels": [1920, 1080]}],
        "zones": [{"id": "one", "at": [0, 0], "size": [1920, 1080], "playlist": "live", "home": "hub"}]},
}


class House:
    """The demo exhibition with a playlist that waits for high water, and a player of it."""

    def __init__(self, schauwand, folder):
        self.folder, self.exhibition = folder, folder / "exhibition"
        for part in ("scenes", "fonts", "media"):
            shutil.copytree(ROOT / part, self.exhibition / part)
        for path, content in FILES.items():
            self.write(path, content)
        self.level(640)
        self.status_file = folder / "status.json"
        self.player = subprocess.Popen([schauwand, "play", self.exhibition, "--wall", "live", "--offscreen", "--status", self.status_file],
                                       env=dict(os.environ, XDG_STATE_HOME=str(folder / "state")))

    def write(self, path, content):
        file = self.exhibition / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.with_suffix(".new").write_text(json.dumps(content))
        file.with_suffix(".new").rename(file)

    def level(self, value):
        self.write("data/rhein.json", {"level": value})

    def zone(self):
        return json.loads(self.status_file.read_text())["zones"][0] if self.status_file.exists() else {"scene": None, "changes": 0}

    def shows(self, scene):
        zone = self.zone()
        return zone["scene"] == scene and not zone["changing"]

    def moves_after(self, value):
        """Milliseconds from the file's rename until the wall begins to change."""
        before = self.zone()["changes"]
        self.level(value)
        began = time.monotonic()
        wait_until(f"a change at {value} cm", lambda: self.zone()["changes"] > before)
        return 1000 * (time.monotonic() - began)

    def stop(self):
        self.player.send_signal(signal.SIGTERM)
        assert self.player.wait(30) == 0


def main():
    with tempfile.TemporaryDirectory(prefix="sw-water-") as folder:
        house = House(sys.argv[1], pathlib.Path(folder))
        taken = []
        try:
            wait_until("the first scene", lambda: house.shows("welcome"))
            for _ in range(3):
                taken.append(house.moves_after(860))
                wait_until("the Rhine", lambda: house.shows("flood"))
                taken.append(house.moves_after(790))
                wait_until("the way back", lambda: house.shows("welcome"))
            changes = house.zone()["changes"]
            for value in range(500, 800, 10):
                house.level(value)
                time.sleep(0.01)
            time.sleep(1)
            assert house.zone()["changes"] == changes, "levels below the mark changed something"
            house.level(900)
            wait_until("the Rhine once more", lambda: house.shows("flood"))
            house.level("---")  # no number: what is not known is no reason
            wait_until("the way back from what is not known", lambda: house.shows("welcome"))
            house.stop()
        finally:
            if house.player.poll() is None:
                house.player.kill()
    print("from the file to the change, ms: " + ", ".join(f"{ms:.0f}" for ms in taken))


if __name__ == "__main__":
    main()
