# SPDX-License-Identifier: EUPL-1.2
"""What plays in a soak: an exhibition of one-second scenes with something of everything in them, edition after edition, and the live data
that it shows. Every scene has a colour of its own in a bar at its upper edge, by which the screen says what is on."""
import colorsys
import json
import pathlib
import random
import struct
import subprocess
import zlib

WIDTH, HEIGHT, BAR = 480, 480, 12  # of one panel and its zone, and of the bar, in pixels and design units
TRANSITIONS = ({"kind": "cut"}, {"kind": "fade", "for": "300ms"}, {"kind": "push", "to": "start", "for": "300ms"},
               {"kind": "wipe", "to": "down", "for": "300ms"}, {"kind": "morph", "for": "300ms"},
               {"kind": "push", "to": "up", "for": "300ms"})
CLIPS = {"harbour.mp4": ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac"],
         "bridge.webm": ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-c:a", "libopus"]}
ATTRIBUTION = {"provider": "Soak", "licence": {"name": "CC0", "url": "https://example.org/l"}, "url": "https://example.org/"}
LONG = ("Der Rhein steigt, wenn in den Alpen der Schnee schmilzt, und fällt, wenn der Sommer trocken ist. **Wer hier steht**, sieht "
        "beides an der Marke gegenüber. ") * 12
BODY = ("text", "chart", "film", "picture", "drawing", "table", "list", "clock", "arabic", "bars", "webm", "code")
SCENES = [f"{kind}-{number}" for number in (1, 2) for kind in BODY]


def mark(scene):
    """(red, green, blue) of a scene's bar, far from those of all others and from black."""
    index = SCENES.index(scene)
    share = colorsys.hsv_to_rgb(index / len(SCENES), 1.0 if index % 2 else 0.55, 1.0 if index % 4 < 2 else 0.6)
    return tuple(round(255 * part) for part in share)


def scene_of(colour):
    """The scene whose bar has this colour; None: of none."""
    near = min(SCENES, key=lambda scene: sum(abs(a - b) for a, b in zip(mark(scene), colour)))
    return near if sum(abs(a - b) for a, b in zip(mark(near), colour)) <= 12 else None


def png(path, chance, width=320, height=180):
    """A picture of coloured stripes that no other edition has."""
    rows = b"".join(b"\0" + bytes(chance.randrange(256) for _ in range(3)) * width for _ in range(height))

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) +
                     chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


class Programme:
    """The folder of the exhibition. `turn_s`: how long a scene is on, in seconds of the civil clock."""

    def __init__(self, folder, turn_s=1):
        self.folder, self.turn_s, self.edition = pathlib.Path(folder), turn_s, 0
        for name in ("scenes/walls", "scenes/playlists", "scenes/parts", "media", "fonts"):
            (self.folder / name).mkdir(parents=True)
        self._house()
        self._films()
        self.edit(random.Random(0))

    def write(self, name, value):
        (self.folder / name).write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    def _house(self):
        self.write("fonts/fonts.json", {"roles": {"text": {"package": "fonts-dejavu-core", "file": "DejaVuSans.ttf"}}})
        self.write("scenes/theme.json", {
            "canvases": {"wide": {"size": [WIDTH, HEIGHT], "areas": {"main": [20, 24, 440, 380], "bar": [20, 412, 440, 56]}}},
            "colours": {"ink": "#101010", "paper": "#FFFFFF", "blue": "#1040A0", "red": "#A02010", "pale": "#D0E0F0"}, "ground": "paper",
            "default_style": "body", "styles": {"body": {"font": "text", "size": 15, "line": 1.3, "colour": "ink"},
                                                "caption": {"font": "text", "size": 12, "line": 1.2, "colour": "paper"}},
            "default_button": "plain",
            "buttons": {"plain": {"style": "body", "fill": "pale", "colour": "ink", "padding": [4, 12], "pressed": {"fill": "blue"}}}})
        zones = [{"id": zone, "at": [400 * index, 0], "size": [400, 400], "playlist": zone, "volume": 0.5}
                 for index, zone in enumerate(("left", "right"))]
        panels = [{"id": zone["id"], "at": zone["at"], "size": zone["size"], "pixels": [WIDTH, HEIGHT], "output": [WIDTH * index, 0]}
                  for index, zone in enumerate(zones)]
        self.write("scenes/walls/foyer.json", {"viewing_distance": 1500, "bottom": 900, "panels": panels, "zones": zones})
        self.write("scenes/sources.json", {
            "river": self._source("data/river.json", {"level": {"type": "number", "unit": "cm", "digits": 0},
                                                      "at": {"type": "time", "encoding": "epoch"}},
                                  observed="at", history={"level": {"keep": "2h", "step": "5s"}}, fallback="last"),
            "parking": self._source("data/parking.json", {"name": {"type": "text"}, "free": {"type": "number", "digits": 0}}, rows=True,
                                    pick="/garages", fallback="last"),
            "trams": self._source("data/trams.json", {"line": {"type": "text"}, "minutes": {"type": "number", "digits": 0}}, rows=True,
                                  select="[.body.stops[] | {line: .l, minutes: (.t / 60 | floor)}]", fallback="last")})

    def _source(self, place, fields, **more):
        return {"http": place, "every": "5s", "fresh_for": f"{30 * self.turn_s}s", "expire_after": "8000h", "fields": fields,
                "attribution": ATTRIBUTION, **more}

    def _films(self):
        for index, (name, options) in enumerate(CLIPS.items()):
            subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=size=320x180:rate=25", "-f", "lavfi",
                            "-i", f"sine=frequency={330 * (index + 1)}", "-t", "3", *options, self.folder / "media" / name],
                           check=True, stdin=subprocess.DEVNULL)
        png(self.folder / "media/poster.png", random.Random(1))
        subprocess.run(["ffmpeg", "-v", "error", "-i", self.folder / "media/poster.png", self.folder / "media/photo.jpg"], check=True,
                       stdin=subprocess.DEVNULL)

    def edit(self, chance):
        """The next edition: other pictures, words and orders."""
        self.edition += 1
        png(self.folder / "media/stripes.png", chance)
        ring = "".join(f'<circle cx="{chance.randrange(320)}" cy="{chance.randrange(180)}" r="{chance.randrange(9, 40)}" fill="#1040A0"/>'
                       for _ in range(8))
        (self.folder / "media/rings.svg").write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg" width="320" height="180" viewBox="0 0 320 180">{ring}</svg>\n', encoding="utf-8")
        self.write("scenes/exhibition.json", {
            "title": f"Soak {self.edition}", "languages": ["de", "en", "ar"], "fallbacks": {"en": ["de"], "ar": ["de"]}, "wall": "foyer",
            "home": SCENES[0], "timezone": "Europe/Berlin", "contact": "Pforte", "defaults": {"idle": "5s"}})
        for scene in SCENES:
            self._scene(scene, chance)
        for zone in ("left", "right"):
            order = chance.sample(SCENES, len(SCENES))
            self.write(f"scenes/playlists/{zone}.json", {"loop": [
                {"scene": scene, "for": f"{self.turn_s}s", "transition": chance.choice(TRANSITIONS),
                 **({"when": "(river.level ?? 0) >= 0"} if index % 5 == 0 else {}),
                 **({"on": {"time": "00:00-23:59"}} if index % 7 == 0 else {})} for index, scene in enumerate(order)],
                "otherwise": SCENES[0]})

    def _scene(self, scene, chance):
        other = chance.choice(SCENES)
        bar = {"shape": "rectangle", "at": [0, 0], "size": [WIDTH, BAR], "fill": "#%02X%02X%02X" % mark(scene)}
        buttons = {"row": [{"button": "weiter", "tap": {"go": other}, "grow": 1}, {"button": "mehr", "tap": {"open": "more"}, "grow": 1},
                           {"button": "en", "tap": {"set": {"span": "week"}}, "grow": 1, "selected": "span == 'week'"}],
                   "in": "bar", "gap": 8}
        self.write(f"scenes/{scene}.json", {
            "title": f"{scene} {self.edition}", "about": {"tags": ["project"], "order": SCENES.index(scene)},
            "state": {"span": {"values": ["day", "week"], "default": "day"}},
            "elements": [bar, {"in": "main", **self._body(scene.split("-")[0])}, buttons],
            "popups": {"more": {"in": "main", "modal": True, "elements": [{"text": LONG[:300], "fill": "pale", "name": "sheet"}]}}})

    def _body(self, kind):
        film = {"poster": "media/poster.png", "loop": True, "muted": False, "subtitles": False, "alt": ""}
        rows = {"rows": "parking.rows", "as": "p", "x": "p.name", "y": "p.free"}
        return {
            "text": {"text": LONG + str(self.edition), "name": "words"},
            "chart": {"chart": "line", "series": [{"of": "river.level", "last": "1h", "label": "Ruhrort", "colour": "blue"}], "alt": ""},
            "film": {"video": "media/harbour.mp4", "controls": True, **film},
            "webm": {"video": "media/bridge.webm", **film},
            "picture": {"row": [{"image": f"media/{name}", "alt": "", "grow": 1, "name": name.split(".")[0]}
                                for name in ("stripes.png", "photo.jpg")], "gap": 8},
            "drawing": {"image": "media/rings.svg", "alt": ""},
            "table": {"table": "trams.rows", "as": "t", "columns": [{"title": "Linie", "cell": "{t.line}", "sort": ["t.line"]},
                                                                    {"title": "min", "cell": "{t.minutes | value}", "align": "decimal"}]},
            "list": {"repeat": "scenes", "as": "s", "where": "s.order < 6", "sort": ["s.order"], "key": "s.id", "columns": 3, "gap": 4,
                     "each": {"button": "{s.title}", "tap": {"go": "{s.id}"}}},
            "clock": {"column": [{"clock": "time"}, {"clock": "date-long"}, {"text": "{river.level | value}, {now | time}"},
                                 {"trend": "river.level", "over": "1h"}]},
            "arabic": {"text": {"de": "Der Pegel: {river.level | value}", "en": "The level: {river.level | value}",
                                "ar": "مستوى المياه في نهر الراين {river.level | value}"}, "stand": "below"},
            "bars": {"chart": "bar", **rows, "alt": ""},
            "code": {"qr": f"https://example.org/{self.edition}", "alt": ""},
        }[kind]


class Data:
    """The live data beside the published folder, as anybody's server might write them."""

    def __init__(self, folder, clock):
        self.folder, self.clock, self.count = pathlib.Path(folder) / "data", clock, 0
        self.folder.mkdir(parents=True)

    def renew(self, chance):
        self.count += 1
        self._write("river", {"level": 300 + chance.randrange(200), "at": int(self.clock.now())})
        self._write("parking", {"garages": [{"name": f"Haus {number}", "free": chance.randrange(300)} for number in range(6)]})
        self._write("trams", {"stops": [{"l": str(900 + number), "t": chance.randrange(1800)} for number in range(12)]})

    def _write(self, name, value):
        new = self.folder / f"{name}.new"
        new.write_text(json.dumps(value), encoding="ascii")
        new.rename(self.folder / f"{name}.json")
