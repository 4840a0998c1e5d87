#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: notify.py SCHAUWAND

What a service manager is told (supervisor/notify.h), by one that is made here: READY once a picture is on the wall and never again,
WATCHDOG only while pictures come, so not of a player that stands still, and STOPPING at the end; at both kinds of addresses.
"""
import os
import pathlib
import select
import shutil
import signal
import socket
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "faults"))
from house import Supervisor, wait_until  # noqa: E402

SCHAUWAND = os.path.abspath(sys.argv[1])
PLAYER = "schauwand-player"
BEAT = 5.5  # seconds: a still wall says that it lives at least every five


class Manager:
    """At the other end of $NOTIFY_SOCKET."""

    def __init__(self, address):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(address.replace("@", "\0", 1) if address.startswith("@") else address)
        self.environment = {"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "1"}

    def hear(self, seconds):
        """The next words; None: nothing came."""
        ready, _, _ = select.select([self.socket], [], [], seconds)
        return self.socket.recv(4096).decode().split("\n") if ready else None

    def close(self):
        self.socket.close()


def environment_of(pid):
    return pathlib.Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")


def children(supervisor):
    """Of a process that runs as the user who asks its environment can be read; the others have hidden themselves behind their fences."""
    return [pid for pid in supervisor.children() if os.access(f"/proc/{pid}/environ", os.R_OK)]


def plays(manager, exhibition):
    with Supervisor(SCHAUWAND, "play", exhibition, "--offscreen", environment=manager.environment) as supervisor:
        assert manager.hear(30) == ["READY=1", "WATCHDOG=1"], "what is said first"
        wait_until("the log's word of it, which is written first", lambda: "shows a picture" in supervisor.text(), patience=1)
        for pid in children(supervisor):
            names = [entry.split(b"=")[0] for entry in environment_of(pid)]
            assert b"NOTIFY_SOCKET" not in names and b"WATCHDOG_USEC" not in names, f"process {pid} could speak for us"
        stands_still(manager, supervisor)
        starts_again(manager, supervisor)
        assert supervisor.stop() == 0, supervisor.text()
        assert manager.hear(1) == ["STOPPING=1"], "the end"
        assert manager.hear(0) is None, "more than the end"


def stands_still(manager, supervisor):
    player = supervisor.children(PLAYER)[0]
    os.kill(player, signal.SIGSTOP)
    while manager.hear(0.2) is not None:  # what it had said already
        pass
    assert manager.hear(BEAT) is None, "a player that stands still is said to live"
    os.kill(player, signal.SIGCONT)
    assert manager.hear(BEAT) == ["WATCHDOG=1"], "a player that goes on"


def starts_again(manager, supervisor):
    before = supervisor.children(PLAYER)[0]
    os.kill(before, signal.SIGKILL)
    wait_until("another player", lambda: [pid for pid in supervisor.children(PLAYER) if pid != before])
    assert manager.hear(30) == ["WATCHDOG=1"], "another player's first picture"


def ends_before_it_is_ready(manager):
    """It cannot run: it never says that it is up."""
    with Supervisor(SCHAUWAND, "play", "--no-such-option", environment=manager.environment) as supervisor:
        assert supervisor.wait() == 2, supervisor.text()
    assert manager.hear(1) == ["STOPPING=1"] and manager.hear(0) is None, "one that cannot run"


def main():
    with tempfile.TemporaryDirectory(prefix="sw-notify-") as folder:
        exhibition = os.path.join(folder, "exhibition")
        shutil.copytree(HERE.parent / "bad" / "base", exhibition)
        for address, programme in ((os.path.join(folder, "notify"), lambda manager: plays(manager, exhibition)),
                                   (f"@sw-notify-{os.getpid()}", ends_before_it_is_ready)):
            manager = Manager(address)
            programme(manager)
            manager.close()
        begun = time.monotonic()
        for address in ("nowhere", "/" + "x" * 200, os.path.join(folder, "nobody")):  # nobody there: it plays all the same
            with Supervisor(SCHAUWAND, "play", exhibition, "--offscreen", environment={"NOTIFY_SOCKET": address}) as supervisor:
                wait_until("a picture", lambda s=supervisor: "shows a picture" in s.text())
                assert supervisor.stop() == 0, supervisor.text()
    print(f"ready, alive, standing still, killed, stopping: as said; three addresses without anybody in {time.monotonic() - begun:.1f} s")


if __name__ == "__main__":
    main()
