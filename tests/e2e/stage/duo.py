# SPDX-License-Identifier: EUPL-1.2
"""Two visitors at the wall duo, each with a zone, a touch frame, a language and pages of their own; one goes, the other stays."""
import os
import tempfile

from playing import Exhibition, Play, assert_same, wait_for
from wall import Xorg, write_png

WIDTH, HEIGHT = 1920, 1080
NAV = (300, 880, 420, 112)  # "Zurück", of which `render` knows nothing
STILL = {"changing": False, "contacts": 0}
MENU = ("--visit", "--set", "menu=languages")


class Visitor:
    def __init__(self, test, zone, language):
        self.test, self.zone, self.language = test, zone, language
        self.touch = test.screen.touch(f"touch{zone}")
        self.pictures = 0

    def place(self, address, text, *options):
        x, y = self.test.exhibition.find(address, text, self.language, *options)
        return x + self.zone * WIDTH, y

    def tap(self, address, text, *options):
        self.touch.tap(*self.place(address, text, *options))

    def at(self, scene, page=None, **more):
        return self.test.player.wait_zone(self.zone, scene=scene, page=page, visit=True, **STILL, **more)

    def looks(self, address, *options, masks=(NAV,)):
        name = os.path.join(self.test.folder, f"zone{self.zone}-{self.pictures}")
        self.pictures += 1
        self.test.exhibition.render(address, name + "-reference.png", "--language", self.language, *options)
        error = []

        def same():
            write_png(name + "-shot.png", WIDTH, HEIGHT, self.test.screen.pixels(self.zone * WIDTH, 0, WIDTH, HEIGHT))
            try:
                assert_same(name + "-shot.png", name + "-reference.png", masks)
                return True
            except AssertionError as reason:
                error[:] = [str(reason)]
                return False
        wait_for(same, lambda: f"zone {self.zone} to show {address}: {error[0]}", timeout=15)


class Test:
    def __init__(self, exhibition, screen, player, folder):
        self.exhibition, self.screen, self.player, self.folder = exhibition, screen, player, folder

    def both_at_once(self, *taps):
        """All fingers down before any is lifted: (visitor, place)."""
        for visitor, place in taps:
            visitor.touch.down(9, *place)
        self.screen.sync()
        self.player.wait_zone(0, contacts=1)
        self.player.wait_zone(1, contacts=1)
        for visitor, _ in taps:
            visitor.touch.up(9)
        self.screen.sync()


def play(test):
    left, right = Visitor(test, 0, "de"), Visitor(test, 1, "de")
    player = test.player
    player.wait_zone(0, scene="welcome", visit=False, **STILL)
    player.wait_zone(1, scene="hub", visit=False, **STILL)
    test.both_at_once((left, left.place("welcome", "Ansehen →")), (right, right.place("hub", "Masterplan Digitales Duisburg")))
    left.at("hub")
    right.at("masterplan", "plan")
    test.both_at_once((left, left.place("hub", "Language")), (right, right.place("masterplan", "Leichte Sprache")))
    right.language = "de-leicht"
    left.looks("hub", *MENU, masks=())
    left.tap("hub", "English", *MENU)
    left.language = "en"
    left.at("hub", language="en")
    right.at("masterplan", "plan", language="de-leicht")
    left.looks("hub", masks=())
    right.looks("masterplan#plan")
    test.both_at_once((left, left.place("hub", "Service portal")), (right, right.place("masterplan#plan", "Nächste Seite →")))
    left.at("serviceportal", "start", language="en")
    second = player.wait_zone(1, page=lambda page: page != "plan", **STILL)["page"]
    left.looks("serviceportal#start")
    right.looks(f"masterplan#{second}")
    # The left one goes; the right one plays on.
    turns = 0
    for _ in range(200):
        zone = player.zone(0)
        if not zone["visit"]:
            break
        text, wanted = (("← Vorige", "plan"), ("Nächste Seite →", second))[turns % 2]
        right.tap(f"masterplan#{second if turns % 2 == 0 else 'plan'}", text)
        right.at("masterplan", wanted, language="de-leicht", countdown=False)
        turns += 1
    player.wait_zone(0, visit=False, language="de", **STILL)
    right.at("masterplan", second if turns % 2 == 0 else "plan", language="de-leicht")
    return turns


def main():
    outputs = [(WIDTH, HEIGHT, 0, 0), (WIDTH, HEIGHT, WIDTH, 0)]
    with Exhibition(idle="15s") as exhibition, Xorg(outputs) as screen, tempfile.TemporaryDirectory(prefix="schauwand-duo-") as folder:
        for zone in (0, 1):
            screen.map_touch(f"touch{zone}", zone)
        with Play(exhibition, "--wall", "duo", "--at", "2026-11-23T00:00:01", env=screen.env()) as player:
            turns = play(Test(exhibition, screen, player, os.environ.get("SW_KEEP") or folder))
            assert player.stop() == 0, player.errors()
            print(f"duo: two languages, 5 pictures as rendered, one idle while the other turned {turns} pages")


if __name__ == "__main__":
    main()
