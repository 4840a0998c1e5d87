# SPDX-License-Identifier: EUPL-1.2
"""Instructions a frame by callgrind: 10 and 110 frames of the moving slide on SDL's dummy driver, on a clock of their own; the difference
divided by 100. That repeats to one in a million, on one machine. Compilers, libraries and what the processor can do change it (pixman and
libc choose their code by it), so the baseline of the repository, instructions.json, is kept by all of these.

As a program: instructions.py BUILD FOLDER compares (ctest), exit status 1 where there are over 2 % more, or no baseline."""
import hashlib
import json
import os
import platform
import re
import subprocess
import sys
import tempfile

import peers
from content import Moving
from table import Row
from wall import WallError, tool

ROWS = ("instructions",)
HERE = os.path.dirname(os.path.abspath(__file__))
BASELINE = os.path.join(HERE, "instructions.json")
GROWTH_MAX = 1.02
WIDTH, HEIGHT = 1024, 768  # of the dummy driver's only display
FEATURES = ("ssse3", "sse4_1", "avx", "avx2", "bmi2", "erms", "fsrm", "avx512f", "asimd", "sve")
PACKAGES = ("libc6", "libpixman-1-0", "libsdl2-2.0-0", "libsdl2-ttf-2.0-0", "libfreetype6", "libharfbuzz0b", "libcairo2")


def output_of(*command):
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()


def surroundings(build):
    """What the count depends on besides our own code, as a readable text."""
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
        flags = next((line for line in file if line.startswith(("flags", "Features"))), "").split()
    with open(os.path.join(build, "CMakeCache.txt"), encoding="utf-8") as file:
        cache = file.read()
    setting = lambda name: (re.search(rf"^{name}:\w+=(.*)$", cache, re.MULTILINE) or ["", ""])[1]
    told = subprocess.run([setting("CMAKE_C_COMPILER"), "-v"], capture_output=True, text=True).stderr
    compiler = next((line for line in told.splitlines() if " version " in line), "unknown compiler")
    packages = output_of("dpkg-query", "-W", "-f", "${Package}=${Version} ", *PACKAGES)
    able = " ".join(flag for flag in FEATURES if flag in flags)
    built = f"{compiler} {setting('CMAKE_BUILD_TYPE')} {setting('CMAKE_C_FLAGS')}".strip()
    return " ".join(f"{platform.machine()} {able}; {built}; {output_of('valgrind', '--version')}; {packages}".split())


def count(folder, frames, out):
    """Instructions of the whole program for so many frames."""
    environment = {**os.environ, "SDL_VIDEODRIVER": "dummy", "GLIBC_TUNABLES": ""}
    environment.pop("DISPLAY", None)
    done = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", tool("bench-frames"), folder, str(frames), "1"],
                          env=environment, capture_output=True, text=True)
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or not found:
        raise WallError(f"callgrind: {done.stderr[-600:]}")
    return int(found[1])


def a_frame(content, folder):
    counts = [count(content.folder, frames, os.path.join(folder, f"callgrind.{frames}")) for frames in (10, 110)]
    return (counts[1] - counts[0]) / 100


def load():
    try:
        with open(BASELINE, encoding="utf-8") as file:
            return json.load(file)
    except FileNotFoundError:
        return {}


def key_of(text):
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def store(text, value):
    baselines = load()
    baselines[key_of(text)] = {"instructions": round(value), "where": text}
    with open(BASELINE, "w", encoding="utf-8") as file:
        json.dump(baselines, file, indent=1, sort_keys=True)
        file.write("\n")


def measure(bench):
    peers.need("valgrind")
    text = surroundings(bench.build)
    with bench.check(Moving(bench.folder, WIDTH, HEIGHT)) as content:
        values = [a_frame(content, bench.folder) for _ in range(bench.runs(2, 1))]
    if bench.write_baseline:
        store(text, values[0])
    known = load().get(key_of(text))
    row = Row("instructions", [value / 1e6 for value in values], "million a frame", "baseline", [known["instructions"] / 1e6] * len(values)
              if known else [], ("<=", GROWTH_MAX), None, "ratio", note=f"at {WIDTH} x {HEIGHT}, one thread")
    if known is None:
        row.peer, row.gate = "", None
        row.note += f"; no baseline for {text} yet (tools/bench instructions --baseline)"
    return [row]


def main(build):
    os.environ["SW_TOOLS"] = os.path.join(build, "tests")
    text = surroundings(build)
    known = load().get(key_of(text))
    with tempfile.TemporaryDirectory(prefix="schauwand-bench-") as folder, Moving(folder, WIDTH, HEIGHT) as content:
        value = a_frame(content, folder)
    if known is None:
        print(f"{value:.0f} instructions a frame; there is no baseline for this machine and build: {text}\n"
              "tools/bench instructions --baseline writes it into tests/bench/instructions.json")
        return 1
    growth = value / known["instructions"]
    print(f"{value:.0f} instructions a frame, {100 * (growth - 1):+.3f} % of the baseline's {known['instructions']}")
    return 0 if growth <= GROWTH_MAX else 1


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1])))
