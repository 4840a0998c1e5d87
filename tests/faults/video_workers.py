#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: video_workers.py BUILD WORKER [--kills N] [--seed N] [--clips FOLDER] [--test NAME]

Two videos and a ticker play off-screen while the workers that decode them are killed and stopped at random moments: each comes back, the
other never knows. And clips that take their workers down: they are given up, nothing else is. WORKER is what stands in for
schauwand-worker-video (fake_video.c), whose clips are made here; with `--clips` it is the real one, and FOLDER has clips of tests/clips.
Nothing here is timed: how long it took is told.
"""
import argparse
import json
import os
import pathlib
import random
import shutil
import signal
import statistics
import sys
import tempfile
import time

import house

PLAYER, WORKER = "schauwand-player", "schauwand-worker-video"
WIDTH, HEIGHT = 640, 270
CLIPS = {"a.mp4": "fake 320 240 30 60\n", "b.mp4": "fake 320 240 25 50\n"}  # two seconds each, as
REAL = {"a.mp4": "h264-30.mp4", "b.mp4": "h264-25.mp4"}
POSTER = "<svg xmlns='http://www.w3.org/2000/svg' width='32' height='24'><rect width='32' height='24' fill='#c00'/></svg>"


def ticker():
    """Moves without end."""
    bar = {"shape": "rectangle", "fill": "ink", "at": [0, 0], "size": [40, 14],
           "animate": {"enter": "move", "from": [WIDTH - 40, 0], "for": "5s", "ease": "linear"}}
    return {"switch": "floor((now - date(2026, 1, 1)) / 5s) % 2", "cases": {"0": bar, "1": bar}}


def exhibition(folder, clips):
    """A scene with these clips side by side: {name: bytes or a file}."""
    root = pathlib.Path(folder, "exhibition")

    def write(path, value):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(value if isinstance(value, str) else json.dumps(value))
    write("scenes/exhibition.json", {"title": "Videos", "languages": ["de"], "wall": "w", "home": "films"})
    write("scenes/theme.json", {
        "canvases": {"wide": {"size": [WIDTH, HEIGHT], "areas": {"all": [0, 0, WIDTH, HEIGHT]}}}, "ground": "paper",
        "colours": {"paper": "#F5F2EA", "ink": "#13212C"}, "styles": {"body": {"font": "text", "size": 14, "colour": "ink"}},
        "default_style": "body"})
    write("fonts/fonts.json", {"roles": {"text": {"package": "fonts-inter", "file": "Inter-Regular.otf"}}})
    write("scenes/walls/w.json", {
        "panels": [{"id": "p", "at": [0, 0], "size": [WIDTH, HEIGHT], "pixels": [WIDTH, HEIGHT]}],
        "zones": [{"id": "z", "at": [0, 0], "size": [WIDTH, HEIGHT], "playlist": "all"}]})
    write("scenes/playlists/all.json", {"loop": [{"scene": "films", "for": "10h"}], "otherwise": "films"})
    write("media/poster.svg", POSTER)
    films = []
    for index, (name, content) in enumerate(clips.items()):
        films.append({"video": f"media/{name}", "poster": "media/poster.svg", "at": [index * 320, 20], "size": [320, 240], "loop": True,
                      "alt": ""})
        if isinstance(content, pathlib.Path):
            shutil.copy(content, root / "media" / name)
        else:
            write(f"media/{name}", content)
    write("scenes/films.json", {"title": "Films", "elements": [ticker(), *films]})
    return root


class Wall:
    def __init__(self, options, folder, clips):
        binaries = os.path.join(folder, "bin")
        os.mkdir(binaries)
        for name in os.listdir(options.build):
            path = os.path.join(options.build, name)
            if name.startswith("schauwand") and os.path.isfile(path):
                shutil.copy(path, binaries)
        if options.clips is None:
            shutil.copy(options.worker, os.path.join(binaries, WORKER))
        self.file = os.path.join(folder, "status.json")
        self.supervisor = house.Supervisor(os.path.join(binaries, "schauwand"), "play", str(exhibition(folder, clips)), "--offscreen",
                                           "--status", self.file, "--control", os.path.join(folder, "control"),
                                           state=os.path.join(folder, "state"))

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.supervisor.close()

    def status(self):
        try:
            with open(self.file, encoding="utf-8") as file:
                return json.load(file)
        except FileNotFoundError:
            return {"videos": {"clips": [], "replaced": 0, "given_up": 0}, "zones": []}

    def videos(self):
        return self.status()["videos"]

    def clips(self):
        return {os.path.basename(clip["clip"]): clip for clip in self.videos()["clips"]}

    def play(self, names):
        clips = self.clips()
        return all(name in clips and clips[name]["state"] == "playing" for name in names)

    def await_pictures(self, names, count):
        """So many more of each."""
        before = {name: clip["shown"] for name, clip in self.clips().items()}
        house.wait_until(f"{count} more pictures of {', '.join(names)}; {self.videos()}\n{self.supervisor.text()}",
                         lambda: self.play(names) and all(self.clips()[name]["shown"] >= before.get(name, 0) + count for name in names))

    def workers(self):
        return self.supervisor.children(WORKER)

    def descriptors(self):
        return [len(os.listdir(f"/proc/{pid}/fd")) for pid in (self.supervisor.process.pid, *self.supervisor.children(PLAYER))]

    def stop(self):
        pids = self.supervisor.children()
        status = self.supervisor.stop()
        assert status == 0, f"status {status} after a clean stop\n{self.supervisor.text()}"
        house.wait_until("the end of all processes", lambda: not any(house.is_running(pid) for pid in pids))


def harm(before, after):
    """{name: pictures that were lost, or stood for another} of those that were."""
    lost = {name: sum(clip[key] - before[name][key] for key in ("dropped", "repeated", "late")) for name, clip in after.items()}
    return {name: count for name, count in lost.items() if count > 0}


def recover(wall, names, pid, end):
    """Ends the worker. Seconds until all that was lost is back, and {name: harm}."""
    before, replaced = wall.clips(), wall.videos()["replaced"]
    begin = time.monotonic()
    os.kill(pid, end)
    house.wait_until("the loss being seen", lambda: wall.videos()["replaced"] > replaced)
    house.wait_until(f"all of them playing\n{wall.supervisor.text()}", lambda: wall.play(names))
    took = time.monotonic() - begin
    house.wait_until("the end of the worker", lambda: not house.is_running(pid))
    after = wall.clips()
    assert set(after) == set(names), f"{sorted(after)} play"
    return took, harm(before, after)


def test_killed_and_stopped(options):
    clips = CLIPS if options.clips is None else {name: pathlib.Path(options.clips, real) for name, real in REAL.items()}
    names, chance = list(clips), random.Random(options.seed)
    taken, hurt, unharmed = {signal.SIGKILL: [], signal.SIGSTOP: []}, [], 0
    with tempfile.TemporaryDirectory(prefix="sw-video-") as folder, Wall(options, folder, clips) as wall:
        wall.await_pictures(names, 30)
        house.wait_until("a spare", lambda: len(wall.workers()) == len(names) + 1)
        player, descriptors = wall.supervisor.children(PLAYER), wall.descriptors()
        for number in range(options.kills):
            time.sleep(chance.choice((0, 0.02, 0.1, 0.4)) * chance.random())
            end = signal.SIGSTOP if number % 3 == 2 else signal.SIGKILL
            try:
                took, harmed = recover(wall, names, chance.choice(wall.workers()), end)
                taken[end].append(took)
                hurt += [max(harmed.values(), default=0)]
                unharmed += len(harmed) <= 1
                wall.await_pictures(names, 75)  # more than once through: it is not to blame
                house.wait_until("a spare", lambda: len(wall.workers()) == len(names) + 1)
            except AssertionError as error:
                raise AssertionError(f"seed {options.seed}, time {number} ({end.name}): {error}") from error
        assert wall.videos()["given_up"] == 0 and wall.videos()["replaced"] == options.kills, wall.videos()
        assert wall.supervisor.children(PLAYER) == player, "another player"
        house.wait_until(f"as many descriptors as before: {descriptors}, {wall.descriptors()}",
                         lambda: all(now <= then for now, then in zip(wall.descriptors(), descriptors)))
        print("at the end: " + "; ".join(f"{name} {clip['shown']} shown, {clip['dropped']} dropped, {clip['repeated']} repeated, intervals"
                                         f" {clip['interval_ms']} ms ± {clip['interval_sd_ms']}" for name, clip in wall.clips().items()))
        wall.stop()
    for end, times in taken.items():
        if times:
            print(f"{end.name}: {len(times)} times, back after {statistics.median(times) * 1000:.0f} ms (median),"
                  f" {max(times) * 1000:.0f} ms (most)")
    print(f"nobody or one harmed in {unharmed} of {options.kills}; pictures lost or held: {statistics.median(hurt):.0f} (median),"
          f" {max(hurt)} (most)")


def test_given_up(options):
    """What takes workers down is given up, whatever it does; the clip beside it plays on."""
    for word in ("dies", "hangs", "floods", "lies"):
        clips = {"a.mp4": CLIPS["a.mp4"], "bad.mp4": f"fake 320 240 25 50 {word} 20\n"}
        with tempfile.TemporaryDirectory(prefix="sw-video-") as folder, Wall(options, folder, clips) as wall:
            house.wait_until(f"the end of what {word}", lambda: wall.videos()["given_up"] == 1)
            videos = wall.videos()
            assert videos["last_given_up"] == "media/bad.mp4" and videos["replaced"] == 3, videos
            wall.await_pictures(["a.mp4"], 75)
            assert wall.videos()["replaced"] == 3, "others were lost too"
            assert wall.status()["zones"][0]["scene"] == "films"
            assert wall.supervisor.text().count("it is not played any more") == 1, wall.supervisor.text()
            wall.stop()
        print(f"{word}: given up")


def test_no_video(options):
    clips = {"a.mp4": CLIPS["a.mp4"], "text.mp4": "no video at all\n"}
    with tempfile.TemporaryDirectory(prefix="sw-video-") as folder, Wall(options, folder, clips) as wall:
        wall.await_pictures(["a.mp4"], 75)
        assert wall.supervisor.text().count("media/text.mp4 is no video") == 1, wall.supervisor.text()
        assert wall.videos()["replaced"] == 0
        wall.stop()


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("build", type=os.path.abspath)
    parser.add_argument("worker")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--clips")
    parser.add_argument("--test", action="append")
    options = parser.parse_args()
    for name in options.test or ("killed_and_stopped", "given_up", "no_video"):
        globals()[f"test_{name}"](options)


if __name__ == "__main__":
    sys.exit(main())
