#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: follow_nginx.py BUILD [TEST...]

A real follower and a real nginx over TLS, with a certification authority made here: whom it trusts, how little it asks for, that it goes on
where it was cut off.
"""
import os
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import follower  # noqa: E402
from nginx import Nginx  # noqa: E402

BUILD = os.path.abspath(sys.argv.pop(1))
CURVE = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]


class Authority:
    """Its certificate is NAME.pem of the folder; so are those that it signs."""

    def __init__(self, folder, name="ca"):
        self.folder, self.name = folder, name
        self.openssl("req", "-x509", *CURVE, "-keyout", f"{name}.key", "-out", f"{name}.pem", "-days", "30", "-subj", f"/CN=Test {name}")

    def openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)

    def path(self):
        return os.path.join(self.folder, f"{self.name}.pem")

    def sign(self, name, subject="IP:127.0.0.1", days=20):
        """The lines of nginx's configuration that use it."""
        with open(os.path.join(self.folder, f"{name}.ext"), "w", encoding="ascii") as file:
            file.write(f"subjectAltName={subject}\n")
        self.openssl("req", *CURVE, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", "/CN=wall")
        self.openssl("x509", "-req", "-in", f"{name}.csr", "-CA", f"{self.name}.pem", "-CAkey", f"{self.name}.key", "-CAcreateserial",
                     "-days", str(days), "-extfile", f"{name}.ext", "-out", f"{name}.pem")
        return self.lines(name)

    def lines(self, name):
        return [f"ssl_certificate {self.folder}/{name}.pem;", f"ssl_certificate_key {self.folder}/{name}.key;"]


class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory(prefix="sw-nginx-")
        cls.site = follower.Published(BUILD, cls.place.name, extra=4)
        cls.site.publish()

    @classmethod
    def tearDownClass(cls):
        cls.place.cleanup()

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="sw-tls-")
        self.addCleanup(self.folder.cleanup)
        self.authority = Authority(self.folder.name)
        self.store = os.path.join(self.folder.name, "store")

    def serve(self, *lines, around=()):
        """nginx with the published folder as its root."""
        folder = tempfile.mkdtemp(dir=self.folder.name)
        os.chmod(self.folder.name, 0o755)
        server = Nginx(folder, *lines, "location / { root " + self.site.out + "; }", around=around, tls=True)
        self.addCleanup(server.stop)
        return server

    def start(self, server, ca=None, **config):
        config = {"ca": ca} if ca is not None else config
        one = follower.Follower(BUILD, f"https://{server.place}", self.site.key, self.store, **config)
        self.addCleanup(one.__exit__)
        one.join()
        return one

    def version(self):
        return int(self.site.read("walls/test/current.json").decode().split('"release": ')[1].split(",")[0])

    def test_own_authority(self):
        server = self.serve(*self.authority.sign("server"))
        one = self.start(server, self.authority.path())
        one.play(self.version())
        self.assertTrue(follower.whole(self.site, self.store, self.version()))
        paths = [path for path, _ in server.asked()]
        self.assertEqual(len(paths), len(set(paths)), "each file is asked for once")
        version = self.site.edit()
        one.play(version)
        fresh = [path for path, status in server.asked()[len(paths):] if status != 304 and "current" not in path]
        self.assertEqual(len(fresh), 2 + 2, f"manifest, signature, list, scene: {fresh}")
        count = len(server.asked())
        time.sleep(6)
        later = server.asked()[count:]
        self.assertTrue(later and all(entry == ("/walls/test/current.json", 304) for entry in later), later)
        self.assertEqual(one.faults(), [])

    def test_not_trusted(self):
        other = Authority(self.folder.name, "other")
        cases = {"by nobody we know": (self.authority.sign("a"), None),
                 "by another authority": (self.authority.sign("b"), other.path()),
                 "for another host": (self.authority.sign("c", "DNS:wall.example"), self.authority.path()),
                 "out of date": (self.authority.sign("d", days=-1), self.authority.path()),
                 "by itself": (other.lines("other"), self.authority.path())}
        for name, (lines, ca) in cases.items():
            with self.subTest(name):
                server = self.serve(*lines)
                one = self.start(server, ca)
                follower.wait_until(one.text, lambda said=one: said.faults())
                time.sleep(2)
                self.assertEqual(len(one.faults()), 1, one.text())
                self.assertIn("its certificate is not trusted", one.text())
                self.assertEqual(server.asked(), [])
                self.assertEqual(one.version(), 0)
                one.end()

    def test_goes_on(self):
        """A slow server that is ended on the way: what came is not asked for again."""
        self.site.put("media/slow.bin", os.urandom(3_000_000))
        version = self.site.publish()
        slow = self.serve(*self.authority.sign("server"), "limit_rate 300k;")
        one = self.start(slow, self.authority.path())
        partial = os.path.join(self.store, "partial")

        def some():
            return sum(os.stat(os.path.join(partial, name)).st_size for name in os.listdir(partial)) if os.path.isdir(partial) else 0
        follower.wait_until("half of it", lambda: some() > 900_000)
        one.process.kill()
        one.process.wait()
        here = some()
        self.assertGreater(here, 900_000)
        fast = self.serve(*self.authority.sign("server"))
        one = self.start(fast, self.authority.path())
        one.play(version)
        self.assertIn(206, [status for _, status in fast.asked()])
        self.assertTrue(follower.whole(self.site, self.store, version))
        self.assertEqual(one.faults(), [])

    def test_four_at_once(self):
        """nginx lets nobody have more connections than that."""
        server = self.serve(*self.authority.sign("server"), "limit_conn all 6;", "limit_rate 200k;",
                            around=["limit_conn_zone $binary_remote_addr zone=all:1m;", "limit_conn_status 418;"])
        one = self.start(server, self.authority.path())
        one.play(self.version())
        self.assertNotIn(418, [status for _, status in server.asked()])
        self.assertEqual(one.faults(), [])

    def test_packs(self):
        """A server that packs all that it can: nobody asks for it."""
        server = self.serve(*self.authority.sign("server"), "gzip on; gzip_types *; gzip_min_length 1;")
        one = self.start(server, self.authority.path())
        one.play(self.version())
        self.assertEqual(one.faults(), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
