# SPDX-License-Identifier: EUPL-1.2
"""What a soak stands on: a clock that can be moved, a small disk, a published folder behind nginx, and the X server with its fingers."""
import contextlib
import json
import os
import pathlib
import random
import signal
import subprocess
import threading
import time

import authority
import house
import nginx
import wall
from moved import MovedClock
from programme import HEIGHT, SCENES, WIDTH, Data, Programme

DAY = 24 * 3600
DISK_MIB = 24


class Clock(MovedClock):
    """The machine's clock as the programs under test read it. `speed`: how many times as fast it runs."""

    def __init__(self, library, speed=1):
        super().__init__(library)
        self.speed, self.began, self.tick = speed, time.time(), time.monotonic()
        self.put_right()

    def right(self):
        """What it ought to say."""
        return self.began + (time.monotonic() - self.tick) * self.speed

    def put_right(self):
        self.set(self.right(), self.speed)

    def put(self, instant):
        self.set(instant, self.speed)


class Disk:
    """The machine's disk: a tmpfs of its own, which nobody outside of this process's mounts sees. `own`: it could be had."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder) / "disk"
        self.folder.mkdir()
        self.own = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m", "soak", self.folder], check=False,
                                  capture_output=True).returncode == 0
        self.filler = self.folder / "filler"

    def fill(self, left_kib):
        """All but so much of it."""
        with open(self.filler, "wb", buffering=0) as file:
            space = os.statvfs(self.folder)
            file.write(bytes(max(0, space.f_bavail * space.f_bsize - left_kib * 1024)))

    def free(self):
        self.filler.unlink(missing_ok=True)

    def close(self):
        if self.own:
            subprocess.run(["umount", "-l", self.folder], check=False, capture_output=True)


class Server(nginx.Nginx):
    """nginx with TLS over the published folder: it may be stopped, slow, or silent."""

    def __init__(self, folder, clock):
        folder = pathlib.Path(folder) / "server"
        folder.mkdir()
        before = {**os.environ, **clock.environment()}
        clock.put(time.time() - 2 * DAY)  # its certificate must hold wherever the clock is put
        keys = authority.Authority(folder, days=1500, environment=before)
        clock.put_right()
        self.ca = keys.ca
        super().__init__(folder, *keys.lines, "keepalive_timeout 5;", f"include {folder}/pace;", around=["sendfile off;"], tls=True)

    def start(self):
        (self.folder / "pace").write_text("")
        super().start()

    def pace(self, line):
        """From now on, as to connections that are new."""
        (self.folder / "pace").write_text(line)
        self.process.send_signal(signal.SIGHUP)

    def workers(self):
        return house.children_of(self.process.pid)

    def hold(self, number):
        """SIGSTOP: it takes connections and says nothing."""
        for pid in [self.process.pid, *self.workers()]:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass

    def stop(self):
        self.hold(signal.SIGCONT)
        super().stop()


class Site:
    """Keys, the exhibition, and the folder that it is published to, in which live data lie as well. `clock`: of the desk at which all that
    is made, which nobody steps. `closers`: takes what ends it."""

    def __init__(self, build, folder, clock, turn_s, closers):
        self.build, self.folder, self.clock = build, pathlib.Path(folder), clock
        self.server = Server(folder, clock)
        closers.callback(self.server.stop)
        self.published, self.keys = self.server.files, self.folder / "keys"
        self.programme = Programme(self.folder / "exhibition", turn_s)
        self.data = Data(self.published, clock)
        self.lock = threading.Lock()
        said = self.run("keys", self.keys)
        self.root_key = next(word for word in said.split() if word.startswith("RW"))
        self.data.renew(random.Random(0))
        self.publish()

    def run(self, *arguments):
        done = subprocess.run([self.build / "schauwand", *map(str, arguments)], cwd=self.folder, capture_output=True, text=True,
                              timeout=300, check=False, env={**os.environ, **self.clock.environment()})
        if done.returncode != 0:
            raise RuntimeError(f"schauwand {' '.join(map(str, arguments))}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def publish(self, chance=None):
        with self.lock:
            if chance is not None:
                self.programme.edit(chance)
            self.run("publish", self.programme.folder, "--wall", "foyer", "--to", self.published, "--keys", self.keys)

    def operate(self, *words):
        with self.lock:
            self.run("playlist", *words, "--by", "soak", "--wall", "foyer", "--to", self.published, "--keys", self.keys)

    def current(self):
        return json.loads((self.published / "walls/foyer/current.json").read_text())


class Screen:
    """An X server of two outputs, side by side, that can be ended and comes back on the same display; whoever uses it while it is away is
    told so by WallError."""

    def __init__(self):
        self.lock = threading.RLock()
        self.server, self.display, self.touches = None, None, None
        self.start()

    def start(self):
        with self.lock:
            outputs = [(WIDTH, HEIGHT, WIDTH * index, 0) for index in range(2)]
            server = wall.Xorg(outputs, display=self.display)
            server.__enter__()
            self.server, self.display = server, server.display
            self.touches = [server.touch("touch0"), server.touch("touch1")]

    def env(self):
        return self.server.env()

    def restart(self, away_s):
        with self.lock:
            server, self.server = self.server, None
            server.kill()
            server.stop()
        time.sleep(away_s)
        self.start()

    def use(self, what):
        """what(server); WallError while there is none, or where it has just gone."""
        with self.lock:
            if self.server is None:
                raise wall.WallError("no X server")
            try:
                return what(self.server)
            except (OSError, ValueError, subprocess.SubprocessError) as error:
                raise wall.WallError(str(error)) from error

    def pixels(self, x, y, width):
        """[(red, green, blue)] of a row."""
        row = self.use(lambda server: server.pixels(x, y, width, 1))
        return [(row[4 * at + 2], row[4 * at + 1], row[4 * at]) for at in range(len(row) // 4)]

    def outputs(self, first, second):
        """Which of the two are on."""
        words = []
        for index, on in enumerate((first, second)):
            place = ["--mode", f"wall-{WIDTH}x{HEIGHT}", "--pos", f"{WIDTH * index}x0"]
            words += ["--output", f"DUMMY{index}", *(place if on else ["--off"])]
        self.use(lambda server: server.run("xrandr", "--fb", f"{WIDTH * 2 if second else WIDTH}x{HEIGHT}", *words))

    def close(self):
        with self.lock:
            if self.server is not None:
                self.server.stop()
                self.server = None


class Fingers(threading.Thread):
    """Visitors of the left zone: up to ten fingers without sense, and pauses in which the visit ends by itself."""

    def __init__(self, screen, seed):
        super().__init__(daemon=True)
        self.screen, self.chance, self.done, self.count = screen, random.Random(seed), threading.Event(), 0
        self.down = {}  # finger: touch frame

    def run(self):
        while not self.done.is_set():
            try:
                for _ in range(self.chance.randrange(20, 120)):
                    self.act()
                    if self.done.wait(self.chance.expovariate(12)):
                        break
                self.lift()
            except wall.WallError:
                self.down.clear()  # the server has gone, with all fingers on it
                self.done.wait(1)
            self.done.wait(self.chance.choice((0.5, 3, 12, 40)))

    def act(self):
        finger = self.chance.randrange(10)
        place = self.chance.randrange(WIDTH), self.chance.choice((self.chance.randrange(HEIGHT), self.chance.randrange(412, 468)))
        self.count += 1
        if finger not in self.down:
            frame = self.chance.randrange(2)
            self.screen.use(lambda server: self.screen.touches[frame].down(finger, *place))
            self.down[finger] = frame
        elif self.chance.random() < 0.4:
            self.screen.use(lambda server: self.screen.touches[self.down[finger]].move(finger, *place))
        else:
            self.screen.use(lambda server: self.screen.touches[self.down.pop(finger)].up(finger))
        self.screen.use(lambda server: server.sync(5))

    def lift(self):
        for finger, frame in sorted(self.down.items()):
            self.screen.use(lambda server, finger=finger, frame=frame: self.screen.touches[frame].up(finger))
        self.down.clear()

    def stop(self):
        self.done.set()
        self.join(10)


class Player:
    """`schauwand play` on that screen, which follows that site and keeps what it keeps on that disk."""

    def __init__(self, build, folder, ground):
        self.folder, self.program = pathlib.Path(folder), build / "schauwand"
        self.status_file, self.door, self.screens = self.folder / "status.json", self.folder / "run/control", self.folder / "screens"
        self.screens.write_bytes(bytes([0, 1, 1, 0]))
        site, state = ground.site, ground.disk.folder / "state"
        base = f"https://localhost:{site.server.port}"
        (self.folder / "wall.json").write_text(json.dumps({
            "base": base, "wall": "foyer", "root_key": site.root_key, "poll": "2s", "cache": str(ground.disk.folder / "cache"),
            "state": str(state), "ca": str(site.server.ca), "allow": [f"localhost:{site.server.port}"], "live": True}) + "\n")
        clock = ground.clock.environment()
        dpms = build / "tests/dpms.so"
        environment = {**ground.screen.env(), **clock, "LD_PRELOAD": f"{clock['LD_PRELOAD']}:{dpms}", "SW_DPMS": str(self.screens),
                       "SDL_AUDIODRIVER": "dummy"}
        self.supervisor = house.Supervisor(
            str(self.program), "play", base, "--wall", "foyer", "--config", str(self.folder / "wall.json"), "--status",
            str(self.status_file), "--control", str(self.door), "--told", str(state / "told"), "--plays", str(state / "plays"),
            state=str(ground.disk.folder / "home"), environment=environment, cwd=folder)
        self.pid = self.supervisor.process.pid

    def status(self):
        try:
            return json.loads(self.status_file.read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return {}

    def zone(self, index):
        zones = self.status().get("zones") or []
        return zones[index] if index < len(zones) else {}

    def tell(self, *words):
        return subprocess.run([self.program, "tell", *words, "--control", self.door], capture_output=True, timeout=60,
                              check=False).returncode

    def lines(self):
        return list(self.supervisor.lines)

    def plays(self):
        """Whether something of the programme is on in both zones."""
        return all(self.zone(index).get("scene") in SCENES for index in (0, 1))

    def stop(self):
        """What it ends with."""
        return self.supervisor.stop()

    def close(self):
        self.supervisor.close()


class Ground:
    """All of it, in the order in which it stands on each other; closed the other way round, however far it came."""

    def __init__(self, build, folder, speed=1):
        self.build, self.closers = pathlib.Path(build), contextlib.ExitStack()
        try:
            self.clock = self._keep(Clock(str(self.build / "tests/moved-clock.so"), speed))
            self.disk = self._keep(Disk(folder))
            desk = self._keep(Clock(self.clock.library, speed))
            self.site = Site(self.build, folder, desk, speed, self.closers)
            self.screen = self._keep(Screen())
            self.player = self._keep(Player(self.build, folder, self))
        except BaseException:
            self.close()
            raise

    def _keep(self, part):
        self.closers.callback(part.close)
        return part

    def close(self):
        self.closers.close()
