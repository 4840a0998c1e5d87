#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""plays.py SCHAUWAND HELD: what a real wall of two zones writes down of itself, beside what it says when it is asked meanwhile: its
playlists, a visit, overrides with who told them, a player that is killed, a wall that is black, a disk that stands still, folders that
cannot be written, and where it does so unasked."""
import concurrent.futures
import csv
import io
import json
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import sys
import time

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent / name) for name in ("live", "xorg")]
from small import PATIENCE, Small  # noqa: E402
from house import Supervisor, wait_until  # noqa: E402
from wall import Xvfb  # noqa: E402

FIELDS = ("from", "until", "begins", "zone", "scene", "page", "why", "release", "by", "check")
ME = pwd.getpwuid(os.geteuid()).pw_name


class Wall(Small):
    """Two zones, each with a playlist of its own, and who asks them."""

    def __init__(self, schauwand):
        super().__init__(schauwand)
        self.door, self.plays = self.folder / "run" / "control", self.folder / "plays"
        self.samples = []  # (before, behind, zone, scene, why): it was so at some time between the two
        for name in ("one", "two", "three", "extra", "notice"):
            self.scene(name, {"text": name})
        self.write("scenes/paged.json", {"title": "Paged", "pages": [
            {"id": page, "title": page, "for": "1s", "elements": [{"text": page, "in": "main"}]} for page in ("a", "b")]})
        self.wall("one", {"scene": "one", "for": "3s"}, {"scene": "paged", "for": "3s"})
        self.write("scenes/playlists/two.json", {"loop": [{"scene": "two", "for": "4s"}, {"scene": "three", "for": "4s"}]})
        size = {"size": [480, 540]}
        wall = json.loads((self.exhibition / "scenes/walls/one.json").read_text())
        wall["zones"] = [{"id": "left", "at": [0, 0], **size, "playlist": "one"},
                         {"id": "right", "at": [480, 0], **size, "playlist": "two"}]
        self.write("scenes/walls/one.json", wall)

    def open(self, *options, **environment):
        os.environ.update(environment)
        self.play("one", "--control", str(self.door), "--plays", str(self.plays), *options)
        for name in environment:
            del os.environ[name]
        wait_until("a wall that answers", lambda: self.ask("status", expect=(0, 3)))
        wait_until("the first scenes", lambda: self.why("left") and self.why("right"))

    def ask(self, *words, expect=(0,)):
        done = subprocess.run([self.schauwand, *words, "--control", str(self.door)], capture_output=True, text=True, timeout=PATIENCE)
        assert done.returncode in expect, (words, done)
        return done.stdout

    def look(self):
        """Asks what is on, and remembers it."""
        before = time.time()
        zones = json.loads(self.ask("status", "--json"))["shows"]["zones"]
        behind = time.time()
        shown = {zone["zone"]: (zone["scene"], zone["why"]) for zone in zones}
        self.samples += [(before, behind, zone, *what) for zone, what in shown.items() if what[0] is not None]
        return shown

    def why(self, zone):
        return self.look().get(zone, (None, ""))[1]

    def await_shown(self, zone, scene, why):
        wait_until(f"{scene} in {zone}, for {why}", lambda: self.look().get(zone) == (scene, why))

    def records(self):
        """All of them, by zone."""
        found = {"left": [], "right": []}
        for file in sorted(self.plays.glob("plays-*")):
            for line in file.read_text().splitlines():
                record = dict(zip(FIELDS, line.split("\t")))
                record["from"], record["until"] = int(record["from"]) / 1e6, int(record["until"]) / 1e6
                found[record["zone"]].append(record)
        return found

    def report(self, *words):
        done = subprocess.run([self.schauwand, "report", self.plays, "--csv", *words], capture_output=True, timeout=PATIENCE)
        assert done.returncode == 0, done
        return list(csv.DictReader(io.StringIO(done.stdout.decode(), newline=""), strict=True))

    def drawing(self):
        return self.child("schauwand-player")


def judge(wall, gaps=0):
    """Nothing that was written down is false, and nothing is missing but in so many gaps."""
    for zone, records in wall.records().items():
        missing = [(a["until"], b["from"]) for a, b in zip(records, records[1:]) if b["from"] - a["until"] > 0.1]
        assert all(b["from"] - a["until"] > -0.1 for a, b in zip(records, records[1:])), f"two things at a time in {zone}"
        assert len(missing) <= gaps, f"gaps in {zone}: {missing}"
        assert records[0]["begins"] == "1" and all(record["until"] > record["from"] for record in records)
        checked = 0
        for before, behind, where, scene, why in wall.samples:
            about = [record for record in records if record["from"] <= behind + 0.1 and record["until"] >= before - 0.1]
            if where != zone or before < records[0]["from"] or behind > records[-1]["until"] or \
                    any(begin < behind + 0.1 and end > before - 0.1 for begin, end in missing):
                continue
            assert (scene, why) in [(record["scene"], record["why"]) for record in about], (where, scene, why, before, behind, about)
            checked += 1
        assert checked > 20, f"{checked} samples in {zone}"
        print(f"  {zone}: {len(records)} records, {checked} samples agree, gaps of {[round(end - begin, 1) for begin, end in missing]} s")


def compare(wall):
    """The report's sums are those of the records."""
    records = [record for zone in wall.records().values() for record in zone]
    for group in ("scene", "why"):
        sums = {}
        for record in records:
            times, seconds = sums.get(record[group], (0, 0))
            sums[record[group]] = (times + int(record["begins"]), seconds + record["until"] - record["from"])
        rows = wall.report("--by", group)
        assert {row[group] for row in rows} == set(sums)
        for row in rows:
            times, seconds = sums[row[group]]
            assert int(row["times"]) == times and abs(float(row["seconds"]) - seconds) < 0.01, (row, times, seconds)


def played(wall):
    """A visit in one zone, overrides in both, and one of them by the next turn's being told."""
    wall.open()
    wall.await_shown("left", "paged", "playlist")
    wall.await_shown("left", "one", "playlist")
    wall.ask("tell", "go", "extra", "--zone", "left")
    wall.await_shown("left", "extra", "visit")
    wall.await_shown("right", "three", "playlist")
    wall.await_shown("right", "two", "playlist")
    wall.ask("tell", "home")
    wait_until("the playlist", lambda: wall.why("left") == "playlist")
    wall.ask("tell", "override", "notice")
    wall.await_shown("left", "notice", "override")
    wall.await_shown("right", "notice", "override")
    wall.ask("tell", "clear", "--zone", "right")
    wait_until("the playlist", lambda: wall.why("right") == "playlist")
    wall.ask("tell", "next", "--zone", "right")
    wait_until("the next turn", lambda: wall.why("right") == "override")
    wall.ask("tell", "clear")
    wait_until("the playlist", lambda: wall.why("left") == wall.why("right") == "playlist")
    ended = time.time()
    wall.stop()
    judge(wall)
    compare(wall)
    left = wall.records()["left"]
    assert left[-1]["until"] > ended, "what was on at the end"
    reasons = [record["why"] for record in left if record["begins"] == "1"]
    order = [why for i, why in enumerate(reasons) if i == 0 or why != reasons[i - 1]]
    assert order == ["playlist", "visit", "playlist", "override", "playlist"], order
    pages = [record["page"] for record in left if record["scene"] == "paged"]
    assert {"a", "b"} <= set(pages), pages
    overrides = wall.report("--by", "override")
    assert {(row["by"], row["zone"]) for row in overrides} == {(ME, "left"), (ME, "right")}, overrides
    assert len([row for row in overrides if row["scene"] == "notice"]) == 2 and len(overrides) == 3, overrides
    assert all(set(record) == set(FIELDS) for record in left) and not any(record["by"] for record in left if record["why"] == "visit")


def killed(wall):
    """What was written before is there, what comes behind goes on in the same file, and what is between is a gap and nothing else."""
    wall.open()
    wall.ask("tell", "override", "notice", "--zone", "right", "--for", "1s")
    wall.await_shown("right", "notice", "override")
    overrides = len(wall.report("--by", "override"))
    wait_until("the override on the disk", lambda: wall.look() and len(wall.report("--by", "override")) > overrides)
    before = wall.records()
    first = wall.drawing()
    os.kill(first, signal.SIGKILL)
    wait_until("the next player", lambda: wall.drawing() not in (None, first) and wall.why("left") == "playlist")
    wall.await_shown("left", "one", "playlist")
    wall.await_shown("left", "paged", "playlist")
    wall.stop()
    after = wall.records()
    assert all(after[zone][:len(records)] == records for zone, records in before.items())
    judge(wall, gaps=2)  # this one, and that from one part of the test to the next
    compare(wall)
    assert len(list(wall.plays.glob("plays-*"))) == 1


def black(wall):
    """While the wall is black nothing is on, whatever its zones would show."""
    wall.plays = wall.folder / "black"
    wall.open()
    wall.ask("tell", "blank", "on")

    def shows():
        return json.loads(wall.ask("status", "--json"))["shows"]
    wait_until("a black wall", lambda: shows()["hours"] == "blank" and shows())
    began, scenes = time.time(), {zone["scene"] for zone in shows()["zones"]}
    wait_until("the next scenes", lambda: scenes.isdisjoint(zone["scene"] for zone in shows()["zones"]))
    ended = time.time()
    wall.ask("tell", "blank", "off")
    wait_until("an open wall", lambda: shows()["hours"] == "open")
    wall.stop()
    for records in wall.records().values():
        assert not [record for record in records if record["from"] < ended and record["until"] > began + 0.5], (began, ended, records)
        assert records[0]["until"] < ended < records[-1]["until"], records


def held(wall):
    """The disk takes a record and does not come back: scenes change, and whoever asks is answered."""
    gate = wall.plays / "gate"
    wall.open(LD_PRELOAD=sys.argv[2], SW_HELD_GATE=str(gate))
    wait_until("the disk to stand still", lambda: wall.look() and gate.with_name("gate.held").exists())
    wall.samples.clear()
    for _ in range(2):
        wall.await_shown("left", "one", "playlist")
        wall.await_shown("left", "paged", "playlist")
        wall.await_shown("right", "two", "playlist")
        wall.await_shown("right", "three", "playlist")
    asked = len(wall.samples)
    gate.touch()
    wait_until("what was held", lambda: wall.look() and wall.records()["left"][-1]["until"] > wall.samples[0][1])
    wall.stop()
    judge(wall, gaps=3)
    print(f"  {asked // 2} answers while the disk stood still")


def refused(wall):
    """A file in the folder's place, and a second player at the same folder: it is said once, and the wall plays."""
    kept = wall.plays
    wall.plays = wall.folder / "taken"
    wall.plays.write_text("mine")
    wall.open()
    wall.await_shown("left", "one", "playlist")
    wall.await_shown("left", "paged", "playlist")
    assert wall.player.stop() == 0
    said = [line for line in wall.player.text().splitlines() if "[ledger]" in line]
    assert len(said) == 1 and "not written down" in said[0] and "Not a directory" in said[0], said
    assert wall.plays.read_text() == "mine"
    wall.player.close()
    wall.plays = kept
    wall.open()
    second = subprocess.run([wall.schauwand, "play", wall.exhibition, "--offscreen", "--for", "3s", "--plays", kept], capture_output=True,
                            text=True, timeout=PATIENCE, env=wall.environment("other"))
    assert second.returncode == 0 and second.stderr.count("another player writes there") == 1, second.stderr
    wall.stop()


def usual(wall):
    """Full screen and to no end, it is written down without being asked for, where this machine keeps such things; else not at all."""
    config = wall.folder / "wall.json"
    config.write_text(json.dumps({"state": str(wall.folder / "named")}))
    cases = ((("--config", config), "named", True), ((), "home/schauwand", True), (("--window",), "home/schauwand", False),
             (("--at", "2026-11-23T14:05"), "home/schauwand", False), (("--for", "4s"), "home/schauwand", False))
    with Xvfb(960, 540) as screen:
        for options, state, written in cases:
            wall.plays = wall.folder / state / "plays"
            wall.status_file.unlink(missing_ok=True)
            with Supervisor(wall.schauwand, "play", wall.exhibition, "--status", wall.status_file, *options,
                            state=str(wall.folder / "home"), environment={"DISPLAY": screen.display}) as player:
                wait_until("the first scene", wall.shown)
                wait_until("the next", lambda first=wall.shown(): wall.shown() not in (None, first))
                status = player.wait() if "--for" in options else player.stop()
                assert status == 0, (status, options, player.text())
            assert wall.plays.exists() == written and (not written or wall.records()["left"]), (options, player.text())
            if written:
                shutil.rmtree(wall.plays)


def play(parts):
    with Wall(sys.argv[1]) as wall:
        for part in parts:
            began = time.monotonic()
            part(wall)
            print(f"{part.__name__}: {time.monotonic() - began:.1f} s", flush=True)


def main():
    """Two walls at once: most of it is scenes' time."""
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        list(pool.map(play, ((played, killed, held, refused), (black, usual))))


if __name__ == "__main__":
    main()
