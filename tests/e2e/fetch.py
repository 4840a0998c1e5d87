#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: fetch.py BUILD

A release on a stick: `publish` writes a folder, `fetch` brings it into a wall's store, with all that a stick may have gone through.
"""
import hashlib
import json
import os
import shutil
import sys
import tempfile

import publishing

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
BASE = os.path.join(SOURCE, "tests", "bad", "base")


class Stick:
    """A published folder, and the wall that it is carried to."""

    def __init__(self, build, folder):
        self.build, self.folder = build, folder
        self.cache = os.path.join(folder, "cache")
        self.out = os.path.join(folder, "out")

    def run(self, *arguments, expected=0):
        return publishing.run(self.build, self.folder, *arguments, expected=expected)

    def publish(self):
        return self.run("publish", "exhibition", "--wall", "test", "--to", "out", "--keys", "keys")

    def key(self):
        with open(os.path.join(self.folder, "keys", "root.pub"), encoding="ascii") as file:
            return file.read().splitlines()[1]

    def fetch(self, *arguments, expected=0, out="out"):
        options = ["--from", out, "--wall", "test", "--root-key", self.key(), "--cache", "cache"]
        return self.run("fetch", *options, *arguments, expected=expected)

    def generations(self):
        return sorted(int(name) for name in os.listdir(os.path.join(self.cache, "generations")))

    def objects(self):
        """Those of the store, each what its name says."""
        names = os.listdir(os.path.join(self.cache, "objects"))
        for name in names:
            with open(os.path.join(self.cache, "objects", name), "rb") as file:
                assert hashlib.sha256(file.read()).hexdigest() == name, f"{name} is something else"
        return set(names)

    def contents(self, version):
        with open(os.path.join(self.out, "walls", "test", "releases", f"{version}.json"), encoding="utf-8") as file:
            digest = json.load(file)["contents"]["sha256"]
        with open(os.path.join(self.out, "objects", digest), encoding="utf-8") as file:
            return digest, json.load(file)["files"]


def check_first(stick):
    stick.publish()
    said = stick.fetch()
    assert "key list 1 is here" in said and "release 1 is here whole: generation 1" in said, said
    digest, files = stick.contents(1)
    assert stick.objects() == {digest} | {entry[0] for entry in files.values()}
    assert stick.generations() == [1]
    said = stick.fetch()
    assert "nothing new\n" in said and "here" not in said, said


def check_damaged(stick):
    """Release 2 with one object changed, cut, longer, gone, a link, a folder: each is refused by name, then it is brought."""
    publishing.edit(stick.folder, "exhibition/scenes/hub.json", "{", "{ // an edit\n")
    stick.publish()
    digest, files = stick.contents(2)
    path = os.path.join(stick.out, "objects", files["scenes/hub.json"][0])
    with open(path, "rb") as file:
        data = file.read()
    harms = {"other bytes have come": lambda: write(path, bytes([data[0] ^ 1]) + data[1:]),
             "are wanted": lambda: write(path, data[:-1]),
             f"has {len(data) + 9} bytes": lambda: write(path, data + b"123456789"),
             "does not exist": lambda: None,
             "link": lambda: os.symlink("/etc/passwd", path),
             "plain file": lambda: os.mkdir(path)}
    for line, harm in harms.items():
        if os.path.isdir(path):
            os.rmdir(path)
        elif os.path.lexists(path):
            os.remove(path)
        harm()
        said = stick.fetch(expected=1)
        assert line in said and "(scenes/hub.json)" in said, f"{line}: {said}"
        assert stick.generations() == [1] and stick.objects()
    os.rmdir(path)
    write(path, data)
    said = stick.fetch()
    assert "release 2 is here whole: generation 2" in said, said
    assert digest in stick.objects()


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


def check_signed(stick):
    """Unsigned, changed, older, another wall's, another root's."""
    release = os.path.join(stick.out, "walls", "test", "releases", "3.json")
    current = os.path.join(stick.out, "walls", "test", "current.json")
    publishing.edit(stick.folder, "exhibition/scenes/hub.json", "{", "{ // and another\n")
    with open(current, "rb") as file:
        before = file.read()
    stick.publish()
    with open(release, "rb") as file:
        data = file.read()
    write(release, data.replace(b'"version": 3', b'"version": 4'))
    assert "3.json: the signature does not fit" in stick.fetch(expected=1)
    os.rename(release + ".minisig", release + ".aside")
    assert "3.json.minisig: does not exist" in stick.fetch(expected=1)
    os.rename(release + ".aside", release + ".minisig")
    write(release, data)
    assert "release 3 is here" in stick.fetch()
    write(current, before)
    assert "2.json: is version 2; version 3 was here already" in stick.fetch(expected=1)
    stick.run("promote", "test", "--wall", "lobby", "--to", "out", "--keys", "keys")
    shutil.copytree(stick.out, os.path.join(stick.folder, "lobby"))
    shutil.rmtree(os.path.join(stick.folder, "lobby", "walls", "test"))
    os.rename(os.path.join(stick.folder, "lobby", "walls", "lobby"), os.path.join(stick.folder, "lobby", "walls", "test"))
    assert 'is for the wall "lobby"; this is "test"' in stick.fetch(out="lobby", expected=1)
    stick.run("keys", "others")
    os.rename(os.path.join(stick.folder, "keys", "root.pub"), os.path.join(stick.folder, "keys", "root.old"))
    shutil.copy(os.path.join(stick.folder, "others", "root.pub"), os.path.join(stick.folder, "keys", "root.pub"))
    said = stick.fetch(expected=1)
    assert "is not signed by" in said, said
    os.rename(os.path.join(stick.folder, "keys", "root.old"), os.path.join(stick.folder, "keys", "root.pub"))
    assert stick.generations() == [1, 2, 3]


def check_typed(stick):
    assert "--from DIR" in stick.run("fetch", expected=2)
    assert "--from DIR" in stick.run("fetch", "--wall", "test", "--root-key", stick.key(), expected=2)
    assert "--wall" in stick.run("fetch", "--from", "out", expected=2)
    assert "--root-key" in stick.run("fetch", "--from", "out", "--wall", "test", "--root-key", "RW", expected=2)
    assert "another command" in stick.fetch("--window", expected=2)
    assert "no exhibition is wanted" in stick.fetch("https://example.org", expected=2)
    assert "nowhere: does not exist" in stick.fetch(out="nowhere", expected=2)
    write(os.path.join(stick.folder, "wall.json"), b'{"wall": "test", "walls": 1}')
    assert "wall.json:1:" in stick.fetch("--config", "wall.json", expected=2)


def check_config(stick):
    config = {"wall": "test", "root_key": stick.key(), "cache": os.path.join(stick.folder, "other"), "quota": ""}
    for quota, expected, line in (("1 MB", 1, "there is no room for them"), ("1 GB", 0, "is here whole")):
        config["quota"] = quota
        write(os.path.join(stick.folder, "wall.json"), json.dumps(config).encode())
        said = stick.run("fetch", "--from", "out", "--config", "wall.json", expected=expected)
        assert line in said, said


def main():
    build = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        stick = Stick(build, folder)
        shutil.copytree(BASE, os.path.join(folder, "exhibition"))
        write(os.path.join(folder, "exhibition", "media", "long.bin"), os.urandom(2000000))
        stick.run("keys", "keys")
        check_first(stick)
        check_damaged(stick)
        check_signed(stick)
        check_typed(stick)
        check_config(stick)
    print("fetch: first, again, damaged, signed by others, older, typed wrongly, by configuration: all as they should be")


if __name__ == "__main__":
    main()
