#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: sound.py BUILD WORKER [--clip FILE]

What is heard of a wall: its videos' tones, as loud as their zone, and nothing where nobody wished for sound, where it is muted, told to be
silent, quiet or black. SDL's driver "disk" writes into a file what would be heard. WORKER stands in for schauwand-worker-video
(tests/faults/fake_video.c); with --clip it is the real one, and FILE has its tone of 1 kHz from second 1 to 1.5 of every 2. When what is
heard is told, not asserted.
"""
import argparse
import array
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "faults"))
from house import PATIENCE, Supervisor, wait_until  # noqa: E402

RATE = 48000
LOUD = 200  # of 32767: louder is a tone
APART = RATE // 5  # frames of silence that end a tone


class Wall:
    """One zone and one scene with a video that goes on for ever."""

    def __init__(self, options, video, zone, wall=None):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sw-sound-"))
        self.heard, self.file, self.door = self.folder / "run" / "heard", self.folder / "status.json", self.folder / "control"
        self.root, programs = self.folder / "exhibition", self.folder / "bin"
        for folder in (self.folder / "run", self.root / "media", programs):
            folder.mkdir(parents=True)
        for program in pathlib.Path(options.build).glob("schauwand*"):
            if program.is_file():
                shutil.copy(program, programs)
        if options.clip is None:
            shutil.copy(options.worker, programs / "schauwand-worker-video")
            (self.root / "media" / "clip.mp4").write_text("fake 320 180 25 100 sounds\n")
        else:
            shutil.copy(options.clip, self.root / "media" / "clip.mp4")
        self.write("scenes/exhibition.json", {"title": "Sound", "languages": ["de"], "wall": "w", "home": "film"})
        self.write("scenes/theme.json", {
            "canvases": {"wide": {"size": [320, 180], "areas": {"all": [0, 0, 320, 180]}}}, "ground": "paper",
            "colours": {"paper": "#F5F2EA", "ink": "#13212C"}, "styles": {"body": {"font": "text", "size": 14, "colour": "ink"}},
            "default_style": "body"})
        self.write("fonts/fonts.json", {"roles": {"text": {"package": "fonts-inter", "file": "Inter-Regular.otf"}}})
        self.write("scenes/walls/w.json", {
            "panels": [{"id": "p", "at": [0, 0], "size": [320, 180], "pixels": [320, 180]}],
            "zones": [{"id": "z", "at": [0, 0], "size": [320, 180], "playlist": "all", **zone}], **(wall or {})})
        self.write("scenes/playlists/all.json", {"loop": [{"scene": "film", "for": "10h"}], "otherwise": "film"})
        self.write("scenes/film.json", {"title": "Film", "elements": [{"video": "media/clip.mp4", "in": "all", "loop": True, "alt": "",
                                                                       **video}]})
        self.schauwand = programs / "schauwand"
        self.player = Supervisor(
            str(self.schauwand), "play", str(self.root), "--offscreen", "--status", str(self.file), "--control", str(self.door),
            state=str(self.folder / "state"),
            environment={"SDL_AUDIODRIVER": "disk", "SDL_DISKAUDIOFILE": str(self.heard), "XDG_RUNTIME_DIR": str(self.folder / "run")})

    def __enter__(self):
        return self

    def __exit__(self, reason, *_):
        self.player.close()
        if reason is not None:
            print(self.player.text(), self.status())
        shutil.rmtree(self.folder, ignore_errors=True)

    def write(self, path, content):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(content))

    def tell(self, *words):
        subprocess.run([self.schauwand, "tell", *words, "--control", self.door], check=True, timeout=PATIENCE)

    def status(self):
        return json.loads(self.file.read_text()) if self.file.exists() else {"sound": "?", "videos": {"clips": []}}

    def plays(self, pictures):
        wait_until(f"{pictures} pictures", lambda: any(clip["shown"] >= pictures for clip in self.status()["videos"]["clips"]))

    def sound(self, word):
        wait_until(f"sound is {word}", lambda: self.status()["sound"] == word)

    def samples(self):
        """Those of the left side so far."""
        samples = array.array("h")
        data = self.heard.read_bytes() if self.heard.exists() else b""
        samples.frombytes(data[:len(data) // 4 * 4])
        return samples[::2]

    def tones(self):
        """[(first frame, end, level)] of the whole ones."""
        samples, tones, first, last = self.samples(), [], None, 0
        for index, sample in enumerate(samples):
            if abs(sample) > LOUD:
                first, last = index if first is None else first, index
            elif first is not None and index - last > APART:
                tones.append((first, last + 1, max(map(abs, samples[first:last + 1]))))
                first = None
        return tones

    def hears(self, count):
        wait_until(f"{count} tones", lambda: len(self.tones()) >= count)
        return self.tones()

    def hears_nothing_more(self):
        """For longer than there is from tone to tone."""
        frames = len(self.samples()) + 2 * RATE
        wait_until("two seconds more", lambda: len(self.samples()) >= frames + 3 * RATE)
        assert max(map(abs, self.samples()[frames:])) == 0


def pitch(samples):
    """Hz, by how often they change sides."""
    signs = [sample > 0 for sample in samples if abs(sample) > LOUD]
    return sum(a != b for a, b in zip(signs, signs[1:])) / 2 / len(samples) * RATE


def tones(options):
    """At half the volume; muted and not; louder."""
    with Wall(options, {"muted": False}, {"volume": 0.5}) as wall:
        heard = wall.hears(3)
        samples, level = wall.samples(), heard[1][2]
        print("tones from", *(f"{first / RATE:.3f} to {end / RATE:.3f} s," for first, end, _ in heard))
        for first, end, _ in heard[1:]:
            middle = samples[(first + end) // 2 - RATE // 10:(first + end) // 2 + RATE // 10]
            assert 900 < pitch(middle) < 1100, pitch(middle)
        assert wall.status()["sound"] == "on" and wall.status()["zones"][0]["volume"] == 50
        wall.tell("mute")
        wall.hears_nothing_more()
        wall.tell("volume", "100")
        wall.tell("unmute")
        before = len(wall.tones())
        louder = wall.hears(before + 2)[-1][2]
        assert 1.8 < louder / level < 2.2, (level, louder)
        wall.tell("blank", "on")
        wall.hears_nothing_more()


def silence(options):
    """Nobody wished for sound: no device is ever opened."""
    quiet = {"quiet": [{"days": "mon-sun"}]}
    for video, zone, more, word in (({}, {"volume": 1}, {}, "off"), ({"muted": False}, {}, {}, None),
                                    ({"muted": False}, {"volume": 1}, quiet, "quiet")):
        with Wall(options, video, zone, more) as wall:
            wall.plays(60)
            wall.sound(word)
            assert not wall.heard.exists() and "[sound]" not in wall.player.text(), wall.player.text()


def wished_for_later(options):
    """A clip that began without sound has it when somebody turns it up."""
    with Wall(options, {"muted": False}, {}) as wall:
        wall.plays(30)
        wall.tell("volume", "30")
        level = wall.hears(2)[1][2]
        wall.tell("volume", "written")
        wall.hears_nothing_more()
        print(f"turned up: {level} of 32767")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("worker")
    parser.add_argument("--clip")
    options = parser.parse_args()
    for part in (tones, silence, wished_for_later):
        part(options)
        print(f"{part.__name__}: good", flush=True)


if __name__ == "__main__":
    main()
