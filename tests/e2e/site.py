#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: site.py BUILD

tools/site as a curator would use it, without a display: nginx over TLS, a wall that follows, an edit, a fault, another edit, Ctrl-C.
"""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests" / "faults"))

import house  # noqa: E402


class Site:
    """tools/site with a small exhibition, and what it says."""

    def __init__(self, build, folder):
        self.lines, self.exhibition = [], folder / "exhibition"
        shutil.copytree(SOURCE / "tests" / "bad" / "base", self.exhibition)
        self.process = subprocess.Popen(
            [SOURCE / "tools" / "site", "--offscreen", "--build", build, "--exhibition", self.exhibition, "--wall", "foyer"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", env=dict(os.environ, TMPDIR=str(folder)))
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def expect(self, pattern):
        try:
            return house.wait_until(pattern, lambda: next((found for line in self.lines if (found := re.search(pattern, line))), None))
        except AssertionError as error:
            raise AssertionError(f"{error}\n" + "\n".join(self.lines)) from error

    def edit(self, old, new):
        path = self.exhibition / "scenes" / "hub.json"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


def mine(folder):
    """{pid: command} of all processes that were told of something in the folder."""
    found = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            command = pathlib.Path("/proc", pid, "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if str(folder) in command and house.is_running(int(pid)):
            found[int(pid)] = command
    return found


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        site = Site(build, folder)
        try:
            site.expect("wall foyer: version 1$")
            site.expect("the wall shows version 1$")
            site.edit("{", "{ // an edit\n")
            site.expect(r"changed  scenes/hub\.json")
            site.expect("the wall has version 2 whole, [0-9.]+ s after the edit")
            late = site.expect(r"the wall shows version 2, ([0-9.]+ s) after the edit")[1]
            site.edit("{", '{"no-such-key": 1, ')
            site.expect("unknown key \"no-such-key\"")
            site.expect("not published")
            site.edit('"no-such-key": 1, ', "// another\n")
            site.expect("the wall shows version 3, ")
            assert len(mine(folder)) > 3, mine(folder)  # itself, nginx, the supervisor, player, follower
            site.process.send_signal(signal.SIGINT)
            assert site.process.wait(house.PATIENCE) == 0, "\n".join(site.lines)
            house.wait_until("the end of all", lambda: not mine(folder))
            assert os.listdir(folder) == ["exhibition"], f"left behind: {os.listdir(folder)}"
        finally:
            if site.process.poll() is None:
                site.process.terminate()
                site.process.wait()
    print(f"site: an edit was on the wall {late} later, a fault was not published, and Ctrl-C left nothing behind")


if __name__ == "__main__":
    main()
