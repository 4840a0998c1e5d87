#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: debian.py SOURCE [--package DEB] [--keep]

The Debian package in a system that has never seen us: tools/package makes it from a clean clone, debootstrap the system; apt installs it
from the file and the rest from Debian. Then what an operator does, as root and as the user schauwand: doctor, check, play; the service, as
systemd runs it, in a container that is booted; an upgrade,
which keeps configuration and state; remove; purge, behind which no file is left that was not there before. As root; takes minutes.
"""
import argparse
import glob
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

SUITE, MIRROR = "bookworm", "http://deb.debian.org/debian"
UNTOLD = re.compile(r"^/(proc|sys|dev|run|tmp|root|var/(log|tmp|lib/(dpkg|apt|systemd)|cache/(apt|debconf|fontconfig|ldconfig|man)))"
                    r"(/|$)|^/etc/(passwd|group|shadow|gshadow|subuid|subgid)-$|^/etc/ld.so.cache$")
HIGHER = "99.0"
STATE, CONFIG = "/var/lib/schauwand", "/etc/default/schauwand"


def run(*words, expect=0, **options):
    done = subprocess.run([str(word) for word in words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
                          **options)
    assert expect is None or done.returncode == expect, f"{' '.join(map(str, words))}: {done.returncode}\n{done.stdout}"
    return done.stdout


class System:
    """A root of its own, in name spaces of their own: what is mounted there is gone with each command."""

    def __init__(self, root):
        self.root = pathlib.Path(root)

    def run(self, command, user=None, **options):
        inner = f"setpriv --reuid={user} --regid={user} --init-groups env HOME={STATE} PATH=/usr/bin:/bin LC_ALL=C.UTF-8" if user else "env"
        script = ("mount -t proc proc $0/proc && mount --rbind /dev $0/dev && mount --rbind /sys $0/sys && "
                  "exec chroot $0 env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "
                  f"{inner} sh -c \"$1\"")
        return run("unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", script, self.root, command, **options)

    def apt(self, words):
        return self.run(f"apt-get -qq -y --no-install-recommends -o Dpkg::Use-Pty=0 {words}")

    def files(self):
        listed = run("find", self.root, "-xdev", "-printf", "/%P\n").splitlines()
        return {path for path in listed if not UNTOLD.search(path)}

    def path(self, inside):
        return self.root / inside.lstrip("/")


def make_package(source, folder):
    clone = folder / "clone"
    run("git", "clone", "-q", source, clone)
    said = run(clone / "tools" / "package", cwd=clone)
    assert not re.search(r"^E: ", said, flags=re.MULTILINE), said
    package = clone / said.strip().splitlines()[-1]
    for line in said.splitlines():
        if line.startswith(("W: ", "I: ")):
            print(f"lintian: {line}")
    print(f"{package.name}: {package.stat().st_size / 1e6:.1f} MB, from a clean clone; lintian has no errors")
    return package


def make_higher(package, folder):
    """The same with a higher version."""
    inside = folder / "inside"
    run("dpkg-deb", "-R", package, inside)
    control = inside / "DEBIAN" / "control"
    text, count = re.subn(r"^Version: .*$", f"Version: {HIGHER}", control.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert count == 1, text
    control.write_text(text, encoding="utf-8")
    higher = folder / f"schauwand_{HIGHER}.deb"
    run("dpkg-deb", "--root-owner-group", "-b", inside, higher)
    return higher


def make_system(folder):
    base = folder / "base"
    run("debootstrap", "--variant=minbase", SUITE, base, MIRROR)
    system = System(base)
    for path in glob.glob("/etc/apt/apt.conf.d/*"):  # how this machine reaches Debian
        with open(path, encoding="utf-8") as file:
            if re.search("proxy|retries", file.read(), flags=re.IGNORECASE):
                shutil.copy(path, base / "etc/apt/apt.conf.d")
    system.apt("update")
    print(f"a minimal {SUITE}: {len(system.files())} files")
    return system


def copy_of(system, name):
    other = system.root.parent / name
    run("cp", "-a", "--reflink=auto", system.root, other)
    return System(other)


def with_dependencies(system, package):
    """The same without us, to compare with."""
    shutil.copy(package, system.path("/tmp"))
    depends = run("dpkg-deb", "-f", package, "Depends").strip()
    system.apt(f"satisfy '{depends}'")
    return system.files()


def install(system, package):
    shutil.copy(package, system.path("/tmp"))
    system.apt(f"install /tmp/{package.name}")
    user = system.run("getent passwd schauwand").strip()
    assert user.endswith(f":{STATE}:/usr/sbin/nologin"), user
    owner = system.run(f"stat -c '%U %G %a' {STATE}").strip()
    assert owner == "schauwand schauwand 750", owner
    print(f"installed by apt; {user}")


def play(system, pictures):
    version = system.run("schauwand --version").strip()
    checked = system.run("schauwand check /usr/share/schauwand/demo", user="schauwand").strip()
    print(f"{version}; check: {checked.splitlines()[-1]}")
    doctor = system.run("schauwand doctor /usr/share/schauwand/demo", user="schauwand", expect=1)
    assert re.search(r"^problem +display ", doctor, flags=re.MULTILINE) and doctor.endswith("1 problem\n"), doctor
    print(doctor)
    system.run(f"schauwand play --offscreen --for 5s --shot {STATE}/shot.png /usr/share/schauwand/demo", user="schauwand")
    shutil.copy(system.path(f"{STATE}/shot.png"), pictures / "demo.png")
    system.run(f"schauwand render /usr/share/schauwand/demo --scene glasfaser -o {STATE}/scene.png", user="schauwand")
    said = system.run("schauwand doctor --json /usr/share/schauwand/demo", user="schauwand", expect=1)
    assert json.loads(said[said.index("{"):])["problems"] == 1, said
    print(f"played as schauwand: {(pictures / 'demo.png').stat().st_size} bytes of picture")


def without_decoder(system):
    """The doctor tries clips: one that this machine cannot decode is named, with what would mend it."""
    plugin = next(system.path("/usr/lib").glob("*/vlc/plugins/codec/libavcodec_plugin.so"))
    away = plugin.rename(system.path("/tmp/away"))
    said = system.run("schauwand doctor /usr/share/schauwand/demo", user="schauwand", expect=1)
    away.rename(plugin)
    line = re.search(r"^problem +decoders .*\n.*", said, flags=re.MULTILINE)
    assert line and "H.264" in line.group() and "apt-get install vlc-plugin-base" in line.group(), said
    print(f"without its decoder:\n{line.group()}")


# What is done in the system that has been booted, and what must come of it: lines of words, in this order.
SERVED = """
systemctl start --no-block schauwand; sleep 3; echo before: $(systemctl is-active schauwand)
systemctl start display; sleep 5; echo with a display: $(systemctl is-active schauwand)
schauwand status >/dev/null; echo status: $?
grep -E '^(CapEff|NoNewPrivs|Seccomp):' /proc/$(systemctl show schauwand -p MainPID --value)/status
kill -STOP $(systemctl show schauwand -p MainPID --value); sleep 14
echo stood still: $(systemctl show schauwand -p NRestarts -p ActiveState)
schauwand status >/dev/null; echo status: $?
systemctl stop schauwand; echo stopped: $(systemctl show schauwand -p Result -p ActiveState)
journalctl -b -u schauwand -o cat --no-pager
"""
EXPECTED = ["before: activating", "with a display: active", "status: 0", "CapEff:\\t0+", "NoNewPrivs:\\t1", "Seccomp:\\t2",
            "stood still: NRestarts=1 ActiveState=active", "status: 0", "stopped: Result=success ActiveState=inactive",
            "shows a picture", "Started schauwand", "Watchdog timeout", "shows a picture", "Started schauwand"]


def serve(system):
    """The service as systemd runs it, on an X server that nobody sees; with a watchdog of eight seconds."""
    system.apt("install systemd-sysv xvfb xauth")
    xorg = system.path("/usr/lib/systemd/system/schauwand-xorg.service").read_text(encoding="utf-8")
    before = re.search(r"^ExecStartPre=.*$", xorg, flags=re.MULTILINE).group()
    units = system.path("/etc/systemd/system")
    (units / "schauwand.service.d").mkdir()
    (units / "schauwand.service.d" / "watchdog.conf").write_text("[Service]\nWatchdogSec=8s\n", encoding="ascii")
    (units / "display.service").write_text(
        "[Service]\nUser=schauwand\nRuntimeDirectory=schauwand-display\nEnvironment=XAUTHORITY=/run/schauwand-display/xauthority\n"
        f"{before}\nExecStart=/usr/bin/Xvfb :0 -screen 0 960x540x24 -auth ${{XAUTHORITY}} -noreset\n", encoding="ascii")
    (units / "prove.service").write_text(
        "[Service]\nType=oneshot\nExecStart=/bin/sh /root/prove\nExecStopPost=/bin/systemctl poweroff\nTimeoutStartSec=2min\n",
        encoding="ascii")
    (units / "multi-user.target.wants").mkdir(exist_ok=True)
    (units / "multi-user.target.wants" / "prove.service").symlink_to("../prove.service")
    system.path("/root/prove").write_text(f"exec >/root/said 2>&1\n{SERVED}", encoding="ascii")
    run("systemd-nspawn", "--register=no", "--keep-unit", "--private-network", "-q", "-D", system.root, "--boot", timeout=240,
        env={**os.environ, "SYSTEMD_SECCOMP": "0"}, stdin=subprocess.DEVNULL)  # no filter but the service's own
    said = system.path("/root/said").read_text(encoding="utf-8")
    assert re.search(".*".join(EXPECTED), said, flags=re.DOTALL) and "no Landlock" not in said, said
    print("served: up with the first picture, fenced, started again when it stood still, stopped cleanly")


def upgrade(system, package):
    wall = '{"base": "https://walls.example.org", "wall": "foyer"}\n'
    system.path("/etc/schauwand/wall.json").write_text(wall, encoding="ascii")
    with open(system.path(CONFIG), "a", encoding="ascii") as file:
        file.write("OPTIONS=--live\n")
    state = system.path(f"{STATE}/.local/state/schauwand/kept")
    state.parent.mkdir(parents=True)
    state.write_text("kept", encoding="ascii")
    shutil.copy(package, system.path("/tmp"))
    system.apt(f"install /tmp/{package.name}")
    assert system.run("dpkg-query -W -f '${Version}' schauwand") == HIGHER, "the higher version"
    assert system.path(CONFIG).read_text(encoding="utf-8").endswith("OPTIONS=--live\n") and state.read_text(encoding="ascii") == "kept"
    assert system.path("/etc/schauwand/wall.json").read_text(encoding="ascii") == wall
    print("upgraded: configuration and state as they were")
    return state


def leave(system, package, state, before):
    system.apt("remove schauwand")
    assert not system.path("/usr/bin/schauwand").exists() and state.exists() and system.path(CONFIG).exists()
    system.apt(f"install /tmp/{package.name}")
    masked = [path for path in system.path("/etc/systemd/system").rglob("schauwand*") if path.is_symlink()]
    assert not masked and system.path(CONFIG).read_text(encoding="utf-8").endswith("OPTIONS=--live\n"), masked
    print("removed and installed again: configuration and state are still there")
    system.apt("purge schauwand")
    after = system.files()
    left, lost = sorted(after - before), sorted(before - after)
    assert not left and not lost, f"left: {left}\nlost: {lost}"
    print(f"purged: the same {len(before)} files as without us")


def main():
    parser = argparse.ArgumentParser(description="The Debian package in a system of its own.")
    parser.add_argument("source")
    parser.add_argument("--package", help="this one, not one from a clean clone")
    parser.add_argument("--keep", action="store_true", help="the folder stays, and its pictures")
    asked = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="sw-debian-"))
    try:
        package = pathlib.Path(asked.package) if asked.package else make_package(pathlib.Path(asked.source).resolve(), folder)
        higher = make_higher(package, folder)
        system = make_system(folder)
        before = with_dependencies(copy_of(system, "without"), package)
        install(system, package)
        play(system, folder)
        without_decoder(system)
        serve(copy_of(system, "booted"))
        state = upgrade(system, higher)
        leave(system, higher, state, before)
    finally:
        if not asked.keep:
            shutil.rmtree(folder)
        else:
            print(folder)


if __name__ == "__main__":
    main()
