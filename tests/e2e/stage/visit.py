# SPDX-License-Identifier: EUPL-1.2
"""One visitor at the foyer wall of the demo exhibition: from attract mode through a project and back, in four languages, and away."""
import os
import tempfile

from playing import Exhibition, Play, assert_same, wait_for
from wall import Xorg

NAV = (300, 880, 380, 112)  # where "Zurück" is while there is something to go back to, which `render` knows nothing of
NAV_RIGHT = (1920 - 300 - 380, 880, 380, 112)  # in a language that is read from right to left
STILL = {"changing": False, "contacts": 0}


class Visit:
    def __init__(self, exhibition, screen, player, folder):
        self.exhibition, self.screen, self.player, self.folder = exhibition, screen, player, folder
        self.language, self.pictures = "de", 0

    def tap(self, address, text, *options):
        self.screen.touch().tap(*self.exhibition.find(address, text, self.language, *options))

    def choose(self, address, button, name, language, *options):
        """Another language, through the menu."""
        menu = ("--visit", "--set", "menu=languages")
        self.tap(address, button)
        self.looks(address, *menu, *options)
        self.tap(address, name, *menu)
        self.language = language
        self.player.wait_zone(language=language, **STILL)

    def at(self, scene, page=None, **more):
        return self.player.wait_zone(scene=scene, page=page, visit=True, **STILL, **more)

    def looks(self, address, *options, masks=(NAV,)):
        """The screen is what `render` draws, once the mark of the last finger has faded."""
        name = os.path.join(self.folder, f"{self.pictures:02d}")
        self.pictures += 1
        self.exhibition.render(address, name + "-reference.png", "--language", self.language, *options)
        error = []

        def same():
            self.screen.shot(name + "-shot.png")
            try:
                assert_same(name + "-shot.png", name + "-reference.png", masks)
                return True
            except AssertionError as reason:
                error[:] = [str(reason)]
                return False
        wait_for(same, lambda: f"the picture of {address} {options}: {error[0]}", timeout=15)


def to_the_hub(visit):
    visit.player.wait_zone(scene="welcome", visit=False, **STILL)
    visit.tap("welcome", "Ansehen →")
    visit.at("hub")
    visit.looks("hub", masks=())


def through_a_project(visit):
    visit.tap("hub", "Serviceportal")
    visit.at("serviceportal", "start")
    visit.looks("serviceportal#start")
    visit.tap("serviceportal#start", "Nächste Seite →")
    visit.at("serviceportal", "services")
    visit.looks("serviceportal#services")
    visit.tap("serviceportal#services", "Weiter →")
    visit.looks("serviceportal#services", "--set", "service=2")
    visit.tap("serviceportal#services", "So geht ein Antrag")
    visit.looks("serviceportal#services", "--set", "service=2", "--open", "how")
    visit.screen.touch().tap(200, 500)  # beside the popup
    visit.looks("serviceportal#services", "--set", "service=2")


def in_english(visit):
    visit.choose("serviceportal#services", "Language", "English", "en", "--set", "service=2")
    visit.at("serviceportal", "services", language="en")
    visit.looks("serviceportal#services", "--set", "service=2")
    visit.tap("serviceportal#services", "← Previous")
    visit.at("serviceportal", "start")
    visit.looks("serviceportal#start")
    visit.tap("serviceportal#start", "Overview")
    visit.at("hub")
    visit.looks("hub", masks=())


def in_languages_of_the_city(visit):
    """Turkish and Arabic, the way through the menu and, mirrored, through a project and the question at the end."""
    visit.choose("hub", "Language", "Türkçe", "tr")
    visit.looks("hub", masks=())
    visit.choose("hub", "Dil", "العربية", "ar")
    visit.looks("hub", masks=())
    visit.tap("hub", "بوابة الخدمات")
    visit.at("serviceportal", "start", language="ar")
    visit.tap("serviceportal#start", "الصفحة التالية ←")
    visit.at("serviceportal", "services")
    visit.tap("serviceportal#services", "التالية ←")
    visit.looks("serviceportal#services", "--set", "service=2", masks=(NAV_RIGHT,))
    visit.tap("serviceportal#services", "جميع المواضيع")
    visit.at("hub")
    visit.tap("hub", "اللغة")
    visit.looks("hub", "--visit", "--set", "menu=languages", masks=())
    visit.screen.touch().tap(960, 20)  # beside the menu
    visit.looks("hub", masks=())


def away(visit):
    player, screen = visit.player, visit.screen
    player.wait_zone(countdown=True)
    screen.shot(os.path.join(visit.folder, "countdown.png"))
    screen.touch().tap(5, 5)
    player.wait_zone(countdown=False, contacts=0)
    visit.at("hub", language="ar")
    visit.looks("hub", masks=())
    player.wait_zone(countdown=True)
    player.wait_zone(visit=False, language="de", timeout=90)
    player.wait_zone(countdown=False, scene=lambda scene: scene != "hub", **STILL)


def main():
    with Exhibition(idle="20s") as exhibition, Xorg() as screen, tempfile.TemporaryDirectory(prefix="schauwand-visit-") as folder:
        # At a moment of the playlist at which the welcome has just begun.
        with Play(exhibition, "--wall", "foyer", "--at", "2026-11-23T00:00:01", env=screen.env()) as player:
            visit = Visit(exhibition, screen, player, os.environ.get("SW_KEEP") or folder)
            to_the_hub(visit)
            through_a_project(visit)
            in_english(visit)
            in_languages_of_the_city(visit)
            away(visit)
            assert player.stop() == 0, player.errors()
            print(f"visit: {visit.pictures} pictures as rendered; idle, countdown, return")


if __name__ == "__main__":
    main()
