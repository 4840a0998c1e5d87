# SPDX-License-Identifier: EUPL-1.2
"""A Wayland wall without hardware: the compositor sway with outputs that nobody sees, as wall.py has X servers.

    with Sway([(1920, 1080)]) as screen:
        Play(exhibition, env=screen.env())
        screen.shot("/tmp/shot.png")        # all outputs; screen.pixels() the same as rows of red, green, blue
        screen.say("output HEADLESS-1 mode 1280x720")
        screen.kill(); screen.start()       # a compositor that dies, and one that comes back at the same address

`config`: lines of sway's. `x11`: a display of Xorg that sway opens its outputs on, as windows; then touches of that server reach it. sway
does not run as root: then it runs as nobody."""
import glob
import os
import shutil
import subprocess
import tempfile

from wall import PATIENCE, Process, WallError, wait_for

SOCKET = "wayland-1"


class Sway:
    def __init__(self, sizes=((1920, 1080),), config="", x11=None):
        self.folder = tempfile.mkdtemp(prefix="schauwand-sway-")
        self._x11 = x11
        names = [f"{'X11' if x11 else 'HEADLESS'}-{i + 1}" for i in range(len(sizes))]
        starts = [sum(width for width, _ in sizes[:i]) for i in range(len(sizes))]
        lines = ["xwayland disable"] if not config else config.splitlines()
        lines += [f"output {name} mode {width}x{height} position {start} 0" for name, (width, height), start in zip(names, sizes, starts)]
        self._config = os.path.join(self.folder, "config")
        self._count = len(sizes)
        with open(self._config, "w", encoding="ascii") as file:
            file.write("\n".join(lines) + "\n")
        if os.getuid() == 0:
            shutil.chown(self.folder, "nobody")
            os.chmod(self._config, 0o644)
        self._process = None

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        env = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
        env.update(XDG_RUNTIME_DIR=self.folder, WLR_BACKENDS="x11" if self._x11 else "headless", WLR_RENDERER="pixman",
                   WLR_LIBINPUT_NO_DEVICES="1", WLR_HEADLESS_OUTPUTS=str(self._count), WLR_X11_OUTPUTS=str(self._count))
        if self._x11:
            env["DISPLAY"] = self._x11
        user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.getuid() == 0 else []
        for path in glob.glob(os.path.join(self.folder, "sway-ipc.*")):
            os.remove(path)
        self._process = Process("sway", [*user, "sway", "--config", self._config], env=env)
        wait_for(lambda: not self._process.running() or glob.glob(os.path.join(self.folder, "sway-ipc.*")),
                 lambda: f"sway: {self._process.errors()}")
        wait_for(lambda: self._process.running() and self._answers(), lambda: f"sway to answer: {self._process.errors()}")

    def kill(self):
        self._process.kill()
        self._process.wait()
        self._process.stop()

    def stop(self):
        if self._process is not None:
            self._process.stop()
            self._process = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def env(self, **more):
        """This process's environment with the compositor and without X."""
        env = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "SDL_VIDEODRIVER")}
        return {**env, "XDG_RUNTIME_DIR": self.folder, "WAYLAND_DISPLAY": SOCKET, **more}

    def _run(self, *command):
        return subprocess.run(command, env=self.env(), capture_output=True, timeout=PATIENCE, check=False)

    def _answers(self):
        return self._run("swaymsg", "--socket", glob.glob(os.path.join(self.folder, "sway-ipc.*"))[0], "-t", "get_version").returncode == 0

    def say(self, *words):
        """A command of sway's (sway(5))."""
        done = self._run("swaymsg", "--socket", glob.glob(os.path.join(self.folder, "sway-ipc.*"))[0], "--", *words)
        if done.returncode != 0:
            raise WallError(f"swaymsg {' '.join(words)}: {done.stdout.decode()}{done.stderr.decode()}")

    def shot(self, path, *options):
        """A PNG file of all outputs; option "-c": with the pointer."""
        done = self._run("grim", *options, path)
        if done.returncode != 0:
            raise WallError(f"grim: {done.stderr.decode()}")

    def pixels(self, *options):
        """Width, height, rows of bytes red, green, blue."""
        done = self._run("grim", *options, "-t", "ppm", "-")
        if done.returncode != 0:
            raise WallError(f"grim: {done.stderr.decode()}")
        kind, size, most, data = done.stdout.split(b"\n", 3)
        width, height = map(int, size.split())
        if kind != b"P6" or most != b"255" or len(data) != 3 * width * height:
            raise WallError("grim: another kind of picture")
        return width, height, data
