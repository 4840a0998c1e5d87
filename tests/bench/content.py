# SPDX-License-Identifier: EUPL-1.2
"""What is shown while it is measured: the same pictures as an exhibition, as a curator would write it, and as a page for Chromium.

Three slides: one photograph (`Picture`); a still picture with a ticker of 80 pixels (`Ticker`); two photographs that cross-fade into each
other without end, with the ticker above (`Moving`). The moving ones carry a narrow strip at the left edge that runs by at 4 pixels a frame
of 60 a second, 12 cells of 4 pixels a row: the row's number in Gray code. Whoever reads one row of the screen knows which frame it is.

An animation of Schauwand belongs to an element's coming in and ends. Without end it goes by a `switch` over the clock: each case comes in
anew. So the ticker begins again every 20 s, the strip every 10 s, and each photograph fades in over the other one every 10 s.
"""
import json
import os
import shutil
import subprocess

from wall import tool, write_png

FADE_S, TICKER_S, STRIP_S = 5, 20, 10
SPEED = 240               # pixels a second, of ticker and strip
BAND = 80                 # the ticker's height
LINE = 2880               # its length
CELLS, CELL = 12, 4       # of the strip
ROWS = STRIP_S * SPEED    # of the strip
MARK = (0x08, 0xA0, 0xE0)  # in the middle of the first photograph (photo.c, seed 1)
WORDS = ("Willkommen im Smart City Innovation Center +++ Der Rhein bei Ruhrort steht heute bei 4,12 m +++ "
         "Linie 901 fährt in 6 Minuten vom König-Heinrich-Platz")
SECONDS = "(now - date(2026, 1, 1))"


def gray_strip(path):
    """PNG, CELLS * CELL x ROWS."""
    black, white = b"\0\0\0\xff" * CELL, b"\xff\xff\xff\xff" * CELL
    rows = []
    for number in range(ROWS):
        code = number ^ number >> 1
        rows.append(b"".join(white if code >> bit & 1 else black for bit in range(CELLS)))
    write_png(path, CELLS * CELL, ROWS, b"".join(rows))


class Content:
    """A folder with an exhibition in it, and `page`, the same for Chromium (a file: address). Gone at the end of `with`."""

    def __init__(self, parent, width=1920, height=1080):
        self.width, self.height = width, height
        self.folder = os.path.join(parent, f"{type(self).__name__.lower()}-{width}x{height}")
        shutil.rmtree(self.folder, ignore_errors=True)
        for name in ("scenes/walls", "scenes/playlists", "media", "fonts"):
            os.makedirs(os.path.join(self.folder, name))
        self.page = "file://" + os.path.join(self.folder, "page.html")
        self._write_house()
        self.write()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def text(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)

    def json(self, name, value):
        self.text(name, json.dumps(value, ensure_ascii=False, indent=1) + "\n")

    def _write_house(self):
        self.json("scenes/exhibition.json", {"title": "Bench", "languages": ["de"], "timezone": "Europe/Berlin", "wall": "wall",
                                             "home": "one"})
        self.json("scenes/theme.json", {
            "canvases": {"wall": {"size": [self.width, self.height], "areas": {}}}, "ground": "ground", "default_style": "body",
            "colours": {"ground": "#101820", "ink": "#FFFFFF", "calm": "#204060", "pressed": "#F0C020"},
            "styles": {"body": {"font": "text", "size": 54, "line": 1.2, "colour": "ink"}},
            "buttons": {"plain": {"style": "body", "fill": "calm", "colour": "ink", "pressed": {"fill": "pressed"}}},
            "default_button": "plain"})
        self.json("fonts/fonts.json", {"roles": {"text": {"package": "fonts-inter", "file": "Inter-Regular.otf"}}})
        self.json("scenes/walls/wall.json", {
            "title": "Bench", "viewing_distance": 2000, "bottom": 700,
            "panels": [{"id": "p", "at": [0, 0], "size": [self.width / 2, self.height / 2], "pixels": [self.width, self.height]}],
            "zones": [{"id": "z", "at": [0, 0], "size": [self.width / 2, self.height / 2], "playlist": "all", "language": "de"}]})
        self.json("scenes/playlists/all.json", {"loop": [{"scene": "one", "for": "12h"}]})

    def photo(self, name, seed):
        subprocess.run([tool("bench-photo"), str(self.width), str(self.height), str(seed), self.path(name)], check=True)

    def scene(self, elements, name="one", **more):
        self.json(f"scenes/{name}.json", {"title": name, **more, "elements": elements})

    def html(self, body, style=""):
        self.text("page.html", "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><style>"
                  "html, body { margin: 0; overflow: hidden; background: #101820; color: #fff; font: 54px/1.2 Inter, sans-serif }"
                  f"img, div {{ position: absolute; display: block; left: 0; top: 0 }} {style}</style></head><body>{body}</body></html>\n")

    # -- pieces --

    def image(self, name, **more):
        return {"image": name, "at": [0, 0], "size": [self.width, self.height], "alt": "", **more}

    def endless(self, seconds, case):
        """An element that comes in anew every so many seconds."""
        return {"switch": f"floor({SECONDS} / {seconds}s) % 2", "cases": {"0": case(0), "1": case(1)}}

    def ticker(self):
        way = TICKER_S * SPEED
        return self.endless(TICKER_S, lambda turn: {
            "text": WORDS, "lines": 1, "at": [self.width - way, self.height - BAND], "size": [LINE, BAND], "valign": "center",
            "animate": {"enter": "move", "from": [way, 0], "for": f"{TICKER_S}s", "ease": "linear"}})

    def ticker_page(self):
        way = TICKER_S * SPEED
        style = (f"#ticker {{ top: {self.height - BAND}px; left: {self.width - way}px; width: {LINE}px; height: {BAND}px; "
                 f"line-height: {BAND}px; white-space: nowrap; overflow: hidden; animation: run {TICKER_S}s linear infinite }} "
                 f"@keyframes run {{ from {{ transform: translateX({way}px) }} to {{ transform: none }} }} ")
        return f"<div id=\"ticker\">{WORDS}</div>", style

    def strip(self):
        gray_strip(self.path("media/strip.png"))
        return self.endless(STRIP_S, lambda turn: {
            "image": "media/strip.png", "alt": "", "at": [0, self.code_row - ROWS], "size": [CELLS * CELL, ROWS], "fit": "fill",
            "animate": {"enter": "move", "from": [0, ROWS], "for": f"{STRIP_S}s", "ease": "linear"}})

    def strip_page(self):
        style = (f"#strip {{ top: {self.code_row - ROWS}px; animation: pass {STRIP_S}s linear infinite }} "
                 f"@keyframes pass {{ from {{ transform: translateY({ROWS}px) }} to {{ transform: none }} }} ")
        return "<img id=\"strip\" src=\"media/strip.png\">", style

    @property
    def code_row(self):
        """The row of the screen in which the strip's number is read."""
        return self.height // 2


class Picture(Content):
    """One photograph."""

    def write(self):
        self.photo("media/a.jpg", 1)
        self.scene([self.image("media/a.jpg")])
        self.html("<img src=\"media/a.jpg\">")


class Ticker(Content):
    """One photograph, and the ticker."""

    def write(self):
        self.photo("media/a.jpg", 1)
        self.scene([self.image("media/a.jpg"), self.ticker()])
        body, style = self.ticker_page()
        self.html("<img src=\"media/a.jpg\">" + body, style)


class Moving(Content):
    """Two photographs that fade into each other, the ticker, the strip."""

    def write(self):
        names = ("media/a.jpg", "media/b.jpg")
        for seed, name in enumerate(names, 1):
            self.photo(name, seed)
        fade = {"enter": "fade", "for": f"{FADE_S}s", "ease": "linear"}
        self.scene([self.endless(FADE_S, lambda turn: [self.image(names[turn]), self.image(names[1 - turn], animate=fade)]),
                    self.ticker(), self.strip()])
        ticker, ticker_style = self.ticker_page()
        strip, strip_style = self.strip_page()
        self.html(f"<img src=\"{names[0]}\"><img id=\"over\" src=\"{names[1]}\">{ticker}{strip}",
                  f"#over {{ animation: fade {FADE_S}s linear infinite alternate }} "
                  f"@keyframes fade {{ from {{ opacity: 0 }} to {{ opacity: 1 }} }} {ticker_style} {strip_style}")


class Changes(Content):
    """The same two photographs as two scenes, each of which fades into the other as soon as it is there."""

    def write(self):
        for seed, name in enumerate(("a", "b"), 1):
            self.photo(f"media/{name}.jpg", seed)
            self.scene([self.image(f"media/{name}.jpg")], "one" if name == "a" else "two",
                       transition={"kind": "fade", "for": f"{FADE_S}s"})
        self.json("scenes/playlists/all.json", {"loop": [{"scene": "one", "for": f"{FADE_S}s"}, {"scene": "two", "for": f"{FADE_S}s"}]})
        self.html("")


class Button(Content):
    """One large button that has another colour while it is touched."""

    PLACE = (560, 340, 800, 400)
    CALM, PRESSED = (0x20, 0x40, 0x60), (0xF0, 0xC0, 0x20)

    def write(self):
        x, y, width, height = self.PLACE
        self.scene([{"button": "Hier", "at": [x, y], "size": [width, height], "tap": {"set": {"touched": True}}}],
                   state={"touched": {"default": False}})
        self.html("<div id=\"button\">Hier</div><script>const button = document.getElementById('button');"
                  "button.addEventListener('touchstart', event => { event.preventDefault(); button.className = 'on' }, {passive: false});"
                  "for (const end of ['touchend', 'touchcancel']) button.addEventListener(end, () => { button.className = '' })</script>",
                  f"#button {{ left: {x}px; top: {y}px; width: {width}px; height: {height}px; line-height: {height}px; "
                  "text-align: center; background: #204060; touch-action: none } #button.on { background: #F0C020 }")


class Many(Content):
    """A scene of `count` elements: rows of a shape, a picture and two texts, as in a list of departures."""

    def __init__(self, parent, count):
        self.count = count
        super().__init__(parent)

    def write(self):
        gray_strip(self.path("media/a.png"))
        columns = max(1, round((self.count * 16 / 9) ** 0.5))
        step = (self.width / columns, self.height / (self.count // columns + 1))
        kinds = (lambda n: {"shape": "rectangle", "fill": "calm", "radius": 4},
                 lambda n: {"text": f"{n}", "lines": 1},
                 lambda n: {"text": f"Linie {n % 97}", "lines": 1, "shrink": 0.5},
                 lambda n: {"image": "media/a.png", "alt": "", "fit": "fill"})
        size = [max(8, step[0] - 2), max(8, step[1] - 2)]
        self.scene([{**kinds[n % 4](n), "at": [n % columns * step[0], n // columns * step[1]], "size": size} for n in range(self.count)])
        self.html("")
