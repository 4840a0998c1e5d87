# SPDX-License-Identifier: EUPL-1.2
"""A follower (`schauwand-courier follow`) with us as its supervisor and its player, and a published folder to follow."""
import hashlib
import json
import os
import re
import shutil
import socket
import struct
import subprocess
import threading
import time

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def version_in(header, name):
    """Of records, as the program was built with it."""
    with open(os.path.join(SOURCE, "src", header), encoding="utf-8") as file:
        return int(re.search(rf"#define {name} (\d+)", file.read()).group(1))


LINK, LINK_VERSION, HEARTBEAT, PEER, NOTICE = "=IIIIq", version_in("base/link.h", "SW_LINK_VERSION"), 1, 5, 5
RECORD, MARK, RECORD_VERSION = "=IIII14q240s", 0x53574E4F, version_in("store/notice.h", "SW_NOTICE_VERSION")
PROGRESS, RELEASE, PLAYLISTS, CONTACT, KEYS, TRYING, PLAYS, REFUSED, GOOD = range(1, 10)
VALUES = ("number", "version", "playlists", "instead_of", "activate", "trusted", "contact", "list_ends", "publishing_end", "operating_end",
          "done_bytes", "all_bytes", "done_objects", "all_objects")
PATIENCE = 60


def wait_until(what, condition, patience=PATIENCE):
    end = time.monotonic() + patience
    while True:
        result = condition()
        if result:
            return result
        assert time.monotonic() < end, f"has not come: {what() if callable(what) else what}"
        time.sleep(0.02)


class Published:
    """Keys and a published folder of a small exhibition, for the wall "test"."""

    def __init__(self, build, folder, extra=0):
        self.schauwand, self.folder = os.path.join(build, "schauwand"), folder
        self.out, self.exhibition = os.path.join(folder, "out"), os.path.join(folder, "exhibition")
        shutil.copytree(os.path.join(SOURCE, "tests", "bad", "base"), self.exhibition)
        for number in range(extra):
            self.put(f"media/extra-{number}.bin", os.urandom(150_000))
        self.run("keys", "keys")
        with open(os.path.join(folder, "keys", "root.pub"), encoding="ascii") as file:
            self.key = file.read().splitlines()[1]

    def put(self, path, data):
        with open(os.path.join(self.exhibition, path), "wb") as file:
            file.write(data)

    def run(self, *arguments):
        result = subprocess.run([self.schauwand, *arguments], cwd=self.folder, capture_output=True, text=True, timeout=120, check=False)
        assert result.returncode == 0, f"{arguments}: {result.stdout}{result.stderr}"

    def publish(self):
        self.run("publish", "exhibition", "--wall", "test", "--to", "out", "--keys", "keys")
        return json.loads(self.read("walls/test/current.json"))["release"]

    def edit(self):
        """Something new to be published; its version."""
        path = os.path.join(self.exhibition, "scenes", "hub.json")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace("{", "{ // an edit\n", 1))
        return self.publish()

    def read(self, path):
        with open(os.path.join(self.out, path), "rb") as file:
            return file.read()

    def contents(self, version):
        digest = json.loads(self.read(f"walls/test/releases/{version}.json"))["contents"]["sha256"]
        return digest, json.loads(self.read(f"objects/{digest}"))["files"]


class Follower:
    """One that runs. `base`: an address; `store`: a folder, which stays."""

    def __init__(self, build, base, key, store, **config):
        self.store, self.notices, self.beats, self.lines = store, {}, 0, []
        self.heard = []  # all notices in their order: (type, notice)
        config = {"base": base, "wall": "test", "root_key": key, "cache": store, "poll": "2s", "log": "info", **config}
        place = base.split("://")[1].split("/")[0]
        config.setdefault("allow", [place])
        path = store + ".json"
        with open(path, "w", encoding="utf-8") as file:
            json.dump(config, file)
        self.link, end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.player = None
        self.process = subprocess.Popen([os.path.join(build, "schauwand-courier"), "follow", "--config", path], stderr=subprocess.PIPE,
                                        preexec_fn=lambda: os.dup2(end.fileno(), 3), pass_fds=(3,), text=True, errors="replace")
        end.close()
        self.reader = threading.Thread(target=self.read_lines, daemon=True)
        self.reader.start()
        threading.Thread(target=self.hear_link, daemon=True).start()

    def read_lines(self):
        for line in self.process.stderr:
            self.lines.append(line.rstrip("\n"))

    def hear_link(self):
        try:
            while self.link.recv(256):
                self.beats += 1
        except OSError:
            pass

    def join(self):
        """A player is there (again)."""
        self.leave()
        self.notices, self.heard = {}, []
        self.player, end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        socket.send_fds(self.link, [struct.pack(LINK, LINK_VERSION, PEER, NOTICE, 0, 0)], [end.fileno()])
        end.close()
        threading.Thread(target=self.hear_player, args=(self.player, self.notices, self.heard), daemon=True).start()

    def leave(self):
        if self.player is not None:
            self.player.shutdown(socket.SHUT_RDWR)
            self.player.close()
            self.player = None

    @staticmethod
    def hear_player(end, notices, heard):
        try:
            while True:
                data = end.recv(4096)
                if not data:
                    return
                mark, version, kind, phase, *rest = struct.unpack(RECORD, data)
                assert (mark, version) == (MARK, RECORD_VERSION)
                notice = dict(zip(VALUES, rest), phase=phase, text=rest[-1].split(b"\0")[0].decode())
                notices[kind] = notice
                heard.append((kind, notice))
        except OSError:
            pass

    def say(self, kind, number, playlists=0, instead_of=0, text=b""):
        values = [number, 0, playlists, instead_of] + [0] * (len(VALUES) - 4)
        self.player.send(struct.pack(RECORD, MARK, RECORD_VERSION, kind, 0, *values, text))

    def number(self):
        return self.notices.get(RELEASE, {}).get("number", 0)

    def version(self):
        return self.notices.get(RELEASE, {}).get("version", 0)

    def play(self, version):
        """Waits until the release is offered, and plays it."""
        wait_until(lambda: f"release {version} of {self.notices}\n" + self.text(), lambda: self.version() == version)
        number = self.number()
        self.say(TRYING, number)
        self.say(PLAYS, number)
        wait_until(lambda: self.text(), lambda: self.state().get("current") == str(number))
        return number

    def state(self):
        """What the file `state` says; {}: there is none."""
        try:
            with open(os.path.join(self.store, "state"), encoding="ascii") as file:
                lines = file.read().splitlines()
        except OSError:
            return {}
        return {line.split(" ", 1)[0] + (" " + line.split()[1] if line.startswith("mark ") else ""): line.split(" ", 1)[1]
                for line in lines if " " in line}

    def text(self):
        return "\n".join(self.lines)

    def faults(self):
        """Lines of faults, without what stands before them."""
        return [line.split(": ", 1)[-1] for line in self.lines if line.startswith("<3>")]

    def memory(self):
        """Kilobytes."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            return int(next(line for line in file if line.startswith("VmRSS")).split()[1])

    def end(self):
        self.process.terminate()
        status = self.process.wait(PATIENCE)
        self.reader.join()
        self.process.stderr.close()
        self.leave()
        self.link.close()
        return status

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.reader.join()
        self.process.stderr.close()
        self.leave()
        self.link.close()


def whole(published, store, version):
    """Whether all of a release lies in the store, each file what its name says."""
    digest, files = published.contents(version)
    for name in [digest] + [entry[0] for entry in files.values()]:
        try:
            with open(os.path.join(store, "objects", name), "rb") as file:
                assert hashlib.sha256(file.read()).hexdigest() == name, f"{name} is something else"
        except FileNotFoundError:
            return False
    return True
