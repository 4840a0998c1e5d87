#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""schauwand-scene(5), as tools/reference prints it, is a page of man(7) that mandoc has nothing to say against, and holds what it should.

usage: test_manual.py SCHAUWAND
"""
import pathlib
import subprocess
import sys

TOOL = pathlib.Path(__file__).resolve().parent.parent.parent / "tools/reference"
WANTED = ("SCHAUWAND-SCENE(5)", "EXPRESSIONS", "ELEMENTS", "chart", "fresh_for (required)", "round(number)", "Default:", '"restart"')


def main():
    page = subprocess.run([sys.executable, TOOL, "manual", sys.argv[1]], check=True, capture_output=True).stdout
    lint = subprocess.run(["mandoc", "-Tlint", "-Wstyle"], input=page, capture_output=True)
    said = lint.stdout.decode() + lint.stderr.decode()
    read = subprocess.run(["mandoc", "-Tutf8", "-Owidth=100"], input=page, check=True, capture_output=True).stdout.decode()
    plain = "".join(read[i] for i in range(len(read)) if read[i] != "\b" and read[i + 1:i + 2] != "\b")
    lacking = [word for word in WANTED if word not in plain]
    for line in filter(None, said.splitlines() + [f"the page lacks {word}" for word in lacking]):
        print(line)
    return 1 if lint.returncode or lacking else 0


if __name__ == "__main__":
    sys.exit(main())
