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
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "..", ".."))
BAD = os.path.join(ROOT, "tests", "bad")
LINE = re.compile(r"^(?:(?P<file>[^:]+)(?::(?P<line>\d+):(?P<column>\d+))?: )?(?P<severity>error|warning): (?P<text>.*)$")
SUMMARY = re.compile(r"^\d+ (fault|scene)")


LISTED = '"frame": "frame", "about": {"tags": ["project"]}' # the hub lists it, and its frame leads home


class Run:
    """One run of `schauwand check`, with what every run must keep."""

    def __init__(self, program, folder, *options, prefix=(), environment=None, strict=False, plain=True):
        command = [*prefix, program, "check", folder, *options]
        environment = {**os.environ, **(environment or {})}
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
                 ("strict", lambda: check_strict(program)),
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
