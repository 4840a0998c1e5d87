# SPDX-License-Identifier: EUPL-1.2
"""What the tests of the homes share: an exhibition that stands still at its hub, and the services of the package and the lines of
README.md that they try as written."""
import json
import os
import re
import shlex
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "stage"))
from playing import PROGRAM, SOURCE, Exhibition, assert_same, wait_for  # noqa: E402

AT = ("--at", "2026-11-23T00:00:01")
STILL = {"scene": "hub", "changing": False, "contacts": 0}


def hub(**defaults):
    """The demo, whose wall "pair" has two panels side by side, 960 x 540 each, with one zone over both."""
    exhibition = Exhibition(**defaults)
    exhibition.write("scenes/playlists/foyer.json", '{"loop": [{"scene": "hub", "for": "1h"}]}')
    size = [1217.6, 684.9]
    panels = [{"id": f"p{i}", "at": [i * size[0], 0], "size": size, "pixels": [960, 540], "output": [i * 960, 0]} for i in range(2)]
    zone = {"id": "both", "at": [0, 0], "size": [2 * size[0], size[1]], "playlist": "foyer", "language": "de", "home": "hub"}
    exhibition.write("scenes/walls/pair.json", json.dumps({"viewing_distance": 1500, "bottom": 800, "panels": panels, "zones": [zone]}))
    return exhibition


def wall_picture(exhibition, wall):
    """The path of what the wall shows, drawn by `render`, and its boxes by text."""
    path = os.path.join(exhibition.folder, f".{wall}.png")
    exhibition.render_wall(wall, path, *AT)
    return path


def looks(screen, exhibition, reference, *options):
    """Waits until the screen shows the picture, pixel for pixel."""
    shot, error = os.path.join(exhibition.folder, ".shot.png"), []

    def same():
        screen.shot(shot, *options)
        try:
            assert_same(shot, reference)
            return True
        except AssertionError as reason:
            error[:] = [str(reason)]
            return False
    wait_for(same, lambda: f"the picture as rendered: {error[0]}", timeout=20)


def unit(name):
    """A service of the package: {key: [value, ...]}, lines that it continues with put together."""
    found = {}
    with open(os.path.join(SOURCE, "tools", "packaging", "systemd", name), encoding="utf-8") as file:
        for line in file.read().replace("\\\n", " ").splitlines():
            key, equals, value = line.partition("=")
            if equals and not line.startswith("#"):
                found.setdefault(key, []).append(value)
    return found


def service(exhibition, places):
    """What schauwand.service sets and starts, with our program and exhibition: (environment, words). `places`: {its place: ours}."""
    def here(text):
        for old, new in places.items():
            text = text.replace(old, new)
        return text
    lines = unit("schauwand.service")
    environment = dict(word.split("=", 1) for value in lines["Environment"] for word in shlex.split(value))
    words = shlex.split(lines["ExecStart"][0])
    assert words[0] == "/usr/bin/schauwand" and words[-2:] == ["$OPTIONS", "$EXHIBITION"], words
    display = {name: here(environment[name]) for name in ("DISPLAY", "XAUTHORITY", "WAYLAND_DISPLAY")}
    return display, [PROGRAM, *map(here, words[1:-2]), exhibition.folder]


def readme(pattern):
    """The first match in README.md, with our program and folder where the example has its own."""
    with open(os.path.join(SOURCE, "README.md"), encoding="utf-8") as file:
        match = re.search(pattern, file.read(), re.MULTILINE | re.DOTALL)
    assert match, f"README.md has nothing like {pattern}"
    return match.group(1)


def as_here(text, folder):
    """The example with the program and the exhibition of this test."""
    assert "/usr/bin/schauwand" in text and "/srv/exhibition" in text, text
    return text.replace("/usr/bin/schauwand", PROGRAM).replace("/srv/exhibition", folder)
