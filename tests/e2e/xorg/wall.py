# SPDX-License-Identifier: EUPL-1.2
"""A wall without hardware, for tests of whole programs: X servers, their pixels, fingers, and processes (standard library only).

    from wall import Xorg, Xvfb, Process, wait_for

    with Xorg(outputs=[(1920, 1080, 0, 0), (1920, 1080, 1920, 0)]) as screen:
        with Process("player", [PLAYER, "play", FOLDER], env=screen.env()) as player:
            player.expect("ready")                                 # a line on its standard output
            screen.wait_pixel(100, 100, (0, 91, 150))              # a colour at a place of the screen
            finger = screen.touch("touch0")
            finger.down(1, 300, 400); finger.move(1, 320, 400); finger.up(1)
            finger.tap(500, 500)
            screen.sync()                                          # the server has processed all of that
            screen.shot("/tmp/shot.png")

Xorg   dummy driver and inputtest: real multi-touch, several outputs. Needs to be root or to be allowed to start servers.
Xvfb   one output, no touch; reading pixels costs the server nothing (a mapped file).
Both   `with` starts and stops them; `.display` ":7", `.env()` an environment with DISPLAY, `.width` and `.height`,
       `.pixels(x, y, w, h)` bytes of blue, green, red, unused; `.pixel(x, y)` (red, green, blue); `.wait_pixel`, `.shot(file.png)`.

There are no fixed sleeps here: every wait is for a condition, within a bounded time, and says what it waited for when that passes
(WallError). Every process is ended by its own id. Programs that this needs (touch-inject, x-grab) are built by CMake; their folder is
SW_TOOLS in the environment.
"""
import mmap
import os
import re
import shutil
import signal
import struct
import subprocess
import tempfile
import threading
import time
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
PATIENCE = 30.0  # seconds that any wait may take unless it is told otherwise: far beyond what is usual, machines are slow at times


class WallError(Exception):
    """Something did not come about; the text says what was waited for and what was there instead."""


def wait_for(condition, what, timeout=PATIENCE):
    """Calls `condition` until it returns something true, and returns that. WallError with `what` (text, or a function that makes it) when
    `timeout` seconds have passed."""
    end = time.monotonic() + timeout
    pause = 0.0005
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() >= end:
            raise WallError(f"waited {timeout:g} s for {what() if callable(what) else what}")
        time.sleep(pause)
        pause = min(pause * 2, 0.02)


def tool(name):
    """The path of one of our own test programs."""
    path = os.path.join(os.environ.get("SW_TOOLS", ""), name)
    if not os.access(path, os.X_OK):
        raise WallError(f"{name} is not in SW_TOOLS ({os.environ.get('SW_TOOLS', 'not set')}); ctest sets it")
    return path


class Process:
    """A program that runs in the background, with the lines of its standard output as they come; standard error goes to `.log`, a file
    that is read with errors(). As a context manager it is started at once and stopped at the end."""

    def __init__(self, name, command, env=None, cwd=None, stdin=False):
        self.name = name
        self.lines = []  # all so far, without line ends
        self._seen = 0   # lines that expect() has gone past
        self._news = threading.Condition()
        self._ended = False
        self._last_errors = ""
        self.log = tempfile.TemporaryFile("w+", errors="replace")
        self._process = subprocess.Popen(command, env=env, cwd=cwd, stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
                                         stdout=subprocess.PIPE, stderr=self.log, text=True, errors="replace", bufsize=1)
        self.pid = self._process.pid
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self._process.stdout:
            with self._news:
                self.lines.append(line.rstrip("\n"))
                self._news.notify_all()
        with self._news:
            self._ended = True
            self._news.notify_all()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def running(self):
        return self._process.poll() is None

    def send(self, line):
        """Writes a line to its standard input (made with stdin=True)."""
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise WallError(f"{self.name} has ended: {self.errors()}") from None

    def expect(self, pattern, timeout=PATIENCE):
        """Waits for the next line, behind the last one that was expected, in which the regular expression is found; gives the match.
        Lines before it are passed over."""
        end = time.monotonic() + timeout
        with self._news:
            while True:
                while self._seen < len(self.lines):
                    self._seen += 1
                    match = re.search(pattern, self.lines[self._seen - 1])
                    if match:
                        return match
                left = end - time.monotonic()
                if self._ended or left <= 0 or not self._news.wait(left):
                    break
            last = self.lines[-8:]
        state = "has ended" if self._ended else f"said nothing like it in {timeout:g} s"
        raise WallError(f"{self.name}: wanted {pattern!r}, but it {state}; last lines {last}; errors: {self.errors()}")

    def wait_lines(self, pattern, count, timeout=PATIENCE):
        """Waits until `count` lines in all match the regular expression; gives the matches."""
        found = lambda: [match for line in list(self.lines) for match in [re.search(pattern, line)] if match]
        wait_for(lambda: len(found()) >= count or self._ended, f"{count} lines like {pattern!r} from {self.name}", timeout)
        if len(found()) < count:
            raise WallError(f"{self.name} has ended with {len(found())} of {count} lines like {pattern!r}; errors: {self.errors()}")
        return found()

    def errors(self):
        """What it has written to standard error so far, the last 4000 characters."""
        if self.log.closed:
            return self._last_errors
        with open(f"/proc/self/fd/{self.log.fileno()}", errors="replace") as file:
            return file.read()[-4000:]

    def kill(self, signal_number=signal.SIGKILL):
        """Sends a signal to it and to nothing else."""
        if self.running():
            self._process.send_signal(signal_number)

    def wait(self, timeout=PATIENCE):
        """Its exit status (negative: the signal that ended it)."""
        try:
            return self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise WallError(f"{self.name} did not end within {timeout:g} s") from None

    def stop(self, timeout=10.0):
        """Asks it to end (SIGTERM), then makes it; its exit status."""
        if self.log.closed:
            return self._process.returncode
        if self.running():
            self._process.terminate()
            try:
                self._process.wait(timeout)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._reader.join(timeout)
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                if pipe:
                    pipe.close()
            except BrokenPipeError:
                pass
        self._last_errors = self.errors()
        self.log.close()
        return self._process.returncode


def write_png(path, width, height, pixels):
    """A PNG file of bytes of blue, green, red, unused."""
    rows = bytearray()
    for y in range(height):
        row = pixels[4 * width * y:4 * width * (y + 1)]
        line = bytearray(3 * width)
        line[0::3], line[1::3], line[2::3] = row[2::4], row[1::4], row[0::4]
        rows += b"\0" + line

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) +
                   chunk(b"IDAT", zlib.compress(bytes(rows), 6)) + chunk(b"IEND", b""))


class Screen:
    """What Xorg and Xvfb have in common. Only these two are made."""

    def __init__(self):
        self.display = None
        self.width = self.height = 0
        self.folder = None   # of this server alone; gone with it
        self._server = None

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="schauwand-x-")
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        if self._server is not None:
            self._server.stop()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder = None

    def _start_server(self, name, command):
        """The server picks a free display itself and says which through its standard output."""
        self._server = Process(name, command + ["-displayfd", "1"])
        self.display = ":" + self._server.expect(r"^\s*(\d+)\s*$").group(1)

    def server_errors(self):
        return self._server.errors()

    def env(self, **more):
        """This process's environment with DISPLAY, without Wayland, and with `more`."""
        env = {key: value for key, value in os.environ.items() if key not in ("WAYLAND_DISPLAY", "SDL_VIDEODRIVER")}
        return {**env, "DISPLAY": self.display, **more}

    def pixel(self, x, y):
        """(red, green, blue), each 0..255."""
        blue, green, red, _ = self.pixels(x, y, 1, 1)
        return red, green, blue

    def wait_pixel(self, x, y, colour, tolerance=0, timeout=PATIENCE):
        """Until the pixel has the colour (red, green, blue), each channel within `tolerance`."""
        near = lambda: all(abs(a - b) <= tolerance for a, b in zip(self.pixel(x, y), colour))
        wait_for(near, lambda: f"{colour} at {x}, {y} of the screen; there is {self.pixel(x, y)}", timeout)

    def shot(self, path):
        """The whole screen as a PNG file."""
        write_png(path, self.width, self.height, self.pixels(0, 0, self.width, self.height))


class Xvfb(Screen):
    def __init__(self, width=1920, height=1080):
        super().__init__()
        self.width, self.height = width, height
        self._map = None

    def _start(self):
        self._start_server("Xvfb", ["Xvfb", "-screen", "0", f"{self.width}x{self.height}x24", "-fbdir", self.folder, "-nolisten", "tcp",
                                    "-noreset"])
        path = os.path.join(self.folder, "Xvfb_screen0")
        wait_for(lambda: os.path.exists(path) and os.path.getsize(path) > 100, "Xvfb's framebuffer")
        with open(path, "rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        words = struct.unpack(">25I", self._map[:100])  # of an X window dump: header, then colours of 12 bytes, then pixels
        self._start_of_pixels = words[0] + 12 * words[19]
        self._bytes_per_line = words[12]
        if words[11] != 32 or (words[4], words[5]) != (self.width, self.height):
            raise WallError(f"Xvfb's framebuffer is of another kind: {words[4]}x{words[5]}, {words[11]} bits a pixel")

    def pixels(self, x, y, width, height):
        """Rows of bytes: blue, green, red, unused."""
        if x < 0 or y < 0 or x + width > self.width or y + height > self.height:
            raise WallError(f"{width}x{height} at {x}, {y} is not on the screen")
        starts = (self._start_of_pixels + self._bytes_per_line * row + 4 * x for row in range(y, y + height))
        return b"".join(self._map[start:start + 4 * width] for start in starts)

    def stop(self):
        if self._map is not None:
            self._map.close()
            self._map = None
        super().stop()


class Touch:
    """A touch frame of Xorg, "touch0" or "touch1". Ids are the test's own small numbers; places are pixels of the screen. Events are sent
    at once; Xorg.sync() waits until the server has processed them."""

    def __init__(self, screen, name):
        self.screen = screen
        self.name = name

    def _say(self, line):
        self.screen._inject(self.name, line)

    def down(self, finger, x, y):
        self._say(f"down {finger} {x} {y}")

    def move(self, finger, x, y):
        self._say(f"move {finger} {x} {y}")

    def up(self, finger):
        self._say(f"up {finger}")

    def tap(self, x, y, finger=0):
        """Down, up, and wait until the server has seen both."""
        self.down(finger, x, y)
        self.up(finger)
        self.screen.sync()

    def drag(self, points, finger=0):
        """Down at the first of `points` [(x, y), ...], over the others, up at the last; waits for the server."""
        self.down(finger, *points[0])
        for point in points[1:]:
            self.move(finger, *point)
        self.up(finger)
        self.screen.sync()


class Xorg(Screen):
    """`outputs`: (width, height, x, y) of each panel. By default each touch frame covers the whole screen; map_touch() gives one an output.
    `display`: the one to be, else a free one. A server is for one test: the injector's connection cannot be made a second time."""

    def __init__(self, outputs=((1920, 1080, 0, 0),), display=None):
        super().__init__()
        self._wanted = [display] if display else []
        self.outputs = list(outputs)
        self.width = max(x + width for width, _, x, _ in self.outputs)
        self.height = max(y + height for _, height, _, y in self.outputs)
        self._injector = self._grabber = self._device = None

    def _start(self):
        with open(os.path.join(HERE, "xorg-touch.conf.in"), encoding="utf-8") as file:
            config = file.read()
        values = {"SOCKETS": self.folder, "VIRTUAL": f"{self.width} {self.height}", "MODE": "640x480"}
        for name, value in values.items():
            config = config.replace(f"@{name}@", value)
        path = os.path.join(self.folder, "xorg.conf")
        with open(path, "w", encoding="utf-8") as file:
            file.write(config)
        self._start_server("Xorg", ["Xorg", *self._wanted, "-config", path, "-novtswitch", "-sharevts", "-noreset", "-nolisten", "tcp",
                                    "-verbose", "0", "-logverbose", "0", "-logfile", os.path.join(self.folder, "log")])
        for name in ("keys", "touch0", "touch1"):
            wait_for(lambda name=name: os.path.exists(os.path.join(self.folder, name)), f"the socket of {name}")
        self._place_outputs()
        self._grabber = subprocess.Popen([tool("x-grab")], env=self.env(), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        area = f"{self.width}x{self.height}+0+0"
        frames = [f"{name}={os.path.join(self.folder, name)}:{area}" for name in ("touch0", "touch1")]
        self._injector = Process("touch-inject", [tool("touch-inject"), os.path.join(self.folder, "keys")] + frames, stdin=True)
        self.sync()

    def run(self, *command):
        """A program on this display, to its end: what it said."""
        done = subprocess.run(command, env=self.env(), capture_output=True, text=True, timeout=PATIENCE)
        if done.returncode != 0:
            raise WallError(f"{' '.join(command)}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def _place_outputs(self):
        """Makes a mode for each size (any timing will do for no monitor), then switches all outputs on in one go."""
        placing = ["xrandr", "--fb", f"{self.width}x{self.height}"]
        made = set()
        for i, (width, height, x, y) in enumerate(self.outputs):
            mode = f"wall-{width}x{height}"
            if mode not in made:
                across = [width, width + 8, width + 16, width + 24]
                down = [height, height + 2, height + 4, height + 6]
                clock = across[3] * down[3] * 60 / 1e6
                self.run("xrandr", "--newmode", mode, f"{clock:.2f}", *map(str, across + down))
                made.add(mode)
            self.run("xrandr", "--addmode", f"DUMMY{i}", mode)
            placing += ["--output", f"DUMMY{i}", "--mode", mode, "--pos", f"{x}x{y}"]
        self.run(*placing)
        listed = self.run("xrandr", "--query")  # also needed: without a full query SDL sees one display
        for i, (width, height, x, y) in enumerate(self.outputs):
            if not re.search(rf"^DUMMY{i} connected.*\b{width}x{height}\+{x}\+{y}\b", listed, re.MULTILINE):
                raise WallError(f"output {i} is not where it should be:\n{listed}")

    def _inject(self, device, line):
        if device != self._device:
            self._injector.send(f"use {device}")
            self._device = device
        self._injector.send(line)

    def touch(self, name="touch0"):
        return Touch(self, name)

    def sync(self, timeout=PATIENCE):
        """Waits until the server has processed every touch so far. Its clients may still have to read the events: wait for their effect."""
        self._injector.send("sync")
        self._injector.expect("^ok$", timeout)

    def map_touch(self, name, output):
        """Lets the frame cover one output only, as `xinput map-to-output` does on a real wall. Places stay pixels of the screen."""
        self.run("xinput", "map-to-output", name, f"DUMMY{output}")
        width, height, x, y = self.outputs[output]
        self._injector.send(f"area {name} {width}x{height}+{x}+{y}")

    def device_id(self, name):
        """The XInput 2 id of a device, which is SDL's touchId."""
        return int(self.run("xinput", "list", "--id-only", name))

    def pixels(self, x, y, width, height):
        """Rows of bytes: blue, green, red, unused."""
        self._ask(f"grab {x} {y} {width} {height}")
        return self._grabber.stdout.read(4 * width * height)

    def _ask(self, what):
        self._grabber.stdin.write(what.encode() + b"\n")
        self._grabber.stdin.flush()
        answer = self._grabber.stdout.readline().split()
        if answer[:1] != [b"ok"]:
            raise WallError(f"{what}: {b' '.join(answer).decode() or 'x-grab has ended'}")
        return [int(word) for word in answer[1:]]

    def pointer(self):
        """How many pixels of the pointer are visible."""
        return self._ask("pointer")[0]

    def saver(self):
        """Whether the screen saver is on, and the seconds since the last input."""
        on, idle = self._ask("saver")
        return on == 1, idle / 1000

    def kill(self):
        """The server dies."""
        self._server.kill()
        self._server.wait()

    def stop(self):
        """The server before the injector: without its client it would spin."""
        if self._grabber is not None:
            try:
                self._grabber.stdin.close()
            except BrokenPipeError:
                pass
            self._grabber.stdout.close()
            try:
                self._grabber.wait(5)
            except subprocess.TimeoutExpired:
                self._grabber.kill()
                self._grabber.wait()
            self._grabber = None
        injector, self._injector = self._injector, None
        super().stop()
        if injector is not None:
            injector.stop()
