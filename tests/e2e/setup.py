#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: setup.py SCHAUWAND

`schauwand setup` as an operator does it: at a terminal, with slips of the finger, from another wall's USB stick, from a script; and what is
left behind where it is broken off.
"""
import json
import os
import pathlib
import pty
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import termios

PATIENCE = 30  # seconds
KEY = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"
COMPLETE = {"base": "https://walls.example.org/site", "wall": "foyer", "root_key": KEY}


class Terminal:
    """The command at a terminal of its own."""

    def __init__(self, *command):
        self.said = ""  # since the last answer
        self.all = ""
        self.pid, self.end = pty.fork()
        if self.pid == 0:
            os.umask(0o077)  # what is written is readable all the same
            os.execv(command[0], command)

    def read(self, seconds):
        if not select.select([self.end], [], [], seconds)[0]:
            raise AssertionError(f"nothing more is said:\n{self.all}")
        try:
            piece = os.read(self.end, 65536).decode()
        except OSError:  # the other end is gone
            piece = ""
        self.said += piece
        self.all += piece
        return piece != ""

    def expect(self, text):
        while text not in self.said:
            assert self.read(PATIENCE), f"{text!r} is never said:\n{self.all}"

    def answer(self, question, text, end="\n"):
        self.expect(question)
        while not self.said.rstrip(" ").endswith(">"):
            assert self.read(PATIENCE), f"nothing is asked:\n{self.all}"
        self.said = ""
        os.write(self.end, (text + end).encode())

    def shows_what_is_typed(self):
        return bool(termios.tcgetattr(self.end)[3] & termios.ECHO)

    def finish(self, expected=0):
        while self.read(PATIENCE):
            pass
        status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self.end)
        assert status == expected, f"exit status {status}, not {expected}:\n{self.all}"
        return self.all.replace("\r\n", "\n")


class Place:
    """A folder for a test, and the program."""

    def __init__(self, schauwand):
        self.schauwand = schauwand
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sw-setup-"))
        self.config = self.folder / "etc" / "wall.json"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder)

    def terminal(self, *options):
        return Terminal(self.schauwand, "setup", "--config", str(self.config), *options)

    def script(self, *options, expected=0, lines=""):
        done = subprocess.run([self.schauwand, "setup", "--config", str(self.config), *options], input=lines, capture_output=True,
                              text=True, timeout=PATIENCE, check=False)
        assert done.returncode == expected, f"{options}: {done.returncode}, not {expected}\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def read(self):
        return json.loads(self.config.read_text())

    def put(self, content):
        self.config.parent.mkdir(exist_ok=True)
        self.config.write_text(content if isinstance(content, str) else json.dumps(content))

    def mode(self, name):
        return (self.config.parent / name).stat().st_mode & 0o7777

    def names(self):
        return sorted(path.name for path in self.config.parent.iterdir()) if self.config.parent.exists() else []


def interview(place):
    """Every answer is judged at once; nothing is written before the end; the secret is never shown."""
    key = place.folder / "root.pub"
    key.write_text(f"untrusted comment: the root\n{KEY}\n")
    terminal = place.terminal()
    terminal.answer("published?", "walls.example.org")
    terminal.answer("No: the address of a published exhibition is wanted", "http://walls.lan:8080/site")
    terminal.answer("Is walls.lan:8080 in the house's own network?", "perhaps")
    terminal.answer("yes or no is wanted", "n")
    terminal.answer("No: then an address that begins with https:// is wanted", "http://walls.lan:8080/site/")
    terminal.answer("Is walls.lan:8080", "y")
    terminal.answer("password or a token?", "maybe")
    terminal.answer("no, password or token is wanted", "password")
    terminal.answer("Which user is that?", "a:b")
    terminal.answer("No: a user's name without", "wall")
    terminal.expect("(it is not shown) >")
    assert not terminal.shows_what_is_typed()
    terminal.answer("password?", "hüttü\x7f\x7fte gut\x7f\x7f\x7fs3cret")
    terminal.answer("Which of its walls", "")
    terminal.answer("No: an answer is needed here", "Foyer 1")
    terminal.answer("\"Foyer 1\" is no id", "  foyer ")
    assert terminal.shows_what_is_typed()
    terminal.answer("root key", "RWQx")
    terminal.answer("No: a public key of 56 characters", str(place.folder / "none.pub"))
    terminal.answer("neither a key nor a file", str(key))
    terminal.answer("In which folder", "cache")
    terminal.answer("No: an absolute path is wanted", "")
    terminal.answer("How much of the disk", "20")
    terminal.answer("No: an amount between", "20 GB")
    terminal.answer("Whom should people call", "Haustechnik, Durchwahl 12 – rund um die Uhr")
    terminal.answer("live sources", "")
    terminal.answer("owners of these sources", "wall@example.org")
    terminal.answer("proxy", "http://u:p@proxy")
    terminal.answer("No: a user in the proxy's address", "http://proxy.lan:3128")
    terminal.answer("certificates", "/no/such.pem")
    terminal.answer("No: there is no such file", "")
    assert place.names() == [], "nothing is written before whoever is asked agrees"
    terminal.answer("Write this?", "")
    said = terminal.finish()
    assert "s3cret" not in said and "gut" not in said, said
    assert f"schauwand play --config {place.config}" in said, said
    assert place.names() == ["base.secret", "wall.json"]
    assert (place.mode("wall.json"), place.mode("base.secret")) == (0o644, 0o600)
    secret = place.config.parent / "base.secret"
    assert secret.read_text() == "hütte s3cret", secret.read_text()
    assert place.read() == {
        "base": "http://walls.lan:8080/site/", "wall": "foyer", "root_key": KEY, "quota": "20 GB",
        "call": "Haustechnik, Durchwahl 12 – rund um die Uhr", "live": True, "contact": "wall@example.org",
        "proxy": "http://proxy.lan:3128", "allow": ["walls.lan:8080"],
        "access": {"user": "wall", "secret": "base"}, "secrets": {"base": str(secret)}}, place.read()


def again(place):
    """What stands there is suggested; Enter keeps it, a dash takes it back."""
    place.put({**COMPLETE, "live": False, "quota": "20 GB", "call": "me", "allow": ["a.lan", {"host": "b.lan", "every_at_least": "1s"}],
               "secrets": {"t": "/t"}, "access": {"secret": "t"}, "log": "debug"})
    before = place.config.read_bytes()
    terminal = place.terminal()
    for question in ("[https://walls.example.org/site]", "Is walls.example.org:443", "[as it is]", "[foyer]", f"[{KEY}]", "folder",
                     "[20 GB]", "[me]", "[no]", "proxy", "certificates"):
        terminal.answer(question, "")
    assert "says all that already" in terminal.finish()
    assert place.config.read_bytes() == before
    terminal = place.terminal()
    for question, text in (("published?", ""), ("own network?", ""), ("token?", "no"), ("walls", "hall"), ("releases", ""),
                           ("folder", "/srv/c"), ("disk", "-"), ("call", "-"),
                           ("live", ""), ("proxy", ""), ("certificates", ""), ("Write this?", "yes")):
        terminal.answer(question, text)
    terminal.finish()
    assert place.read() == {**COMPLETE, "wall": "hall", "cache": "/srv/c", "live": False, "secrets": {"t": "/t"}, "log": "debug",
                            "allow": ["a.lan", {"host": "b.lan", "every_at_least": "1s"}]}, place.read()


def stick(place):
    """A dead machine is replaced: from the stick come all but what is this wall's own, and secrets to where they belong."""
    secret, ca = place.config.parent / "site.secret", place.config.parent / "house.pem"
    usb = place.folder / "usb"
    usb.mkdir()
    (usb / "walls").mkdir()
    (usb / "wall.json").write_text(json.dumps({**COMPLETE, "ca": str(ca), "secrets": {"site": str(secret)}, "access": {"secret": "site"}}))
    (usb / "site.secret").write_text("t0ken\n")
    (usb / "house.pem").write_text("certificates\n")
    terminal = place.terminal("--from", str(usb))
    terminal.answer("[foyer]", "hall")
    terminal.answer("Write this?", "")
    said = terminal.finish()
    assert said.count("\n  [") == 2, "nothing else is asked"
    assert f"schauwand fetch --from {usb}" in said and "t0ken" not in said, said
    assert place.read() == {**COMPLETE, "wall": "hall", "ca": str(ca), "secrets": {"site": str(secret)}, "access": {"secret": "site"}}
    assert secret.read_text() == "t0ken\n" and ca.read_text() == "certificates\n"
    assert [place.mode(name) for name in place.names()] == [0o644, 0o600, 0o644], place.names()
    shutil.rmtree(place.config.parent)
    os.unlink(usb / "site.secret")  # whoever made the copy left it out: it is asked for
    terminal = place.terminal("--from", str(usb / "wall.json"))
    terminal.answer("[foyer]", "")
    terminal.answer("which password or token?", "\x03", end="")
    assert "Nothing was written." in terminal.finish(2)
    assert place.names() == []
    terminal = place.terminal("--from", str(usb))
    terminal.answer("[foyer]", "")
    terminal.answer("which password or token?", "other")
    terminal.answer("Write this?", "")
    terminal.finish()
    assert secret.read_text() == "other" and place.mode("site.secret") == 0o600


def scripts(place):
    """Without questions: by options, each judged by the same rules; every fault is said."""
    token = place.folder / "token"
    token.write_text("t\n")
    said = place.script("--yes", expected=2)
    assert "which exhibition is wanted" in said, said
    said = place.script("--yes", "--base", "x", "--wall=A", "--root-key", "RW", "--live", "so", "--allow", "a b", "--quota", "1",
                        expected=2)
    for option in ("base", "wall", "root-key", "live", "allow", "quota"):
        assert f"schauwand setup: --{option}: " in said, said
    assert "did you mean --wall?" in place.script("--wal", "x", expected=2)
    assert "wants a value" in place.script("--wall", expected=2)
    assert "--access-secret FILE is wanted" in place.script("--yes", "--access-user", "a", expected=2)
    assert place.names() == []
    options = ["--base", "http://127.0.0.1:8080/w", "--allow", "127.0.0.1:8080", "--wall", "foyer", "--root-key", KEY, "--poll", "2s",
               "--access-secret", str(token), "--state", "/var/lib/schauwand", "--log", "notice"]
    said = place.script("--yes", *options)
    wanted = {"base": "http://127.0.0.1:8080/w", "wall": "foyer", "root_key": KEY, "poll": "2s", "state": "/var/lib/schauwand",
              "log": "notice", "allow": ["127.0.0.1:8080"], "access": {"secret": "base"}, "secrets": {"base": str(token)}}
    assert place.read() == wanted and place.mode("wall.json") == 0o644, place.read()
    assert "says all that already" in place.script("--yes", *options)
    place.script("--yes", "--poll", "", "--wall", "hall")
    del wanted["poll"]
    assert place.read() == {**wanted, "wall": "hall"}
    if os.geteuid() == 0:
        shutil.rmtree(place.config.parent)
        usb = place.folder / "usb.json"
        usb.write_text(json.dumps({**COMPLETE, "secrets": {"s": str(place.config.parent / "token")}}))
        place.script("--yes", "--from", str(usb), "--owner", "nobody")
        assert (place.config.parent / "token").stat().st_uid != 0, "secrets are their owner's"
        assert "no such user" in place.script("--yes", "--owner", "nobody-here", expected=2)


def broken(place):
    """What is wrong is said at its place, and what was there stays."""
    for content, line in (("{\"wall\": \"A\"}", ":1:10: error: wall: "), ("{", ":1:2: error: "),
                          ("{\"wal\": 1}", "did you mean \"wall\"?")):
        place.put(content)
        assert line in place.script("--yes", "--wall", "a", expected=2)
        assert place.config.read_text() == content
    assert "does not exist" in place.script("--from", str(place.folder / "none"), expected=2)
    os.unlink(place.config)
    assert "Nothing was written." in place.script(expected=2, lines="https://a.org\n"), "no more answers"
    complete = [part for key, value in COMPLETE.items() for part in (f"--{key.replace('_', '-')}", value)]
    assert "Nothing was written." in place.script(*complete, expected=2, lines="no\n\n\n\nno\n\n\nno\n")
    assert "That is too long." in place.script(expected=2, lines="a" * 5000 + "\n")
    assert place.names() == []
    terminal = place.terminal()
    terminal.expect("published?")
    os.kill(terminal.pid, signal.SIGINT)
    terminal.finish(-signal.SIGINT)
    assert place.names() == []
    place.config = pathlib.Path("/dev/null/etc/wall.json")
    assert "/dev/null/etc: " in place.script(*complete, expected=2), "before anything is asked"


def main():
    for step in (interview, again, stick, scripts, broken):
        with Place(os.path.abspath(sys.argv[1])) as place:
            step(place)
        print(f"{step.__name__}: {step.__doc__.splitlines()[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
