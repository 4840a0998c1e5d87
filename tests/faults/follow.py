#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: follow.py BUILD [TEST...]

A wall that follows, all of it real: publisher, a slow nginx, supervisor, follower, courier, player. Follower and player are killed and
stopped at random moments while releases come, the server and the whole wall too: what is shown is whole and never older than what was shown
before, no card ever, and the newest one in the end. How long there was no new picture is told. SEED says which moments, SW_KILLS how many.
"""
import json
import os
import random
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import zlib

import feeds
import house
from nginx import Nginx

BUILD = sys.argv.pop(1)
SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
SCHAUWAND = os.path.join(BUILD, "schauwand")
PLAYER, FOLLOWER = "schauwand-player", "schauwand-courier"
WIDTH, HEIGHT = 320, 180
COLOURS = [(200, 30, 30), (30, 30, 200), (30, 160, 30), (130, 100, 30), (120, 30, 150)]
SEED = int(os.environ.get("SEED", time.time()))
KILLS = int(os.environ.get("SW_KILLS", "12"))


def picture(colour):
    """A PNG of one colour."""
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    rows = (b"\0" + bytes(colour) * 16) * 16
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) +
            chunk(b"IEND", b""))


class Site:
    """An exhibition whose wall is of one colour a version: the left half a shape, the right half a picture, above both something that
    moves; and the server that it is published to, a slow one."""

    def __init__(self, folder):
        self.folder, self.version, self.cell = folder, 0, []
        self.exhibition = os.path.join(folder, "exhibition")
        self.secret, users = os.path.join(folder, "secret"), os.path.join(folder, "users")
        for path, text in ((self.secret, "open sesame\n"), (users, "wall:{PLAIN}open sesame\n")):
            with open(path, "w", encoding="ascii") as file:
                file.write(text)
            os.chmod(path, 0o600)
        self.nginx = Nginx(folder, "limit_rate 400k;", f'location /data/ {{ auth_basic "data"; auth_basic_user_file {users};',
                           f"location = /data/moved.json {{ return 302 http://localhost:$server_port/data/seven.json; }} }}")
        (self.nginx.files / "data").mkdir()
        shutil.copytree(os.path.join(SOURCE, "tests", "bad", "base", "fonts"), os.path.join(self.exhibition, "fonts"))
        self.put("scenes/exhibition.json", {"title": "Follow", "languages": ["de"], "wall": "w", "home": "one"})
        self.put("scenes/theme.json", {
            "canvases": {"wide": {"size": [WIDTH, HEIGHT], "areas": {"all": [0, 0, WIDTH, HEIGHT]}}},
            "colours": {"ink": "#101010", "paper": "#FFFFFF"}, "ground": "paper", "default_style": "body",
            "styles": {"body": {"size": 14, "colour": "ink"}}})
        self.put("scenes/walls/w.json", {
            "panels": [{"id": "p", "at": [0, 0], "size": [WIDTH, HEIGHT], "pixels": [WIDTH, HEIGHT]}],
            "zones": [{"id": "z", "at": [0, 0], "size": [WIDTH, HEIGHT], "playlist": "all"}]})
        self.put("scenes/playlists/all.json", {"loop": [{"scene": "one", "for": "1s"}]})
        said = self.run("keys", "keys")
        self.root_key = next(word for word in said.split() if word.startswith("RW"))

    def put(self, path, value):
        path = os.path.join(self.exhibition, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(value if isinstance(value, bytes) else json.dumps(value).encode())

    def run(self, *arguments):
        result = subprocess.run([SCHAUWAND, *arguments], cwd=self.folder, capture_output=True, text=True, timeout=120, check=False)
        assert result.returncode == 0, f"{arguments}: {result.stdout}{result.stderr}"
        return result.stdout

    def source(self, name, relative=False, **changes):
        """From now on releases have this one, and show what it says; None: none. `relative`: to where they are published."""
        path = os.path.join(self.exhibition, "scenes", "sources.json")
        if name is None:
            os.remove(path)
            self.cell = []
            return
        self.put("scenes/sources.json", {"live": feeds.source(name if relative else f"http://{self.nginx.place}/{name}", **changes)})
        cases = {str(value): {"shape": "rectangle", "fill": feeds.hexed(colour), "at": [300, 10], "size": [20, 10]}
                 for value, colour in feeds.VALUES.items() if value is not None}
        self.cell = [{"switch": "live.v ?? -1", "cases": cases}]

    def publish(self, bulk=0):
        """The next version; `bulk`: so many further bytes to be fetched."""
        self.version += 1
        colour = COLOURS[self.version % len(COLOURS)]
        bar = {"shape": "rectangle", "fill": "ink", "at": [0, 0], "size": [20, 10],
               "animate": {"enter": "move", "from": [300, 0], "for": "5s", "ease": "linear"}}
        self.put("scenes/one.json", {"title": "One", "elements": [
            {"shape": "rectangle", "fill": feeds.hexed(colour), "at": [0, 20], "size": [160, 160]},
            {"image": "media/colour.png", "at": [160, 20], "size": [160, 160], "fit": "fill", "alt": ""},
            {"switch": "floor((now - date(2026, 1, 1)) / 5s) % 2", "cases": {"0": bar, "1": bar}}, *self.cell]})
        self.put("media/colour.png", picture(colour))
        for number in range(bulk // 100_000):
            self.put(f"media/bulk-{number}.bin", os.urandom(100_000))
        self.run("publish", "exhibition", "--wall", "w", "--to", "web", "--keys", "keys")


class Wall:
    def __init__(self, site):
        self.site, self.folder = site, site.folder
        self.shot, self.status_file = os.path.join(site.folder, "shot.png"), os.path.join(site.folder, "status.json")
        self.config, self.door = os.path.join(site.folder, "wall.json"), os.path.join(site.folder, "door")
        with open(self.config, "w", encoding="ascii") as file:
            json.dump({"base": f"http://{site.nginx.place}/", "wall": "w", "root_key": site.root_key, "allow": [site.nginx.place],
                       "poll": "2s", "live": True, "cache": os.path.join(site.folder, "cache"), "secrets": {"web": site.secret},
                       "access": {"user": "wall", "secret": "web"}}, file)
        self.cwd = os.path.join(site.folder, "nothing")
        os.makedirs(self.cwd, exist_ok=True)
        self.supervisor = None

    def start(self):
        self.supervisor = house.Supervisor(SCHAUWAND, "play", "--config", self.config, "--offscreen", "--shot", self.shot, "--every",
                                           "200ms", "--status", self.status_file, "--control", self.door, cwd=self.cwd,
                                           state=os.path.join(self.folder, "state"))
        return self

    def text(self):
        return self.supervisor.text()

    def status(self):
        try:
            with open(self.status_file, encoding="ascii") as file:
                return json.load(file)
        except (FileNotFoundError, json.JSONDecodeError):
            return {}

    def ask(self, *options):
        result = subprocess.run([SCHAUWAND, "status", *options, "--control", self.door], capture_output=True, text=True, timeout=60,
                                check=False)
        return result.returncode, result.stdout

    def pid(self, program):
        """Of the one that runs; of the two couriers the follower."""
        return house.wait_until(program, lambda: [pid for pid in self.supervisor.children(program) if pid not in self.couriers()])[0]

    def couriers(self):
        """{pid: generation} of those who fetch sources."""
        found = {}
        for pid in self.supervisor.children(FOLLOWER):
            try:
                with open(f"/proc/{pid}/cmdline", encoding="utf-8") as file:
                    words = file.read().split("\0")
            except (FileNotFoundError, ProcessLookupError):
                continue
            if "--generation" in words:
                found[pid] = int(words[words.index("--generation") + 1])
        return found

    def halves(self):
        """The colours of both, as the newest picture shows them."""
        step, rows = feeds.pixels(self.shot)
        return [tuple(rows[100][x * step:x * step + 3]) for x in (80, 240)]

    def await_release(self, version):
        """It is on the wall, and whole."""
        colour = COLOURS[version % len(COLOURS)]
        try:
            house.wait_until(f"release {version}", lambda: self.status().get("release") == version)
            house.wait_until(f"its colour {colour}", lambda: os.path.exists(self.shot) and self.halves() == [colour] * 2)
        except AssertionError as error:
            seen = self.halves() if os.path.exists(self.shot) else None
            raise AssertionError(f"{error}\n{self.status()}\n{seen}\n{self.text()}") from error

    def forget_crashes(self):
        """Three within a minute are another test."""
        try:
            os.remove(os.path.join(self.folder, "state", "schauwand", "starts"))
        except FileNotFoundError:
            pass


class Watcher(threading.Thread):
    """Sees every release that the status names, and how long there was no new picture."""

    def __init__(self, wall):
        super().__init__(daemon=True)
        self.wall, self.releases, self.cards, self.longest, self.frames, self.done = wall, [], set(), 0.0, 0, False
        self.start()

    def run(self):
        last = time.monotonic()
        while not self.done:
            status = self.wall.status()
            release, frames = status.get("release"), status.get("frames", self.frames)
            if status and (not self.releases or self.releases[-1] != release):
                self.releases.append(release)
            self.cards.add(status.get("card"))
            if frames != self.frames:
                self.longest = max(self.longest, time.monotonic() - last)
                last, self.frames = time.monotonic(), frames
            time.sleep(0.02)

    def end(self):
        self.done = True
        self.join()
        return f"at most {self.longest * 1000:.0f} ms without a new picture"


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="sw-follow-")
        self.addCleanup(folder.cleanup)
        self.chance = random.Random(SEED)
        print(f"\n{self.id()} SEED={SEED}", flush=True)
        self.site = Site(folder.name)
        self.addCleanup(self.site.nginx.stop)
        self.site.publish()
        self.wall = Wall(self.site).start()
        self.addCleanup(lambda: self.wall.supervisor.close())
        self.wall.await_release(1)

    def test_edit_publish_switch(self):
        player = self.wall.pid(PLAYER)
        watcher = Watcher(self.wall)
        for version in range(2, 6):
            self.site.publish()
            self.wall.await_release(version)
        print(watcher.end(), flush=True)
        self.assertEqual(self.wall.pid(PLAYER), player)
        self.assertEqual((watcher.releases, watcher.cards), ([1, 2, 3, 4, 5], {None}))
        told = json.loads(self.wall.ask("--json")[1])
        self.assertEqual((told["shows"]["release"], told["follows"]["fault"], told["concerns"]), (5, None, []))
        self.assertEqual(told["follows"]["keys"]["version"], 1)
        self.assertLess(told["follows"]["silence_s"], 60)
        self.assertEqual(self.wall.ask("--nagios")[0], 0)

    def kill(self):
        """The follower, now and then the player."""
        if self.chance.random() < 0.3:
            self.wall.forget_crashes()
            os.kill(self.wall.pid(PLAYER), signal.SIGKILL)
            return PLAYER
        os.kill(self.wall.pid(FOLLOWER), self.chance.choice((signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM)))
        return FOLLOWER

    def given_up(self):
        """How many releases are not tried again, as they cost two players while they were loaded: whoever has killed those."""
        return self.wall.text().count("it is not tried again")

    def await_newest(self, given_up):
        """Or the next one, where more than `given_up` are not tried again."""
        house.wait_until("the newest release", lambda: self.wall.status().get("release") == self.site.version or
                         self.given_up() > given_up)
        if self.given_up() > given_up:
            self.site.publish()
        self.wall.await_release(self.site.version)

    def test_killed_while_releases_come(self):
        """At any moment; sometimes the next release comes before the one before it has."""
        watcher, killed = Watcher(self.wall), []
        while len(killed) < KILLS:
            given_up = self.given_up()
            self.site.publish(bulk=600_000)
            for _ in range(self.chance.randrange(1, 4)):
                time.sleep(self.chance.uniform(0, 2.5))
                killed.append(self.kill())
            if self.chance.random() < 0.5:
                self.await_newest(given_up)
        self.await_newest(given_up)
        print(f"{killed.count(FOLLOWER)} followers and {killed.count(PLAYER)} players killed while {self.site.version} releases came, "
              f"{len(watcher.releases)} of them seen; {watcher.end()}", flush=True)
        self.assertEqual(watcher.releases, sorted(set(watcher.releases)), self.wall.text())
        self.assertEqual(watcher.cards, {None}, self.wall.text())
        self.assertNotIn(" is shown, the content", self.wall.text())

    def test_follower_stopped(self):
        player, follower = self.wall.pid(PLAYER), self.wall.pid(FOLLOWER)
        watcher = Watcher(self.wall)
        os.kill(follower, signal.SIGSTOP)
        self.site.publish()
        house.wait_until("its end", lambda: not house.is_running(follower))
        self.wall.await_release(2)
        print(watcher.end(), flush=True)
        self.assertEqual((self.wall.pid(PLAYER), watcher.cards), (player, {None}))

    def test_offline_and_back(self):
        self.site.publish()
        self.wall.await_release(2)
        self.site.nginx.stop()
        pids = self.wall.supervisor.children()
        self.wall.supervisor.process.kill()
        house.wait_until("the end of all", lambda: not any(house.is_running(pid) for pid in pids))
        self.wall.supervisor.close()
        os.remove(self.wall.status_file)
        os.remove(self.wall.shot)
        self.wall.start()
        self.wall.await_release(2)
        house.wait_until("what is wrong", lambda: json.loads(self.wall.ask("--json")[1] or "{}").get("follows", {}).get("fault"))
        self.site.nginx.start()
        self.site.publish()
        house.PATIENCE, before = 120, house.PATIENCE  # it asks again after 30 s
        try:
            self.wall.await_release(3)
        finally:
            house.PATIENCE = before

    def test_release_whose_players_die_gives_way(self):
        self.site.publish()
        self.wall.await_release(2)
        for _ in range(5):  # one or two starts may have been forgotten since
            player = self.wall.pid(PLAYER)
            os.kill(player, signal.SIGKILL)
            house.wait_until("the next player", lambda old=player: self.wall.pid(PLAYER) != old)
            if "what was played before is shown" in self.wall.text():
                break
        self.wall.await_release(1)
        self.assertNotIn("built-in", self.wall.text())
        self.site.publish()
        self.wall.await_release(3)

    def test_a_fresh_release_ends_the_built_in_scene(self):
        self.site.publish()
        self.wall.await_release(2)
        for _ in range(9):
            player = self.wall.pid(PLAYER)
            os.kill(player, signal.SIGKILL)
            house.wait_until("the next player", lambda old=player: self.wall.pid(PLAYER) != old)
            if "the built-in scene is shown" in self.wall.text():
                break
        house.wait_until("the built-in scene", lambda: self.wall.status() and self.wall.status().get("release") is None)
        self.assertNotIn("gives way", self.wall.text())
        self.site.publish()
        self.wall.await_release(3)
        self.assertEqual(self.wall.text().count("gives way"), 1)

    def value(self):
        """What the scene says of its source: the colour of a cell."""
        step, rows = feeds.pixels(self.wall.shot)
        return tuple(rows[15][310 * step:310 * step + 3])

    def await_value(self, value):
        try:
            house.wait_until(f"{value}", lambda: self.value() == feeds.VALUES[value])
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.value()}\n{self.wall.text()}") from error

    def test_live_sources_of_what_plays(self):
        self.site.nginx.write("seven.json", feeds.reading(7))
        self.site.nginx.write("more.json", feeds.reading(42))
        self.site.source("seven.json")
        self.site.publish()
        self.wall.await_release(2)
        self.await_value(7)
        player = self.wall.pid(PLAYER)
        self.site.source("more.json")
        self.site.publish()
        self.wall.await_release(3)
        self.await_value(42)
        for _ in range(3):
            couriers = house.wait_until("its courier", self.wall.couriers)  # /proc may leave out a child of a moment ago
            self.assertEqual(list(couriers.values()), [3])
            os.kill(next(iter(couriers)), signal.SIGKILL)
            house.wait_until("the next one", lambda old=couriers: self.wall.couriers() and self.wall.couriers() != old)
        self.site.nginx.write("more.json", feeds.reading(7))
        self.await_value(7)
        self.site.source(None)
        self.site.publish()
        self.wall.await_release(4)
        house.wait_until("no courier", lambda: self.wall.couriers() == {})
        self.assertEqual(self.wall.pid(PLAYER), player, self.wall.text())
        self.assertNotIn("cannot be read", self.wall.text())

    def test_sources_beside_the_releases(self):
        self.site.nginx.write("data/seven.json", feeds.reading(7))
        self.site.source("data/seven.json", relative=True)
        self.site.publish()
        self.wall.await_release(2)
        self.await_value(7)
        self.assertIn(("/data/seven.json", 200), self.site.nginx.asked())
        self.assertNotIn(401, [status for _, status in self.site.nginx.asked()])
        self.site.nginx.write("data/seven.json", feeds.reading(42))
        self.await_value(42)
        self.site.source("data/moved.json", relative=True)
        self.site.publish()
        self.wall.await_release(3)
        house.wait_until("a refusal", lambda: "it redirects to another host" in self.wall.text())


class Folder(unittest.TestCase):
    """A folder is played, and sources are relative to a base."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="sw-follow-")
        self.addCleanup(folder.cleanup)
        self.site = Site(folder.name)
        self.addCleanup(self.site.nginx.stop)
        self.site.nginx.write("data/seven.json", feeds.reading(7))
        self.site.put("data/sample.json", feeds.reading(42))
        self.site.source("data/seven.json", relative=True, sample="data/sample.json", sample_at="2026-11-20T12:00")
        self.site.publish()

    def config(self, **more):
        path = os.path.join(self.site.folder, "wall.json")
        with open(path, "w", encoding="ascii") as file:
            json.dump({"live": True, "allow": [self.site.nginx.place], "secrets": {"web": self.site.secret},
                       "access": {"user": "wall", "secret": "web"}, **more}, file)
        return path

    def play(self, config):
        """The colour of the source's cell, and the log."""
        shot = os.path.join(self.site.folder, "shot.png")
        result = subprocess.run([SCHAUWAND, "play", "exhibition", "--config", config, "--offscreen", "--for", "6s", "--shot", shot],
                                cwd=self.site.folder, capture_output=True, text=True, timeout=60, check=False,
                                env={**os.environ, "XDG_STATE_HOME": self.site.folder})
        self.assertEqual(result.returncode, 0, result.stderr)
        step, rows = feeds.pixels(shot)
        return tuple(rows[15][310 * step:310 * step + 3]), result.stderr

    def check(self, config):
        result = subprocess.run([SCHAUWAND, "check", "--live", "--config", config, "exhibition"], cwd=self.site.folder,
                                capture_output=True, text=True, timeout=60, check=False)
        return result.returncode, result.stdout + result.stderr

    def test_without_a_base_the_sample_is_shown(self):
        config = self.config()
        colour, log = self.play(config)
        self.assertEqual(colour, feeds.VALUES[42], log)
        self.assertEqual(log.count("its sample is shown"), 1, log)
        code, said = self.check(config)
        self.assertEqual(code, 1, said)
        self.assertIn('("base")', said)

    def test_with_a_base_it_is_asked(self):
        config = self.config(base=f"http://{self.site.nginx.place}")
        colour, log = self.play(config)
        self.assertEqual(colour, feeds.VALUES[7], log)
        self.assertNotIn("sample", log)
        self.assertEqual(self.check(config)[0], 0)


class Typed(unittest.TestCase):
    """What is wanted of somebody who types it."""

    def play(self, *arguments):
        with tempfile.TemporaryDirectory(prefix="sw-follow-") as folder:
            result = subprocess.run([SCHAUWAND, "play", *arguments, "--offscreen", "--for", "1s"], cwd=folder, capture_output=True,
                                    text=True, timeout=60, check=False, env={**os.environ, "XDG_STATE_HOME": folder})
        return result.returncode, [line for line in result.stderr.splitlines() if not re.match("<[4-7]>", line)]

    def test_what_is_missing_is_said_once(self):
        key = "RWRHvUKjsVeK3RpFBmQPwmR39oK38FsAAwAzrthflhqKsxTnU9CydUr+"
        for arguments, word in ((("--wall", "w"), "--root-key"), (("--root-key", key), "--wall"),
                                (("--wall", "w", "--root-key", "RWx"), "--root-key"), (("--wall", "W!", "--root-key", key), "--wall")):
            code, lines = self.play("https://walls.example.org", *arguments)
            self.assertEqual((code, len(lines)), (2, 1), lines)
            self.assertIn(word, lines[0])
        code, lines = self.play("http://walls.example.org", "--wall", "w", "--root-key", key)
        self.assertEqual((code, len(lines)), (2, 1), lines)
        self.assertIn("https://", lines[0])


if __name__ == "__main__":
    unittest.main()
