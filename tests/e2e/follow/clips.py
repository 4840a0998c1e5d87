#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: clips.py BUILD CLIPS

Scenes that stay as long as their clips: in the folder, in what is published of it, and on a wall that has it and reaches nobody. CLIPS is
the folder of tests/clips; SW_SOURCE says where the sources are.
"""
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from following import Site

BUILD, CLIPS = sys.argv[1], sys.argv[2]
FILMS = {"one": ("h264-30.mp4", 2), "two": ("h264-sound.mp4", 4)}  # seconds; a day is a multiple of both together
FACTS = {"media/h264-30.mp4": {"width": 320, "height": 180, "length": 2000000, "sound": False},
         "media/h264-sound.mp4": {"width": 320, "height": 180, "length": 4000000, "sound": True}}


def make(site):
    media = os.path.join(site.exhibition, "media")
    os.mkdir(media)
    for scene, (clip, _) in FILMS.items():
        shutil.copy(os.path.join(CLIPS, clip), media)
        site.write(f"scenes/{scene}.json", json.dumps({"title": scene, "elements": [
            {"video": f"media/{clip}", "at": [0, 0], "size": [640, 360], "alt": "", "subtitles": False}]}))
    draft = os.path.join(site.exhibition, "scenes", "later")
    os.mkdir(draft)
    shutil.copy(os.path.join(CLIPS, "turn-a.mp4"), draft)
    site.write("scenes/later/scene.json", json.dumps({"title": "later", "draft": True, "elements": [
        {"video": "./turn-a.mp4", "at": [0, 0], "size": [640, 360], "alt": ""}]}))
    site.write("scenes/playlists/foyer.json", json.dumps({"loop": [{"scene": scene, "for": "clip"} for scene in FILMS]}))


def picture(site, *what):
    path = os.path.join(site.folder, "shot.png")
    site.run("render", site.exhibition, *what, "-o", path)
    return pathlib.Path(path).read_bytes()


def check_folder(site):
    """At each second the scene that is due."""
    both = {scene: picture(site, "--scene", scene, "--size", "640x360") for scene in FILMS}
    assert len(set(both.values())) == 2
    for second, scene in ((0, "one"), (1, "one"), (2, "two"), (5, "two"), (6, "one"), (8, "two"), (59, "two")):
        seen = picture(site, "--wall", "foyer", "--size", "640x360", "--at", f"2026-11-23T00:00:{second:02d}")
        assert seen == both[scene], f"at second {second} it is not {scene} that is due"


def check_subtitles(site):
    """A clip with sound wants some, and they end with it."""
    path = os.path.join(site.exhibition, "scenes", "two.json")
    text = pathlib.Path(path).read_text(encoding="utf-8")
    place = "scenes/two.json:1:41: warning: elements[0].video: "
    assert "warning" not in site.run("check", site.exhibition)
    site.write("scenes/two.json", text.replace(', "subtitles": false', ""))
    said = site.run("check", site.exhibition)
    assert place + '"media/h264-sound.mp4" has sound and no subtitles; put "media/h264-sound.de.vtt" beside it' in said, said
    site.write("media/h264-sound.de.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nEins\n\n00:03.000 --> 00:09.500\nZwei\n")
    said = site.run("check", site.exhibition)
    late = 'media/h264-sound.de.vtt:6:1: warning: this cue ends at 9.5 s, and "media/h264-sound.mp4" at 4.0 s'
    assert place not in said and late in said and "1 warning" in said, said
    os.remove(os.path.join(site.exhibition, "media", "h264-sound.de.vtt"))
    site.write("scenes/two.json", text)


def published_files(site):
    release = json.loads(pathlib.Path(site.published, "walls/foyer/releases/1.json").read_text(encoding="utf-8"))
    return json.loads(pathlib.Path(site.published, "objects", release["contents"]["sha256"]).read_text(encoding="utf-8"))["files"]


def check_published(site):
    """What is known of the clips goes along, and the same folder is the same release."""
    digest, size = published_files(site)["clips.json"]
    facts = pathlib.Path(site.published, "objects", digest).read_bytes()
    assert len(facts) == size and hashlib.sha256(facts).hexdigest() == digest
    assert json.loads(facts) == {"schauwand": "clips 1", "clips": FACTS}, facts
    for clip, _ in FILMS.values():
        os.utime(os.path.join(site.exhibition, "media", clip))
    said = site.publish()
    assert "nothing changed since version 1" in said and "0 new objects" in said, said


def check_curators_own(site):
    """What a curator has there under that name is not published, and nobody reads it."""
    site.write("clips.json", json.dumps({"schauwand": "clips 1", "clips": {path: {**fact, "length": 1} for path, fact in FACTS.items()}}))
    said = site.publish()
    assert "nothing changed since version 1" in said, said
    check_folder(site)


def scenes_in_turn(folder):
    scenes = []
    for file in sorted(pathlib.Path(folder).glob("plays-*")):
        for line in file.read_text(encoding="utf-8").splitlines():
            scene = line.split("\t")[4]
            if not scenes or scenes[-1] != scene:
                scenes.append(scene)
    return scenes


def check_wall(site):
    """A release that was carried to it: each scene goes when its clip ends."""
    folder = tempfile.mkdtemp(prefix="sw-clips-")
    subscription = ["--wall", "foyer", "--root-key", site.root_key, "--cache", os.path.join(folder, "cache")]
    site.run("fetch", "--from", site.published, *subscription)
    command = [os.path.join(BUILD, "schauwand"), "play", "https://test.invalid/wall", *subscription, "--offscreen", "--for", "13s",
               "--at", "2026-11-23T00:00:00", "--plays", os.path.join(folder, "plays")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False,
                          env={**os.environ, "XDG_STATE_HOME": os.path.join(folder, "state")})
    scenes = scenes_in_turn(os.path.join(folder, "plays"))
    try:
        assert done.returncode == 0 and scenes[:5] == ["one", "two", "one", "two", "one"], scenes
    except AssertionError:
        print(done.stdout + done.stderr)
        raise
    finally:
        shutil.rmtree(folder)


def main():
    site = Site(BUILD)
    try:
        make(site)
        check_folder(site)
        check_subtitles(site)
        site.publish()
        check_published(site)
        check_curators_own(site)
        check_wall(site)
    finally:
        site.close()


if __name__ == "__main__":
    main()
