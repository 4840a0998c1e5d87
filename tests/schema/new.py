#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: new.py BUILD

`schauwand new`: what it makes is whole, is drawn, and is wired to VS Code; what is there already stays as it is; a kill leaves nothing.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import agree
import jsonc

SCENES = ("hub", "river#now", "river#gauge", "bridge#parts", "bridge#try")
SIZES = ("1920x1080", "1080x1920")


def run(build, *arguments, folder=None):
    return subprocess.run([build / "schauwand", *arguments], cwd=folder, capture_output=True, text=True, timeout=120, check=False)


def files_below(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def check_whole(build, place):
    """No fault, no warning, and a picture of each page on each canvas."""
    checked = run(build, "check", "--full", place)
    whole = re.search(r"^3 scenes, .*: no faults$", checked.stdout, re.M) and ": warning: " not in checked.stdout
    assert checked.returncode == 0 and whole, checked.stdout + checked.stderr
    for scene in SCENES:
        for size in SIZES:
            picture = place.parent / "picture.png"
            drawn = run(build, "render", place, "--scene", scene, "--size", size, "--at", "2026-11-20T14:30", "-o", picture)
            assert drawn.returncode == 0 and picture.stat().st_size > 10000, (scene, size, drawn.stderr)
            picture.unlink()


def fits(patterns, path):
    """As VS Code takes `fileMatch`: the last pattern that fits decides, and one with "!" says no."""
    last = False
    for pattern in patterns:
        if re.fullmatch(re.escape(pattern.lstrip("!").lstrip("/")).replace(r"\*", "[^/]+"), path):
            last = not pattern.startswith("!")
    return last


def check_editor(place, schema):
    """Each file has one schema, which is there, and by which it is right; the bundle is what `schauwand schema` prints."""
    settings = json.loads((place / ".vscode/settings.json").read_text(encoding="utf-8"))
    assert json.loads((place / ".vscode/schauwand.schema.json").read_text(encoding="utf-8")) == schema.bundle
    questions, names = [], []
    for path in files_below(place):
        entries = [entry for entry in settings["json.schemas"] if fits(entry["fileMatch"], path)]
        if path.startswith((".vscode/", "media/")):
            assert not entries, (path, entries)
            continue
        assert len(entries) == 1, (path, entries)
        small = json.loads((place / entries[0]["url"]).read_text(encoding="utf-8"))
        bundle, kind = small["$ref"].split("#/$defs/")
        assert (place / ".vscode" / bundle).exists() and kind == schema.kind(path), (path, small)
        questions.append([kind, jsonc.load(place / path)])
        names.append(path)
    assert len(names) >= 12, names
    for name, said in zip(names, schema.judge(questions)):
        assert not said, (name, said)


def ask_editor(schema, place, questions):
    ran = subprocess.run(["node", agree.HERE / "editor.js", schema.modules, place], input=json.dumps(questions), capture_output=True,
                         text=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


KINDS = ["text", "image", "video", "shape", "row", "column", "grid", "stack", "switch", "repeat", "use", "slot", "button", "clock", "qr",
         "chart", "trend", "table"]
# An element as somebody types it, what is underlined, what is proposed at "|", and what is not.
TYPED = [
    ('{|}', [f"the element has no kind; one key of these is wanted: {', '.join(KINDS)}"], KINDS, ["tap", "series"]),
    ('{"image": "a.svg", "alt": "", |}', [], ["fit", "focus", "in", "tap"], ["text", "series", "image"]),
    ('{"image": "a.svg", "alt": "", "fit": |}', ["Value expected"], ['"contain"', '"cover"', '"fill"'], []),
    ('{"text": "a", "tap": |}', ["Value expected"], ['"back"', '"home"'], []),
    ('{"text": "a", "tap": {|}}', ["Object has fewer properties than the required number of 1"], ["go", "set", "seek"], ["text"]),
    ('{"text": "a", "tapp": "back"}', ["Property tapp is not allowed."], None, None),
    ('{"text": "a", "align": "left"}', ['Value is not accepted. Valid values: "start", "center", "end", "stretch".'], None, None),
    ('{"text": "a", "opacity": 3}', ["Value is above the maximum of 1."], None, None),
    ('{"text": "a", "opacity": "{step / 2}"}', [], None, None),
    ('{"text": "a", "fill": "#12"}', ["a colour is #RRGGBB, #RRGGBBAA or a name of the theme"], None, None),
    ('{"image": "a.gif"}', ['Missing property "alt".', "a picture is wanted: .svg, .png, .jpg or .webp"], None, None),
    ('{"chart": "line", "alt": ""}', ['missing key "series" or "rows"'], None, None),
    ('{"use": "tile", "text": "a", "anything": 1}', [], None, None),
    ('{"text": "a", /* comments and trailing commas */}', [], None, None),
]


def check_typing(schema, place):
    """VS Code's own machinery on what is typed: every file of the template is clean, and slips are named where they stand."""
    whole = [[path, (place / path).read_text(encoding="utf-8").replace("|", " ")] for path in files_below(place)
             if path.startswith(("scenes/", "fonts/"))]
    for (path, _), answer in zip(whole, ask_editor(schema, place, whole)):
        assert answer["said"] == [], (path, answer)
    typed = [["scenes/typed.json", f'{{"title": "a", "elements": [{element}]}}'] for element, *_ in TYPED]
    for (element, said, proposed, not_proposed), answer in zip(TYPED, ask_editor(schema, place, typed)):
        assert answer["said"] == said, (element, answer)
        assert proposed is None or set(proposed) <= set(answer["proposed"]), (element, answer)
        assert proposed is None or not set(not_proposed) & set(answer["proposed"]), (element, answer)


def check_refusals(build, folder):
    """What is there stays."""
    full, file, here = folder / "full", folder / "file", folder / "here"
    full.mkdir()
    (full / "mine.txt").write_text("mine", encoding="utf-8")
    file.write_text("mine", encoding="utf-8")
    here.mkdir()
    before = files_below(folder)
    cases = [((full,), "is not empty"), ((file,), "is there already"), ((".",), "is the current folder"), ((), "wanted"),
             ((here / "no" / "parent",), "No such file or directory"), (("a", "b"), "b"), (("--titel", "x", "y"), "--titel"),
             (("--title", "a\nb", "c"), "one line")]
    for arguments, words in cases:
        refused = run(build, "new", *arguments, folder=here)
        assert refused.returncode == 2 and words in refused.stderr and not refused.stdout, (arguments, refused)
    assert files_below(folder) == before and not any(here.iterdir())


def check_title(build, folder):
    """An empty folder is taken; the title is what was said, braces and quotes too."""
    place = folder / "empty"
    place.mkdir()
    made = run(build, "new", f"{place}/", "--title", 'Das "Haus" {1} am Ufer')
    assert made.returncode == 0, made.stderr
    assert jsonc.load(place / "scenes/exhibition.json")["title"] == 'Das "Haus" {{1}} am Ufer'
    checked = run(build, "check", place)
    assert checked.returncode == 0, checked.stdout


def check_kills(build, folder, whole):
    """Killed at any time there is all of it or nothing at its place."""
    seen = set()
    for number in range(24):
        place = folder / f"killed-{number}"
        making = subprocess.Popen([build / "schauwand", "new", place], stdout=subprocess.DEVNULL)
        time.sleep(number * 0.004)
        making.kill()
        making.wait()
        seen.add(place.exists())
        assert not place.exists() or set(files_below(place)) == whole, place
    assert False in seen, "no kill came in time"


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    schema = agree.Schema(build)
    with tempfile.TemporaryDirectory(prefix="schauwand-new-") as temporary:
        folder = pathlib.Path(temporary)
        place = folder / "city"
        made = run(build, "new", place)
        assert made.returncode == 0 and str(place) in made.stdout, made
        assert sorted(path.name for path in folder.iterdir()) == ["city"]
        check_whole(build, place)
        check_editor(place, schema)
        check_typing(schema, place)
        check_title(build, folder)
        (folder / "refusals").mkdir()
        check_refusals(build, folder / "refusals")
        check_kills(build, folder, set(files_below(place)))


if __name__ == "__main__":
    main()
