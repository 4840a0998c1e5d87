# SPDX-License-Identifier: EUPL-1.2
"""usage: workshop.py [--film]

The curator's window: every key of it, pressed on a real X server, and what is told of them. --film: with a clip, by ffmpeg, that stands
and goes on with time."""
import json
import os
import re
import subprocess
import sys
import tempfile

from keyboard import Keyboard
from playing import PROGRAM, SOURCE, Play, wait_for
from wall import Xvfb

SIZE = (640, 360)
NIGHT, PAPER = (0x0B, 0x1A, 0x24), (0xF5, 0xF2, 0xEA)
AT = "2026-11-23T10:00:00"
LANGUAGES = ["de", "en", "ar"]


def text(words, area="main"):
    return {"text": words, "in": area}


FILES = {
    "scenes/exhibition.json": {"title": "Keys", "languages": LANGUAGES, "timezone": "Europe/Berlin", "wall": "w", "home": "plain",
                               "defaults": {"transition": {"kind": "fade", "for": "200ms"}}},
    "scenes/theme.json": {
        "canvases": {"wide": {"size": [640, 360],
                              "areas": {"main": [40, 40, 560, 200], "bar": [40, 270, 560, 60], "rest": [20, 20, 90, 90]}}},
        "ground": "paper", "colours": {"paper": "#F5F2EA", "ink": "#13212C"},
        "styles": {"body": {"font": "text", "size": 40, "colour": "ink"}}, "default_style": "body"},
    "fonts/fonts.json": {"roles": {"text": {"package": "fonts-inter", "file": "Inter-Regular.otf"}}},
    "scenes/walls/w.json": {"panels": [{"id": "p", "at": [0, 0], "size": [640, 360], "pixels": list(SIZE)}],
                            "zones": [{"id": "z", "at": [0, 0], "size": [640, 360], "playlist": "all"}]},
    "scenes/walls/two.json": {"panels": [{"id": "a", "at": [0, 0], "size": [300, 360], "pixels": [300, 360]},
                                         {"id": "b", "at": [340, 0], "size": [300, 360], "pixels": [300, 360]}],
                              "zones": [{"id": "left", "at": [0, 0], "size": [300, 360], "playlist": "all"},
                                        {"id": "right", "at": [340, 0], "size": [300, 360], "playlist": "all"}]},
    "scenes/playlists/all.json": {"loop": [{"scene": "counter", "for": "12h"},
                                           {"scene": "eve", "for": "12h", "on": {"dates": "2026-12-24"}, "priority": 5}]},
    "scenes/parts/push.json": {"parameters": {"say": {"type": "text"}}, "elements": [{"button": "{say}", "tap": {"go": "plain"}}]},
    "scenes/counter.json": {"title": "Counter", "elements": [
        {"name": "count", **text("{seconds(now - date(2026, 11, 23))} s")}, {"use": "push", "in": "bar", "say": "Go"}]},
    "scenes/eve.json": {"title": "Eve", "elements": [text("Eve")]},
    "scenes/paged.json": {"title": "Paged", "pages": [{"id": "one", "title": "1", "elements": [text("One")]},
                                                      {"id": "two", "title": "2", "elements": [text("Two")]}]},
    "scenes/plain.json": {"title": "Plain", "elements": [text("Plain")]},
    "scenes/water.json": {"title": "Water", "elements": [text("{water.level}")]},
    "scenes/sources.json": {"water": {"file": "data/water.json", "fresh_for": "1000h", "fields": {"level": {"type": "number"}}}},
    "data/water.json": {"level": 42},
    "recorded/water/one.json": {"level": 777},
    "recorded/water/index.jsonl": {"at": AT + "Z", "pages": [{"from": "by hand", "status": 200, "headers": {}, "body": "one.json"}]},
}


FILM = {
    "scenes/film.json": {"title": "Film", "elements": [{"video": "media/clip.mp4", "in": "main", "loop": True, "alt": ""}]},
    "scenes/playlists/all.json": {"loop": [{"scene": "film", "for": "12h"}]},
}


def write_exhibition(folder, files):
    for name, content in files.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(content, file, indent=None if name.endswith("l") else 1)
            file.write("\n")
    return folder


def told_keys():
    """The keys are the same in README.md as in --help, which has them from the table that the window has its sheet from."""
    said = subprocess.run([PROGRAM, "play", "--help"], capture_output=True, text=True, check=True, timeout=30).stdout
    helped = re.findall(r"^  (\S+) +(.*)$", said.split("Keys in a window of a folder:\n", 1)[1], re.M)
    with open(os.path.join(SOURCE, "README.md"), encoding="utf-8") as file:
        section = re.search(r"^## The curator's window\n(.*?)^## ", file.read(), re.M | re.S).group(1)
    assert re.findall(r"^\| `(.*)` \| (.*) \|$", section, re.M) == helped, "README.md has other keys than --help"
    assert len(helped) >= 15, helped


class Test:
    def __init__(self, screen, player, keys, folder):
        self.screen, self.player, self.keys, self.folder = screen, player, keys, folder

    def all(self):
        return self.screen.pixels(0, 0, *SIZE)

    def wait_other(self, before, what):
        wait_for(lambda: self.all() != before, what)

    def wait_same(self, picture, what):
        wait_for(lambda: self.all() == picture, what)

    def at_rest(self):
        """The picture when it is drawn anew no more."""
        seen = [b""]

        def same():
            before, seen[0] = seen[0], self.all()
            return before == seen[0] and self.player.status()["zones"][0]["changing"] is False
        wait_for(same, "a picture at rest")
        return seen[0]

    def pause(self, stands=True):
        """Time stands, or goes on from now: the note in the corner says so, where no other is left."""
        self.screen.wait_pixel(12, 342, PAPER if stands else NIGHT)
        self.keys.press("space")
        if not stands:
            self.keys.press("n")
        self.screen.wait_pixel(12, 342, NIGHT if stands else PAPER)

    def keep(self, name):
        folder = os.environ.get("SW_KEEP")
        if folder:
            self.screen.shot(os.path.join(folder, name + ".png"))

    def toggle(self, name, what, shift=False):
        """A key that shows something, and takes it away without a trace."""
        before = self.at_rest()
        self.keys.press(name, shift)
        self.wait_other(before, what)
        self.keep(name)
        self.keys.press(name, shift)
        self.wait_same(before, f"the picture without {what}")


def scenes(test):
    """Arrows go through scenes, also faster than these change, and pages; Home goes back to the playlist, L through the languages."""
    player, keys = test.player, test.keys
    player.wait_zone(scene="counter", visit=False, changing=False)
    for key, scene in (("Right", "eve"), ("Left", "counter"), ("Left", "water"), ("Left", "plain"), ("Right", "water")):
        keys.press(key)
        player.wait_zone(scene=scene, visit=True, changing=False)
    keys.press("Right")
    keys.press("Right")
    keys.press("Right")
    player.wait_zone(scene="paged", page="one", changing=False)
    for key, page in (("Up", "one"), ("Down", "two"), ("Down", "two"), ("Up", "one")):
        keys.press(key)
        player.wait_zone(scene="paged", page=page, changing=False)
    for language in [*LANGUAGES[1:], LANGUAGES[0]]:
        keys.press("l")
        player.wait_zone(language=language)
    keys.press("Home")
    player.wait_zone(scene="counter", visit=False, changing=False, why="playlist")


def time(test):
    """The counter stands with time, and goes on by the frame: sixty are a second, whatever the machine's clock has done meanwhile."""
    player, keys, screen = test.player, test.keys, test.screen
    number = lambda: screen.pixels(40, 40, 560, 60)
    test.pause()
    test.at_rest()
    stood, beats = number(), player.status()["heartbeats"]
    wait_for(lambda: player.status()["heartbeats"] > beats, "a heartbeat")
    assert number() == stood, "time goes on"
    for _ in range(60):
        keys.press("period")
    wait_for(lambda: number() != stood, "the next number")
    frames = test.at_rest()
    keys.press("period")
    test.wait_other(frames, "the time that one frame more makes")
    keys.press("Right")  # what is done meanwhile is seen to its end
    player.wait_zone(scene="eve", changing=False)
    keys.press("Home")
    player.wait_zone(scene="counter", changing=False)
    test.keep("paused")
    test.pause(False)
    now = number()
    wait_for(lambda: number() != now, "time to go on")


def instants(test):
    """What is typed is when it is; what is none stays to be mended, and Esc leaves the line alone."""
    player, keys = test.player, test.keys
    keys.press("t")
    keys.type("2026-13-24")
    keys.press("Return")
    keys.press("Escape")
    keys.press("t")
    keys.type("2026-12-24T18:00x")
    keys.press("BackSpace")
    keys.type("0")
    test.keep("entry")
    keys.press("Return")
    player.wait_zone(scene="eve", visit=False, changing=False, why="playlist")
    test.keep("jumped")
    keys.press("n")
    player.wait_zone(scene="counter", changing=False, why="playlist")


def boxes(test):
    """A click says where an element is written, in a part and where that is used, and does nothing to the scene."""
    player, keys = test.player, test.keys
    changes = player.zone()["changes"]
    test.pause()
    before = test.at_rest()
    keys.press("b")
    test.wait_other(before, "boxes")
    test.keep("boxes")
    keys.click(100, 300)
    player.expect(r'^scenes/parts/push\.json:\d+:\d+: button, 560 x 60 at 40, 270; used in scenes/counter\.json:\d+:\d+$')
    test.keep("picked")
    keys.click(300, 150)
    first = player.expect(r'^scenes/counter\.json:(\d+):(\d+): text "count", 560 x 200 at 40, 40$')
    with open(os.path.join(test.folder, "scenes/counter.json"), encoding="utf-8") as file:
        written = file.read().split("\n")[int(first.group(1)) - 1][int(first.group(2)) - 1:]
    assert written.startswith("{"), written
    keys.press("Escape")  # what was clicked goes, and the window stays
    keys.press("b")
    test.wait_same(before, "the picture without boxes")
    test.pause(False)
    zone = player.zone()
    assert not zone["visit"] and zone["changes"] == changes and zone["contacts"] == 0, zone


def sheets(test):
    """Grid, zones and the sheet of keys come and go; Esc closes what is open first."""
    keys = test.keys
    test.pause()
    before = test.at_rest()
    test.toggle("g", "the grid")
    test.toggle("z", "the zones")
    test.toggle("F1", "the sheet of keys")
    test.toggle("slash", "the sheet of keys", shift=True)
    for name in ("F1", "g"):
        keys.press(name)
        test.wait_other(before, f"what {name} shows")
        keys.press("Escape")
        test.wait_same(before, f"the picture without what {name} shows")
    test.pause(False)


def recorded(test):
    """R goes from what was recorded to what there is without it, and back."""
    number = lambda: test.screen.pixels(40, 40, 560, 60)
    test.keys.press("Left")
    test.player.wait_zone(scene="water", changing=False)
    test.at_rest()
    was = number()
    test.keys.press("r")
    wait_for(lambda: number() != was, "other data")
    test.at_rest()
    test.keep("without-replay")
    test.keys.press("r")
    wait_for(lambda: number() == was, "the recorded data again")
    test.keys.press("Home")
    test.player.wait_zone(scene="counter", changing=False)


def two_zones(folder, screen):
    """Keys are for the zone under the mouse."""
    with Play(folder, "--wall", "two", "--window", "--at", AT, env=screen.env()) as player, Keyboard(screen.display) as keys:
        player.wait_zone(1, scene="counter", changing=False)
        left = player.zone(0)
        keys.point(500, 20)
        keys.press("Right")
        player.wait_zone(1, scene="eve", visit=True, changing=False)
        keys.press("l")
        player.wait_zone(1, language="en")
        assert player.zone(0) == left, (left, player.zone(0))
        keys.point(100, 20)
        keys.press("Left")
        player.wait_zone(0, scene="water", visit=True, changing=False)
        test = Test(screen, player, keys, folder)
        test.pause()
        for key in ("z", "g", "F1"):
            test.toggle(key, f"what {key} shows")
        assert player.stop() == 0, player.errors()


def film(folder, screen):
    """A clip stands with time, and six frames of sixty a second are three of its thirty; then it goes on from there."""
    write_exhibition(folder, {**FILES, **FILM})
    os.makedirs(os.path.join(folder, "media"))
    subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=30:duration=10", "-pix_fmt", "yuv420p",
                    os.path.join(folder, "media/clip.mp4")], check=True, timeout=60)
    with Play(folder, "--window", "--at", AT, env=screen.env()) as player, Keyboard(screen.display) as keys:
        test = Test(screen, player, keys, folder)
        clip = lambda: screen.pixels(150, 45, 340, 190)
        player.wait_zone(scene="film", changing=False)
        wait_for(lambda: (player.status()["videos"]["clips"] or [{}])[0].get("state") == "playing", "the clip to play")
        keys.point(620, 20)
        test.pause()
        test.at_rest()
        seen, beats = [clip()], player.status()["heartbeats"]
        wait_for(lambda: player.status()["heartbeats"] > beats, "a heartbeat")
        assert clip() == seen[0], "the clip goes on"
        for _ in range(6):
            before = test.all()
            keys.press("period")
            test.wait_other(before, "a frame more")
            test.at_rest()
            seen.append(clip())
        assert len(set(seen)) == 4, f"{len(set(seen)) - 1} pictures in six frames"
        keys.press("space")
        wait_for(lambda: clip() != seen[-1], "the clip to go on")
        assert player.stop() == 0, player.errors()
    print("workshop: film")


def main():
    with tempfile.TemporaryDirectory(prefix="schauwand-keys-") as folder, Xvfb(*SIZE) as screen:
        if "--film" in sys.argv:
            film(folder, screen)
            return
        told_keys()
        parts = (scenes, time, instants, boxes, sheets, recorded)
        write_exhibition(folder, FILES)
        options = ("--window", "--at", AT, "--replay", os.path.join(folder, "recorded"))
        with Play(folder, *options, env=screen.env()) as player, Keyboard(screen.display) as keys:
            keys.point(600, 20)
            for part in parts:
                part(Test(screen, player, keys, folder))
            keys.press("Escape")
            wait_for(lambda: not player.running(), "the window to close")
            assert player.stop() == 0, player.errors()
        two_zones(folder, screen)
    print("workshop: " + ", ".join(part.__name__ for part in (*parts, two_zones)))


if __name__ == "__main__":
    main()
