#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""`schauwand check` on the exhibitions of tests/bad/: every fault, at its place, in its words.

usage: check.py SCHAUWAND [--update] [CASE...]

A case is a folder with the files that differ from tests/bad/base and a file `expect`: the exit status, then the lines that are printed,
exactly. tests/bad/all stands by itself; there every faulty line bears the comment `// fault`, and no other may be named. --update writes
`expect` anew: read every line of the difference as a curator would.
"""
import difflib
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "..", ".."))
BAD = os.path.join(ROOT, "tests", "bad")
LINE = re.compile(r"^(?:(?P<file>[^:]+)(?::(?P<line>\d+):(?P<column>\d+))?: )?(?P<severity>error|warning): (?P<text>.*)$")
SUMMARY = re.compile(r"^\d+ (fault|scene)|^  [a-z]")  # and what scenes need


LISTED = '"frame": "frame", "about": {"tags": ["project"]}' # the hub lists it, and its frame leads home


class Run:
    """One run of `schauwand check`, with what every run must keep."""

    def __init__(self, program, folder, *options, prefix=(), environment=None, strict=False, plain=True):
        command = [*prefix, program, "check", folder, *options]
        environment = {**os.environ, "XDG_CACHE_HOME": "/dev/null/none", **(environment or {})} # nothing is remembered
        done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=300, check=False, env=environment)
        self.status = done.returncode
        self.output = done.stdout.decode()
        self.errors = done.stderr.decode(errors="replace")
        self.lines = [line for line in self.output.splitlines() if not SUMMARY.match(line)]
        self.problems = []
        if self.status not in (0, 1, 2):
            self.problems.append(f"exit status {self.status}")
        for word in ("Sanitizer", "runtime error", "Assertion", "crash"):
            if word in self.errors:
                self.problems.append(f"stderr speaks of \"{word}\":\n{self.errors}")
        for line in self.lines if plain else ():
            if not LINE.match(line) and not line.startswith("and "):
                self.problems.append(f"not of the form file:line:column: error: path: text: {line!r}")
        counted = [match["severity"] for match in map(LINE.match, self.lines) if match]
        errors = len(counted) if strict else counted.count("error")
        if plain and (self.status != 0) != (errors > 0):
            self.problems.append(f"exit status {self.status} with {errors} errors")

    def places(self):
        """(file, line) of every fault."""
        return {(match["file"], int(match["line"] or 0)) for match in map(LINE.match, self.lines) if match}


def assemble(case, folder):
    shutil.copytree(os.path.join(BAD, "base"), folder, dirs_exist_ok=True)
    if case != "base":
        shutil.copytree(os.path.join(BAD, case), folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expect"))


def marked(folder):
    """The lines that bear the comment `// fault`, and line 0 of files that bear `// fault of the whole file`."""
    places = set()
    for path, _, names in os.walk(folder):
        for name in names:
            full = os.path.join(path, name)
            with open(full, encoding="utf-8", errors="replace") as file:
                for number, line in enumerate(file, 1):
                    if "// fault of the whole" in line:
                        places.add((os.path.relpath(full, folder), 0))
                    elif "// fault" in line:
                        places.add((os.path.relpath(full, folder), number))
    return places


def check_all(program):
    """The exhibition with faults everywhere, in one run: what is planted is found, and nothing else."""
    folder = os.path.join(BAD, "all")
    run = Run(program, folder)
    problems = list(run.problems)
    planted, found = marked(folder), run.places()
    for place in sorted(planted - found):
        problems.append(f"planted, not found: {place[0]}:{place[1]}")
    for place in sorted(found - planted):
        problems.append(f"found, not planted: {place[0]}:{place[1]}")
    return run, problems


def check_case(program, case, update):
    if case == "all":
        run, problems = check_all(program)
    elif case == "seen":
        if not update:
            return []  # check_seen
        with tempfile.TemporaryDirectory(prefix="schauwand-check-") as folder:
            assemble_seen(folder)
            run, problems = Run(program, folder, "--full"), []
    else:
        with tempfile.TemporaryDirectory(prefix="schauwand-check-") as folder:
            assemble(case, folder)
            run = Run(program, folder)
            problems = list(run.problems)
    path = os.path.join(BAD, case, "expect")
    given = [f"exit {run.status}", *run.lines]
    if update:
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(given) + "\n")
    with open(path, encoding="utf-8") as file:
        wanted = file.read().splitlines()
    if given != wanted:
        problems += difflib.unified_diff(wanted, given, f"tests/bad/{case}/expect", "schauwand check", lineterm="")
    return problems


def check_whole(program):
    """The base and the demo exhibition are clean, also laid out and drawn."""
    problems = []
    for folder in (os.path.join(BAD, "base"), ROOT):
        for options in ((), ("--full",)):
            run = Run(program, folder, *options)
            problems += run.problems
            if run.status != 0 or run.lines:
                problems.append(f"{folder} {' '.join(options)}: exit {run.status}\n{run.output}")
    return problems


def check_readme(program):
    """The scene of README.md is whole in the demo exhibition, and with the slip that is named there says what is named there."""
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
        readme = file.read()
    scene = re.search(r"```jsonc\n(.*?)```", readme, re.DOTALL).group(1)
    fault = re.search(r"^scenes/hallo\.json:.*$", readme, re.MULTILINE).group()
    problems = []
    with tempfile.TemporaryDirectory(prefix="schauwand-check-") as folder:
        for name in ("scenes", "media", "fonts"):
            shutil.copytree(os.path.join(ROOT, name), os.path.join(folder, name))
        for text, wanted in ((scene, []), (scene.replace('"tap"', '"tapp"', 1), [fault])):
            with open(os.path.join(folder, "scenes", "hallo.json"), "w", encoding="utf-8") as file:
                file.write(text)
            run = Run(program, folder, "--full")
            problems += run.problems
            if run.lines != wanted:
                problems.append(f"{run.lines} instead of {wanted}")
    return problems


def check_strict(program):
    """Warnings alone: exit 0, with --strict 1; --json has the same, an object a line."""
    with tempfile.TemporaryDirectory(prefix="schauwand-check-") as folder:
        assemble("unreached", folder)
        plain, strict = Run(program, folder), Run(program, folder, "--strict", strict=True)
        read = Run(program, folder, "--json", plain=False)
    problems = plain.problems + strict.problems
    if plain.status != 0 or strict.status != 1 or plain.lines != strict.lines or not plain.lines:
        problems.append(f"exit {plain.status} and {strict.status}, {len(plain.lines)} and {len(strict.lines)} lines")
    objects = [json.loads(line.rstrip(",")) for line in read.output.splitlines() if line.strip() not in "[]"]
    if objects != json.loads(read.output) or len(objects) != len(plain.lines) or {item["severity"] for item in objects} != {"warning"}:
        problems.append(f"--json: {read.output}")
    return problems


def write_png(path, width, height):
    """One grey, a bit a pixel: large to decode, small to keep."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = zlib.compress((b"\0" + bytes((width + 7) // 8)) * height, 9)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)) + chunk(b"IDAT", rows) +
                   chunk(b"IEND", b""))


def assemble_seen(folder):
    """An exhibition in which everything is wrong that can be seen once it is laid out."""
    assemble("seen", folder)
    media = os.path.join(folder, "media")
    write_png(os.path.join(media, "large.png"), 3000, 2000)
    for number in range(4):
        write_png(os.path.join(media, f"huge-{number}.png"), 8000, 6000)
    shutil.copy(os.path.join(ROOT, "media", "glasfaser.mp4"), os.path.join(media, "film.mp4"))
    images = [{"image": "media/welle.svg", "alt": "", "fit": "fill", "at": [0, 0], "size": [1920, 1080 - 2 * number]}
              for number in range(36)]
    images += [{"image": f"media/huge-{number}.png", "alt": "", "at": [0, 0], "size": [960, 720]} for number in range(4)]
    with open(os.path.join(folder, "scenes", "heavy.json"), "w", encoding="utf-8") as file:
        json.dump({"title": "Schwer", "frame": "frame", "about": {"tags": ["project"]}, "elements": images}, file)


def check_seen(program):
    """Each warning of --full at its place, in its words; the same with any number of threads, remembered or not, and whatever has become
    of what was remembered."""
    problems = []
    with open(os.path.join(BAD, "seen", "expect"), encoding="utf-8") as file:
        wanted = file.read().splitlines()
    with tempfile.TemporaryDirectory(prefix="schauwand-check-") as top:
        folder, cache = os.path.join(top, "exhibition"), os.path.join(top, "cache")
        assemble_seen(folder)
        fresh = Run(program, folder, "--full", "--threads", "1")
        if [f"exit {fresh.status}", *fresh.lines] != wanted:
            problems += difflib.unified_diff(wanted, [f"exit {fresh.status}", *fresh.lines], "tests/bad/seen/expect", "schauwand check",
                                             lineterm="")

        def compare(what, *options):
            run = Run(program, folder, "--full", *options)
            if (run.status, run.output) != (fresh.status, fresh.output) or run.problems:
                problems.extend([f"{what}: exit {run.status}", *difflib.unified_diff(fresh.output.splitlines(), run.output.splitlines()),
                                 *run.problems])
        compare("four threads", "--threads", "4")
        compare("remembering", "--cache", cache)
        (name,) = os.listdir(cache)
        path = os.path.join(cache, name)
        with open(path, "rb") as file:
            whole = file.read()
        compare("remembered", "--cache", cache)
        with open(path, "rb") as file:
            if file.read() != whole:
                problems.append("what is remembered was written again though nothing has changed")
        middle = whole.index(b"capitals")
        damages = {"empty": b"", "torn": whole[:middle], "cut by one": whole[:-1], "one more": whole + b"\n", "noise": b"\xff" * 4096,
                   "a text changed": whole.replace(b"capitals", b"CAPITALS"),
                   "a bit": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1:],
                   "another version": whole.replace(b"schauwand-check 1", b"schauwand-check 0", 1),
                   "no findings": b"\n".join(line for line in whole.split(b"\n") if not line.startswith(b"found"))}
        for what, damaged in damages.items():
            with open(path, "wb") as file:
                file.write(damaged)
            compare(what, "--cache", cache)
            with open(path, "rb") as file:
                if file.read() != whole:
                    problems.append(f"{what}: not written anew")
        problems += check_changes(program, folder, cache, path)
    return problems


def remembered(path):
    """Of each scene what is kept: key and text."""
    with open(path, "rb") as file:
        rest, kept = file.read().split(b"\n", 1)[1], {}
    while rest:
        head, rest = rest.split(b"\n", 1)
        key, text = (int(number) for number in head.split())
        name = rest[:key].decode().split()
        if name[0] == "scene":
            kept[name[1]] = rest[:key + 1 + text]
        rest = rest[key + text + 2:]
    return kept


def check_changes(program, folder, cache, path):
    """What is changed is judged anew, with what depends on it, and nothing else."""
    problems = []

    def change(what, name, edit, touched):
        before = remembered(path)
        full = os.path.join(folder, name)
        with open(full, "rb") as file:
            old = file.read()
        with open(full, "wb") as file:
            file.write(edit(old))
        runs = [Run(program, folder, "--full", *options) for options in ((), ("--cache", cache))]
        if runs[0].output != runs[1].output:
            problems.extend([what, *difflib.unified_diff(runs[0].output.splitlines(), runs[1].output.splitlines())])
        after = remembered(path)
        anew = {scene for scene in after if before.get(scene) != after[scene]}
        if anew != touched:
            problems.append(f"{what}: judged anew are {sorted(anew)} instead of {sorted(touched)}")
    every = set(remembered(path))
    change("a scene", "scenes/haus/scene.json", lambda old: old.replace(b'"Das Haus"', b'"Das alte Haus"'), {"haus", "hub"})
    change("a part", "scenes/parts/tile.json", lambda old: old.replace(b"'ink' : 'paper'", b"'ink' : 'rhine'"), {"hub"})
    change("a picture", "media/large.png", lambda old: png_bytes(1600, 1200), {"seen"})
    change("a wall", "scenes/walls/foyer.json", lambda old: old.replace(b"1500", b"3000"), every)
    return problems


def png_bytes(width, height):
    with tempfile.NamedTemporaryFile() as file:
        write_png(file.name, width, height)
        return file.read()


def check_glyphs(program):
    """A letter that no font has is warned of once, where it was written, however many languages and canvases show it; in what
    lies above the scenes during a visit too."""
    with tempfile.TemporaryDirectory(prefix="schauwand-check-") as folder:
        assemble("base", folder)
        with open(os.path.join(folder, "scenes", "letters.json"), "w", encoding="utf-8") as file:
            file.write('{"title": "a", "elements": [{"text": "Rhein, Łódź"},\n  {"text": "Rhein \U00012000"}],\n' + LISTED + '}\n')
        with open(os.path.join(folder, "scenes", "parts", "question.json"), "w", encoding="utf-8") as file:
            file.write('{"parameters": {}, "elements": [{"text": "\U00012001?", "in": "main", "when": "visit.countdown > 0"}]}\n')
        exhibition = os.path.join(folder, "scenes", "exhibition.json")
        with open(exhibition, encoding="utf-8") as file:
            text = file.read()
        with open(exhibition, "w", encoding="utf-8") as file:
            file.write(text.replace('"home": "hub",', '"home": "hub", "overlay": "question",'))
        quick, run = Run(program, folder), Run(program, folder, "--full")
    wanted = ['scenes/letters.json:2:3: warning: elements[1]: no font has "\U00012000" (U+12000)',
              'scenes/parts/question.json:1:33: warning: elements[0]: no font has "\U00012001" (U+12001)']
    lines = [line for line in run.lines if "no font has" in line]
    return quick.problems + run.problems + ([] if not quick.lines and lines == wanted else [f"{lines} instead of {wanted}"])


def check_gaps(program):
    """Words that the gap between two displays cuts, and that have no room beside it, are warned of; others are not."""
    wall = {"panels": [{"id": name, "at": [x, 0], "size": [960, 1080], "pixels": [960, 1080]} for name, x in (("a", 0), ("b", 1000))],
            "zones": [{"id": "all", "at": [0, 0], "size": [1960, 1080], "playlist": "foyer"}]}
    scene = ('{"title": "a", "elements": [{"text": "Rheinhausen", "at": [900, 0], "size": [120, 90], "shrink": 1},\n'
             '  {"text": "Rheinhausen", "at": [900, 0], "size": [400, 90]},\n'
             '  {"text": "Rheinhausen", "at": [900, 0], "size": [120, 90], "bezels": "behind"}],\n' + LISTED + '}\n')
    with tempfile.TemporaryDirectory(prefix="schauwand-check-") as folder:
        assemble("base", folder)
        for name, text in (("walls/apart", json.dumps(wall)), ("letters", scene)):
            with open(os.path.join(folder, "scenes", name + ".json"), "w", encoding="utf-8") as file:
                file.write(text)
        quick, run = Run(program, folder), Run(program, folder, "--full")
    lines = [line for line in run.lines if "a gap between displays" in line]
    wanted = ['scenes/letters.json:1:29: warning: elements[0]: a gap between displays of the wall "apart" cuts its words, which have no '
              'room to move aside']
    return quick.problems + run.problems + ([] if not quick.lines and lines == wanted else [f"{lines} instead of {wanted}"])


def main():
    program, *rest = sys.argv[1:]
    update = "--update" in rest
    cases = [case for case in rest if case != "--update"]
    every = sorted(name for name in os.listdir(BAD) if os.path.isdir(os.path.join(BAD, name)) and name != "base")
    jobs = [(case, lambda case=case: check_case(program, case, update)) for case in cases or every]
    if not cases:
        jobs += [("whole exhibitions", lambda: check_whole(program)), ("README.md", lambda: check_readme(program)),
                 ("seen", lambda: check_seen(program)), ("strict", lambda: check_strict(program)),
                 ("letters", lambda: check_glyphs(program)), ("gaps", lambda: check_gaps(program))]
    failed = 0
    for name, job in jobs:
        problems = job()
        print(f"{'FAILED' if problems else 'ok'}  {name}")
        for problem in problems:
            print(f"    {problem}")
        failed += bool(problems)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
