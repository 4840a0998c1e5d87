# SPDX-License-Identifier: EUPL-1.2
"""What the tests of a wall that follows share: a small exhibition that is published, a wall whose follower is a stand-in (stand_in.c), and
waiting for what both say."""
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "faults"))
import house  # noqa: E402

PATIENCE = 40
COLOURS = {"red": "#C02020", "blue": "#2020C0", "green": "#20A020", "brown": "#806020"}


def wait_until(what, condition):
    return house.wait_until(what, condition, PATIENCE)


class Site:
    """An exhibition, its keys and the folder it is published to."""

    def __init__(self, build):
        self.build = build
        self.folder = tempfile.mkdtemp(prefix="sw-site-")
        self.exhibition = os.path.join(self.folder, "exhibition")
        self.published = os.path.join(self.folder, "out")
        self.keys = os.path.join(self.folder, "keys")
        self.write("scenes/exhibition.json", json.dumps({
            "title": "Follow", "languages": ["de"], "wall": "foyer", "home": "one", "contact": "Pforte",
            "defaults": {"idle": "5s"}}))
        self.write("scenes/theme.json", json.dumps({
            "canvases": {"wide": {"size": [640, 360], "areas": {"main": [0, 0, 640, 360]}}},
            "colours": {"ink": "#101010", "paper": "#FFFFFF", **COLOURS}, "ground": "paper", "default_style": "body",
            "styles": {"body": {"size": 24, "colour": "ink"}}}))
        self.write("scenes/walls/foyer.json", json.dumps(self.wall(640, 360)))
        self.play(["one", "two"], 4)
        for name, colour in (("one", "red"), ("two", "blue")):
            self.scene(name, colour)
        for name in ("fonts",):
            shutil.copytree(os.path.join(os.environ["SW_SOURCE"], "tests", "bad", "base", name), os.path.join(self.exhibition, name))
        said = self.run("keys", self.keys)
        self.root_key = next(word for word in said.split() if word.startswith("RW"))

    @staticmethod
    def wall(width, height):
        return {"bottom": 800, "viewing_distance": 1500,
                "panels": [{"id": "left", "at": [0, 0], "size": [width, height], "pixels": [width, height]}],
                "zones": [{"id": "main", "at": [0, 0], "size": [width, height], "playlist": "foyer"}]}

    def write(self, name, text):
        path = os.path.join(self.exhibition, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def scene(self, name, colour, *more):
        self.write(f"scenes/{name}.json", json.dumps({
            "title": name, "about": {"tags": ["project"]}, "elements": [
                {"shape": "rectangle", "at": [0, 0], "size": [640, 360], "fill": colour}, {"text": name, "at": [20, 20]}, *more]}))

    def play(self, scenes, seconds):
        self.write("scenes/playlists/foyer.json", json.dumps({"loop": [{"scene": scene, "for": f"{seconds}s"} for scene in scenes]}))

    def run(self, *arguments):
        result = subprocess.run([os.path.join(self.build, "schauwand"), *arguments], cwd=self.folder, capture_output=True, text=True,
                                timeout=60, check=False)
        if result.returncode != 0:
            raise AssertionError(f"schauwand {' '.join(arguments)}: {result.returncode}\n{result.stdout}{result.stderr}")
        return result.stdout

    def publish(self):
        return self.run("publish", self.exhibition, "--wall", "foyer", "--to", self.published, "--keys", self.keys)

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


class Wall:
    """`schauwand play https://...` with a stand-in for its follower."""

    def __init__(self, site, *options, environment=None):
        self.site = site
        self.folder = tempfile.mkdtemp(prefix="sw-wall-")
        self.options = options
        self.environment = environment or {}
        self.bin = os.path.join(self.folder, "bin")
        self.supervisor = None
        os.mkdir(self.bin)
        for name in ("schauwand", "schauwand-player", "schauwand-worker-picture", "schauwand-worker-svg"):
            os.link(os.path.join(site.build, name), os.path.join(self.bin, name)) if self.same_disk(site.build) else \
                shutil.copy(os.path.join(site.build, name), self.bin)
        shutil.copy(os.environ["SW_STAND_IN_PROGRAM"], os.path.join(self.bin, "schauwand-courier"))
        with open(os.path.join(self.folder, "orders"), "w", encoding="ascii"):
            pass

    def same_disk(self, build):
        return os.stat(build).st_dev == os.stat(self.bin).st_dev

    def start(self, exhibition="https://test.invalid/wall"):
        environment = {**os.environ, **self.environment, "SW_STAND_IN": self.folder}
        self.supervisor = house.Supervisor(os.path.join(self.bin, "schauwand"), "play", exhibition, "--wall", "foyer",
                                           "--root-key", self.site.root_key, "--cache", os.path.join(self.folder, "cache"),
                                           "--status", os.path.join(self.folder, "status"),
                                           "--control", os.path.join(self.folder, "control"), *self.options,
                                           state=os.path.join(self.folder, "state"), environment=environment)
        return self

    def order(self, *orders):
        with open(os.path.join(self.folder, "orders"), "a", encoding="utf-8") as file:
            for order in orders:
                file.write(order + "\n")
        self.await_heard(f"done {orders[-1]}")

    def bring(self, version, number=None):
        self.order(f"import {self.site.published} foyer {version}")
        self.await_heard(f"imported {number or version}")

    def heard(self):
        try:
            with open(os.path.join(self.folder, "heard"), encoding="utf-8") as file:
                return file.read().splitlines()
        except FileNotFoundError:
            return []

    def await_heard(self, line, count=1):
        try:
            wait_until(line, lambda: sum(one.startswith(line) for one in self.heard()) >= count)
        except AssertionError as error:
            raise AssertionError(f"{error}\nheard: {self.heard()}\nsaid: {self.supervisor.text()}") from error

    def status(self):
        try:
            with open(os.path.join(self.folder, "status"), encoding="utf-8") as file:
                return json.load(file)
        except (FileNotFoundError, json.JSONDecodeError):
            return {}

    def await_status(self, **wanted):
        try:
            wait_until(str(wanted), lambda: all(self.status().get(key) == value for key, value in wanted.items()))
        except AssertionError as error:
            raise AssertionError(f"{error}\nstatus: {self.status()}\nheard: {self.heard()}\nsaid: {self.supervisor.text()}") from error

    def tell(self, *arguments):
        return subprocess.run([os.path.join(self.bin, "schauwand"), *arguments, "--control", os.path.join(self.folder, "control")],
                              capture_output=True, text=True, timeout=60, check=False)

    def player(self):
        return wait_until("a player", lambda: [pid for pid, name in house.children_of(self.supervisor.process.pid).items()
                                               if name == "schauwand-player"])[0]

    def kill_player(self):
        os.kill(self.player(), signal.SIGKILL)

    def stop(self):
        if self.supervisor is not None:
            self.supervisor.close()
            self.supervisor = None

    def close(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class FollowingCase(unittest.TestCase):
    """Release 1 of a site is published, and a wall is there that has not been started."""
    build = None

    def setUp(self):
        self.site = Site(self.build)
        self.addCleanup(self.site.close)
        self.furnish()
        self.site.publish()
        self.wall = Wall(self.site, "--offscreen")
        self.addCleanup(self.wall.close)

    def furnish(self):
        """What release 1 has that is not in every site."""

    def play_first(self):
        self.wall.start()
        self.wall.bring(1)
        self.wall.order("release 1 0")
        self.wall.await_status(release=1, generation=1, card=None)
