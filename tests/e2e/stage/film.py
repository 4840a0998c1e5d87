# SPDX-License-Identifier: EUPL-1.2
"""Fingers on the controls of a film that plays: it is stopped, moved along, and goes on; its controls go and come back."""
import time

from playing import Exhibition, Play, holds, wait_for
from wall import Xorg

SIZE = ("--size", "1920x1080")
PAPER = (0xF5, 0xF2, 0xEA)
LOOK = 0.4  # seconds between two looks at something that moves


def one_scene():
    exhibition = Exhibition()
    exhibition.write("scenes/playlists/all.json", '{"loop": [{"scene": "glasfaser", "for": "1h"}]}')
    exhibition.write("scenes/walls/one.json", '{"panels": [{"id": "p", "at": [0, 0], "size": [1217.28, 684.72], "pixels": [1920, 1080]}],'
                     ' "zones": [{"id": "z", "at": [0, 0], "size": [1217.28, 684.72], "playlist": "all"}]}')
    exhibition.edit("scenes/glasfaser.json", (r'"id": "fibre", "for": "20s"', '"id": "fibre", "for": "1h"'))
    return exhibition


class Film:
    """Where the film and its controls are on the screen."""

    def __init__(self, exhibition, screen):
        boxes = {box["kind"]: box["rect"] for box in exhibition.boxes("glasfaser#fibre", "de", *SIZE)}
        self.screen = screen
        self.all, self.bar, self.play, self.track = (boxes[kind] for kind in ("video", "controls", "play", "track"))

    def on_track(self, share):
        x, y, width, height = self.track
        return x + share * width, y + height / 2

    def button(self):
        x, y, width, height = self.play
        return x + width / 2, y + height / 2

    def picture(self):
        """What is seen of it above its controls: where the light runs."""
        x, y, width, _ = (int(number) for number in self.all)
        return self.screen.pixels(x, y, width, int(self.bar[1]) - y)

    def moves(self):
        before = self.picture()
        time.sleep(LOOK)
        return self.picture() != before

    def ground(self):
        """That of the controls, where nothing stands on it; or what is below them."""
        x, y, _, _ = (int(number) for number in self.bar)
        return self.screen.pixel(x + 40, y + 4)

    def has_controls(self):
        return self.ground() == PAPER

    def has_none(self):
        """None that are still fading, either."""
        before = self.ground()
        time.sleep(0.1)
        return before == self.ground() != PAPER


def main():
    with one_scene() as exhibition, Xorg() as screen, Play(exhibition, "--wall", "one", env=screen.env()) as player:
        film, finger = Film(exhibition, screen), screen.touch()
        assert holds(film.all, film.button())
        player.wait_zone(scene="glasfaser", page="fibre", changing=False)
        wait_for(film.moves, "the film to move")
        wait_for(film.has_none, "its controls to go")
        finger.tap(*film.button())
        wait_for(film.has_controls, "its controls to come")
        assert film.moves(), "a touch that shows the controls has stopped it"
        finger.tap(*film.button())
        wait_for(lambda: not film.moves(), "it to stand still")
        player.wait_zone(visit=True, contacts=0)
        stands = film.picture()
        finger.down(0, *film.on_track(0.2))
        wait_for(lambda: film.picture() != stands, "it to go where the finger is")
        seen = {film.picture()}
        for step in range(1, 61):
            finger.move(0, *film.on_track(0.2 + step / 100))
            time.sleep(1 / 60)
            seen.add(film.picture())
        assert len(seen) > 3, f"only {len(seen)} pictures while it was moved along"
        finger.up(0)
        wait_for(lambda: not film.moves(), "it to stand still where it was let go")
        assert film.has_controls() and film.picture() != stands
        finger.tap(*film.button())
        wait_for(film.moves, "it to go on")
        wait_for(film.has_none, "its controls to go again")
        assert player.zone()["page"] == "fibre", "a page was turned"
    print(f"a film was stopped, moved along ({len(seen)} pictures meanwhile), and went on; its controls went and came back")


main()
