#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: whole.py BUILD [TEST...]

The whole road with nothing in it but the real programs: `publish` writes a folder, nginx serves it over TLS under a CA made for this run,
and a wall follows it: from an empty store to a picture, an edit, operators' playlists, a rollback, a server that goes and comes back, one
that lies. SW_SOURCE says where the sources are, SW_CLOCK which library moves clocks.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import unittest.mock

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from following import Site, Wall, wait_until
import house
from moved import MovedClock
import nginx

BUILD = sys.argv.pop(1)
DAY = 24 * 3600
POLL = 2  # seconds, the least that a configuration may say


class Authority:
    """A CA and a certificate of it for this machine's loopback."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.certificate, self.key, self.ca = (self.folder / name for name in ("server.pem", "server.key", "ca.pem"))
        self.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=Test",
                     "-keyout", self.folder / "ca.key", "-out", self.ca)
        self.openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=localhost",
                     "-keyout", self.key, "-out", self.folder / "server.csr")
        (self.folder / "names").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n", encoding="ascii")
        self.openssl("x509", "-req", "-days", "2", "-in", self.folder / "server.csr", "-CA", self.ca, "-CAkey", self.folder / "ca.key",
                     "-CAcreateserial", "-extfile", self.folder / "names", "-out", self.certificate)

    @staticmethod
    def openssl(*arguments):
        subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


class RealWall(Wall):
    """A wall with its own follower, told by its configuration whom to follow."""

    def __init__(self, site, base, ca, *options):
        super().__init__(site, *options)
        port = base.rsplit(":", 1)[1]
        self.configuration = os.path.join(self.folder, "wall.json")
        self.cache = os.path.join(self.folder, "cache")
        os.remove(os.path.join(self.bin, "schauwand-courier"))
        for name in ("schauwand-courier", "schauwand-worker-jq"):
            os.link(os.path.join(site.build, name), os.path.join(self.bin, name)) if self.same_disk(site.build) else \
                shutil.copy(os.path.join(site.build, name), self.bin)
        self.says = {"base": base, "wall": "foyer", "root_key": site.root_key, "cache": self.cache, "poll": f"{POLL}s",
                     "allow": [f"localhost:{port}"], "ca": str(ca), "call": "Pforte 4711"}
        self.configure()

    def configure(self, **more):
        with open(self.configuration, "w", encoding="utf-8") as file:
            json.dump({**self.says, **more}, file)

    def start(self):
        self.supervisor = house.Supervisor(os.path.join(self.bin, "schauwand"), "play", "--config", self.configuration,
                                           "--status", os.path.join(self.folder, "status"),
                                           "--control", os.path.join(self.folder, "control"), *self.options,
                                           state=os.path.join(self.folder, "state"), cwd=self.folder)
        return self

    def await_scene(self, *names):
        wait_until(f"one of {names}", lambda: (self.status().get("zones") or [{}])[0].get("scene") in names)


class Case(unittest.TestCase):
    def setUp(self):
        self.site = Site(BUILD)
        self.addCleanup(self.site.close)
        self.site.publish()
        os.makedirs(os.path.join(self.site.folder, "ca"))
        self.folder = tempfile.TemporaryDirectory(prefix="sw-whole-")
        self.addCleanup(self.folder.cleanup)
        authority = Authority(os.path.join(self.site.folder, "ca"))
        self.server = nginx.Nginx(self.folder.name, f"location / {{ root {self.site.published}; }}",
                                  f"ssl_certificate {authority.certificate}; ssl_certificate_key {authority.key};", tls=True)
        self.addCleanup(self.server.stop)
        self.wall = RealWall(self.site, f"https://localhost:{self.server.port}", authority.ca, "--offscreen")
        self.addCleanup(self.wall.close)

    def publish(self, *scenes):
        """A release whose scenes are these."""
        for index, name in enumerate(scenes):
            self.site.scene(name, ("green", "brown")[index % 2])
        self.site.play(list(scenes), 4)
        return self.site.publish()

    def operate(self, *words):
        self.site.run("playlist", *words, "--by", "test", "--wall", "foyer", "--to", self.site.published, "--keys", self.site.keys)

    def test_from_nothing_to_a_picture_and_after_every_edit(self):
        began = time.monotonic()
        self.wall.start()
        self.wall.await_status(release=1, card=None)
        print(f"empty store to the first release: {time.monotonic() - began:.1f} s", flush=True)
        waits = []
        for version in range(2, 6):
            said = self.publish(f"scene{version}", "two")
            self.assertIn(f"version {version}", said)
            began = time.monotonic()
            self.wall.await_status(release=version)
            self.wall.await_scene(f"scene{version}", "two")
            waits.append(time.monotonic() - began)
        print(f"publish to the wall, poll {POLL} s, turns of 4 s: {' '.join(f'{wait:.1f}' for wait in waits)} s", flush=True)
        asked = self.server.asked()
        objects = [path for path, status in asked if "/objects/" in path and status in (200, 206)]
        self.assertEqual(len(objects), len(set(objects)), "an object was fetched twice")
        self.assertTrue(any(status == 304 for _, status in asked), "nothing was asked conditionally")

    def test_playlists_change_at_the_next_boundary(self):
        self.wall.start()
        self.wall.await_status(release=1)
        self.operate("remove", "one")
        self.wall.await_status(release=1, playlists=1)
        self.wall.await_scene("two")
        self.operate("override", "one", "--for", "1h")
        self.wall.await_status(playlists=2)
        self.wall.await_scene("one")
        self.operate("clear")
        self.wall.await_status(playlists=3)
        self.wall.await_scene("two")

    def test_data_are_as_new_as_they_are_where_the_clock_is_behind(self):
        """That of the wall, behind the release that it plays."""
        clock = MovedClock(os.environ["SW_CLOCK"])
        self.addCleanup(clock.close)
        clock.set(time.time() + 30 * DAY)
        self.site.write("media/level.json", json.dumps({"value": 3}))
        self.site.write("scenes/sources.json", json.dumps({"level": {"file": "media/level.json", "fresh_for": "1000h",
                                                                    "fields": {"value": {"type": "number"}}}}))
        self.site.scene("two", "blue", {"text": "{level.value}", "at": [20, 80]})
        with unittest.mock.patch.dict(os.environ, clock.environment()):
            self.site.publish()
        self.wall.start()
        self.wall.await_status(release=2)
        told = wait_until("a value", lambda: [told for told in [json.loads(self.wall.tell("status", "--json").stdout)]
                                              if told["sources"][0]["fetched"] is not None])[0]
        self.assertLess(time.time() + 29 * DAY, told["clock"])
        self.assertLess(abs(told["clock"] - told["sources"][0]["fetched"]), DAY)

    def test_data_stay_new_where_the_clock_turns_out_to_be_behind(self):
        """A release that fits the wall's clock plays, then playlists are signed that state a later day: the courier hears of it."""
        level = pathlib.Path(self.site.published, "level.json")
        level.write_text('{"value": 3}', encoding="ascii")
        place = f"localhost:{self.server.port}"
        self.site.write("scenes/sources.json", json.dumps({"level": {
            "http": f"https://{place}/level.json", "every": "5s", "fresh_for": "1m", "expire_after": "1h", "fallback": "last",
            "fields": {"value": {"type": "number"}},
            "attribution": {"provider": "Test", "url": "https://example.org/",
                            "licence": {"name": "CC0", "url": "https://example.org/l"}}}}))
        self.site.scene("two", "blue", {"text": "{level.value}", "at": [20, 80]})
        self.site.publish()
        self.wall.configure(live=True)
        self.wall.start()
        self.wall.await_status(release=2)

        def is_fresh():
            told = json.loads(self.wall.tell("status", "--json").stdout)
            return told["sources"][0]["state"] == "fresh" and told
        wait_until("a value", is_fresh)
        clock = MovedClock(os.environ["SW_CLOCK"])
        self.addCleanup(clock.close)
        clock.set(time.time() + 30 * DAY)
        with unittest.mock.patch.dict(os.environ, clock.environment()):
            self.operate("remove", "one")
        self.wall.await_status(release=2, playlists=1)
        level.write_text('{"value": 14}', encoding="ascii")
        os.utime(level, (clock.now(), clock.now()))  # the server's clock is right
        told = wait_until("a value of that day", is_fresh)
        self.assertLess(time.time() + 29 * DAY, told["clock"])
        self.assertLess(abs(told["clock"] - told["sources"][0]["fetched"]), 3600)

    def test_back_to_an_earlier_release(self):
        self.wall.start()
        self.wall.await_status(release=1)
        self.publish("three")
        self.wall.await_status(release=2)
        self.site.run("rollback", "1", "--wall", "foyer", "--to", self.site.published, "--keys", self.site.keys)
        self.wall.await_status(release=3)
        self.wall.await_scene("one", "two")

    def test_a_server_that_goes_and_comes_back(self):
        self.wall.start()
        self.wall.await_status(release=1)
        self.server.stop()
        time.sleep(2 * POLL)
        self.wall.await_scene("one", "two")
        self.wall.stop()
        os.remove(os.path.join(self.wall.folder, "status"))
        began = time.monotonic()
        self.wall.start()  # a whole start without a network
        self.wall.await_status(release=1, card=None)
        print(f"start without a server: {time.monotonic() - began:.1f} s", flush=True)
        self.publish("three")
        self.server.start()
        self.wall.await_status(release=2)

    def test_what_nobody_signed_is_not_played(self):
        self.wall.start()
        self.wall.await_status(release=1)
        self.publish("three")
        path = os.path.join(self.site.published, "walls", "foyer", "releases", "3.json")
        with open(os.path.join(self.site.published, "walls", "foyer", "releases", "2.json"), encoding="utf-8") as file:
            manifest = file.read()
        self.wall.await_status(release=2)
        with open(path, "w", encoding="utf-8") as file:
            file.write(manifest.replace('"version": 2', '"version": 3'))
        os.link(path.replace("3.json", "2.json.minisig"), path + ".minisig")
        current = os.path.join(self.site.published, "walls", "foyer", "current.json")
        with open(current, encoding="utf-8") as file:
            hint = json.load(file)
        with open(current, "w", encoding="utf-8") as file:
            json.dump({**hint, "release": 3}, file)
        wait_until("a word about it", lambda: "3.json" in self.wall.supervisor.text())
        time.sleep(2 * POLL)
        self.assertEqual(self.wall.status()["release"], 2)
        self.assertEqual(sum("3.json" in line for line in self.wall.supervisor.lines), 1, self.wall.supervisor.text())


if __name__ == "__main__":
    unittest.main(verbosity=2)
