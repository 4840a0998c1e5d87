#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: hostile_site.py BUILD [TEST...]

A real follower, and a web server that means harm: release 1 is in the store and plays, release 2 is published. Nothing that is not what it
must be gets there, one line says why, memory stays small; and a follower that is started when the server does right brings release 2.
"""
import os
import re
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import follower  # noqa: E402
import web  # noqa: E402

BUILD = os.path.abspath(sys.argv.pop(1))
MORE_MEMORY_KB = 16 * 1024
QUIET = 3  # seconds in which nothing more may be said
GIB = 1 << 30
CURRENT, RELEASE, OBJECTS = r"walls/test/current\.json", r"walls/test/releases/2\.json", r"objects/"
DOCUMENT = r"walls/test/releases/2\.json$"
PAGE = b"<!DOCTYPE html>\n<html><body>Welcome. Please log in.</body></html>\n"
BOMB = bytes.fromhex("1f8b08000000000002ff") + b"\x63" * 1000  # what it would become does not matter: nobody unpacks it


def pour(connection, head, piece, most=GIB, pause=0.0):
    """Sends without end; returns how much was taken."""
    sent = len(head)
    connection.sendall(head)
    try:
        while sent < most:
            connection.sendall(piece)
            sent += len(piece)
            time.sleep(pause)
    except OSError:
        pass
    return sent


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory(prefix="sw-site-")
        cls.site = follower.Published(BUILD, cls.place.name)
        cls.site.put("media/long.bin", os.urandom(400_000))
        assert cls.site.publish() == 1

    @classmethod
    def tearDownClass(cls):
        cls.place.cleanup()

    def setUp(self):
        self.harm, self.harmed, self.sent = None, "", 0
        self.web = web.Server(self.reply)
        self.addCleanup(self.web.close)
        self.folder = tempfile.TemporaryDirectory(prefix="sw-store-")
        self.addCleanup(self.folder.cleanup)
        self.store = os.path.join(self.folder.name, "store")

    def reply(self, connection, request):
        path = request.path.lstrip("/")
        if self.harm is not None and re.match(self.harmed, path):
            return self.harm(connection, request)
        return self.honest(request)

    def honest(self, request, *headers):
        path = request.path.lstrip("/")
        try:
            data = self.site.read(path)
        except OSError:
            return web.answer(404)
        part = re.fullmatch(r"bytes=(\d+)-", request.headers.get("range", ""))
        if part is None:
            return web.answer(200, data, *headers)
        begin = int(part.group(1))
        return web.answer(206, data[begin:], f"Content-Range: bytes {begin}-{len(data) - 1}/{len(data)}", *headers)

    def start(self, **config):
        """A follower of the store, with a player."""
        one = follower.Follower(BUILD, f"http://{self.web.place}", self.site.key, self.store, **config)
        self.addCleanup(one.__exit__)
        one.join()
        return one

    def begin(self, harm, harmed):
        """Release 1 plays, then there is release 2, and harm is done."""
        version = int(self.site.read("walls/test/current.json").decode().split('"release": ')[1].split(",")[0])
        first = self.start()
        first.play(version)
        self.assertEqual(first.end(), 0, first.text())
        self.played, self.next = version, self.site.edit()
        self.harm, self.harmed = harm, harmed.replace("2\\.json", f"{self.next}\\.json")
        self.web.requests.clear()
        one = self.start()
        self.memory = one.memory()
        return one

    def check(self, one, *lines, faults=1):
        """What it says, that it takes nothing of it, and that it goes on when all is well."""
        for line in lines:
            follower.wait_until(lambda: f"{line}\n{one.text()}", lambda: any(re.search(line, said) for said in one.faults()))
        time.sleep(QUIET)
        self.assertEqual(len(one.faults()), faults, one.text())
        self.assertLess(one.memory(), self.memory + MORE_MEMORY_KB)
        self.assertIsNone(one.process.poll(), one.text())
        self.assertFalse(follower.whole(self.site, self.store, self.next))
        self.assertTrue(follower.whole(self.site, self.store, self.played))
        self.assertEqual(one.version(), self.played)
        beats = one.beats
        follower.wait_until("a heartbeat", lambda: one.beats > beats)
        self.assertEqual(one.end(), 0)
        self.harm = None
        last = self.start()
        last.play(self.next)
        self.assertTrue(follower.whole(self.site, self.store, self.next))
        self.assertEqual(last.end(), 0)

    # -- bodies --

    def test_short(self):
        def harm(_, request):
            data = self.honest(request)
            return data[:-1]
        self.check(self.begin(harm, OBJECTS), "its body ends too early")

    def test_padded(self):
        def harm(_, request):
            data = self.site.read(request.path.lstrip("/"))
            return web.answer(200, data + b"!")
        self.check(self.begin(harm, OBJECTS), "has [0-9]+ bytes; [0-9]+ are wanted")

    def test_padded_without_a_length(self):
        def harm(_, request):
            data = self.site.read(request.path.lstrip("/"))
            return b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + data + b"!" * 100
        self.check(self.begin(harm, OBJECTS), "is longer than it may be")

    def test_other_bytes(self):
        def harm(_, request):
            data = self.site.read(request.path.lstrip("/"))
            return web.answer(200, bytes(byte ^ 1 for byte in data))
        self.check(self.begin(harm, OBJECTS), "is not what its name says")

    def test_wrong_part_on_resume(self):
        """Cut at first; the rest is another part than was asked for, or said to be: neither may be put behind what is here."""
        def cut(_, request):
            data = self.honest(request)
            return data[:len(data) // 2]
        self.site.put("media/another.bin", os.urandom(500_000))
        one = self.begin(cut, OBJECTS)
        follower.wait_until(one.text, lambda: any("ends too early" in line for line in one.faults()))
        self.assertEqual(one.end(), 0)

        def shifted(_, request):
            part = re.fullmatch(r"bytes=(\d+)-", request.headers.get("range", ""))
            data = self.site.read(request.path.lstrip("/"))
            if part is None:
                return web.answer(200, data[:-1] + b"?")
            begin = int(part.group(1)) - 1
            return web.answer(206, data[begin:], f"Content-Range: bytes {begin}-{len(data) - 1}/{len(data)}")
        self.harm = shifted
        two = self.start()
        self.check(two, "is not what its name says|another part")

    def test_captive_portal(self):
        self.check(self.begin(lambda *_: web.answer(200, PAGE, "Content-Type: text/html"), ""), "is a web page; does this network")

    def test_captive_portal_for_objects(self):
        self.check(self.begin(lambda *_: web.answer(200, PAGE), OBJECTS), "has [0-9]+ bytes; [0-9]+ are wanted")

    def test_empty(self):
        self.check(self.begin(lambda *_: web.answer(200), CURRENT), "current.json")

    def test_ten_gib(self):
        def harm(connection, _):
            self.sent += pour(connection, b"HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n", b"x" * 65536)
        self.check(self.begin(harm, OBJECTS), "has 10737418240 bytes; [0-9]+ are wanted")
        self.assertLess(self.sent, 64 << 20)

    def test_endless_document(self):
        def harm(connection, _):
            self.sent += pour(connection, b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536)
        self.check(self.begin(harm, DOCUMENT), "is longer than it may be")
        self.assertLess(self.sent, 64 << 20)

    def test_endless_headers(self):
        def harm(connection, _):
            self.sent += pour(connection, b"HTTP/1.1 200 OK\r\n", b"X-Wide: " + b"x" * 1000 + b"\r\n")
        self.check(self.begin(harm, CURRENT), "its headers are larger|too large")
        self.assertLess(self.sent, 64 << 20)

    def test_bomb(self):
        for harmed in (CURRENT, OBJECTS):
            with self.subTest(harmed=harmed):
                self.harm = None
                self.check(self.begin(lambda *_: web.answer(200, BOMB, "Content-Encoding: gzip"), harmed), "is packed, which nobody")

    # -- manners --

    def test_slow_drip(self):
        def harm(connection, _):
            pour(connection, b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b"x", pause=1)
        self.check(self.begin(harm, CURRENT), "it takes too long")

    def test_silent(self):
        self.check(self.begin(lambda *_: time.sleep(60), OBJECTS), "it takes too long")

    def test_busy(self):
        one = self.begin(lambda *_: web.answer(429, b"", "Retry-After: 3600"), CURRENT)
        follower.wait_until(one.text, lambda: any("come back later" in line for line in one.faults()))
        asked = len(self.web.requests)
        self.check(one, "come back later")
        self.assertEqual(asked, 1)

    def test_busy_objects(self):
        """Then nobody is asked at all for as long as it says."""
        one = self.begin(lambda *_: web.answer(503, b"", "Retry-After: 3600"), OBJECTS)
        follower.wait_until(one.text, lambda: any("come back later" in line for line in one.faults()))
        asked = len(self.web.requests)
        time.sleep(QUIET)
        self.assertEqual(len(self.web.requests), asked)
        self.check(one, "come back later")

    def test_statuses(self):
        for status, line in ((500, "answers with status 500"), (403, "may not be read"), (404, "is not there"), (204, "status 204")):
            with self.subTest(status=status):
                self.harm = None
                self.check(self.begin(lambda *_, code=status: web.answer(code), CURRENT), line)

    def test_no_http(self):
        self.check(self.begin(lambda *_: b"SSH-2.0-OpenSSH_9.2p1\r\n", CURRENT), "current.json")

    # -- redirects --

    def test_redirect_loop(self):
        self.check(self.begin(lambda _, request: web.answer(302, b"", f"Location: {request.path}"), OBJECTS), "redirects more than three")

    def test_redirect_elsewhere(self):
        other = web.Server(lambda _, request: self.honest(request), "127.0.0.2")
        self.addCleanup(other.close)
        self.check(self.begin(lambda _, request: web.answer(302, b"", f"Location: http://{other.place}{request.path}"), OBJECTS),
                   "it redirects to another host")
        self.assertEqual(other.connections, 0)

    def test_redirect_to_a_file(self):
        self.check(self.begin(lambda *_: web.answer(302, b"", "Location: file:///etc/passwd"), CURRENT), "current.json: ")

    def test_redirect_at_home(self):
        """To another path of the same host is fine."""
        def harm(_, request):
            if not request.path.startswith("/moved/"):
                return web.answer(302, b"", f"Location: /moved{request.path}")
            request.path = request.path[len("/moved"):]
            return self.honest(request)
        one = self.begin(harm, "")
        one.play(self.next)
        self.assertEqual(one.faults(), [])

    # -- validators --

    def test_etags_that_change(self):
        """The same content under another ETag each time: nothing more is asked for."""
        def harm(_, request):
            return self.honest(request, f'ETag: "{time.monotonic()}"')
        one = self.begin(harm, CURRENT)
        one.play(self.next)
        self.web.requests.clear()
        time.sleep(QUIET + 4)
        self.assertGreater(len(self.web.requests), 1)
        self.assertEqual({request.path for request in self.web.requests}, {"/walls/test/current.json"})

    def test_etag_that_stays(self):
        """304 for ever: then nothing new is known, and nothing is said. What was there plays."""
        def harm(_, request):
            return web.answer(304, b"", 'ETag: "a"') if "if-none-match" in request.headers else self.honest(request, 'ETag: "a"')
        one = self.begin(harm, CURRENT)
        one.play(self.next)
        version = self.site.edit()
        time.sleep(QUIET)
        self.assertEqual(one.version(), self.next)
        self.assertEqual(one.faults(), [])
        self.assertGreater(version, self.next)

    def test_same_for_nothing(self):
        self.check(self.begin(lambda *_: web.answer(304), CURRENT), "is said to be unchanged, though nobody has it")

    # -- who asks --

    def test_access(self):
        secret = os.path.join(self.folder.name, "secret")
        with open(secret, "w", encoding="ascii") as file:
            file.write("c4n4ry-9\n")
        os.chmod(secret, 0o600)
        other = web.Server(lambda *_: web.answer(200, b"{}"))
        self.addCleanup(other.close)
        seen = []

        def harm(_, request):
            seen.append(request.headers.get("authorization"))
            if request.headers.get("authorization") != "Basic d2FsbDpjNG40cnktOQ==":
                return web.answer(401)
            if "current" in request.path and len(seen) > 1:
                return web.answer(302, b"", f"Location: http://{other.place}/walls/test/current.json")
            return self.honest(request)
        self.harm, self.harmed = harm, ""
        one = self.start(secrets={"door": secret}, access={"user": "wall", "secret": "door"}, allow=[self.web.place, other.place],
                         log="debug")
        follower.wait_until(one.text, lambda: one.version() > 0)
        follower.wait_until(one.text, lambda: other.requests)
        self.assertTrue(all("authorization" not in request.headers for request in other.requests))
        os.remove(secret)
        told = {"the log": one.text(), "notices": str(one.heard), "addresses": str([one.path for one in self.web.requests])}
        for name in ("cmdline", "environ"):
            with open(f"/proc/{one.process.pid}/{name}", "rb") as file:
                told[name] = file.read().decode("latin-1")
        for folder, _, names in os.walk(self.folder.name):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    told[name] = file.read().decode("latin-1")
        self.assertIn("state", told, "there is a store to look at")
        for place, text in told.items():
            for form in ("c4n4ry", "d2FsbDpjNG40"):
                self.assertNotIn(form, text, place)
        with open(f"/proc/{one.process.pid}/status", encoding="ascii") as file:
            fenced = dict(line.split(":\t") for line in file.read().splitlines() if ":\t" in line)
        self.assertEqual((fenced["Seccomp"], fenced["NoNewPrivs"]), ("2", "1"))

    def test_fetched(self):
        """The server is gone, and a stick is carried to the wall."""
        one = self.begin(lambda *_: web.answer(500), "")
        follower.wait_until(one.text, one.faults)
        self.site.run("fetch", "--from", "out", "--wall", "test", "--root-key", self.site.key, "--cache", self.store)
        one.play(self.next)
        self.assertEqual(len(one.faults()), 1)

    def test_two_followers(self):
        """On one store: one has it at a time, and both get on."""
        one = self.begin(None, "")
        other = self.start()
        for each in (one, other):
            each.play(self.next)
        self.next = self.site.edit()
        for each in (one, other):
            follower.wait_until(each.text, lambda who=each: who.version() == self.next)

    def test_refused_and_left(self):
        """What the player refuses, leaves or dies of is not offered again; what was there before is."""
        one = self.begin(None, "")
        follower.wait_until(one.text, lambda: one.version() == self.next)
        number = one.number()
        one.say(follower.REFUSED, number, text=b"no such scene")
        follower.wait_until(one.text, lambda: one.version() == self.played)
        self.assertIn("no such scene", one.text())
        two = self.site.edit()
        follower.wait_until(one.text, lambda: one.version() == two)
        for _ in range(2):
            one.say(follower.TRYING, one.number())
            one.join()
            follower.wait_until(one.text, lambda: one.version() > 0)
        follower.wait_until(one.text, lambda: one.version() == self.played)
        three = self.site.edit()
        number = one.play(three)
        one.say(follower.PLAYS, number - 3 if number > 3 else 1, instead_of=number)
        follower.wait_until(lambda: f"{one.state()}", lambda: one.state().get(f"mark {number}") == f"{number} 2")

    def test_bad_player(self):
        """One that says what is no notice: it is shut out, and the follower goes on."""
        one = self.begin(None, "")
        one.play(self.next)
        one.player.send(b"x" * 50)
        beats = one.beats
        follower.wait_until("heartbeats", lambda: one.beats > beats + 2)
        one.join()
        follower.wait_until(one.text, lambda: one.version() == self.next)

    def test_killed(self):
        """kill -9 while files come, again and again: always release 1 or 2, whole, and in the end release 2."""
        for number in range(8):
            self.site.put(f"media/extra-{number}.bin", os.urandom(60_000))

        def harm(_, request):
            time.sleep(0.02)
            return self.honest(request)
        one = self.begin(harm, "")
        for number in range(10):
            time.sleep(0.05 + 0.03 * number)
            one.process.kill()
            one.process.wait()
            self.assertTrue(follower.whole(self.site, self.store, self.played))
            one = self.start()
        one.play(self.next)
        self.assertTrue(follower.whole(self.site, self.store, self.next))


if __name__ == "__main__":
    unittest.main(verbosity=2)
