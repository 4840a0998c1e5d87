# SPDX-License-Identifier: EUPL-1.2
"""usage: saves.py [--burst SAVES] [--times SAVES] [--random SECONDS] [--no-room] [--shots FOLDER]

A curator's window (`play --window`) on a real X server, and the ways in which editors save: what is saved is seen without anything
starting anew, where the visitor is and what they did stays, and what has a fault leaves the last good picture on. How long a save takes to
be seen is told, not judged."""
import argparse
import json
import os
import random
import shutil
import statistics
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "stage"), os.path.join(HERE, "..", "xorg")]
from ownership import Mouse  # noqa: E402
from playing import Play  # noqa: E402
from wall import Xvfb, wait_for, write_png  # noqa: E402

SIZE = (960, 540)
MARK, PICTURE, STATE = (50, 50), (250, 50), (450, 50)  # pixels that say what is on
RED, GREEN, BLUE = (224, 32, 32), (32, 160, 64), (32, 64, 224)


def colour(rgb):
    return "#%02X%02X%02X" % rgb


def scene(mark, tail="", extra=""):
    """Two pages; on each a mark of one colour, a picture, a sign of what the state is, and cells to touch."""
    return """{"title": "A", "state": {"n": {"values": ["off", "on"], "default": "off"}},
 "pages": [
  {"id": "one", "elements": [%(mark)s, {"shape": "rectangle", "at": [0, 440], "size": [100, 100], "fill": "#808080", "tap": "next"}]},
  {"id": "two", "elements": [%(mark)s, {"shape": "rectangle", "at": [0, 440], "size": [100, 100], "fill": "#404040",
    "tap": {"set": {"n": "on"}}}]}%(extra)s
 ]}%(tail)s
""" % {"mark": """{"shape": "rectangle", "at": [0, 0], "size": [100, 100], "fill": "%s"},
   {"image": "media/p.png", "at": [200, 0], "size": [100, 100], "fit": "cover", "alt": ""},
   {"switch": "n", "at": [400, 0], "size": [100, 100], "cases": {"on": {"shape": "rectangle", "fill": "#20A040"},
     "off": {"shape": "rectangle", "fill": "#E02020"}}},
   {"text": "Ein Satz, der stehen bleibt.", "at": [200, 300], "size": [600, 60]}""" % colour(mark), "tail": tail, "extra": extra}


FILES = {
    "scenes/exhibition.json": json.dumps({"title": "Werkstatt", "languages": ["de", "en"], "wall": "one", "home": "a",
                                          "defaults": {"idle": "1h", "transition": {"kind": "cut"}}}),
    "scenes/theme.json": json.dumps({
        "canvases": {"wide": {"size": SIZE, "areas": {"all": [0, 0, *SIZE]}}}, "colours": {"ink": "#101010", "paper": "#FFFFFF"},
        "ground": "paper", "default_style": "body", "styles": {"body": {"font": "text", "size": 30, "colour": "ink"}}}),
    "scenes/walls/one.json": json.dumps({
        "title": "Eins", "viewing_distance": 1500, "bottom": 800,
        "panels": [{"id": "p", "at": [0, 0], "size": [960, 540], "pixels": SIZE}],
        "zones": [{"id": "only", "at": [0, 0], "size": [960, 540], "playlist": "list", "language": "de"}]}),
    "scenes/playlists/list.json": json.dumps({"loop": [{"scene": "a", "for": "1h"}]}),
    "scenes/a.json": scene(RED),
    "scenes/b.json": json.dumps({"title": "B", "elements": [{"text": "B", "at": [100, 100], "size": [100, 100]}]}),
    "fonts/fonts.json": json.dumps({"roles": {"text": {"package": "fonts-dejavu-core", "file": "DejaVuSans.ttf"}}}),
}


def picture(rgb):
    """A PNG file of one colour."""
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        write_png(file.name, 64, 64, bytes((rgb[2], rgb[1], rgb[0], 0)) * 64 * 64)
        return file.read()


class Folder:
    """What the curator edits."""

    def __init__(self):
        self.base = tempfile.mkdtemp(prefix="schauwand-saves-")
        self.path = os.path.join(self.base, "show")
        for name, text in FILES.items():
            self.cut(name, text)
        self.cut("media/p.png", picture(RED))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.base, ignore_errors=True)

    def at(self, name):
        return os.path.join(self.path, name)

    # -- ways to save --

    def cut(self, name, text):
        """Truncated in place."""
        os.makedirs(os.path.dirname(self.at(name)), exist_ok=True)
        with open(self.at(name), "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())

    def renamed(self, name, text):
        """Written beside and renamed, by a name of its own."""
        beside = os.path.join(os.path.dirname(self.at(name)), ".goutputstream-" + os.path.basename(name))
        with open(beside, "w", encoding="utf-8") as file:
            file.write(text)
        os.rename(beside, self.at(name))

    def vim(self, name, text):
        """Looks whether it may write here (4913), moves the old one away, writes a new one, removes the old one; with a swap file."""
        folder = os.path.dirname(self.at(name))
        swap = os.path.join(folder, "." + os.path.basename(name) + ".swp")
        for extra in (swap, os.path.join(folder, "4913")):
            with open(extra, "w", encoding="utf-8") as file:
                file.write("x")
        os.unlink(os.path.join(folder, "4913"))
        os.rename(self.at(name), self.at(name) + "~")
        self.cut(name, text)
        os.unlink(self.at(name) + "~")
        os.unlink(swap)

    def emacs(self, name, text):
        """A lock that is a link to nowhere, a file of its own for what is not saved yet, the old one kept as a backup."""
        folder, base = os.path.split(self.at(name))
        lock, unsaved = os.path.join(folder, ".#" + base), os.path.join(folder, "#" + base + "#")
        os.symlink("curator@desk.4711:1", lock)
        with open(unsaved, "w", encoding="utf-8") as file:
            file.write(text)
        shutil.copyfile(self.at(name), self.at(name) + "~")
        self.cut(name, text)
        os.unlink(unsaved)
        os.unlink(lock)

    def slowly(self, name, text):
        """In place, with a pause in the middle."""
        with open(self.at(name), "w", encoding="utf-8") as file:
            file.write(text[:len(text) // 2])
            file.flush()
            time.sleep(0.25)
            file.write(text[len(text) // 2:])


class Window:
    def __init__(self, screen, folder, player, shots):
        self.screen, self.folder, self.player, self.shots = screen, folder, player, shots
        self.mouse = Mouse(screen.display)

    def pixel(self, at):
        return self.screen.pixel(*at)

    def shows(self, at, rgb, what, timeout=10):
        begin = time.monotonic()
        wait_for(lambda: self.pixel(at) == rgb, lambda: f"{what}: {rgb} at {at}, there is {self.pixel(at)}; {self.player.errors()[-600:]}",
                 timeout)
        return time.monotonic() - begin

    def stays(self, at, rgb, seconds, what):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.pixel(at) == rgb, f"{what}: {rgb} at {at} was to stay, there is {self.pixel(at)}"
            time.sleep(0.001)

    def sheet(self):
        """Whether the sheet of faults is on."""
        status = self.player.status()
        return bool(status and status.get("faults"))

    def shot(self, name):
        if self.shots:
            self.screen.shot(os.path.join(self.shots, name + ".png"))

    def click(self, x, y):
        self.mouse.click(x, y)


def ways_to_save(window):
    folder = window.folder
    for number, way in enumerate((folder.cut, folder.renamed, folder.vim, folder.emacs, folder.slowly)):
        rgb = (40 + 30 * number, 100, 200)
        way("scenes/a.json", scene(rgb))
        took = window.shows(MARK, rgb, way.__name__)
        assert not window.sheet(), f"{way.__name__}: a fault was said"
        print(f"saved by {way.__name__}: seen after {took * 1000:.0f} ms")


def time_saves(window, count):
    times = []
    for number in range(count):
        rgb = (number % 200 + 20, 180, number // 200 + 40)
        (window.folder.cut, window.folder.renamed)[number % 2]("scenes/a.json", scene(rgb))
        times.append(window.shows(MARK, rgb, "a save") * 1000)
        time.sleep(0.03)
    print(f"{count} saves, from the last byte to the pixel: median {statistics.median(times):.0f} ms, "
          f"95 % {sorted(times)[int(count * 0.95)]:.0f} ms, most {max(times):.0f} ms")


def pictures_are_replaced(window):
    window.folder.cut("scenes/a.json", scene(RED))
    window.shows(MARK, RED, "the scene")
    for number, rgb in enumerate((BLUE, GREEN, RED)):
        if number % 2:
            window.folder.cut("media/p.png", picture(rgb))
        else:
            window.folder.cut("media/.new", picture(rgb))
            os.rename(window.folder.at("media/.new"), window.folder.at("media/p.png"))
        print(f"a picture of the same name: seen after {window.shows(PICTURE, rgb, 'the new picture') * 1000:.0f} ms")
    os.unlink(window.folder.at("media/p.png"))
    time.sleep(0.3)
    window.folder.cut("media/p.png", picture(BLUE))
    window.shows(PICTURE, BLUE, "the picture that came back")


def what_has_faults(window):
    folder = window.folder
    folder.cut("scenes/a.json", scene(GREEN))
    window.shows(MARK, GREEN, "the scene")
    folder.cut("scenes/a.json", scene(BLUE, extra=', {"id": "three", "elements": [{"txet": "Ein Text"}]}'))
    wait_for(window.sheet, "the sheet of faults")
    window.stays(MARK, GREEN, 0.2, "the last good picture")
    window.shot("fault")
    folder.cut("scenes/a.json", scene(BLUE)[:200])
    window.stays(MARK, GREEN, 0.2, "the last good picture")
    window.shot("fault-cut")
    folder.cut("scenes/a.json", scene(BLUE))
    window.shows(MARK, BLUE, "the good save")
    wait_for(lambda: not window.sheet(), "the sheet to go")
    for name in ("scenes", "scenes/exhibition.json", "scenes/theme.json", "scenes/walls/one.json", "fonts/fonts.json", "scenes/a.json"):
        os.rename(folder.at(name), folder.at(name) + ".away")
        wait_for(window.sheet, f"the sheet of faults without {name}")
        window.stays(MARK, BLUE, 0.1, f"the last good picture without {name}")
        os.rename(folder.at(name) + ".away", folder.at(name))
        wait_for(lambda: not window.sheet(), f"the sheet to go with {name}")
        window.stays(MARK, BLUE, 0.1, f"the picture with {name}")
    window.shot("whole")


def folders(window):
    folder = window.folder
    folder.cut("scenes/new/scene.json", scene(RED))
    folder.cut("scenes/playlists/list.json", json.dumps({"loop": [{"scene": "new", "for": "1h"}]}))
    window.player.wait_zone(scene="new")
    window.shows(MARK, RED, "the new folder's scene")
    folder.cut("scenes/new/scene.json", scene(GREEN))
    window.shows(MARK, GREEN, "what was saved in the new folder")
    folder.cut("scenes/playlists/list.json", json.dumps({"loop": [{"scenes": "true", "for": "1h"}]}))
    os.rename(folder.at("scenes/new"), folder.at("scenes/newer"))
    window.player.wait_zone(scene=lambda scene: scene != "new")
    shutil.rmtree(folder.at("scenes/newer"))
    folder.cut("scenes/playlists/list.json", FILES["scenes/playlists/list.json"])
    folder.cut("scenes/a.json", scene(BLUE))
    window.player.wait_zone(scene="a")
    window.shows(MARK, BLUE, "the scene of before")
    os.rename(folder.path, folder.path + "-away")
    wait_for(window.sheet, "the sheet of faults without the folder")
    window.stays(MARK, BLUE, 0.3, "the last good picture without the folder")
    os.rename(folder.path + "-away", folder.path)
    wait_for(lambda: not window.sheet(), "the sheet to go with the folder")
    folder.cut("scenes/a.json", scene(GREEN))
    window.shows(MARK, GREEN, "what was saved after that")
    os.symlink("/etc/hostname", folder.at("scenes/link.json"))
    wait_for(window.sheet, "the fault of a link")
    os.unlink(folder.at("scenes/link.json"))
    wait_for(lambda: not window.sheet(), "the sheet to go with the link")


def what_is_on_goes(window):
    """The scene on show is renamed, and back; the visitor's language is removed, and comes back."""
    folder = window.folder
    folder.cut("scenes/playlists/list.json", json.dumps({"loop": [{"scenes": "true", "for": "1h"}]}))
    folder.cut("scenes/exhibition.json", FILES["scenes/exhibition.json"].replace('"home": "a"', '"home": "b"'))
    folder.cut("scenes/a.json", scene(BLUE))
    window.shows(MARK, BLUE, "the scene")
    os.rename(folder.at("scenes/a.json"), folder.at("scenes/c.json"))
    window.player.wait_zone(scene=lambda scene: scene in ("b", "c"))
    os.unlink(folder.at("scenes/c.json"))
    window.player.wait_zone(scene="b")
    folder.cut("scenes/a.json", scene(RED))
    for name in ("scenes/exhibition.json", "scenes/playlists/list.json"):
        folder.cut(name, FILES[name])
    window.player.wait_zone(scene="a")
    window.shows(MARK, RED, "the scene that came back")
    for languages, wanted in ((["en", "de"], "de"), (["en"], "en"), (["de", "en"], "de")):
        folder.cut("scenes/exhibition.json", FILES["scenes/exhibition.json"].replace('["de", "en"]', json.dumps(languages)))
        folder.cut("scenes/walls/one.json", FILES["scenes/walls/one.json"].replace('"language": "de"', f'"language": "{wanted}"'))
        window.player.wait_zone(language=wanted, scene="a")
    wait_for(lambda: not window.sheet(), "no faults")


def at_random(window, seconds, seed=7):
    """Whatever may happen to the files, at any moment; then all is well again."""
    folder, chance = window.folder, random.Random(seed)
    names = [name for name in FILES] + ["media/p.png"]
    end, count = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        name, count = chance.choice(names), count + 1
        good = scene((count % 256, 90, 120)) if name == "scenes/a.json" else FILES.get(name, picture(GREEN))
        path = folder.at(name)
        what = chance.randrange(7)
        if what == 0 and os.path.exists(path):
            os.rename(path, path + ".away")
        elif what == 1 and os.path.exists(path):
            os.unlink(path)
        elif what == 2:
            folder.cut(name, good[:chance.randrange(len(good))])
        elif what == 3 and os.path.exists(os.path.dirname(path)):
            shutil.rmtree(os.path.dirname(path), ignore_errors=True)
        elif what == 4:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            if not os.path.lexists(path):
                os.symlink("/etc/hostname", path)
        else:
            if os.path.islink(path):
                os.unlink(path)
            folder.cut(name, good)
        time.sleep(chance.choice((0, 0, 0.001, 0.02, 0.2)))
    shutil.rmtree(folder.path)
    for name, text in FILES.items():
        folder.cut(name, text)
    folder.cut("media/p.png", picture(GREEN))
    folder.cut("scenes/a.json", scene(GREEN))
    print(f"{count} things done to the files at random")


def state_survives(window):
    folder = window.folder
    window.click(50, 490)
    window.player.wait_zone(page="two")
    window.shows(STATE, RED, "the state as it begins")
    window.click(50, 490)
    window.shows(STATE, GREEN, "the state that was set")
    for rgb in (RED, BLUE, GREEN):
        folder.renamed("scenes/a.json", scene(rgb))
        window.shows(MARK, rgb, "a save")
        zone = window.player.zone()
        assert zone["page"] == "two" and zone["visit"], f"the visitor was on page two, and is at {zone}"
        assert window.pixel(STATE) == GREEN, "the state is gone"


def resources(process):
    with open(f"/proc/{process}/status", encoding="utf-8") as file:
        memory = next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))
    return memory, len(os.listdir(f"/proc/{process}/fd")), len(os.listdir(f"/proc/{process}/task"))


def children_of(supervisor):
    """{name of a program: its process}"""
    found = {}
    for task in os.listdir(f"/proc/{supervisor}/task"):
        with open(f"/proc/{supervisor}/task/{task}/children", encoding="utf-8") as file:
            for child in file.read().split():
                try:
                    with open(f"/proc/{child}/cmdline", "rb") as command:
                        found[os.path.basename(command.read().split(b"\0")[0]).decode()] = int(child)
                except OSError:
                    pass  # it has ended
    return found


def player_of(supervisor):
    return children_of(supervisor)["schauwand-player"]


def burst(window, count):
    process = player_of(window.player.pid)
    before = seen = None
    for part in range(2):
        changes, last = 0, window.pixel(MARK)
        begin = time.monotonic()
        for number in range(count):
            rgb = (number % 250, 60 + part, 90 + number // 250)
            (window.folder.cut, window.folder.renamed)[number % 2]("scenes/a.json", scene(rgb))
            now = window.pixel(MARK)
            changes += now != last
            last = now
            time.sleep(0.002)
        took = time.monotonic() - begin
        window.shows(MARK, rgb, "the last of the burst")
        time.sleep(0.5)
        seen = resources(process)
        print(f"{count} saves in {took:.1f} s: {changes} pictures between; then {seen[0] / 1024:.1f} MiB, {seen[1]} descriptors, "
              f"{seen[2]} threads")
        assert changes > 0 or took < 0.5, "nothing was shown while the burst went on"
        if part == 0:
            before = seen
    assert seen[1] == before[1] and seen[2] == before[2], f"descriptors and threads grow: {before}, {seen}"
    assert seen[0] - before[0] < 8 * 1024, f"memory grows: {before}, {seen}"
    assert player_of(window.player.pid) == process, "the player was started again"


SOURCES = """{"air": {"file": "data/air.json", "format": "json", "fresh_for": "5m", "expire_after": "1h",
 "fields": {"dust": {"from": "/dust", "type": "number", "unit": "%s"}},
 "attribution": {"provider": "A", "licence": {"name": "B", "url": "https://example.org/b"}, "url": "https://example.org/"}}}"""


def live_data_go_on(screen):
    """What a source has told stays while scenes are saved, and its courier runs on; another source is another courier."""
    sign = ', {"shape": "rectangle", "at": [600, 0], "size": [100, 100], "fill": "#2040E0", "when": "air.dust > 5"}'

    def with_sign(rgb):
        return scene(rgb).replace(', {"shape": "rectangle", "at": [0, 440]', sign + ', {"shape": "rectangle", "at": [0, 440]', 1)

    with Folder() as folder:
        folder.cut("scenes/sources.json", SOURCES % "g")
        folder.cut("data/air.json", '{"dust": 7}')
        folder.cut("scenes/a.json", with_sign(RED))
        with Play(folder.path, "--window", "--threads", "1", env=screen.env()) as player:
            window, at = Window(screen, folder, player, None), (650, 50)
            window.shows(at, BLUE, "what the source tells", 30)
            courier = children_of(player.pid)["schauwand-courier"]
            for number in range(5):
                rgb = (40 * number, 120, 120)
                folder.renamed("scenes/a.json", with_sign(rgb))
                while window.pixel(MARK) != rgb:
                    assert window.pixel(at) == BLUE, "what the source has told is gone"
                window.stays(at, BLUE, 0.1, "what the source has told")
            folder.cut("data/air.json", '{"dust": 3}')
            window.shows(at, (255, 255, 255), "what the source tells now")
            folder.cut("data/air.json", '{"dust": 8}')
            window.shows(at, BLUE, "what the source tells then")
            assert children_of(player.pid)["schauwand-courier"] == courier, "the courier was started again"
            folder.cut("scenes/sources.json", SOURCES % "kg")
            wait_for(lambda: children_of(player.pid).get("schauwand-courier", courier) != courier, "the courier of the other sources")
            window.shows(at, BLUE, "what the other source tells")
            assert not window.sheet() and player.stop() == 0, player.errors()


def begins_with_faults(screen):
    """What cannot be played at all, and then what has one scene with a fault, which holds up no other."""
    with Folder() as folder:
        folder.cut("scenes/theme.json", "{")
        with Play(folder.path, "--window", "--threads", "1", env=screen.env()) as player:
            window = Window(screen, folder, player, None)
            wait_for(lambda: window.sheet() and player.status()["card"], "the card with the sheet of faults", 30)
            folder.cut("scenes/b.json", "{}")
            folder.cut("scenes/theme.json", FILES["scenes/theme.json"])
            window.shows(MARK, RED, "what can be played", 30)
            assert window.sheet(), "the other scene's fault is not said"
            folder.cut("scenes/a.json", scene(GREEN))
            window.shows(MARK, GREEN, "a save beside a scene with a fault")
            folder.cut("scenes/b.json", FILES["scenes/b.json"])
            wait_for(lambda: not window.sheet(), "the sheet to go")
            assert player.stop() == 0, player.errors()


def kernel_has_no_room(screen):
    """inotify may watch three folders, in a namespace of our own: it is said once, and looked at each second."""
    few = ("unshare", "-Ur", "sh", "-c", 'echo 3 > /proc/sys/user/max_inotify_watches; exec "$@"', "sh")
    with Folder() as folder, Play(folder.path, "--window", "--threads", "1", env=screen.env(), under=few) as player:
        window = Window(screen, folder, player, None)
        window.shows(MARK, RED, "the first picture", 30)
        for number in range(3):
            folder.renamed("scenes/a.json", scene((80 * number, 100, 100)))
            took = window.shows(MARK, (80 * number, 100, 100), "a save that is looked for")
        print(f"without room for watches: seen after {took:.1f} s")
        assert player.errors().count("looked at once a second") == 1, player.errors()
        assert player.stop() == 0, player.errors()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--burst", type=int, default=100)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--random", type=float, default=1.5, metavar="SECONDS")
    parser.add_argument("--no-room", action="store_true", help="also with a kernel that has none for inotify")
    parser.add_argument("--shots")
    options = parser.parse_args()
    with Folder() as folder, Xvfb(*SIZE) as screen:
        with Play(folder.path, "--window", "--wall", "one", "--threads", "1", env=screen.env()) as player:
            window = Window(screen, folder, player, options.shots)
            window.shows(MARK, RED, "the first picture", 30)
            process = player_of(player.pid)
            for test in (ways_to_save, lambda w: time_saves(w, options.times), pictures_are_replaced, what_has_faults, folders,
                         what_is_on_goes, state_survives, lambda w: burst(w, options.burst)):
                test(window)
            assert player_of(player.pid) == process, "the player was started again"
            at_random(window, options.random)
            window.shows(MARK, GREEN, "the picture after all that", 30)
            assert player.stop() == 0, player.errors()
        begins_with_faults(screen)
        live_data_go_on(screen)
        if options.no_room:
            kernel_has_no_room(screen)


if __name__ == "__main__":
    main()
