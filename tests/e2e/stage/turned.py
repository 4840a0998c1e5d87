# SPDX-License-Identifier: EUPL-1.2
"""A wall whose panels hang turned by every rotation, apart from each other: each output shows what its panel must be given, and a finger
hits the same element on each of them, since its touch frame is turned with the panel."""
import json
import os
import tempfile

from playing import Exhibition, Play, assert_same, wait_for
from wall import Xorg, write_png

WIDTH, HEIGHT = 960, 540
WALL = "turned"
LONG, SHORT, RAISED = 1217.6, 684.9, 512.7  # mm; raised so that buttons are in reach where `render` has them too
STILL = {"changing": False, "contacts": 0}
# zone: rotation, x and y on the wall, output
PANELS = [(0, 0, RAISED, (0, 0)), (90, 1230, 0, (960, 0)), (180, 1930, RAISED, (1920, 0)), (270, 3160, 0, (0, 540)),
          (0, 3860, RAISED, (960, 540)), (180, 3860 + LONG + 12, RAISED, (1920, 540))]
APART = 9  # pixels between the last two panels, which share a zone: 12 mm


def wall_file():
    panels, zones = [], []
    for index, (rotation, x, y, output) in enumerate(PANELS):
        size = [SHORT, LONG] if rotation % 180 else [LONG, SHORT]
        panels.append({"id": f"p{index}", "at": [x, y], "size": size, "pixels": [WIDTH, HEIGHT], "rotation": rotation, "output": output})
        if index < 4:
            zones.append({"id": f"z{index}", "at": [x, y], "size": size, "playlist": "foyer", "home": "hub"})
    zones.append({"id": "both", "at": [PANELS[4][1], RAISED], "size": [2 * LONG + 12, SHORT], "playlist": "foyer", "home": "hub"})
    return json.dumps({"viewing_distance": 1500, "bottom": 780, "panels": panels, "zones": zones})


def out(panel, x, y):
    """From a place of what the panel shows, upright, to one of the screen."""
    rotation, _, _, (left, top) = PANELS[panel]
    a, b = {0: (x, y), 90: (y, HEIGHT - x), 180: (WIDTH - x, HEIGHT - y), 270: (WIDTH - y, x)}[rotation]
    return left + a, top + b


def upright(panel, pixels):
    """What people see: the output's pixels turned by as much as the panel is, clockwise. Gives width, height, bytes."""
    rotation = PANELS[panel][0]
    words = memoryview(pixels).cast("I")
    rows = [list(words[y * WIDTH:(y + 1) * WIDTH]) for y in range(HEIGHT)]
    if rotation == 90:
        rows = [list(column) for column in zip(*reversed(rows))]
    elif rotation == 180:
        rows = [row[::-1] for row in reversed(rows)]
    elif rotation == 270:
        rows = list(reversed([list(column) for column in zip(*rows)]))
    data = b"".join(word.to_bytes(4, "little") for row in rows for word in row)
    return len(rows[0]), len(rows), data


class Visitor:
    """At a zone; `panels` are those that it lies on, side by side."""

    def __init__(self, test, zone, panels):
        self.test, self.zone, self.panels = test, zone, panels
        self.touch = test.screen.touch("touch0")
        one = (HEIGHT, WIDTH) if PANELS[panels[0]][0] % 180 else (WIDTH, HEIGHT)
        self.width, self.height = len(panels) * one[0] + (len(panels) - 1) * APART, one[1]
        self.size = ("--size", f"{self.width}x{self.height}")

    def screen_place(self, x, y):
        index = min(int(x // (WIDTH + APART)), len(self.panels) - 1)
        return out(self.panels[index], x - index * (WIDTH + APART), y)

    def tap(self, address, text):
        self.touch.tap(*self.screen_place(*self.test.exhibition.find(address, text, "de", *self.size)))

    def swipe(self, start, end):
        """Over the middle of the zone; places are shares of its width."""
        points = [(self.width * (start + (end - start) * step / 6), self.height * 0.45) for step in range(7)]
        self.touch.drag([self.screen_place(*point) for point in points])

    def at(self, scene, page=None):
        return self.test.player.wait_zone(self.zone, scene=scene, page=page, visit=True, **STILL)

    def looks(self, address):
        base = os.path.join(self.test.folder, f"zone{self.zone}")
        self.test.exhibition.render(address, base + "-reference.png", "--language", "de", *self.size)
        error = []

        def same():
            left, top = PANELS[self.panels[0]][3]
            width, height, data = upright(self.panels[0], self.test.screen.pixels(left, top, WIDTH, HEIGHT))
            write_png(base + "-shot.png", width, height, data)
            try:
                assert_same(base + "-shot.png", base + "-reference.png")
                return True
            except AssertionError as reason:
                error[:] = [str(reason)]
                return False
        wait_for(same, lambda: f"zone {self.zone} to show {address}: {error[0]}", timeout=30)


def play(test):
    visitors = [Visitor(test, zone, [zone]) for zone in range(4)] + [Visitor(test, 4, [4, 5])]
    for visitor in visitors:
        test.player.wait_zone(visitor.zone, scene="welcome", visit=False, **STILL)
    for visitor in visitors:
        visitor.tap("welcome", "Ansehen →")
        visitor.at("hub")
    for visitor in visitors[:4]:
        visitor.looks("hub")
    for visitor in visitors:
        visitor.tap("hub", "Masterplan Digitales Duisburg")
        visitor.at("masterplan", "plan")
    for visitor in visitors:
        visitor.swipe(0.7, 0.3)  # on the last one over the gap, from the turned panel to the unturned one
        second = test.player.wait_zone(visitor.zone, page=lambda page: page != "plan", **STILL)
        assert second["scene"] == "masterplan", second
        visitor.swipe(0.3, 0.7)
        visitor.at("masterplan", "plan")


def main():
    outputs = [(WIDTH, HEIGHT, *output) for _, _, _, output in PANELS]
    with Exhibition(idle="5m") as exhibition, tempfile.TemporaryDirectory(prefix="schauwand-turned-") as folder:
        exhibition.write(f"scenes/walls/{WALL}.json", wall_file())
        with Xorg(outputs) as screen:
            with Play(exhibition, "--wall", WALL, "--at", "2026-11-23T00:00:01", env=screen.env()) as player:
                test = type("Test", (), {"exhibition": exhibition, "screen": screen, "player": player,
                                         "folder": os.environ.get("SW_KEEP") or folder})
                play(test)
                assert player.stop() == 0, player.errors()
    print("turned: 4 rotations and a zone over two panels: 5 times the same 2 elements hit and 2 swipes, 4 pictures as rendered")


if __name__ == "__main__":
    main()
