# SPDX-License-Identifier: EUPL-1.2
"""What the tests of live data share: an exhibition with a cell of colour for each source, its player, and what is seen of them: cells,
pictures counted, points kept, lines logged."""
import json
import os
import pathlib
import sqlite3
import struct
import threading
import time
import zlib

import house

WIDTH, CELL, PER_ROW, STRIP = 480, 8, 30, 8
STATES = {"loading": (0, 0, 255), "fresh": (0, 255, 0), "stale": (255, 255, 0), "expired": (255, 128, 0), "error": (255, 0, 0),
          "off": (64, 64, 64)}
VALUES = {7: (255, 255, 255), 42: (0, 255, 255), None: (0, 0, 0)}
OTHER = (255, 0, 255)
ATTRIBUTION = {"provider": "Test", "licence": {"name": "CC0", "url": "https://example.org/l"}, "url": "https://example.org/"}
SANITIZERS = "data race", "LeakSanitizer", "heap-", "use-after", "runtime error", "lock-order"  # but for a stack that jq overflows
FIELDS = {"v": {"type": "number"}, "at": {"type": "time", "encoding": "epoch-ms"}}


def now_ms():
    return int(time.time() * 1000)


def reading(value, at=None):
    """The body of a source's good answer."""
    return json.dumps({"v": value, "at": now_ms() if at is None else at}).encode()


def source(address, **changes):
    """One over HTTP that is asked as often as any may be."""
    return {"http": address, "every": "5s", "fresh_for": "12s", "expire_after": "1000h", "fields": FIELDS, "observed": "at",
            "attribution": ATTRIBUTION, **changes}


def hexed(colour):
    return "#%02X%02X%02X" % colour


def pixels(path):
    """(width, rows of bytes, 3 a pixel) of a PNG of 8 bits a channel without transparency."""
    data = pathlib.Path(path).read_bytes()
    at, packed, width, height, colour = 8, b"", 0, 0, 0
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, height, _, colour = struct.unpack(">IIBB", body[:10])
        elif kind == b"IDAT":
            packed += body
        at += length + 12
    step = {2: 3, 6: 4}[colour]
    plain, stride, before, rows = zlib.decompress(packed), width * step, bytes(width * step), []
    for y in range(height):
        line = unfiltered(plain[y * (stride + 1)], bytearray(plain[y * (stride + 1) + 1:(y + 1) * (stride + 1)]), before, step)
        before = line
        rows.append(line)
    return step, rows


def paeth(left, up, corner):
    guess = left + up - corner
    return min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))[2]


def unfiltered(kind, line, before, step):
    if kind == 2:
        return bytearray((a + b) & 255 for a, b in zip(line, before))
    if kind == 0:
        return line
    for i, byte in enumerate(line):
        left = line[i - step] if i >= step else 0
        corner = before[i - step] if i >= step else 0
        guess = {1: left, 3: (left + before[i]) // 2}.get(kind)
        line[i] = (byte + (paeth(left, before[i], corner) if guess is None else guess)) & 255
    return line


class Exhibition:
    """`sources` by name, as in scenes/sources.json. Each has two cells: its state, and its value `v` (of one with `rows`: how many).
    `allow`: of the host's configuration; `elements`: further ones of the scene, behind the cells."""

    def __init__(self, folder, sources, allow, elements=()):
        self.folder, self.names = pathlib.Path(folder) / "exhibition", list(sources)
        rows = (len(self.names) + PER_ROW - 1) // PER_ROW
        self.height = max(270, STRIP + rows * CELL + 100)
        self.write("scenes/sources.json", sources)
        self.write("scenes/exhibition.json", {"title": "Feeds", "languages": ["de"], "wall": "w", "home": "cells"})
        self.write("scenes/theme.json", {
            "canvases": {"wide": {"size": [WIDTH, self.height], "areas": {"all": [0, 0, WIDTH, self.height]}}}, "ground": "paper",
            "colours": {"paper": "#F5F2EA", "ink": "#13212C"}, "styles": {"body": {"font": "text", "size": 14, "colour": "ink"}},
            "default_style": "body"})
        self.write("fonts/fonts.json", {"roles": {"text": {"package": "fonts-inter", "file": "Inter-Regular.otf"}}})
        self.write("scenes/walls/w.json", {
            "panels": [{"id": "p", "at": [0, 0], "size": [WIDTH, self.height], "pixels": [WIDTH, self.height]}],
            "zones": [{"id": "z", "at": [0, 0], "size": [WIDTH, self.height], "playlist": "all"}]})
        self.write("scenes/playlists/all.json", {"loop": [{"scene": "cells", "for": "10h"}], "otherwise": "cells"})
        self.write("scenes/cells.json", {"title": "Cells", "elements": [
            self.strip(), *elements, *(cell for name in sources for cell in self.cells(name, sources[name]))]})
        self.host = self.folder.parent / "wall.json"
        self.host.write_text(json.dumps({"live": True, "allow": allow}))

    def write(self, path, value):
        """As a whole, as an editor or a download would put it there."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_name(file.name + ".new")
        new.write_bytes(value if isinstance(value, bytes) else json.dumps(value).encode())
        new.rename(file)

    @staticmethod
    def strip():
        """Moves without end, so that every frame is a picture of its own."""
        bar = {"shape": "rectangle", "fill": "ink", "at": [0, 0], "size": [40, STRIP - 2],
               "animate": {"enter": "move", "from": [WIDTH - 40, 0], "for": "5s", "ease": "linear"}}
        return {"switch": "floor((now - date(2026, 1, 1)) / 5s) % 2", "cases": {"0": bar, "1": bar}}

    def place(self, name):
        index = self.names.index(name)
        return [index % PER_ROW * 2 * CELL, STRIP + index // PER_ROW * CELL]

    def cells(self, name, declared):
        x, y = self.place(name)

        def cell(at, colour):
            return {"shape": "rectangle", "fill": hexed(colour), "at": [at, y], "size": [CELL, CELL]}
        value = f"count({name}.rows) ?? -1" if declared.get("rows") else f"{name}.v ?? -1"
        yield {"switch": f"{name}.status", "cases": {state: cell(x, colour) for state, colour in STATES.items()}}
        yield {"switch": value, "cases": {"-1" if number is None else str(number): cell(x + CELL, colour)
                                          for number, colour in VALUES.items()}, "else": cell(x + CELL, OTHER)}


class Watcher(threading.Thread):
    """Counts pictures: (time, frames so far) as often as the player says."""

    def __init__(self, wall):
        super().__init__(daemon=True)
        self.wall, self.seen, self.done = wall, [], False
        self.start()

    def run(self):
        while not self.done:
            frames = self.wall.status().get("frames")
            if frames is not None and (not self.seen or self.seen[-1][1] != frames):
                self.seen.append((time.monotonic(), frames))
            time.sleep(0.05)

    def between(self, begin, end):
        """(pictures a second, longest time without a new count) of a stretch."""
        part = [(at, frames) for at, frames in self.seen if begin <= at <= end]
        if len(part) < 2:
            return 0.0, end - begin
        longest = max(after[0] - before[0] for before, after in zip(part, part[1:]))
        return (part[-1][1] - part[0][1]) / (part[-1][0] - part[0][0]), longest


class Wall:
    """Plays an Exhibition off-screen until the end of `with`."""

    def __init__(self, build, exhibition, environment=None):
        self.exhibition = exhibition
        self.folder = exhibition.folder.parent
        self.shot, self.status_file = self.folder / "shot.png", self.folder / "status.json"
        self.supervisor = house.Supervisor(
            os.path.join(build, "schauwand"), "play", str(exhibition.folder), "--offscreen", "--config", str(exhibition.host), "--shot",
            str(self.shot), "--every", "200ms", "--status", str(self.status_file), state=str(self.folder / "state"),
            environment=environment)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.supervisor.close()

    def end(self):
        """A clean stop: nobody is left behind, and no sanitizer has had anything to say."""
        pids = self.supervisor.children()
        assert self.supervisor.stop() == 0, self.supervisor.text()
        house.wait_until("the end of all", lambda: not any(house.is_running(pid) for pid in pids))
        assert not any(self.lines(word) for word in SANITIZERS), self.supervisor.text()

    def status(self):
        try:
            return json.loads(self.status_file.read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return {}

    def pid(self, program):
        """Of the one that runs, or None."""
        return next(iter(self.supervisor.children(program)), None)

    def lines(self, *words):
        """Logged lines that hold all of these."""
        return [line for line in list(self.supervisor.lines) if all(word in line for word in words)]

    def cells(self):
        """{source: (state, value)} as the newest picture shows them; "?" is what no cell should be."""
        try:
            step, rows = pixels(self.shot)
        except FileNotFoundError:
            return {}
        states = {colour: state for state, colour in STATES.items()}
        values = {colour: value for value, colour in VALUES.items()}
        values[OTHER] = "other"

        def at(x, y):
            return tuple(rows[y + CELL // 2][(x + CELL // 2) * step:(x + CELL // 2) * step + 3])
        places = {name: self.exhibition.place(name) for name in self.exhibition.names}
        return {name: (states.get(at(x, y), "?"), values.get(at(x + CELL, y), "?")) for name, (x, y) in places.items()}

    def await_cells(self, wanted):
        """Until the picture shows these: {source: (state, value)}."""
        def fits():
            seen = self.cells()
            self.missing = {name: seen.get(name) for name, cell in wanted.items() if seen.get(name) != cell}
            return not self.missing
        try:
            house.wait_until("the cells", fits)
        except AssertionError as error:
            told = "\n".join(f"{name}: {cell}, wanted {wanted[name]}" for name, cell in self.missing.items())
            raise AssertionError(f"never so:\n{told}\n{self.supervisor.text()}") from error

    def points(self, name, field="v"):
        """[(epoch ms, value)] that are kept of a history."""
        file = self.folder / "state" / "schauwand" / "courier.sqlite"
        if not file.exists():
            return []
        database = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        try:
            return [(at // 1000, value) for at, value in database.execute(
                "SELECT at, value FROM point WHERE source = ? AND field = ? ORDER BY at", (name, field))]
        except sqlite3.OperationalError:
            return []  # being made
        finally:
            database.close()
