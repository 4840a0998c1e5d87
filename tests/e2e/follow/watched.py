#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: watched.py BUILD [CHANGES]

Releases that follow each other on a wall with two zones, its screen read as fast as it can be. All scenes of a release have one colour,
with a white picture in the middle: whatever is seen must lie between two releases' colours, in both zones and at all places alike, with the
picture whole, and never go back. Told, not judged: how many pictures were seen.
"""
import json
import os
import struct
import sys
import threading
import time
import zlib

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "xorg"))
from following import Site, Wall  # noqa: E402
from wall import Xvfb  # noqa: E402

WIDTH, HEIGHT = 640, 360
COLOURS = [(192, 32, 32), (32, 160, 32), (32, 32, 192), (160, 128, 32)]
NAMES = ["red", "green", "blue", "brown"]
FILLS = [(20, 340), (300, 20), (340, 20), (620, 340)]
PICTURES = [(160, 180), (480, 180)]
NEAR = 8  # of 255: the rounding of two mixings
APART = 0.15  # places are not read at one instant


def png(path, width, height, seed):
    """White, but for one pixel: large enough to take its time."""
    row = b"\0" + b"\xff\xff\xff" * width
    pixels = bytearray(row * height)
    pixels[1] = seed

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)) +
                   chunk(b"IDAT", zlib.compress(bytes(pixels), 1)) + chunk(b"IEND", b""))


def release(site, index):
    os.makedirs(os.path.join(site.exhibition, "media"), exist_ok=True)
    png(os.path.join(site.exhibition, "media", "white.png"), 3000, 2000, index)
    for name in ("one", "two"):
        site.write(f"scenes/{name}.json", json.dumps({
            "title": name, "about": {"tags": ["project"]}, "elements": [
                {"shape": "rectangle", "at": [0, 0], "size": [320, 360], "fill": NAMES[index % 4]},
                {"image": "media/white.png", "alt": "", "at": [80, 120], "size": [160, 120], "fit": "cover"}]}))
    site.publish()


def prepare(site):
    site.write("scenes/theme.json", json.dumps({
        "canvases": {"wide": {"size": [320, 360], "areas": {"main": [0, 0, 320, 360]}}},
        "colours": {"ink": "#101010", "paper": "#FFFF00", **{name: "#%02X%02X%02X" % colour for name, colour in zip(NAMES, COLOURS)}},
        "ground": "paper", "default_style": "body", "styles": {"body": {"size": 24, "colour": "ink"}}}))
    site.write("scenes/walls/foyer.json", json.dumps({
        "bottom": 800, "viewing_distance": 1500, "panels": [{"id": "left", "at": [0, 0], "size": [640, 360], "pixels": [640, 360]}],
        "zones": [{"id": "left", "at": [0, 0], "size": [320, 360], "playlist": "foyer"},
                  {"id": "right", "at": [320, 0], "size": [320, 360], "playlist": "other"}]}))
    site.play(["one", "two"], 3)
    site.write("scenes/playlists/other.json", json.dumps({"loop": [{"scene": "two", "for": "5s"}, {"scene": "one", "for": "5s"}]}))


class Watch(threading.Thread):
    """Reads the places over and over; a fault is a text."""

    def __init__(self, screen):
        super().__init__(daemon=True)
        self.screen, self.faults, self.samples, self.mixes = screen, [], 0, set()
        self.before, self.after, self.reached, self.ended = 0, 0, 0.0, False
        self.lock = threading.Lock()

    def place(self, point):
        blue, green, red = self.screen.pixels(*point, 1, 1)[:3]
        return red, green, blue

    def share(self, colour):
        """How far between the two releases' colours; None: not between them."""
        a, b = COLOURS[self.before % 4], COLOURS[self.after % 4]
        span = sum((y - x) ** 2 for x, y in zip(a, b))
        t = sum((c - x) * (y - x) for c, x, y in zip(colour, a, b)) / span if span else 0
        off = max(abs(c - (x + (y - x) * t)) for c, x, y in zip(colour, a, b))
        return t if off <= NEAR and -0.05 <= t <= 1.05 else None

    def look(self):
        colours = [self.place(point) for point in FILLS]
        shares = [self.share(colour) for colour in colours]
        pictures = [self.place(point) for point in PICTURES]
        if None in shares:
            return f"neither release {self.before + 1} nor {self.after + 1}: {colours}"
        if max(shares) - min(shares) > APART:
            return f"not together: {shares}"
        if min(min(picture) for picture in pictures) < 255 - NEAR:
            return f"a picture is not whole: {pictures} at {shares}"
        if max(shares) < self.reached - APART:
            return f"it goes back: {shares} after {self.reached}"
        self.reached = max(self.reached, min(shares))
        self.mixes.add(round(shares[0], 2))
        return None

    def look_again(self):
        """What is only so while a picture is being put is none: it has gone the next moment."""
        fault = self.look()
        for _ in range(3):
            if fault is None:
                break
            time.sleep(0.001)
            fault = self.look()
        return fault

    def run(self):
        while not self.ended:
            with self.lock:
                fault = self.look_again()
            self.samples += 1
            if fault is not None and len(self.faults) < 10:
                self.faults.append(fault)

    def expect(self, after):
        with self.lock:
            self.before, self.after, self.reached = self.after, after, 0.0


def main():
    build, changes = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 6
    site = Site(build)
    prepare(site)
    with Xvfb(WIDTH, HEIGHT) as screen:
        wall = Wall(site, environment=screen.env())
        try:
            release(site, 0)
            wall.start()
            wall.await_status(card="SW-1")
            wall.bring(1)
            wall.order("release 1 0")
            wall.await_heard("plays 1 0", 2)
            watch = Watch(screen)
            for point in FILLS:
                screen.wait_pixel(*point, COLOURS[0], tolerance=NEAR)
            watch.start()
            pid = wall.player()
            for number in range(2, changes + 2):
                release(site, number - 1)
                wall.bring(number)
                watch.expect(number - 1)
                wall.order(f"release {number} 0")
                wall.await_heard(f"plays {number} 0")
                for point in FILLS:
                    screen.wait_pixel(*point, COLOURS[(number - 1) % 4], tolerance=NEAR)
            watch.ended = True
            watch.join()
            assert wall.player() == pid, "the player has been started again"
            print(f"{changes} changes, {watch.samples} samples, {len(watch.mixes)} different mixes; faults: {watch.faults or 'none'}")
            assert len(watch.mixes) > 10, "no change was seen while it went on"
            return 1 if watch.faults else 0
        finally:
            wall.close()
            site.close()


if __name__ == "__main__":
    sys.exit(main())
