#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: installed.py BUILD

`cmake --install` into a folder of its own: everything plays from there, and what lies around the programs (manual, completion, desktop
entry, services, user, maintainer's scripts) is what those who read it take.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(sys.argv[1]).resolve()
PACKAGE = SOURCE / "tools" / "packaging"
EXPOSURE_MOST = 20  # tenths, of `systemd-analyze security`
HELPERS = ["courier", "lang", "player", "publisher", "setup", "worker-jq", "worker-picture", "worker-svg", "worker-video"]


def run(*words, expect=0, **options):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=120, check=False, **options)
    assert done.returncode == expect, f"{' '.join(map(str, words))}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done


def help_of(program, *command):
    return run(program, *command, "--help").stdout


def commands_of(program):
    names = re.findall(r"^  ([a-z]+) ", help_of(program), flags=re.MULTILINE)
    assert {"play", "check", "doctor", "tell"} <= set(names), names
    return names


def options_of(program, command):
    found = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", help_of(program, command)))
    return {option for option in found if option.startswith("--") or len(option) == 2}


def plays(prefix, program):
    helpers = sorted(path.name for path in (prefix / "libexec" / "schauwand").iterdir())
    assert helpers == [f"schauwand-{name}" for name in HELPERS], helpers
    demo, shot = prefix / "share" / "schauwand" / "demo", prefix / "shot.png"
    assert not list(demo.rglob("README.md")), "what is for readers is no part of the exhibition"
    environment = {**os.environ, "XDG_STATE_HOME": str(prefix / "state"), "PATH": "/usr/bin:/bin"}
    run(program, "check", demo, env=environment)
    assert "\nde-leicht " in run(program, "lang", "status", demo, env=environment).stdout
    done = run(program, "play", demo, "--offscreen", "--shot", shot, "--at", "2026-11-23T10:00:00", env=environment)
    assert shot.stat().st_size > 50_000, done.stderr
    run(program, "render", demo, "--scene", "glasfaser", "-o", prefix / "scene.png", env=environment)
    run(program, "keys", prefix / "keys", env=environment)
    run(program, "publish", demo, "--to", prefix / "site", "--keys", prefix / "keys", "--wall", "foyer", env=environment)
    doctor = run(program, "doctor", demo, expect=1, env={key: value for key, value in environment.items() if "DISPLAY" not in key})
    assert re.search(r"^ok +helpers ", doctor.stdout, flags=re.MULTILINE) and doctor.stdout.endswith("1 problem\n"), doctor.stdout
    print("programs: check, play, render, publish and doctor from where they are installed")


def manual(prefix, program):
    for page in sorted((prefix / "share" / "man").rglob("*.gz")):
        environment = {**os.environ, "MANROFFSEQ": "", "LC_ALL": "C.UTF-8"}
        done = run("man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", page, env=environment)
        assert done.stderr == "", f"{page.name}: {done.stderr}"
    text = run("man", "-l", prefix / "share" / "man" / "man1" / "schauwand.1.gz",
               env={**os.environ, "MANWIDTH": "9999", "LC_ALL": "C.UTF-8", "MANPAGER": "cat"}).stdout
    text = re.sub(r".\x08", "", text).replace("\u2010", "-").replace("\u2212", "-")
    count = 0
    for command in commands_of(program):
        section = re.search(rf"^ {{3}}schauwand {command}\n(.*?)(?=^ {{3}}\S|^\S)", text, flags=re.MULTILINE | re.DOTALL)
        assert section, f"the manual has nothing of {command}"
        for option in options_of(program, command):
            assert option in section.group(1), f"{option} of {command} is not in the manual"
            count += 1
    print(f"manual: no warnings; {len(commands_of(program))} commands and {count} options as --help has them")


def complete(prefix, program, *words):
    """What is offered for the last of the words."""
    script = (f"source {prefix}/share/bash-completion/completions/schauwand; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _schauwand; "
              "printf '%s\\n' \"${COMPREPLY[@]}\"")
    return set(run("bash", "-c", script, "bash", program, *words).stdout.split())


def completion(prefix, program):
    run("bash", "-n", prefix / "share" / "bash-completion" / "completions" / "schauwand")
    demo = str(prefix / "share" / "schauwand" / "demo")
    assert complete(prefix, program, "") >= set(commands_of(program)) | {"--help", "--version"}
    for command in commands_of(program):
        assert complete(prefix, program, command, "-") >= options_of(program, command), command
    assert complete(prefix, program, "play", demo, "--wall", "") == {path.stem for path in pathlib.Path(demo, "scenes/walls").iterdir()}
    assert complete(prefix, program, "render", demo, "--scene", "gla") == {"glasfaser"}
    assert "exhibition" not in complete(prefix, program, "render", demo, "--scene", "")
    assert complete(prefix, program, "tell", "vol") == {"volume"}
    assert complete(prefix, program, "play", "--backend", "g") == {"gpu"}
    print("completion: commands, all their options, walls, scenes and what walls are told")


def services(prefix, folder):
    """Units, with the programs where they are, and the user in a system of its own."""
    for unit in sorted((prefix / "lib" / "systemd" / "system").iterdir()):
        text = unit.read_text(encoding="utf-8").replace("/usr/bin/schauwand", str(prefix / "bin" / "schauwand"))
        (folder / unit.name).write_text(text, encoding="utf-8")
    units = sorted(folder.glob("*.service"))
    assert len(units) == 3, units
    done = run("systemd-analyze", "verify", "--man=no", *units)
    told = [line for line in done.stderr.splitlines() if "schauwand" in line]
    assert not told, told
    run("systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE_MOST}", "--no-pager", folder / "schauwand.service")
    root = folder / "root"
    (root / "etc").mkdir(parents=True)
    run("systemd-sysusers", f"--root={root}", prefix / "lib" / "sysusers.d" / "schauwand.conf")
    run("systemd-tmpfiles", f"--root={root}", "--create", prefix / "lib" / "tmpfiles.d" / "schauwand.conf")
    users = (root / "etc" / "passwd").read_text(encoding="ascii")
    assert re.search(r"^schauwand:x:\d+:\d+:.*:/var/lib/schauwand:/usr/sbin/nologin$", users, flags=re.MULTILINE), users
    assert (root / "var/lib/schauwand").is_dir()
    print("services: as systemd takes them, exposure below 2; the user, and its home")


def around(prefix):
    run("desktop-file-validate", prefix / "share" / "applications" / "schauwand.desktop")
    run("rsvg-convert", "-w", "64", prefix / "share/icons/hicolor/scalable/apps/schauwand.svg", "-o", prefix / "icon.png")
    for script in ("postinst", "prerm", "postrm"):
        run("sh", "-n", PACKAGE / "debian" / script)
    conffiles = (PACKAGE / "debian" / "conffiles").read_text(encoding="ascii").split()
    assert conffiles == ["/etc/default/schauwand"] and (prefix / "etc/default/schauwand").exists()
    environment = re.findall(r"^([A-Z]+)=", (prefix / "etc/default/schauwand").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert environment == ["EXHIBITION", "OPTIONS"], environment
    version = re.search(r"^project\(schauwand VERSION (\S+)", (SOURCE / "CMakeLists.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)
    first = (PACKAGE / "debian" / "changelog").read_text(encoding="utf-8").split("\n")[0]
    assert first.startswith(f"schauwand ({version.group(1)})"), f"the changelog begins with {first}"
    licence = (SOURCE / "LICENSE").read_text(encoding="utf-8").split()
    copyright_file = (prefix / "share/doc/schauwand/copyright").read_text(encoding="utf-8")
    assert [word for word in copyright_file.split() if word != "."][-200:] and licence[-1].rstrip(".") in copyright_file
    print("desktop entry, icon, maintainer's scripts, configuration, changelog, copyright")


def main():
    with tempfile.TemporaryDirectory(prefix="sw-installed-") as name:
        folder = pathlib.Path(name)
        prefix, program = folder / "prefix", folder / "prefix" / "bin" / "schauwand"
        run("cmake", "--install", BUILD, "--prefix", prefix)
        plays(prefix, program)
        manual(prefix, program)
        completion(prefix, program)
        (folder / "units").mkdir()
        services(prefix, folder / "units")
        around(prefix)


if __name__ == "__main__":
    main()
