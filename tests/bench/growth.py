# SPDX-License-Identifier: EUPL-1.2
"""What a scene of 100, 1,000 and 10,000 elements costs, and how the cost grows: the exponent of n between two sizes (1: as n; 2: as its
square)."""
import math
import resource
import subprocess
import time

from content import Many
from frames import figures
from table import Row
from wall import WallError, tool

COUNTS = (100, 1000, 10000)
PARTS = ("load", "cold", "layout", "paint", "compose", "still")
ROWS = tuple(f"{part}.{count}" for part in (*PARTS, "check") for count in COUNTS)
MEANS = {"load": "the whole exhibition from its folder", "cold": "first layout and list, texts set for the first time",
         "layout": "elements to boxes, measured and arranged again", "paint": "boxes to a draw list", "compose": "the list to all pixels",
         "still": "the same list again", "check": "`schauwand check` as a program, processor time"}
GOALS = {"layout.1000": (("<", 4.0), None)}


def check_ms(bench, content):
    """Processor time of the real program."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([bench.player, "check", content.folder], capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        raise WallError(f"check: {done.stdout}{done.stderr}")
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def measure(bench):
    found = {name: [] for name in ROWS}
    for count in COUNTS:
        bench.say(f"growth: {count} elements")
        with Many(bench.folder, count) as content:
            for _ in range(bench.runs(3, 1)):
                got = figures([tool("bench-growth"), content.folder, "one", str(bench.runs(21, 7))])
                for part in PARTS:
                    found[f"{part}.{count}"].append(got[part])
                found[f"check.{count}"].append(check_ms(bench, content))
    rows = []
    for name in ROWS:
        part, count = name.split(".")
        row = Row(name, found[name], "ms", "", [], *GOALS.get(name, (None, None)))
        if int(count) == COUNTS[0]:
            row.note = MEANS[part]
        else:
            smaller = sorted(found[f"{part}.{int(count) // 10}"])[len(found[name]) // 2]
            row.note = f"grows as n to the power of {math.log10(row.value / smaller):.2f}" if smaller > 0 else ""
        rows.append(row)
    return rows
