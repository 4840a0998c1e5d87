#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""control.py SCHAUWAND: asking and telling a wall through its local socket: status in its three forms, pictures, every order and every
refusal; strangers who say nonsense, nothing, or come in crowds; a player that is killed meanwhile; a socket left over, a file in its place,
a second wall."""
import datetime
import json
import os
import pathlib
import signal
import socket
import stat
import subprocess
import sys
import time

sys.path.append(str(pathlib.Path(__file__).resolve().parent / "live"))
from small import PATIENCE, Small  # noqa: E402
from house import wait_until  # noqa: E402


class House(Small):
    """Three scenes on one wall, and its socket."""

    def __init__(self, schauwand):
        super().__init__(schauwand)
        self.door = self.folder / "run" / "control"
        for name in ("next", "extra"):
            self.scene(name, {"text": name})
        self.wall("one", {"scene": "home", "for": "12h"}, {"scene": "next", "for": "12h"})
        self.open()

    def open(self):
        """In the morning: it is the first scene's turn."""
        self.play("one", "--control", str(self.door), "--at", "2026-11-23T09:00")

    def ask(self, *words):
        done = subprocess.run([self.schauwand, *words, "--control", str(self.door)], capture_output=True, text=True, timeout=PATIENCE)
        return done.returncode, done.stdout, done.stderr

    def tell(self, *words, expect=0):
        code, out, said = self.ask("tell", *words)
        assert code == expect and out == "" and (said == "") == (expect == 0), (words, code, out, said)
        return said

    def status(self):
        code, out, _ = self.ask("status", "--json")
        return code, json.loads(out)

    def why(self):
        return self.status()[1]["shows"]["zones"][0]["why"]

    def drawing(self):
        return self.child("schauwand-player")


def questions(house):
    code, status = house.status()
    zone = status["shows"]["zones"][0]
    assert code == 0 and (zone["scene"], zone["why"], status["shows"]["wall"]) == ("home", "playlist", "one"), status
    code, out, _ = house.ask("status", "--nagios")
    assert code == 0 and out.startswith("SCHAUWAND OK - wall one plays | frames="), out
    code, out, _ = house.ask("status")
    assert code == 0 and "zone " in out and ": home" in out and "playlist until" in out, out
    picture = house.folder / "asked.png"
    code, _, said = house.ask("shot", "-o", str(picture))
    assert code == 0 and picture.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n", said
    assert stat.S_IMODE(os.stat(house.door).st_mode) in (0o600, 0o660)


def orders(house):
    house.tell("go", "extra")
    wait_until("the scene that was told", lambda: house.shown() == "extra")
    assert house.why() == "visit"
    house.tell("home")
    wait_until("the playlist", lambda: house.shown() == "home" and house.why() == "playlist")
    house.tell("next")
    wait_until("the next turn", lambda: house.shown() == "next" and house.why() == "override")
    before = house.zone()["changes"]
    house.tell("override", "extra", "--for", "5s")
    wait_until("the override's end", lambda: house.shown() == "home" and house.why() == "playlist")
    assert house.zone()["changes"] == before + 2, "it went without having come"  # counted: on a busy machine we may look too late
    house.tell("override", "extra")
    wait_until("another override", lambda: house.shown() == "extra")
    house.tell("clear")
    wait_until("no override", lambda: house.shown() == "home")
    house.tell("cleaning")
    house.tell("cleaning", "--for", "0s")


def hours(house):
    """It is always open, unless somebody says otherwise. Both clocks are those of Berlin."""
    def state():
        shows = house.status()[1]["shows"]
        return shows["hours"], shows["hours_until"]

    def is_now(*wanted):
        wait_until(f"hours {wanted}", lambda: state() == wanted)
    assert state() == ("open", None)
    house.tell("blank", "on")
    is_now("blank", None)
    house.tell("blank", "off")
    is_now("open", None)
    house.tell("blank", "on", "--for", "2s")
    is_now("blank", None)
    is_now("open", None)
    house.tell("close", "--until", "22:00")
    is_now("closed", at("2026-11-23T22:00+01:00"))
    assert "hours: closed until 2026-11-23 22:00" in house.ask("status")[1]
    house.tell("close", "--until", "08:00")
    is_now("closed", at("2026-11-24T08:00+01:00"))
    assert "closed" in house.tell("go", "extra", expect=1)
    house.tell("open")
    is_now("open", None)
    house.tell("close")
    is_now("closed", None)
    house.tell("open", "--for", "2h")
    wait_until("open", lambda: state()[0] == "open")
    house.tell("close", "--for", "6s")
    wait_until("closing", lambda: state()[0] in ("closing", "closed", "opening"))
    is_now("open", None)


def volumes(house):
    """No zone of this wall has a volume: nothing is said of sound until somebody tells one."""
    def state():
        shows = house.status()[1]["shows"]
        return shows["sound"], shows["zones"][0]["volume"]
    zone = house.zone()["zone"]
    assert state() == (None, 0) and "sound" not in house.ask("status")[1]
    house.tell("volume", "40", "--zone", zone, "--until", "22:00")
    assert state() == ("off", 40)
    assert f"sound: off; {zone} 40 %, told until 2026-11-23 22:00" in house.ask("status")[1]
    house.tell("mute")
    assert state() == (None, 0)
    house.tell("volume", "70")
    house.tell("unmute")
    assert state() == ("off", 70)
    house.tell("mute", "--for", "2s")
    wait_until("heard again", lambda: state() == ("off", 70))
    house.tell("blank", "on")
    wait_until("nothing is heard of what is not seen", lambda: state() == ("quiet", 70))
    house.tell("blank", "off")
    wait_until("heard", lambda: state()[0] == "off")
    house.tell("volume", "written")
    assert state() == (None, 0)


def at(text):
    return int(datetime.datetime.fromisoformat(text).timestamp())


def refusals(house):
    assert "no such scene" in house.tell("go", "nowhere", expect=1)
    assert "no such scene" in house.tell("override", "home#x", expect=1)
    assert "language" in house.tell("language", "xx", expect=1)
    assert "zone" in house.tell("home", "--zone", "cellar", expect=1)
    assert "zone" in house.tell("volume", "40", "--zone", "cellar", expect=1) and "zone" in house.tell("mute", "--zone", "x", expect=1)
    assert "22:00" in house.tell("volume", "40", "--until", "late", expect=1)
    assert "did you mean \"home\"" in house.tell("hom", expect=2)
    assert "is over" in house.tell("open", "--until", "2026-11-23T08:00", expect=1)
    assert "22:00" in house.tell("close", "--until", "late", expect=1) and "22:00" in house.tell("open", "--until", "25:61", expect=1)
    for words in (("blank",), ("blank", "maybe"), ("blank", "off", "--for", "3s"), ("open", "--until", "22:00", "--for", "2h"),
                  ("home", "--until", "22:00"), ("open", "--zone", "one"), ("close", "now"), ("volume",), ("volume", "101"),
                  ("volume", "loud"), ("volume", "-1"), ("mute", "10"), ("unmute", "--for", "3s"), ("volume", "1" * 300)):
        house.tell(*words, expect=2)
    for words in ((), ("go",), ("home", "x"), ("override", "home", "--for", "soon"), ("home", "--for", "3s"), ("go", "x" * 300),
                  ("home", "--loud")):
        house.tell(*words, expect=2)
    assert house.ask("shot")[0] == 2 and house.ask("status", "--frob")[0] == 3


def strangers(house):
    """Whoever says nonsense is let go; whoever says nothing holds up nobody for long."""
    def knock():
        end = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        end.settimeout(PATIENCE)
        end.connect(str(house.door))
        return end
    for words in (b"\0", b"status", b"\xff" * 528, os.urandom(528), bytes(4000)):
        with knock() as end:
            end.send(words)
            assert end.recv(100) == b"", words[:10]
    crowd = [knock() for _ in range(7)]
    assert house.status()[0] == 0
    for end in crowd:
        assert end.recv(100) == b""
        end.close()


def killed(house):
    """Who asks while the player is started again gets an answer from the next one."""
    first = house.drawing()
    os.kill(first, signal.SIGKILL)
    code, _ = house.status()
    assert code == 0 and house.drawing() not in (None, first)


def doors(house):
    other = subprocess.run([house.schauwand, "play", str(house.exhibition), "--offscreen", "--for", "2s", "--control", str(house.door)],
                           capture_output=True, text=True, timeout=PATIENCE)
    assert other.returncode == 0 and "another wall plays on this machine" in other.stderr, other.stderr
    assert house.status()[0] == 0, "the second wall took the first one's socket"
    taken = house.folder / "taken"
    taken.write_text("mine")
    other = subprocess.run([house.schauwand, "play", str(house.exhibition), "--offscreen", "--for", "1s", "--control", str(taken)],
                           capture_output=True, text=True, timeout=PATIENCE)
    assert other.returncode == 0 and "cannot open" in other.stderr and taken.read_text() == "mine", other.stderr


def left_over(house):
    house.stop()
    assert not house.door.exists()
    code, _, said = house.ask("status")
    assert code == 3 and "no wall plays here" in said, said
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as dead:
        dead.bind(str(house.door))
    assert house.ask("status")[0] == 3
    house.open()
    wait_until("a wall in place of what was left over", lambda: house.ask("status")[0] == 0)


def main():
    with House(sys.argv[1]) as house:
        wait_until("the first scene", lambda: house.shown() == "home")
        for part in (questions, orders, hours, volumes, refusals, strangers, killed, doors, left_over):
            began = time.monotonic()
            part(house)
            print(f"{part.__name__}: {time.monotonic() - began:.1f} s")
        house.stop()


if __name__ == "__main__":
    main()
