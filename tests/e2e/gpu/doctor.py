# SPDX-License-Identifier: EUPL-1.2
"""What `schauwand doctor` says of the machine, displays, drawing, touch, fonts, walls, clips and the network, on real X servers and
without any; and its exit status."""
import functools
import http.server
import json
import os
import re
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "stage"))
from playing import PROGRAM, Exhibition  # noqa: E402
from wall import Xorg, Xvfb  # noqa: E402

CHECKS = ["system", "memory", "limits", "clock", "disk", "display", "opengl", "drawing", "shared memory", "touch", "exhibition", "fonts",
          "letters", "wall", "decoders", "sound", "helpers", "sandbox", "state", "configuration", "network"]
RARE = {"letters", "sound", "network"}  # said only where there is something to be said of


def run(env, *arguments, under=()):
    done = subprocess.run([*under, PROGRAM, "doctor", *arguments], env=env, capture_output=True, text=True, timeout=120, check=False)
    assert "Sanitizer" not in done.stderr, done.stderr
    return done


class Report:
    """One run with --json, which must be whole and agree with its exit status. `rare`: of those, what is said."""

    def __init__(self, env, *arguments, rare=("letters",), under=()):
        done = run(env, "--json", *arguments, under=under)
        assert done.returncode in (0, 1), f"{done.returncode}: {done.stderr}"
        report = json.loads(done.stdout)
        self.checks = {check["check"]: check for check in report["checks"]}
        assert [check["check"] for check in report["checks"]] == [name for name in CHECKS if name not in RARE or name in rare], report
        problems = [check for check in report["checks"] if check["level"] == "problem"]
        assert report["problems"] == len(problems) and done.returncode == (1 if problems else 0), report
        for check in problems:
            assert check["advice"], f"a problem without advice: {check}"

    def expect(self, name, level, *texts):
        check = self.checks[name]
        told = f"{check['value']} {check['advice'] or ''}"
        assert check["level"] == level and all(text in told for text in texts), f"wanted {level} with {texts}: {check}"

    def nothing_amiss(self):
        for check in self.checks.values():
            assert check["level"] != "problem", check


def configuration(env, exhibition):
    """What the machine's own file says, and whether what it names is there."""
    folder = os.path.join(exhibition.folder, "host")
    os.mkdir(folder)
    path, secret, cache = (os.path.join(folder, name) for name in ("wall.json", "secret", "cache"))

    def look(content, level, *texts):
        with open(path, "w", encoding="utf-8") as file:
            file.write(content if isinstance(content, str) else json.dumps(content))
        Report(env, exhibition.folder, "--config", path).expect("configuration", level, *texts)

    look({"live": True}, "ok", "follows nothing that is published")
    look({"base": "https://walls.example.org", "wall": "foyer", "cache": cache}, "note", "https://walls.example.org, wall foyer",
         "--root-key")
    look("{\n \"wall\": \"A b\"}", "problem", "wall.json:2:10: error: wall: ", "mend")
    wanted = {"secrets": {"site": secret}, "ca": os.path.join(folder, "ca.pem")}
    look(wanted, "problem", "the secret \"site\" is not at", "ca.pem cannot be read", "PEM")
    with open(secret, "w", encoding="utf-8") as file:
        file.write("s")
    os.chmod(secret, 0o644)
    look({"secrets": {"site": secret}}, "problem", "may be read by others", "chmod 600")
    os.chmod(secret, 0o600)
    look({"secrets": {"site": secret}}, "ok")
    look({"base": "https://walls.example.org", "cache": path + "/cache"}, "problem", "no release can be kept")
    Report(env, exhibition.folder, "--config", path + "x").expect("configuration", "problem", "does not exist")


def without_display(exhibition):
    env = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")}
    report = Report(env, exhibition.folder)
    report.expect("display", "problem", "none", "start Schauwand from within X")
    report.expect("drawing", "ok", "by the processor, since there is no display")
    report.expect("fonts", "ok", "are here")
    report.expect("wall", "ok", "foyer: 1 panel, outputs of 1920 x 1080")
    report = Report({**env, "DISPLAY": ":4711"}, exhibition.folder)
    report.expect("display", "problem", "DISPLAY :4711 does not answer", "may this user use it?")
    report = Report({**env, "XDG_STATE_HOME": os.path.join(exhibition.folder, "scenes/theme.json/state")}, exhibition.folder)
    report.expect("state", "problem", "cannot be written", "XDG_STATE_HOME")
    configuration(env, exhibition)
    text = run(env, exhibition.folder)
    lines = text.stdout.splitlines()
    assert text.returncode == 1 and lines[-1] == "1 problem", text.stdout
    assert any(line.startswith("problem  display        none: DISPLAY") for line in lines), text.stdout
    assert run(env, "--no-such-option").returncode == 2


def heard(exhibition):
    """Where no zone has a volume, nobody looks for a device."""
    env = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")}
    Report({**env, "SDL_AUDIODRIVER": "nothing"}, exhibition.folder, "--wall", "foyer")
    exhibition.edit("scenes/walls/foyer.json", ('"playlist": "', '"volume": 0.5, "playlist": "'))
    report = Report({**env, "SDL_AUDIODRIVER": "dummy"}, exhibition.folder, "--wall", "foyer", rare=("letters", "sound"))
    report.expect("sound", "ok", "1 zone by dummy")
    report = Report({**env, "SDL_AUDIODRIVER": "nothing"}, exhibition.folder, "--wall", "foyer", rare=("letters", "sound"))
    report.expect("sound", "problem", "1 zone with a volume, but", "not available", "pipewire")


def machine(exhibition):
    """What the machine has beside its display: limits, clock, disk, decoders, letters."""
    env = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")}
    state = os.path.join(exhibition.folder, "state")
    report = Report({**env, "XDG_STATE_HOME": state}, exhibition.folder, under=("prlimit", "--nofile=300:300"))
    report.expect("limits", "problem", "300 files open at once", "LimitNOFILE=1024")
    assert "writes" not in report.checks["disk"]["value"] and "GB free at " in report.checks["disk"]["value"], report.checks["disk"]
    os.makedirs(os.path.join(state, "schauwand"))
    report = Report({**env, "XDG_STATE_HOME": state}, exhibition.folder)
    assert "writes about " in report.checks["disk"]["value"], report.checks["disk"]
    assert os.listdir(os.path.join(state, "schauwand")) == [], "what it has tried to write is still there"
    assert re.match(r"20\d\d-\d\d-\d\d \d\d:\d\d in the exhibition; ", report.checks["clock"]["value"]), report.checks["clock"]
    report.expect("decoders", "ok", "plays H.264, H.265, VP8, VP9, AV1")
    report.expect("letters", "ok", "all 5 languages")
    report.expect("limits", "ok", "files open at once", "threads of this user")
    exhibition.edit("scenes/exhibition.json", ('"languages": \\["de", ', '"languages": ["de", "ja", '),
                    ('"names": {', '"names": {"ja": "Nihongo", '), ('"fallbacks": {', '"fallbacks": {"ja": ["de"], '))
    with tempfile.TemporaryDirectory(dir="/dev/shm") as memory:
        report = Report({**env, "XDG_STATE_HOME": memory}, exhibition.folder)
    report.expect("disk", "note", "tmpfs is memory")
    report.expect("letters", "problem", "no font has", 'of the language "ja"', "apt-get install fonts-noto-cjk")


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class Site:
    """A server on this machine that has a wall, and whatever else it is asked for not."""

    def __init__(self, folder):
        os.makedirs(os.path.join(folder, "walls", "foyer"))
        with open(os.path.join(folder, "walls", "foyer", "current.json"), "w", encoding="ascii") as file:
            file.write("{}")
        handler = functools.partial(Quiet, directory=folder)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.base = f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def network(exhibition):
    """The server that the machine's own file names."""
    env = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")}
    path, keys = os.path.join(exhibition.folder, "wall.json"), os.path.join(exhibition.folder, "keys")
    said = subprocess.run([PROGRAM, "keys", keys], capture_output=True, text=True, check=True).stdout
    own = {"root_key": re.search(r"RW\S+", said).group(), "wall": "foyer", "allow": ["127.0.0.1"]}

    def look(base, level, *texts, **more):
        with open(path, "w", encoding="utf-8") as file:
            json.dump({**own, "base": base, **more}, file)
        report = Report(env, exhibition.folder, "--config", path, rare=("letters", "network"))
        report.expect("network", level, base, *texts)

    with Site(os.path.join(exhibition.folder, "site")) as site:
        look(site.base, "ok", "answers within", "has the wall foyer")
        look(site.base, "problem", "answers, but has nothing for the wall elsewhere", "schauwand publish", wall="elsewhere")
        gone = site.base
    look(gone, "problem", "is not reached", "the wall plays what it has")


def on_xvfb(exhibition):
    """A machine whose OpenGL draws with the processor, as here; a GPU would be used, and told by name."""
    with Xvfb() as screen:
        report = Report(screen.env(), exhibition.folder)
        report.nothing_amiss()
        report.expect("display", "ok", "x11 with 1 display", "1920 x 1080 at 0, 0")
        report.expect("opengl", "ok", " by ", "textures of up to ")
        report.expect("shared memory", "ok", "MIT-SHM")
        report.expect("touch", "note", "no touch screen")
        asked = Report(screen.env(), exhibition.folder, "--backend", "gpu")
        asked.expect("drawing", "ok", "by the GPU, since it was asked for")
        asked = Report(screen.env(), exhibition.folder, "--backend", "cpu")
        asked.expect("drawing", "ok", "by the processor, since it was asked for")
        none = Report(screen.env(SDL_RENDER_DRIVER="software"), exhibition.folder, "--backend", "gpu")
        none.expect("drawing", "problem", "by the processor, since SDL offers no OpenGL")
        if os.path.isdir("/dev/dri"):
            return
        report.expect("drawing", "ok", "by the processor, since there is no GPU that this process may open")


def on_xorg(exhibition):
    with Xorg([(1920, 1080, 0, 0), (1920, 1080, 1920, 0)]) as screen:
        report = Report(screen.env(), exhibition.folder, "--wall", "duo")
        report.expect("touch", "ok", "touch0 (screen)", "touch1 (screen)")
        report.expect("display", "ok", "x11 with 2 displays", "1920 x 1080 at 1920, 0")
        report = Report(screen.env(), exhibition.folder, "--wall", "foyer")
        report.expect("wall", "note", "the displays have 3840 x 1080", "the picture is scaled")


def faulty_exhibitions(exhibition):
    with Xvfb(1280, 720) as screen:
        Report(screen.env(), exhibition.folder, "--wall", "duo").expect("wall", "problem", "the displays have 1280 x 720", "xrandr")
        Report(screen.env(), exhibition.folder, "--wall", "nowhere").expect("wall", "problem", 'there is no wall "nowhere"')
        Report(screen.env(), "/proc", rare=()).expect("exhibition", "problem", "none in /proc")
        exhibition.edit("fonts/fonts.json", ("fonts-inter", "fonts-not-there"))
        report = Report(screen.env(), exhibition.folder)
        report.expect("fonts", "problem", "fonts-not-there is not installed", "apt-get install fonts-not-there")
        report.expect("exhibition", "problem", "fault", "schauwand check")


def main():
    for case in (without_display, heard, machine, network, on_xvfb, on_xorg, faulty_exhibitions):
        with Exhibition() as exhibition:
            case(exhibition)
    print(f"doctor: {len(CHECKS)} checks on 4 kinds of machines")


if __name__ == "__main__":
    main()
