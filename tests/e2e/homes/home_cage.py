# SPDX-License-Identifier: EUPL-1.2
"""A wall on the Wayland compositor Cage, by the services of the package: full screen as rendered, and a compositor that dies and comes
back. Its output is a window of an X server, as Cage has none that nobody sees."""
import json
import os
import shlex
import shutil
import signal
import tempfile

from home import hub, looks, service, unit, wait_for, wall_picture
from wall import Process, Xvfb

OUTPUT = [1024, 768]  # of wlroots on X


class Cage:
    """As schauwand-cage.service starts it, but for its terminal; it does not run as root: then as nobody."""

    def __init__(self, outside):
        self.folder = tempfile.mkdtemp(prefix="schauwand-cage-")
        self.places = {"/run/schauwand-display": self.folder, "/run/schauwand/control": f"{self.folder}/control", ":0": ":4711"}
        self._outside = outside
        self._process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self):
        lines = unit("schauwand-cage.service")
        words = shlex.split(lines["ExecStart"][0].replace("/run/schauwand-display", self.folder))
        env = self._outside.env(WLR_BACKENDS="x11", WLR_RENDERER="pixman")
        env.update(dict(word.split("=", 1) for value in lines["Environment"] for word in shlex.split(value)))
        socket = os.path.join(self.folder, "wayland-0")
        if os.path.exists(socket):
            os.remove(socket)
        if os.getuid() == 0:
            shutil.chown(self.folder, "nobody")
            words = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", *words]
        self._process = Process("cage", words, env=env)
        wait_for(lambda: os.path.exists(socket) and self._started(), lambda: f"cage: {self._process.errors()}")

    def _started(self):
        """Whom it has started: it opens its outputs before."""
        with open(f"/proc/{self._process.pid}/task/{self._process.pid}/children", encoding="ascii") as file:
            return [int(pid) for pid in file.read().split()]

    def kill(self):
        """With whom it has started, as systemd does."""
        started = self._started()
        self._process.kill()
        for pid in started:
            os.kill(pid, signal.SIGKILL)
        self._process.wait()
        self._process.stop()


def main():
    with hub() as exhibition, Xvfb(*OUTPUT) as outside, Cage(outside) as screen:
        panel, zone = ({"id": name, "at": [0, 0], "size": OUTPUT} for name in ("panel", "zone"))
        wall = {"viewing_distance": 1500, "bottom": 800, "panels": [{**panel, "pixels": OUTPUT}],
                "zones": [{**zone, "playlist": "foyer", "language": "de", "home": "hub"}]}
        exhibition.write("scenes/walls/foyer.json", json.dumps(wall))
        reference = wall_picture(exhibition, "foyer")
        display, words = service(exhibition, screen.places)
        status = os.path.join(screen.folder, "status.json")
        env = {**os.environ, **display, "XDG_STATE_HOME": os.path.join(screen.folder, "state")}
        with Process("schauwand.service", [*words, "--status", status], env=env) as player:
            looks(outside, exhibition, reference)
            os.remove(status)
            screen.kill()
            wait_for(lambda: "no display answers" in player.errors(), lambda: f"the player to see it: {player.errors()}")
            screen.start()
            wait_for(lambda: os.path.exists(status), lambda: f"a player that plays: {player.errors()}")
            looks(outside, exhibition, reference)
            assert "built-in scene" not in player.errors(), player.errors()
            assert player.stop() == 0, player.errors()
    print("cage: full screen as rendered, by both services as written; a compositor that was killed and came back: as rendered")


if __name__ == "__main__":
    main()
