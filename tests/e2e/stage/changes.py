# SPDX-License-Identifier: EUPL-1.2
"""usage: changes.py [CHANGES] [--faults]

Ten zones that change each second, with cross-fades: no frame may be black, stale or half ready. The exhibition says in each of its pictures
what it is (frames.c). --faults: shows that each of the faults would be found, by a wall that has them."""
import colorsys
import json
import os
import signal
import sys

from playing import Exhibition, Play, tool, wait_for
from wall import Process, Xvfb, write_png

COLUMNS, ROWS, WIDTH, HEIGHT, SCENES = 5, 2, 384, 540, 12
GROUND = "2A4E6C"


class Fields(Exhibition):
    """Zones, playlists and scenes by the number; half of the pictures are PNG, half SVG."""

    def __init__(self):
        super().__init__()
        for name in ("scenes", "media"):
            for path, _, files in os.walk(os.path.join(self.folder, name)):
                for file in files:
                    os.remove(os.path.join(path, file))
        self.plan = os.path.join(self.folder, "plan")
        self.json("scenes/exhibition.json", {"title": "Fields", "languages": ["de"], "wall": "fields", "home": "s0",
                                             "defaults": {"transition": {"kind": "fade", "for": "400ms"}}})
        self.json("scenes/theme.json", {
            "canvases": {"field": {"size": [WIDTH, HEIGHT], "areas": {}}}, "colours": {"ground": "#" + GROUND, "ink": "#FFFFFF"},
            "ground": "ground", "default_style": "body", "styles": {"body": {"font": "text", "size": 40, "line": 1.2, "colour": "ink"}}})
        self.json("scenes/walls/fields.json", {
            "title": "Fields", "viewing_distance": 1500, "bottom": 500,
            "panels": [{"id": "p", "at": [0, 0], "size": [COLUMNS * WIDTH, ROWS * HEIGHT], "pixels": [COLUMNS * WIDTH, ROWS * HEIGHT]}],
            "zones": [{"id": f"z{zone}", "at": list(self.place(zone)), "size": [WIDTH, HEIGHT], "playlist": f"p{zone}", "language": "de"}
                      for zone in range(COLUMNS * ROWS)]})
        lines = []
        for zone in range(COLUMNS * ROWS):
            self.json(f"scenes/playlists/p{zone}.json",
                      {"loop": [{"scene": f"s{zone * SCENES + k}", "for": "1s"} for k in range(SCENES)]})
            x, y = self.place(zone)
            lines.append(f"zone {x} {y} {WIDTH} {SCENES} {GROUND}")
            lines += [f"scene {self.number(n)} {self.colour(n)}" for n in range(zone * SCENES, (zone + 1) * SCENES)]
        for n in range(COLUMNS * ROWS * SCENES):
            self.scene(n)
        self.write("plan", "\n".join(lines) + "\n")

    def json(self, name, value):
        self.write(name, json.dumps(value))

    def place(self, zone):
        return zone % COLUMNS * WIDTH, zone // COLUMNS * HEIGHT

    def number(self, n):
        """Eleven bits, neighbours far apart."""
        return n * 1027 % 2039

    def colour(self, n):
        red, green, blue = colorsys.hsv_to_rgb(n * 0.381966 % 1, 0.55 + n % 3 * 0.2, 0.95 - n % 4 * 0.15)
        return "".join(f"{round(part * 255):02X}" for part in (red, green, blue))

    def scene(self, n):
        colour, number = self.colour(n), self.number(n)
        if n % 2 == 0:
            picture = f"media/a{n}.png"
            pixel = bytes((int(colour[4:6], 16), int(colour[2:4], 16), int(colour[0:2], 16), 255))
            write_png(os.path.join(self.folder, picture), 64, 80, pixel * (64 * 80))
        else:
            picture = f"media/a{n}.svg"
            self.write(picture, '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 80">'
                                f'<rect width="64" height="80" fill="#{colour}"/></svg>')
        bits = [number >> i & 1 for i in range(11)]
        bits.append(sum(bits) % 2)
        cells = [{"shape": "rectangle", "fill": "#FFFFFF" if bit else "#000000", "at": [32 * i, 0], "size": [32, 32]}
                 for i, bit in enumerate(bits)]
        self.json(f"scenes/s{n}.json", {"title": f"Scene {n}", "elements": cells + [
            {"image": picture, "fit": "cover", "at": [0, 32], "size": [WIDTH, 488], "alt": ""}]})


def watch(screen, plan, changes):
    return Process("frames", [tool("frames"), plan, str(changes)], env=screen.env())


def show_faults():
    """Watchers with wrong plans see faults in a good wall, and a wall whose player has ended is black."""
    with Fields() as exhibition, Xvfb(COLUMNS * WIDTH, ROWS * HEIGHT) as screen:
        with open(exhibition.plan, encoding="utf-8") as file:
            lines = file.read().splitlines()
        scenes = lines[1:SCENES + 1]
        colours = [line.split()[2] for line in scenes]
        other = [" ".join((*line.split()[:2], colour)) for line, colour in zip(scenes, colours[1:] + colours[:1])]
        exhibition.write("backwards", "\n".join([lines[0]] + scenes[::-1]) + "\n")
        exhibition.write("colours", "\n".join([lines[0]] + other) + "\n")
        exhibition.write("one", "\n".join([lines[0]] + scenes) + "\n")
        with Play(exhibition, "--at", "2026-11-23T00:00:01", env=screen.env()) as player:
            player.wait_zone(changes=lambda changes: (changes or 0) >= 2)
            watchers = {plan: watch(screen, os.path.join(exhibition.folder, plan), 1000) for plan in ("backwards", "colours", "one")}
            player.wait_zone(changes=lambda changes: changes >= 8)
            player.stop()
            wait_for(lambda: screen.pixel(WIDTH // 2, 200) == (0, 0, 0), "a black screen")
            watchers["one"].expect("^black")
            told = {}
            for plan, watcher in watchers.items():
                watcher.kill(signal.SIGTERM)
                watcher.wait()
                told[plan] = dict(zip(*[iter(watcher.expect(r"^frames.*").group(0).split())] * 2))
        found = {"black": int(told["one"]["black"]), "stale": int(told["backwards"]["stale"]), "half": int(told["colours"]["half"])}
        print(f"shown that faults are found: {found}; and none of the others in the good plan: {told['one']}")
        assert all(found.values()) and told["one"]["stale"] == told["one"]["half"] == told["one"]["unread"] == "0"


def main():
    if "--faults" in sys.argv:
        show_faults()
        return
    changes = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with Fields() as exhibition, Xvfb(COLUMNS * WIDTH, ROWS * HEIGHT) as screen:
        with Play(exhibition, "--at", "2026-11-23T00:00:01", env=screen.env()) as player:
            with watch(screen, exhibition.plan, changes) as frames:
                status = frames.wait(60 + changes * 1.0)
                frames.expect("^frames")
                composed = player.status()["frames"]
            assert player.stop() == 0, player.errors()
            print("\n".join(frames.lines[:-1]))
            print(f"composed {composed}; judged in {COLUMNS * ROWS} zones: {frames.lines[-1]}")
            assert status == 0, "faults"


if __name__ == "__main__":
    main()
