#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""report.py SCHAUWAND: `schauwand report` over records that were written by hand: tables, CSV that a spreadsheet reads as it was meant,
times and zones, damage, and wishes that cannot be met."""
import csv
import io
import os
import pathlib
import re
import subprocess
import sys
import tempfile

DAY = 1_795_392_000  # 2026-11-23T00:00:00Z
TEXT = re.compile(r"[\x00-\x1f\x7f%]")


def check_of(body):
    value = 14695981039346656037
    for byte in body:
        value = ((value ^ byte) * 1099511628211) % 2**64
    return b"%016x\n" % value


def line(begin, length, zone, scene, why="playlist", by="", begins=1, page="", release=""):
    """A record: `begin` in seconds of that day."""
    texts = (TEXT.sub(lambda match: f"%{ord(match.group()):02X}", text) for text in (zone, scene, page, why, release, by))
    start = (DAY + begin) * 1_000_000
    body = "\t".join((str(start), str(start + int(length * 1e6)), str(begins), *texts)) + "\t"
    return body.encode() + check_of(body.encode())


class Ledger:
    def __init__(self, schauwand, folder):
        self.schauwand, self.folder = schauwand, folder
        self.env = {**os.environ, "TZ": "Europe/Berlin", "XDG_STATE_HOME": str(folder / "state")}

    def write(self, number, *lines):
        (self.folder / f"plays-{number:06}").write_bytes(b"".join(lines))

    def report(self, *words, folder=True, expect=0, env=None):
        words = [str(self.folder), *words] if folder else words
        done = subprocess.run([self.schauwand, "report", *words], capture_output=True, timeout=60, env={**self.env, **(env or {})})
        assert done.returncode == expect, (words, done)
        return done.stdout.decode(), done.stderr.decode()

    def rows(self, *words, **more):
        """The CSV as a program reads it: a dictionary a row."""
        text, _ = self.report("--csv", *words, **more)
        assert text.count("\n") == text.count("\r\n") and text.endswith("\r\n"), repr(text)
        return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def write_day(ledger):
    ledger.write(1, line(36000, 60, "left", "rhein"), line(36000, 90.5, "right", "hafen"), line(36060, 30, "left", "rhein", begins=0),
                 line(36090, 10, "left", "hafen", "visit"))
    ledger.write(2, line(36100, 60, "left", "notice", "override", "anna"), line(36160, 40, "left", "notice", "override", "anna", 0),
                 line(40000, 9.5, "left", "rhein"))


def tables(ledger):
    text, said = ledger.report()
    assert said == "" and text == """\
scene   times    shown   share  first                last
hafen       2  0:01:41  33.5 %  2026-11-23 11:00:00  2026-11-23 11:01:40
notice      1  0:01:40  33.3 %  2026-11-23 11:01:40  2026-11-23 11:03:20
rhein       2  0:01:40  33.2 %  2026-11-23 11:00:00  2026-11-23 12:06:49

override by  from                 until                  shown  zone  scene
anna         2026-11-23 11:01:40  2026-11-23 11:03:20  0:01:40  left  notice
""", text
    text, _ = ledger.report("--by", "hour", "--zone", "left")
    assert text.splitlines()[1:3] == ["2026-11-23 11:00:00      3  0:03:20  95.5 %  2026-11-23 11:00:00  2026-11-23 11:03:20",
                                      "2026-11-23 12:00:00      1  0:00:10   4.5 %  2026-11-23 12:06:40  2026-11-23 12:06:49"], text
    text, _ = ledger.report("--by", "override")
    assert text.startswith("override by") and text.count("\n") == 2, text
    text, _ = ledger.report("--from", "2026-11-24")
    assert text == "scene  times  shown  share  first  last\n", text


def sheets(ledger):
    rows = ledger.rows()
    assert [row["scene"] for row in rows] == ["hafen", "notice", "rhein"], rows
    assert rows[0] == {"scene": "hafen", "times": "2", "seconds": "100.500", "percent": "33.500", "first": "2026-11-23T11:00:00+01:00",
                       "last": "2026-11-23T11:01:40+01:00"}, rows[0]
    assert abs(sum(float(row["percent"]) for row in rows) - 100) < 0.01
    assert {row["why"]: row["seconds"] for row in ledger.rows("--by", "why")} == \
        {"playlist": "190.000", "visit": "10.000", "override": "100.000"}
    assert [row["day"] for row in ledger.rows("--by", "day")] == ["2026-11-23T00:00:00+01:00"]
    assert ledger.rows("--by", "override") == [{"by": "anna", "from": "2026-11-23T11:01:40+01:00", "until": "2026-11-23T11:03:20+01:00",
                                                "seconds": "100.000", "zone": "left", "scene": "notice"}]


def times(ledger):
    def seconds(*words):
        return sum(float(row["seconds"]) for row in ledger.rows(*words))
    assert seconds() == 300
    assert seconds("--from", "2026-11-23", "--to", "2026-11-23") == 300
    assert seconds("--to", "2026-11-22") == 0 == seconds("--from", "2026-11-24")
    assert seconds("--from", "2026-11-23T11:01", "--to", "2026-11-23T11:02") == 30.5 + 60
    assert seconds("--from", "2026-11-23T10:01Z", "--to", "2026-11-23T10:02Z") == 30.5 + 60
    assert seconds("--zone", "right") == 90.5 and seconds("--zone", "cellar") == 0
    assert ledger.rows("--by", "hour", env={"TZ": "UTC"})[0]["hour"] == "2026-11-23T10:00:00+00:00"
    assert ledger.rows("--by", "hour", env={"TZ": "no such/zone"})[0]["hour"] == "2026-11-23T10:00:00+00:00"
    assert ledger.rows("--by", "hour", env={"TZ": ":America/St_Johns"})[0]["hour"] == "2026-11-23T06:00:00-03:30"


def strangers(ledger):
    """Texts that mean something to a spreadsheet, to CSV or to a terminal."""
    names = ["=1+2", "+1", "-1", "@x", "\tx", "\rx", 'say "so"', "a,b", "a\r\nb", "", "Jürgen", "\x1b[31mred", "\x9b", "'", "1e5"]
    ledger.write(3, *(line(50000 + 10 * i, 5, "left", "notice", "override", name) for i, name in enumerate(names)))
    read = [row["by"] for row in ledger.rows("--by", "override")][1:]
    assert len(read) == len(names)
    for name, cell in zip(names, read):
        assert cell == ("'" + name if name[:1] in ("=", "+", "-", "@", "\t", "\r") else name), (name, cell)
    text, _ = ledger.report()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", text) and "?[31mred" in text, text
    lines = text.splitlines()[6:]
    assert len(lines) == len(names) + 1 and len({row.index(" left ") for row in lines}) == 1, "not aligned"


def damage(ledger):
    (ledger.folder / "plays-000003").unlink()
    sound = ledger.rows()
    path = ledger.folder / "plays-000002"
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:40])  # as it is while somebody writes
    assert ledger.rows() == sound
    path.write_bytes(whole.replace(b"anna", b"nobody", 1))
    text, said = ledger.report(expect=1)
    assert "1 damaged records and 0 unreadable" in said and "0:00:40" in text, (text, said)
    path.write_bytes(whole)
    (ledger.folder / "plays-000004").mkdir()
    _, said = ledger.report(expect=1)
    assert "0 damaged records and 1 unreadable" in said, said


def wishes(ledger):
    for words in (("--by", "mood"), ("--from", "soon"), ("--to", "2026-02-30"), ("--from", "2026-11-24", "--to", "2026-11-23"), ("--loud",),
                  ("more",), ("--by",), ("--csv=1",)):
        text, said = ledger.report(*words, expect=2)
        assert text == "" and said.startswith("schauwand report: "), (words, said)
    _, said = ledger.report("/nowhere", folder=False, expect=2)
    assert "/nowhere: No such file" in said, said
    usual = ledger.folder / "state" / "schauwand" / "plays"
    assert str(usual) in ledger.report(folder=False, expect=2)[1]
    usual.mkdir(parents=True)
    (usual / "plays-000001").write_bytes(line(0, 5, "left", "rhein"))
    assert ledger.report(folder=False)[0].count("\n") == 2


def main():
    with tempfile.TemporaryDirectory(prefix="sw-report-") as folder:
        ledger = Ledger(sys.argv[1], pathlib.Path(folder))
        write_day(ledger)
        for part in (tables, sheets, times, strangers, damage, wishes):
            part(ledger)
            print(f"{part.__name__}: as it should be")


if __name__ == "__main__":
    main()
