# SPDX-License-Identifier: EUPL-1.2
"""Releases: publishing 10,000 files of 200 kB, bringing them to a wall from a folder and over TLS from nginx, a change of one scene, and a
thousand walls that ask for news. Beside it rsync does the same with the same files. It is told to sync each file too (`--fsync`), as we do
it, and to read files where we read them (`--checksum`); over the network it is its own daemon, which encrypts nothing."""
import contextlib
import json
import os
import pathlib
import random
import re
import shutil
import socket
import ssl
import statistics
import subprocess
import sys
import time
import urllib.request

import peers
import processes
from table import Row
from wall import WallError, tool, wait_for

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "faults"))
from authority import Authority  # noqa: E402
from nginx import Nginx  # noqa: E402

ROWS = ("publish.first", "publish.again", "publish.scene", "fetch.folder", "follow.first", "follow.floor", "follow.scene",
        "follow.scene_bytes", "polls.bytes", "polls.server", "polls.wall")
POLL_S = 2                            # of the wall that is measured
WALLS, WALLS_POLL_S = 1000, 10
RSYNC_POLLS = 20
PATIENCE_S = 600
FOLLOWER = "schauwand-courier"


# ---- what is published ----

class Site:
    """The exhibition of tests/bad/base with many files more, and its keys."""

    def __init__(self, bench, count, size):
        self.bench, self.folder = bench, pathlib.Path(bench.folder) / "sync"
        self.exhibition = self.folder / "exhibition"
        shutil.copytree(os.path.join(bench.root, "tests", "bad", "base"), self.exhibition)
        for number in range(count):
            path = self.exhibition / "media" / f"{number // 500:02}" / f"{number:05}.png"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(random.Random(number).randbytes(size))
        said = self.run("keys", "keys")
        self.root_key = next(word for word in said.split() if word.startswith("RW"))
        self.edits = 0

    def run(self, *arguments):
        done = subprocess.run([self.bench.player, *arguments], cwd=self.folder, capture_output=True, text=True, timeout=PATIENCE_S)
        if done.returncode != 0:
            raise WallError(f"schauwand {arguments[0]}: {done.stdout}{done.stderr}")
        return done.stdout

    def publish(self):
        self.run("publish", "exhibition", "--wall", "test", "--to", "web", "--keys", "keys")

    def edit(self):
        """One scene becomes another one, of the same length."""
        self.edits += 1
        path = self.exhibition / "scenes" / "hub.json"
        text = path.read_text(encoding="utf-8")
        text = text.split(" // edit ")[0].rstrip("\n") + f" // edit {self.edits:04}\n"
        path.write_text(text, encoding="utf-8")


def rsync(*arguments):
    """Bytes that it sent and received."""
    done = subprocess.run(["rsync", "-a", "--stats", "--no-human-readable", *map(str, arguments)], check=True, timeout=PATIENCE_S,
                          capture_output=True, text=True)
    return sum(int(re.search(rf"Total bytes {what}: (\d+)", done.stdout)[1]) for what in ("sent", "received"))


def timed(work, *arguments):
    """Seconds; what was written before is on the disk."""
    os.sync()
    began = time.monotonic()
    work(*arguments)
    return time.monotonic() - began


def clear(folder):
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


# ---- the network ----

def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def web(site):
    """nginx over TLS with what is published, by the rules of tools/api."""
    authority, log = Authority(site.folder), site.folder / "bytes.log"
    server = Nginx(site.folder, *authority.lines, f"include {site.bench.root}/tools/api/nginx.conf;",
                   f"access_log {site.folder}/access.log; access_log {log} bytes;", tls=True,
                   around=['log_format bytes "$request_length $bytes_sent";'])
    server.address, server.ca = f"https://{server.place}", authority.ca
    server.bytes = lambda: sum(map(int, log.read_text().split()))  # of all requests and answers so far
    try:
        yield server
    finally:
        server.stop()


@contextlib.contextmanager
def rsync_daemon(site):
    port = free_port()
    conf = site.folder / "rsyncd.conf"
    conf.write_text(f"use chroot = no\nlog file = {site.folder}/rsyncd.log\npid file = {site.folder}/rsyncd.pid\n"
                    f"[web]\npath = {site.folder}/web\n")
    with processes.Program(["rsync", "--daemon", "--no-detach", "--address=127.0.0.1", f"--port={port}", f"--config={conf}"],
                           dict(os.environ)) as program:
        program.address = f"rsync://127.0.0.1:{port}/web/"
        wait_for(lambda: answers(port), "rsync's daemon")
        yield program


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Follower:
    """A wall without a display that follows; its store is empty in the beginning."""

    def __init__(self, site, server):
        self.cache = site.folder / "cache"
        config = site.folder / "wall.json"
        config.write_text(json.dumps({
            "base": server.address, "wall": "test", "root_key": site.root_key, "cache": str(self.cache), "poll": f"{POLL_S}s",
            "ca": str(server.ca), "allow": [server.place]}))
        command = [site.bench.player, "play", server.address, "--offscreen", "--config", str(config),
                   "--control", str(site.folder / "control")]
        self.program = processes.Program(command, dict(os.environ, XDG_STATE_HOME=str(site.folder / "state")))

    def __enter__(self):
        self.program.__enter__()
        return self

    def __exit__(self, *of):
        self.program.__exit__(*of)
        shutil.rmtree(self.cache, ignore_errors=True)

    def wait(self, generation):
        """Until that one is whole in its store."""
        wait_for(lambda: (self.cache / "generations" / str(generation)).is_dir(),
                 lambda: f"generation {generation}: {self.program.said()}", PATIENCE_S)

    def follower_s(self, seconds):
        """Processor time that the follower alone takes in so many seconds."""
        return self.program.cpu_by_name(seconds).get(FOLLOWER, 0)


def fetch_all(site, server, folder):
    """The floor: every object by curl, four at once, not verified and not synced."""
    folder.mkdir()
    names = os.listdir(site.folder / "web" / "objects")
    (site.folder / "urls").write_text("".join(f'url = "{server.address}/objects/{name}"\noutput = "{folder}/{name}"\n' for name in names))
    subprocess.run(["curl", "--silent", "--fail", "--parallel", "--parallel-max", "4", "--cacert", server.ca,
                    "--config", site.folder / "urls"], check=True, timeout=PATIENCE_S, capture_output=True)


# ---- measuring ----

class Figures(dict):
    def add(self, name, ours, theirs):
        mine, peer = self.setdefault(name, ([], []))
        mine.append(ours)
        peer.append(theirs)

    def row(self, name, unit, peer, note=""):
        ours, theirs = self[name]
        return Row(name, ours, unit, peer, theirs, judge="ratio", note=note)


def measure_publish(site, figures, plain):
    copy = site.folder / "copy"
    ours = timed(site.publish)
    figures.add("publish.first", ours, timed(rsync, "--fsync", f"{site.exhibition}/", copy))
    figures.add("publish.again", timed(site.publish), timed(rsync, "--checksum", "--fsync", f"{site.exhibition}/", copy))
    shutil.rmtree(copy)
    plain.append(timed(rsync, f"{site.exhibition}/", copy))
    site.edit()
    figures.add("publish.scene", timed(site.publish), timed(rsync, "--checksum", "--fsync", f"{site.exhibition}/", copy))
    shutil.rmtree(copy)


def measure_folder(site, figures):
    stick, cache = site.folder / "stick", site.folder / "cache"
    fetch = ("fetch", "--from", "web", "--wall", "test", "--root-key", site.root_key, "--cache", str(cache))
    ours = timed(site.run, *fetch)
    figures.add("fetch.folder", ours, timed(rsync, "--fsync", f"{site.folder}/web/", stick))
    shutil.rmtree(stick)
    shutil.rmtree(cache)


def measure_network(site, figures, server, daemon):
    mirror, floor = site.folder / "mirror", site.folder / "floor"
    with Follower(site, server) as wall:
        began = time.monotonic()
        wall.wait(1)
        ours = time.monotonic() - began
        figures.add("follow.first", ours, timed(rsync, "--fsync", daemon.address, mirror))
        figures.add("follow.floor", ours, timed(fetch_all, site, server, floor))
        shutil.rmtree(floor)
        site.edit()
        site.publish()
        before, began = server.bytes(), time.monotonic()
        wall.wait(2)
        ours, bytes_ours = time.monotonic() - began, server.bytes() - before
    os.sync()
    began = time.monotonic()
    bytes_theirs = rsync("--fsync", daemon.address, mirror)
    figures.add("follow.scene", ours, time.monotonic() - began)
    figures.add("follow.scene_bytes", bytes_ours, bytes_theirs)
    shutil.rmtree(mirror)


def measure_polls(bench, site, figures, server, daemon):
    """Nothing is new: what a question costs the wire, the server, the wall. rsync asks for the wall's folder alone."""
    address, mirror = f"{server.address}/walls/test/current.json", site.folder / "mirror"
    rounds, master = bench.runs(3, 2), server.process.pid
    command = [tool("bench-walls"), address, str(WALLS), str(1000 * WALLS_POLL_S), str(WALLS_POLL_S), str(server.ca),
               current_etag(address, server.ca)]
    rsync(daemon.address + "walls/", mirror)
    for _ in range(rounds):
        spent = processes.own_cpu_s(daemon.pid)
        theirs = sum(rsync(daemon.address + "walls/", mirror) for _ in range(RSYNC_POLLS)) / RSYNC_POLLS
        spent = processes.own_cpu_s(daemon.pid) - spent
        with processes.Program(command, dict(os.environ)) as walls:
            wait_for(lambda: "begins" in walls.said(), lambda: f"{WALLS} walls: {walls.said()}", 120)
            before = server_s(master)
            wait_for(lambda: "asked" in walls.said(), lambda: f"{WALLS} walls: {walls.said()}", 120)
            asked, same, carried = map(int, re.search(r"asked (\d+) not modified (\d+) bytes (\d+)", walls.said()).groups())
            ours = server_s(master) - before
        if same != asked:
            raise WallError("a wall that has all was told that something is new")
        figures.add("polls.bytes", carried / asked, theirs)
        figures.add("polls.server", 1e6 * ours / asked, 1e6 * spent / RSYNC_POLLS)
    with Follower(site, server) as wall:
        wall.wait(1)
        time.sleep(2 * POLL_S)
        for _ in range(rounds):
            asked, spent = len(server.asked()), wall.follower_s(WALLS_POLL_S)
            figures.add("polls.wall", 1000 * spent / (len(server.asked()) - asked), None)


def server_s(master):
    return sum(processes.cpu_s(processes.tree(master)).values())


def current_etag(address, ca):
    with urllib.request.urlopen(address, context=ssl.create_default_context(cafile=ca)) as answer:
        return answer.headers["ETag"]


def rows(figures, plain, count, size):
    what = f"{count} files of {size // 1000} kB"
    return [
        figures.row("publish.first", "s", "rsync", f"{what}; both sync each file; rsync without that: {statistics.median(plain):.1f} s"),
        figures.row("publish.again", "s", "rsync", "nothing is new; both read all files"),
        figures.row("publish.scene", "s", "rsync", "one scene is new; both read all files"),
        figures.row("fetch.folder", "s", "rsync", "what is published, from a folder to an empty store; both sync each file"),
        figures.row("follow.first", "s", "rsync", "over TLS from nginx until the release is whole; rsync: its daemon, in the clear"),
        figures.row("follow.floor", "s", "curl", "curl --parallel-max 4 from the same nginx; verifies and syncs nothing"),
        figures.row("follow.scene", "s", "rsync", f"one scene is new: until the release is whole; the wall asks every {POLL_S} s"),
        figures.row("follow.scene_bytes", "bytes", "rsync", "requests and answers for it; a new content list is the most of it"),
        figures.row("polls.bytes", "bytes", "rsync",
                    f"a question when nothing is new, both ways, TLS included; {WALLS} walls, each every {WALLS_POLL_S} s"),
        figures.row("polls.server", "us", "rsync", "processor time of nginx (of rsync's daemon) for it; 8,640 a day at 10 s"),
        Row("polls.wall", figures["polls.wall"][0], "ms", note="processor time of a wall's follower for it"),
    ]


def measure(bench):
    peers.need("nginx", "rsync", "curl", "openssl")
    count, size = bench.runs(10000, 1000), bench.runs(200000, 20000)
    figures, plain = Figures(), []
    site = Site(bench, count, size)
    try:
        with web(site) as server, rsync_daemon(site) as daemon:
            for run in range(bench.runs(3, 2)):
                clear(site.folder / "web")
                bench.say(f"sync: run {run + 1}: publish")
                measure_publish(site, figures, plain)
                bench.say(f"sync: run {run + 1}: fetch")
                measure_folder(site, figures)
                bench.say(f"sync: run {run + 1}: follow")
                measure_network(site, figures, server, daemon)
            bench.say("sync: polls")
            measure_polls(bench, site, figures, server, daemon)
    finally:
        shutil.rmtree(site.folder)
    return rows(figures, plain, count, size)
