# SPDX-License-Identifier: EUPL-1.2
"""From fork to the first picture of a wall that has no network, whatever its store has been through: a sync that was killed behind each
call of the file system, and damage. Nobody publishes meanwhile; the follower runs and finds nobody. Off-screen: no X server takes part."""
import os
import pathlib
import re
import shutil
import subprocess
import threading
import time

from content import Picture
from table import Row
from wall import WallError, tool

ROWS = ("states.start", "states.worst")
LIMIT_S = 30
QUICK_STEP = 25  # each so many calls
SHOWS = re.compile(r"player \d+ shows a picture")


class Site:
    """One photograph, published twice: the second release has another photograph and another scene."""

    def __init__(self, bench):
        self.bench, self.folder = bench, pathlib.Path(bench.folder) / "states"
        self.folder.mkdir()
        self.content = Picture(bench.folder)
        said = self.run("keys", "keys")
        self.root_key = next(word for word in said.split() if word.startswith("RW"))
        self.web = [self.folder / "web1", self.folder / "web2"]
        self.run("publish", self.content.folder, "--wall", "wall", "--to", "web1", "--keys", "keys")
        shutil.copytree(*self.web)
        self.content.photo("media/a.jpg", 2)
        self.content.scene([self.content.image("media/a.jpg"), {"text": "2", "at": [40, 40]}])
        self.run("publish", self.content.folder, "--wall", "wall", "--to", "web2", "--keys", "keys")

    def run(self, *arguments):
        done = subprocess.run([self.bench.player, *arguments], cwd=self.folder, capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            raise WallError(f"schauwand {arguments[0]}: {done.stdout}{done.stderr}")
        return done.stdout

    def sync(self, release, store, call=0):
        """Brings it into the store; false: killed behind that call."""
        done = subprocess.run([tool("sync-killed"), self.web[release - 1], "wall", self.root_key, store, str(call)], capture_output=True,
                              text=True, timeout=60)
        if done.returncode not in (0, -9):
            raise WallError(f"sync-killed: {done.returncode} {done.stderr}")
        return done.returncode == 0


# ---- what stores have been through ----

def looks(store):
    """What a start can tell one store from another by."""
    files = sorted(path for path in store.rglob("*") if path.is_file())
    return [(path.relative_to(store), path.stat().st_size, path.read_bytes() if path.name == "state" else b"") for path in files]


def killed(site, before, release, step):
    """(name, store) of each state that differs from the one before."""
    last, call = None, 0
    while True:
        call += step
        store = site.folder / "store"
        shutil.copytree(before, store)
        done = site.sync(release, store, call)
        if looks(store) != last:
            last = looks(store)
            yield f"release {release}, killed behind call {call}", store
        shutil.rmtree(store)
        if done:
            return


def halve(path):
    os.truncate(path, path.stat().st_size // 2)


def rot(path):
    path.chmod(0o644)
    path.write_bytes(bytes(byte ^ 0x55 for byte in path.read_bytes()))


def damaged(site, before):
    """(name, store) where release 2 plays and something of it, or of all, is no longer as it was."""
    def objects(store):
        return sorted((store / "objects").iterdir(), key=lambda path: path.stat().st_size)
    harms = {"state torn": lambda store: halve(store / "state"),
             "state gone": lambda store: (store / "state").unlink(),
             "state empty": lambda store: os.truncate(store / "state", 0),
             "current generation without its manifest": lambda store: (store / "generations/2/release.json").unlink(),
             "current generation's manifest torn": lambda store: halve(store / "generations/2/release.json"),
             "current generation's manifest rotten": lambda store: rot(store / "generations/2/release.json"),
             "current generation's signature torn": lambda store: halve(store / "generations/2/release.minisig"),
             "current generation gone": lambda store: shutil.rmtree(store / "generations/2"),
             "all generations gone": lambda store: shutil.rmtree(store / "generations"),
             "all objects gone": lambda store: shutil.rmtree(store / "objects"),
             "key list torn": lambda store: halve(store / "documents/keys-1.json"),
             "documents gone": lambda store: shutil.rmtree(store / "documents"),
             "store gone": shutil.rmtree}
    for name, harm in (("gone", pathlib.Path.unlink), ("torn", halve), ("rotten", rot)):
        for number in range(len(objects(before))):
            harms[f"object {number} {name}"] = lambda store, harm=harm, number=number: harm(objects(store)[number])
    for name, harm in harms.items():
        store = site.folder / "store"
        shutil.copytree(before, store)
        harm(store)
        yield name, store
        shutil.rmtree(store, ignore_errors=True)


def stores(bench, site):
    step = bench.runs(1, QUICK_STEP)
    whole = [site.folder / name for name in ("nothing", "first", "second")]
    whole[0].mkdir()
    for release in (1, 2):
        shutil.copytree(whole[release - 1], whole[release])
        if not site.sync(release, whole[release]):
            raise WallError("a sync that nobody killed was")
    yield from killed(site, whole[0], 1, step)
    yield from killed(site, whole[1], 2, step)
    yield from damaged(site, whole[2])


# ---- starts ----

def first_ms(site, store):
    """Milliseconds, and what it says it plays: "release N" or "nothing"."""
    state = site.folder / "state"
    command = [site.bench.player, "play", "https://wall.invalid", "--wall", "wall", "--root-key", site.root_key, "--cache", store,
               "--offscreen"]
    environment = {**os.environ, "XDG_STATE_HOME": str(state)}
    lines = []
    began = time.monotonic()
    process = subprocess.Popen(command, cwd=site.folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE, text=True, errors="replace", start_new_session=True)
    late = threading.Timer(LIMIT_S, process.kill)
    late.start()
    took = None
    for line in process.stderr:
        lines.append(line)
        if took is None and SHOWS.search(line):
            took = (time.monotonic() - began) * 1000
            process.terminate()
    process.wait()
    late.cancel()
    process.stderr.close()
    shutil.rmtree(state, ignore_errors=True)
    if took is None:
        raise WallError(f"no picture within {LIMIT_S} s: {''.join(lines)}")
    plays = re.search(r"plays (release \d+)", "".join(lines))
    return took, plays[1] if plays else "nothing"


def measure(bench):
    site, times = Site(bench), {}
    for name, store in stores(bench, site):
        bench.say(f"states: {name}")
        times[name] = first_ms(site, store)
    values = [took for took, _ in times.values()]
    shown = [what for _, what in times.values()]
    worst = max(times, key=lambda name: times[name][0])
    counts = ", ".join(f"{shown.count(what)} {what}" for what in sorted(set(shown), reverse=True))
    return [Row("states.start", values, "ms", note=f"{len(values)} states; of them play {counts} (a card that says so)"),
            Row("states.worst", [max(values)], "ms", gate=("<=", 3000), note=f"the slowest start: {worst}")]
