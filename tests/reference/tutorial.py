# SPDX-License-Identifier: EUPL-1.2
"""Does what the tutorial of scenes/README.md says, step by step, as whoever reads it would.

Blocks of `sh` are run as they stand, but `play`, which wants a display. For the rest a comment says what the text around it asks for:

    <!-- save: harbour/scenes/ferry.json -->    the block below is saved there
    <!-- change: harbour/... old new -->        in that file `new` is written for the first `old`
    <!-- insert: harbour/... line -->           in that file the block below is put behind the first such line
    <!-- answer -->                             the block below is what the last command has printed, and it was a fault
    <!-- see: name --scene ferry -->            below is a picture, pictures/name.png, as `schauwand render harbour` draws it
"""
import os
import re
import shlex
import subprocess

STEP = re.compile(r"^<!-- (save|change|insert|answer|see)(?:: (.*?))? -->\n(?:```\w*\n(.*?)^```$)?|^```sh\n(.*?)^```$",
                  re.DOTALL | re.MULTILINE)
AT = "2026-11-23T14:05"
WRITTEN_AT = 1795439070  # half a minute before that: how old files are that live data come from
SIZE = "840x472"


def chapter(page):
    return page[page.index("\n## An exhibition"):page.index("\n# Reference\n")]


class Reader:
    """Somebody who follows the tutorial in an empty folder."""

    def __init__(self, schauwand, folder):
        self.schauwand, self.folder = schauwand, folder
        self.pictures, self.last, self.answered = [], None, True

    def run(self, line):
        command = shlex.split(line, comments=True)
        if not command or command[:2] == ["schauwand", "play"]:
            return
        self.settle()
        if command[0] == "schauwand":
            command[0] = self.schauwand
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=120)
        self.last, self.answered = (line, done.returncode, (done.stdout + done.stderr).strip()), done.returncode == 0

    def settle(self):
        """What failed without being said to fail is a fault of the tutorial."""
        if not self.answered:
            raise RuntimeError(f"the tutorial: {self.last[0]} ended with {self.last[1]}: {self.last[2]}")

    def answer(self, text):
        if self.last[1] == 0 or text.strip() not in self.last[2]:
            raise RuntimeError(f"the tutorial: {self.last[0]} does not print\n{text}but\n{self.last[2]}")
        self.answered = True

    def save(self, path, text):
        self.settle()
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        os.utime(target, (WRITTEN_AT, WRITTEN_AT))

    def change(self, path, old, new):
        self.settle()
        text = (self.folder / path).read_text(encoding="utf-8")
        if old not in text:
            raise RuntimeError(f"the tutorial: {path} has no {old}")
        (self.folder / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    def insert(self, path, line, block):
        self.change(path, f"\n{line}\n", f"\n{line}\n{block}")

    def see(self, what, out):
        name, *further = shlex.split(what)
        target = out / f"{name}.png"
        self.pictures.append(name)
        command = [self.schauwand, "render", "harbour", "--size", SIZE, "--at", AT, *further, "-o", str(target)]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=120)
        if done.returncode != 0:
            raise RuntimeError(f"the tutorial: the picture {name}: {done.stderr.strip()}")


def follow(schauwand, page, out):
    """Follows the tutorial in a new folder within `out`, where its pictures go, too; answers what they are called."""
    folder = out / "reader"
    folder.mkdir()
    reader = Reader(schauwand, folder)
    for what, argument, block, commands in STEP.findall(chapter(page)):
        if what == "save":
            reader.save(argument, block)
        elif what == "change":
            reader.change(*shlex.split(argument))
        elif what == "insert":
            reader.insert(*shlex.split(argument), block)
        elif what == "answer":
            reader.answer(block)
        elif what == "see":
            reader.see(argument, out)
        for line in commands.splitlines():
            reader.run(line)
    reader.settle()
    return reader.pictures
