# SPDX-License-Identifier: EUPL-1.2
"""An exhibition that says in each of its pictures what it is: ten zones whose scenes change about each second by every kind of transition,
and an eleventh that says which frame it is. Each scene carries its number in cells along the upper edge and two pictures (one PNG, one
SVG), each of a colour that no other has. `plan` is what frames.c is told of it."""
import json
import math
import os
import shutil

from playing import Exhibition
from wall import write_png

COLUMNS, ROWS, WIDTH, HEIGHT = 5, 2, 384, 480
SCREEN = (COLUMNS * WIDTH, ROWS * HEIGHT + 120)
ZONES = COLUMNS * ROWS
ROUND = 22  # turns of a zone's playlist, twice each kind
KINDS = [("cut", None), ("fade", None), *((kind, to) for kind in ("push", "wipe") for to in ("start", "end", "up", "down")),
         ("morph", None)]
GROUND = "2A4E6C"
CELLS = {0: "404040", 1: "FFFFFF"}
# Where the two pictures lie; at SPOT (8 x 8) there is always one of them while a scene rests.
PLACES = [((16, 48, 352, 200), (16, 264, 352, 200)), ((16, 264, 352, 200), (16, 48, 352, 200)), ((192, 48, 176, 100), (16, 264, 352, 200))]
SPOT = (296, 96)
CLOCK_WIDTH, CLOCK_STEP, CLOCK_SECONDS, CODE_BITS, CODE_ROW = 100, 4, 15, 12, 8
MIRRORED = ZONES - 1  # a zone whose language runs from right to left


def near(a, b):
    return all(abs(int(a[i:i + 2], 16) - int(b[i:i + 2], 16)) < 24 for i in (0, 2, 4))


def colours(count):
    """So many, each apart from all others by 20 of 255 in a channel, from the ground, the cells and black by more; neighbours far apart."""
    levels = [30 + 20 * i for i in range(12)]
    all_ = ["".join(f"{levels[n // 12 ** i % 12]:02X}" for i in range(3)) for n in range(12 ** 3)]
    good = [colour for colour in all_ if not any(near(colour, other) for other in (GROUND, *CELLS.values(), "000000"))]
    step = next(step for step in range(len(good) * 3 // 8, len(good)) if math.gcd(step, len(good)) == 1)
    assert count <= len(good), f"{count} colours of {len(good)}"
    return [good[n * step % len(good)] for n in range(count)]


class Turn:
    """One turn of a zone's playlist: a page of a scene, and how it comes in. `by`: who says so."""

    def __init__(self, zone, number, colours_of_all):
        self.zone, self.number = zone, number
        self.n = zone * 1000 + number
        self.kind, self.to = KINDS[(number + zone) % len(KINDS)]
        self.duration = f"{240 + 40 * ((number + zone) % 7)}ms"
        place = number % ROUND
        self.page = (place - 18) % 2 if place >= 18 else 0
        self.paged = place >= 18
        self.by = "turn" if self.page == 1 else "item" if number % 2 else "scene"
        if self.kind == "fade" and self.by == "scene":
            self.by, self.duration = "exhibition", "300ms"
        self.id = f"s{self.n - self.page}"
        self.colours = colours_of_all[:2]
        bits = [self.number_shown() >> i & 1 for i in range(11)]
        self.cells = bits + [sum(bits) % 2]
        self.places = PLACES[number % len(PLACES)]

    def number_shown(self):
        """Eleven bits, neighbours far apart."""
        return (self.zone * 97 + self.number) * 1027 % 2039

    def transition(self):
        words = {"kind": self.kind}
        if self.to:
            words["to"] = self.to
        if self.kind != "cut":
            words["for"] = self.duration
        return words

    def way(self):
        ways = {None: "-", "start": "left", "end": "right", "up": "up", "down": "down"}
        if self.zone == MIRRORED:
            ways.update(start="right", end="left")
        return ways[self.to]

    def rects(self):
        """(x, y, width, height, colour, name), as they are seen."""
        rects = [(32 * i, 0, 32, 32, CELLS[bit], "-") for i, bit in enumerate(self.cells)]
        rects += [(*place, colour, name) for place, colour, name in zip(self.places, self.colours, ("one", "two"))]
        if self.zone == MIRRORED:
            rects = [(WIDTH - x - width, y, width, *rest) for x, y, width, *rest in rects]
        return rects

    def elements(self):
        cells = [{"shape": "rectangle", "fill": "#" + CELLS[bit], "at": [32 * i, 0], "size": [32, 32]} for i, bit in enumerate(self.cells)]
        pictures = [{"image": f"media/{name}{self.n}.{kind}", "fit": "cover", "at": place[:2], "size": place[2:], "alt": "", "name": name}
                    for name, kind, place in zip(("one", "two"), ("png", "svg"), self.places)]
        return cells + pictures


class Fields(Exhibition):
    """`rounds`: so many times ROUND turns are different ones before they come again."""

    def __init__(self, rounds=1):
        super().__init__()
        for name in ("scenes", "media"):
            shutil.rmtree(os.path.join(self.folder, name))
        count = rounds * ROUND
        hues = colours(ZONES * count * 2)
        self.turns = [[Turn(zone, number, hues[2 * (zone * count + number):]) for number in range(count)] for zone in range(ZONES)]
        self._write_frame()
        for zone, turns in enumerate(self.turns):
            self._write_playlist(zone, turns)
            for turn in turns:
                self._write_media(turn)
        self._write_clock()
        self.plan = self.write_plan("plan", self.turns)

    def json(self, name, value):
        self.write(name, json.dumps(value))

    def place(self, zone):
        return zone % COLUMNS * WIDTH, zone // COLUMNS * HEIGHT

    def write_plan(self, name, turns_of_zones):
        lines = [f"clock {CLOCK_WIDTH // 2} {ROWS * HEIGHT}"]
        for zone, turns in enumerate(turns_of_zones):
            x, y = self.place(zone)
            lines.append(f"zone {x} {y} {WIDTH} {HEIGHT} {GROUND}")
            for turn in turns:
                lines.append(f"scene {turn.number_shown()} {turn.kind} {turn.way()}")
                lines += [f"rect {' '.join(map(str, rect))}" for rect in turn.rects()]
        self.write(name, "\n".join(lines) + "\n")
        return os.path.join(self.folder, name)

    def _write_frame(self):
        self.json("scenes/exhibition.json", {"title": "Fields", "languages": ["de", "ar"], "wall": "fields", "home": "s0",
                                             "defaults": {"transition": {"kind": "fade", "for": "300ms"}}})
        self.json("scenes/theme.json", {
            "canvases": {"field": {"size": [WIDTH, HEIGHT], "areas": {}}, "clock": {"size": [CLOCK_WIDTH, 120], "areas": {}}},
            "colours": {"ground": "#" + GROUND, "ink": "#FFFFFF"}, "ground": "ground", "default_style": "body",
            "styles": {"body": {"font": "text", "size": 40, "line": 1.2, "colour": "ink"}}})
        zones = [{"id": f"z{zone}", "at": list(self.place(zone)), "size": [WIDTH, HEIGHT], "playlist": f"p{zone}",
                  "language": "ar" if zone == MIRRORED else "de"} for zone in range(ZONES)]
        zones.append({"id": "clock", "at": [0, ROWS * HEIGHT], "size": [CLOCK_WIDTH, 120], "playlist": "clock", "language": "de"})
        self.json("scenes/walls/fields.json", {"title": "Fields", "viewing_distance": 1500, "bottom": 500,
                                               "panels": [{"id": "p", "at": [0, 0], "size": SCREEN, "pixels": SCREEN}], "zones": zones})

    def _write_playlist(self, zone, turns):
        """What the item says goes before what the scene says, and that before what the exhibition says: where it is not to hold, there is
        something else."""
        loop = []
        for turn in turns:
            if turn.page == 1:
                continue
            pages = [turn, turns[turn.number + 1]] if turn.paged else [turn]
            scene = {"title": turn.id}
            if turn.by != "exhibition":
                scene["transition"] = turn.transition() if turn.by == "scene" else {"kind": "cut" if turn.kind != "cut" else "fade"}
            if turn.paged:
                scene["turn"] = pages[1].transition()
                scene["pages"] = [{"id": f"p{page.page}", "for": "1s", "title": "-", "elements": page.elements()} for page in pages]
            else:
                scene["elements"] = turn.elements()
            self.json(f"scenes/{turn.id}.json", scene)
            item = {"scene": turn.id, "for": "2s" if turn.paged else f"{1000 + 20 * zone}ms"}
            if turn.by == "item":
                item["transition"] = turn.transition()
            loop.append(item)
        self.json(f"scenes/playlists/p{zone}.json", {"loop": loop})

    def _write_media(self, turn):
        colour, other = turn.colours
        pixel = bytes((int(colour[4:6], 16), int(colour[2:4], 16), int(colour[0:2], 16), 255))
        path = os.path.join(self.folder, "media", f"one{turn.n}.png")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        write_png(path, 88, 50, pixel * (88 * 50))
        self.write(f"media/two{turn.n}.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 88 50">'
                                             f'<rect width="88" height="50" fill="#{other}"/></svg>')

    def _write_clock(self):
        """Two strips in turn, which move past a column at CLOCK_STEP pixels a frame."""
        length = 60 * CLOCK_STEP * CLOCK_SECONDS
        width, height = length + CLOCK_WIDTH, (CODE_BITS + 2) * CODE_ROW
        for strip in range(2):
            rows = []
            for row in range(CODE_BITS + 2):
                line = bytearray()
                for x in range(width):
                    gray = x ^ x >> 1
                    bit = (gray >> row & 1 if row < CODE_BITS else bin(gray).count("1") % 2 if row == CODE_BITS else strip)
                    line += b"\xff\xff\xff\xff" if bit else b"\0\0\0\xff"
                rows.append(bytes(line) * CODE_ROW)
            write_png(os.path.join(self.folder, "media", f"strip{strip}.png"), width, height, b"".join(rows))
            self.json(f"scenes/clock{strip}.json", {"title": "Clock", "transition": {"kind": "cut"}, "elements": [
                {"image": f"media/strip{strip}.png", "at": [-length, 0], "size": [width, height], "alt": "", "mirror": False,
                 "animate": {"enter": "move", "from": [length, 0], "for": f"{CLOCK_SECONDS}s", "ease": "linear"}}]})
        turns = [{"scene": f"clock{strip}", "for": f"{CLOCK_SECONDS - 1}s"} for strip in range(2)]
        self.json("scenes/playlists/clock.json", {"loop": turns})
