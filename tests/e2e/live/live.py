#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""live.py SCHAUWAND: a source over HTTP (nginx) and one that is a file reshaped by jq, from payload to pixels; what is kept when the
courier is killed; what the wall shows when the server fails."""
import json
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

PATIENCE = 40
NINE = 1795420800  # 2026-11-23T09:00:00+01:00
TESTS = pathlib.Path(__file__).resolve().parents[2]
sys.path += [str(TESTS / "faults"), str(TESTS / "golden")]
from golden import strip_comments  # noqa: E402
from house import children_of, wait_until  # noqa: E402
SOURCE = {
    "pick": "/currentMeasurement",
    "fields": {"level": {"type": "number", "from": "/value", "unit": "cm", "digits": 0}, "at": {"type": "time", "from": "/timestamp"}},
    "observed": "at", "every": "5s", "fresh_for": "1000h", "expire_after": "2000h", "history": {"level": {"keep": "7d", "step": "15m"}},
    "sample": "data/sample.json", "sample_at": "2026-11-20T14:05",
    "attribution": {"provider": "Test", "licence": {"name": "CC0", "url": "https://example.org/l"}, "url": "https://example.org/"}}


class House:
    """An exhibition of one scene, a web server and a player of it."""

    def __init__(self, schauwand, folder):
        self.schauwand, self.folder = schauwand, pathlib.Path(folder)
        self.exhibition, self.web = self.folder / "exhibition", self.folder / "web"
        self.state = self.folder / "state"
        demo = TESTS.parent
        for part in ("scenes", "fonts", "media"):
            shutil.copytree(demo / part, self.exhibition / part)
        self.web.mkdir()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        declared = self.exhibition / "scenes/sources.json"
        others = json.loads(strip_comments(declared.read_text())) if declared.exists() else {}  # off: nobody outside is asked
        self.write("scenes/sources.json", {
            **{name: {**source, "off": True} for name, source in others.items()},
            "pegel": {"http": f"http://127.0.0.1:{self.port}/pegel.json", **SOURCE},
            "park": {"file": "data/park.json", "select": "[.body.lots[] | {name, free}]", "rows": True, "fresh_for": "1000h",
                     "fields": {"name": {"type": "text"}, "free": {"type": "number"}}}})
        self.write("scenes/live.json", {"title": {"de": "Live"}, "elements": [{"in": "main", "column": [
            {"text": {"de": "{pegel.level | value}, {pegel.status}"}, "style": "title"},
            {"repeat": "park.rows", "as": "p", "each": {"text": {"de": "{p.name}: {p.free}"}}}]}]})
        self.write("scenes/playlists/live.json", {"loop": [{"scene": "live", "for": "1h"}], "otherwise": "live"})
        self.write("scenes/walls/live.json", {
            "viewing_distance": 2000, "bottom": 700,
            "panels": [{"id": "one", "at": [0, 0], "size": [1920, 1080], "pixels": [1920, 1080]}],
            "zones": [{"id": "one", "at": [0, 0], "size": [1920, 1080], "playlist": "live", "home": "hub"}]})
        self.write("data/sample.json", {"currentMeasurement": {"timestamp": "2026-11-20T14:00:00+01:00", "value": 111}})
        self.park(12)
        self.level(400, 0)
        self.host = self.folder / "host.json"
        self.host.write_text(json.dumps({"live": True, "allow": [f"127.0.0.1:{self.port}"]}))
        self.server = self.player = None
        self.environment = dict(os.environ, XDG_STATE_HOME=str(self.state))

    def write(self, path, value):
        file = self.exhibition / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.with_name("new").write_text(json.dumps(value))
        file.with_name("new").rename(file)

    def park(self, free):
        self.write("data/park.json", {"lots": [{"name": "Königstraße", "free": free}]})

    def level(self, value, minute):
        text = json.dumps({"currentMeasurement": {"timestamp": f"2026-11-23T09:{minute:02d}:00+01:00", "value": value}})
        (self.web / "new").write_text(text)
        os.utime(self.web / "new", (NINE + 60 * minute,) * 2)  # nginx knows bodies of one length by whole seconds
        (self.web / "new").rename(self.web / "pegel.json")

    def serve(self):
        (self.folder / "nginx.conf").write_text(
            f"daemon off; pid {self.folder}/nginx.pid; error_log {self.folder}/error.log; user root;\nevents {{}}\n"
            f"http {{ access_log {self.folder}/access.log; server {{ listen 127.0.0.1:{self.port}; root {self.web}; }} }}\n")
        os.chmod(self.folder, 0o755)
        self.server = subprocess.Popen(["nginx", "-c", f"{self.folder}/nginx.conf"], stderr=subprocess.DEVNULL)
        wait_until("nginx", lambda: socket.socket().connect_ex(("127.0.0.1", self.port)) == 0)

    def unserve(self):
        self.server.terminate()
        self.server.wait()

    def play(self):
        self.player = subprocess.Popen(
            [self.schauwand, "play", self.exhibition, "--wall", "live", "--offscreen", "--host", self.host, "--shot",
             self.folder / "shot.png", "--every", "300ms"], env=self.environment)

    def stop(self):
        self.player.send_signal(signal.SIGTERM)
        assert self.player.wait(PATIENCE) == 0

    def render(self, *options):
        """The scene with what the sources say now, asked anew."""
        out = self.folder / "render.png"
        subprocess.run([self.schauwand, "render", self.exhibition, "--scene", "live", "-o", out, *options], check=True, timeout=PATIENCE,
                       env=dict(self.environment, XDG_STATE_HOME=str(self.folder / "other")))
        return out.read_bytes()

    def shown(self, picture):
        shot = self.folder / "shot.png"
        return shot.exists() and shot.read_bytes() == picture

    def courier(self):
        return next((pid for pid, program in children_of(self.player.pid).items() if program == "schauwand-courier"), None)

    def points(self):
        file = self.state / "schauwand" / "courier.sqlite"
        if not file.exists():
            return []
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
            return [value for (value,) in database.execute("SELECT value FROM point ORDER BY at")]

    def statuses(self):
        return [line.split('"')[2].split()[0] for line in (self.folder / "access.log").read_text().splitlines()]


def follows_the_server(house):
    live = ("--host", house.host)
    house.play()
    first = house.render(*live)
    wait_until("the first level", lambda: house.shown(first))
    house.level(441, 15)
    house.park(7)
    second = house.render(*live)
    assert second != first
    wait_until("the second level", lambda: house.shown(second))
    wait_until("an answer 304", lambda: "304" in house.statuses())
    return second


def outlives_its_courier(house, picture):
    for _ in range(5):
        old = wait_until("a courier", house.courier)
        os.kill(old, signal.SIGKILL)
        wait_until("another courier", lambda: house.courier() not in (None, old))
        assert house.shown(picture), "the picture has changed"
    assert house.points() == [400, 441], house.points()


def outlives_its_server(house, picture):
    house.unserve()
    time.sleep(12)
    assert house.shown(picture), "a good value was taken back"
    house.serve()
    house.level(455, 30)
    third = house.render("--host", house.host)
    wait_until("the third level", lambda: house.shown(third))


def says_what_is_a_sample(house):
    sample = house.render()
    asked = len(house.statuses())
    assert sample != house.render("--host", house.host)
    assert len(house.statuses()) > asked, "with leave it is asked"
    before = len(house.statuses())
    house.render()
    assert len(house.statuses()) == before, "without leave nothing is asked"


def main():
    with tempfile.TemporaryDirectory(prefix="sw-live-") as folder:
        house = House(sys.argv[1], folder)
        house.serve()
        try:
            picture = follows_the_server(house)
            outlives_its_courier(house, picture)
            outlives_its_server(house, picture)
            house.stop()
            says_what_is_a_sample(house)
        finally:
            house.unserve()
            if house.player is not None and house.player.poll() is None:
                house.player.kill()
    print("payload to pixels, 5 couriers killed, a server gone and back, a sample named")


if __name__ == "__main__":
    main()
