# SPDX-License-Identifier: EUPL-1.2
"""tools/bench: which groups of rows there are, and the order in which they are measured."""
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import data
import frames
import growth
import instructions
import moving
import start
import states
import still
import sync
import touch
import video
from peers import missing
from table import print_table, write_json
from wall import WallError

# name: (what measures it, its rows, about how many seconds, what it is). In this order.
GROUPS = {
    "start": (start.measure, start.ROWS, 60, "first picture of a folder with one JPEG, beside feh, Chromium, mpv and the floor"),
    "states": (states.measure, states.ROWS, 300, "first picture of a wall without network whose store a kill or damage left anyhow"),
    "still": (still.measure, still.ROWS, 180, "one picture that does not move: processor time and memory, beside Chromium"),
    "moving": (moving.measure, moving.ROWS, 220, "cross-fade and ticker at 1080p60, beside Chromium and the floor"),
    "ticker": (moving.measure_ticker, moving.TICKER_ROWS, 220, "a ticker of 80 pixels over a still picture"),
    "changes": (moving.measure_changes, moving.CHANGES_ROWS, 80, "scenes that cross-fade into each other without end"),
    "large": (frames.measure_large, frames.LARGE_ROWS, 90, "cross-fade and ticker at 7680 x 2160"),
    "frames": (frames.measure, frames.ROWS, 60, "milliseconds a frame, as fast as they can be made, in three sizes"),
    "quads": (frames.measure_quads, frames.QUADS_ROWS, 20, "1,000 translucent pictures of 64 pixels"),
    "films": (frames.measure_films, frames.FILMS_ROWS, 20, "pictures of a video that fills the wall, beside a copy of as many pixels"),
    "touch": (touch.measure, touch.ROWS, 130, "an injected finger to the changed pixel, beside a page in Chromium"),
    "video": (video.measure, video.ROWS, 1500, "clips of 1080p30: one, several, the first picture, seams, beside four players"),
    "data": (data.measure, data.ROWS, 900, "live data: 1,000 sources at 1 s, a chart of a million points, lists of 10,000 rows"),
    "sync": (sync.measure, sync.ROWS, 1200, "publishing 10,000 files and bringing them to a wall, beside rsync; a thousand walls that ask"),
    "growth": (growth.measure, growth.ROWS, 25, "load, layout and drawing of 100, 1,000 and 10,000 elements"),
    "instructions": (instructions.measure, instructions.ROWS, 20, "instructions a frame, beside the baseline of the repository"),
}


class Bench:
    """What measuring needs: where things are, how often to measure, a folder that is gone in the end, and `wanted`, the rows of the group
    that is being measured."""

    def __init__(self, arguments, root, folder):
        self.root, self.folder = root, folder
        self.build = os.path.abspath(arguments.build)
        self.quick, self.write_baseline, self.wanted = arguments.quick, arguments.baseline, set()
        self.player = os.path.join(self.build, "schauwand")

    def runs(self, usual, quick):
        return quick if self.quick else usual

    def say(self, text):
        if sys.stderr.isatty():
            print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)

    def play(self, content, *options):
        """The command that plays a folder."""
        return [self.player, "play", content.folder, *options]

    def env(self, screen, **more):
        return screen.env(XDG_STATE_HOME=os.path.join(self.folder, "state"), **more)

    def check(self, content):
        """A folder that is measured is one without faults."""
        done = subprocess.run([self.player, "check", content.folder], capture_output=True, text=True)
        if done.returncode != 0:
            raise WallError(f"the exhibition that is measured has faults: {done.stdout}{done.stderr}")
        return content


def machine():
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
        model = next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), platform.machine())
    return f"{os.cpu_count()} x {model}, {platform.system()} {platform.release()}"


def print_list():
    for name, (_, rows, seconds, what) in GROUPS.items():
        print(f"{name:14} {seconds:4} s  {what}")
        for row in rows:
            print(f"    {row}")


def chosen(names):
    """{group: rows wanted of it}; None where a name is neither."""
    wanted = {}
    for name in names or GROUPS:
        group = name if name in GROUPS else next((group for group, (_, rows, _, _) in GROUPS.items() if name in rows), None)
        if group is None:
            return None
        wanted.setdefault(group, set()).update(GROUPS[group][1] if name in GROUPS else [name])
    return wanted


def busy():
    """Processor time that others take just now, as a share of one core."""
    def idle():
        with open("/proc/stat", encoding="ascii") as file:
            return sum(map(int, file.readline().split()[4:6])) / os.sysconf("SC_CLK_TCK")
    before, began = idle(), time.monotonic()
    time.sleep(1)
    return max(0.0, os.cpu_count() - (idle() - before) / (time.monotonic() - began))


def measure(bench, wanted):
    rows, failed = [], []
    for group, names in wanted.items():
        began = time.monotonic()
        bench.say(f"{group}: {GROUPS[group][3]} ...")
        others = busy()
        bench.wanted = names
        try:
            made = GROUPS[group][0](bench)
        except (WallError, OSError, subprocess.SubprocessError, statistics.StatisticsError) as error:
            failed.append(f"{group}: not measured: {error}")
            continue
        for row in made:
            row.others_busy = others
        rows += [row for row in made if row.name in names]
        bench.say("")
        if sys.stderr.isatty():
            print(f"{group}: {time.monotonic() - began:.0f} s", file=sys.stderr)
    return rows, failed


def main(arguments, root):
    if arguments.list:
        print_list()
        return 0
    wanted = chosen(arguments.names)
    if wanted is None:
        known = [name for group, (_, rows, _, _) in GROUPS.items() for name in (group, *rows)]
        unknown = " ".join(name for name in arguments.names if name not in known)
        print(f"tools/bench: {unknown}: no such row; --list names them", file=sys.stderr)
        return 2
    os.environ["SW_TOOLS"] = os.path.join(os.path.abspath(arguments.build), "tests")
    if not os.access(os.path.join(os.environ["SW_TOOLS"], "bench-frames"), os.X_OK):
        print(f"tools/bench: {arguments.build} holds no build with tests: tools/build --bench", file=sys.stderr)
        return 2
    for program, package in missing().items():
        print(f"tools/bench: {program} is missing (Debian: {package}); tools/build --bench installs it", file=sys.stderr)
    where = machine() + ("; --quick: to look, not to judge" if arguments.quick else "")
    folder = tempfile.mkdtemp(prefix="schauwand-bench-")
    try:
        rows, failed = measure(Bench(arguments, root, folder), wanted)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(where)
    print_table(rows)
    for line in failed:
        print(line)
    if arguments.json:
        write_json(arguments.json, rows, where)
    return 2 if failed else 0
