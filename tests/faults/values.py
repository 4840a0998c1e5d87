#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: values.py BUILD

Values that would be more than values: braces, Markdown, HTML, marks that turn the text around, control characters. What a source says is
drawn as it stands, and nothing else on the wall changes for it: the picture is that of the same words written by the curator.
"""
import os
import subprocess
import sys
import tempfile

import feeds

PLACE = [0, 40, feeds.WIDTH, 100]
SOURCE = {"file": "data/s.json", "fresh_for": "1000h", "fields": {"v": {"type": "number"}, "t": {"type": "text"}}}

# what the curator writes, what the source says; what a curator would write to get the same
SAME = [
    ("{s.t}", "{s.v} {{now}} {", "{{s.v}} {{{{now}}}} {{"),
    ("{s.t}", "**fett** _x_ # kein Titel", "\\*\\*fett\\*\\* \\_x\\_ # kein Titel"),
    ("{s.t}", "[Link](https://a.example)", "\\[Link\\](https\\://a.example)"),
    ("{s.t}", "<b>fett</b> &amp; <script>", "\\<b\\>fett\\</b\\> \\&amp; \\<script\\>"),
    ("{s.t} 123 abc", "ab\u202edef", "abdef 123 abc"),
    ("{s.t} 123 abc", "ab\u2067def", "abdef 123 abc"),
    ("x {s.t} y", "\u2069\u2069a\u202c\u202bb\u2068", "x ab y"),
    ("x {s.t} y", "a\x01\x0e\x0fb\x1b[31m\x7f\x9bc", "x ab\\[31mc y"),
    ("{s.t}", "a\x0e\x0fb", "ab"),
]
OTHER = [("{s.t}", "**fett**", "**fett**"), ("{s.t}", "a", "b")]  # and a picture that differs is seen to differ


class Renderer:
    def __init__(self, build, folder):
        self.program, self.folder, self.count = os.path.join(build, "schauwand"), folder, 0

    def picture(self, text, value):
        """The rows of pixels of a scene with this text, while the source says that."""
        self.count += 1
        place = os.path.join(self.folder, str(self.count))
        element = {"text": text, "style": "body", "at": PLACE[:2], "size": PLACE[2:]}
        exhibition = feeds.Exhibition(place, {"s": SOURCE}, [], [element])
        exhibition.write("data/s.json", {"v": 7, "t": value})
        out = os.path.join(place, "out.png")
        done = subprocess.run([self.program, "render", str(exhibition.folder), "--scene", "cells", "-o", out, "--at", "2026-11-23T12:00"],
                              capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return feeds.pixels(out)[1][PLACE[1]:PLACE[1] + PLACE[3]]


def main():
    with tempfile.TemporaryDirectory(prefix="sw-values-") as folder:
        renderer = Renderer(sys.argv[1], folder)
        for cases, same in ((SAME, True), (OTHER, False)):
            for text, value, written in cases:
                alike = renderer.picture(text, value) == renderer.picture(written, "-")
                assert alike == same, f"{text!r} with {value!r} {'differs from' if same else 'is like'} {written!r}"
    print(f"{len(SAME)} values drawn as they stand")


if __name__ == "__main__":
    main()
