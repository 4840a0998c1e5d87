#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: manual.py SCHAUWAND VERSION PROLOGUE

Prints schauwand(1), in the language of man(7): the prologue (manual.txt), then each command as its own `--help` has it. A command or an
option that is new is in the page with the next build.
"""
import re
import subprocess
import sys

GAP = re.compile(r" {2,}")


def escaped(text):
    """As roff wants it: no line begins with a control character, a hyphen is one that can be copied into a terminal."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^([.'])", r"\\&\1", text, flags=re.MULTILINE)


def help_of(program, *command):
    return subprocess.run([program, *command, "--help"], check=True, capture_output=True, text=True).stdout.rstrip("\n")


def rows(lines):
    """(term, what it says) of lines that are indented: what stands further in goes on with the row before it."""
    found = []
    for line in lines:
        inside = len(line) - len(line.lstrip())
        if inside > 10 and found:
            found[-1][1] += " " + line.strip()
            continue
        for part in re.split(r" {2,}(?=--?[a-z])", line.strip()):  # two options in one line
            term, *text = GAP.split(part, maxsplit=1)
            found.append([term, " ".join(text)])
    return found


def blocks(text):
    """Paragraphs and tables of a help text: ("text", words) or ("rows", rows)."""
    for paragraph in text.split("\n\n"):
        lines = paragraph.split("\n")
        while lines:
            indented = lines[0].startswith("  ")
            end = next((i for i, line in enumerate(lines) if line.startswith("  ") != indented), len(lines))
            yield ("rows", rows(lines[:end])) if indented else ("text", " ".join(lines[:end]))
            lines = lines[end:]


def print_blocks(text):
    for kind, content in blocks(text):
        if kind == "text":
            print(f".PP\n{escaped(content)}")
            continue
        for term, words in content:
            print(f".TP\n.B {escaped(term)}\n{escaped(words) if words else chr(92) + '&'}")


def print_command(name, text):
    usage, _, rest = text.partition("\n\n")
    print(f'.SS "{escaped("schauwand " + name)}"')
    lines = [line.removeprefix("usage:").strip() for line in usage.split("\n")]
    print(".nf\n.B " + "\n.B ".join(escaped(line) for line in lines) + "\n.fi")
    print_blocks(rest)


def print_prologue(path):
    """Headings stand alone and in capitals; the rest is as in a help text."""
    with open(path, encoding="utf-8") as file:
        text = file.read().strip("\n")
    for section in re.split(r"\n\n(?=[A-Z][A-Z ]+\n)", text):
        heading, _, rest = section.partition("\n")
        if heading == "COMMANDS":
            yield
            continue
        print(f".SH {heading}")
        if heading == "NAME":
            print(escaped(rest).replace(" \\- ", " \\- "))
        else:
            print_blocks(rest)


def main():
    program, version, path = sys.argv[1:]
    names = re.findall(r"^  (\S+) ", help_of(program), flags=re.MULTILINE)
    print(f'.TH SCHAUWAND 1 "" "Schauwand {version}" "User commands"')
    for _ in print_prologue(path):
        print(".SH COMMANDS")
        for name in names:
            print_command(name, help_of(program, name))


if __name__ == "__main__":
    main()
