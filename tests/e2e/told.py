#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""told.py SCHAUWAND LIBRARY: what an operator has told outlives the player, and the power: killed one by one and all at once, with clocks
that are right and wrong by fifty years, with a file that is damaged, another wall's or cannot be written, and with what no longer fits."""
import concurrent.futures
import json
import os
import pathlib
import signal
import subprocess
import sys
import time

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent / name) for name in ("live", "xorg")]
from moved import MovedClock  # noqa: E402
from small import PATIENCE, Small  # noqa: E402
from house import Supervisor, is_running, wait_until  # noqa: E402
from wall import Xvfb  # noqa: E402

YEAR = 365 * 24 * 3600


class House(Small):
    """A wall of two zones that plays `home`, and whatever else it is told."""

    def __init__(self, schauwand, clock):
        super().__init__(schauwand)
        self.clock, self.door, self.told = clock, self.folder / "run" / "control", self.folder / "told"
        for name in ("extra", "notice"):
            self.scene(name, {"text": name})
        self.wall("one", {"scene": "home", "for": "12h"})
        wall = json.loads((self.exhibition / "scenes/walls/one.json").read_text())
        wall["zones"] = [{"id": zone, "at": [x, 0], "size": [480, 540], "playlist": "one"} for zone, x in (("left", 0), ("right", 480))]
        for name in ("one", "two"):
            self.write(f"scenes/walls/{name}.json", wall)

    def open(self, *options, wall="one"):
        os.environ.update(self.clock.environment())
        self.play(wall, "--control", str(self.door), "--told", str(self.told), *options)
        for name in self.clock.environment():
            del os.environ[name]
        wait_until("a picture", self.status_file.exists if "--safe" in options else self.shown)

    def ask(self, *words, expect=0):
        done = subprocess.run([self.schauwand, *words, "--control", str(self.door)], capture_output=True, text=True, timeout=PATIENCE)
        assert done.returncode == expect, (words, done)
        return done.stdout

    def tell(self, *words, expect=0):
        self.ask("tell", *words, expect=expect)

    def zones(self):
        """{zone: (scene, why)} once nothing changes."""
        done = subprocess.run([self.schauwand, "status", "--json", "--control", str(self.door)], capture_output=True, text=True,
                              timeout=PATIENCE)
        zones = json.loads(done.stdout)["shows"]["zones"] if done.returncode in (0, 1) else []
        return {zone["zone"]: (zone["scene"], zone["why"]) for zone in zones} if not any(zone["changing"] for zone in zones) else {}

    def shows(self, left, right):
        why = {"home": "playlist"}
        wanted = {zone: (scene, why.get(scene, "override")) for zone, scene in (("left", left), ("right", right))}
        wait_until(wanted, lambda: self.zones() == wanted)

    def first(self):
        """Whether this player has shown nothing but what is on."""
        return all(zone["changes"] == 1 for zone in json.loads(self.ask("status", "--json"))["shows"]["zones"])

    def hours(self):
        shows = json.loads(self.status_file.read_text()) if self.status_file.exists() else {"hours": None, "hours_until": None}
        return shows["hours"], shows["hours_until"]

    def words(self):
        """The lines of the file, without those about it."""
        file = self.told / "words"
        return file.read_text().splitlines()[1:-1] if file.exists() else None

    def told_now(self):
        return [line.split("\t")[0:3] for line in self.words() or [] if not line.startswith("is ")]

    def writes(self, *starts):
        """Until the disk has this."""
        wait_until(f"{starts} on the disk", lambda: self.words() is not None and self.told_now() == [list(start) for start in starts])

    def cut(self):
        """The power goes: nobody is told, nobody ends by itself."""
        pids = [self.player.process.pid, *self.player.children()]
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        wait_until("the end of all", lambda: not any(is_running(pid) for pid in pids[1:]))
        self.player.close()
        self.status_file.unlink(missing_ok=True)
        self.passed()

    def passed(self):
        """It was not within a minute: the wall has no reason to doubt what it plays."""
        (self.folder / "state/schauwand/starts").unlink(missing_ok=True)

    def killed(self):
        self.passed()
        first = self.child("schauwand-player")
        os.kill(first, signal.SIGKILL)
        wait_until("the next player", lambda: self.child("schauwand-player") not in (None, first))

    def said(self, text):
        return [line for line in self.player.text().splitlines() if "[recall]" in line and text in line]


def overrides(house):
    """With an end and without, in one zone and in all, cleared and told anew."""
    house.open()
    house.shows("home", "home")
    assert house.words() is None, "nothing was told"
    house.tell("override", "extra", "--zone", "left")
    house.tell("override", "notice", "--zone", "right", "--for", "2h")
    house.shows("extra", "notice")
    house.writes(("override", "left", "extra"), ("override", "right", "notice"))
    house.killed()
    house.shows("extra", "notice")
    assert len(house.said("goes on")) == 2 and house.first(), "something else came first"
    house.cut()
    house.open()
    house.shows("extra", "notice")
    assert house.first(), "something else came first"
    house.tell("clear", "--zone", "left")
    house.writes(("override", "right", "notice"))
    house.cut()
    house.open()
    house.shows("home", "notice")
    house.tell("clear")
    house.writes()
    house.stop()
    house.open()
    house.shows("home", "home")
    house.stop()


def hours(house):
    """Closed, open and black; what a visitor could have done ends with the player."""
    house.open()
    until = int(time.time()) + 7200
    house.tell("close", "--until", time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(until)))
    house.writes(("close", "", ""))
    house.cut()
    house.open()
    wait_until("a closed wall", lambda: house.hours() == ("closed", until))
    house.killed()
    wait_until("a closed wall again", lambda: house.hours() == ("closed", until))
    house.tell("open")
    house.writes()
    house.tell("blank", "on")
    house.tell("cleaning", "--for", "1h")
    house.writes(("blank", "", "on"), ("cleaning", "", ""))
    house.killed()
    wait_until("a black wall", lambda: house.hours()[0] == "blank")
    house.tell("blank", "off")
    house.tell("cleaning", "--for", "0s")
    house.writes()
    house.tell("go", "extra", "--zone", "left")
    wait_until("a visit", lambda: house.zones().get("left") == ("extra", "visit"))
    house.killed()
    house.shows("home", "home")
    house.stop()


def volumes(house):
    """Of each zone, and who is muted."""
    def state():
        return tuple(zone["volume"] for zone in json.loads(house.ask("status", "--json"))["shows"]["zones"])

    def are(*wanted):
        wait_until(f"volumes {wanted}", lambda: state() == wanted)
    house.open()
    house.tell("volume", "40", "--zone", "left")
    house.tell("volume", "70", "--zone", "right", "--for", "2h")
    house.tell("mute", "--zone", "left")
    house.writes(("volume", "left", "40"), ("mute", "left", ""), ("volume", "right", "70"))
    house.killed()
    are(0, 70)
    house.cut()
    house.open()
    are(0, 70)
    house.tell("unmute")
    are(40, 70)
    house.tell("volume", "written", "--zone", "left")
    house.writes(("volume", "right", "70"))
    house.cut()
    (house.told / "words").write_bytes((house.told / "words").read_bytes().replace(b"\t70\t", b"\t700\t"))
    house.open()
    are(0, 0)
    house.stop()


def over(house):
    """What has ended meanwhile does not come back, however the player ended."""
    house.open()
    house.tell("override", "extra", "--for", "3s")
    house.writes(("override", "left", "extra"), ("override", "right", "extra"))
    house.cut()
    time.sleep(3.2)
    house.open()
    house.shows("home", "home")
    house.writes()
    assert len(house.said("is over")) == 2, house.player.text()
    house.tell("override", "extra", "--for", "1s")
    house.writes(("override", "left", "extra"), ("override", "right", "extra"))
    house.shows("home", "home")
    house.writes()
    house.stop()


def unfit(house):
    """A scene that is gone, a file that is damaged, and one of another wall."""
    house.open()
    house.tell("override", "extra", "--zone", "left")
    house.tell("override", "notice", "--zone", "right")
    house.writes(("override", "left", "extra"), ("override", "right", "notice"))
    house.stop()
    kept = (house.told / "words").read_bytes()
    house.open(wall="two")
    house.shows("home", "home")
    assert len(house.said("not for this one")) == 1 and (house.told / "words").read_bytes() == kept, house.player.text()
    house.stop()
    (house.exhibition / "scenes/extra.json").rename(house.folder / "extra.json")
    house.open()
    house.shows("home", "notice")
    assert len(house.said("is forgotten, as there is no such scene")) == 1, house.player.text()
    house.writes(("override", "right", "notice"))
    house.stop()
    (house.folder / "extra.json").rename(house.exhibition / "scenes/extra.json")
    (house.told / "words").write_bytes(kept.replace(b"notice", b"notica"))
    house.open()
    house.shows("home", "home")
    assert len(house.said("is damaged")) == 1, house.player.text()
    house.writes()
    house.stop()


def not_written(house):
    """A file in the folder's place: it is said once, and the wall does what it is told."""
    house.told = house.folder / "taken"
    house.told.write_text("mine")
    house.open()
    house.tell("override", "extra")
    house.shows("extra", "extra")
    house.tell("clear")
    house.shows("home", "home")
    house.stop()
    said = [line for line in house.player.text().splitlines() if "cannot be written" in line or "[recall]" in line]
    assert said and len(said) <= 2 and house.told.read_text() == "mine", said
    house.told = house.folder / "told"


def clocks(house):
    """Wrong at the start both ways, then set right: what was told goes on as long as it ought to."""
    house.open()
    house.tell("override", "extra", "--zone", "left", "--for", "1h")
    house.tell("override", "notice", "--zone", "right", "--for", "3h")
    house.writes(("override", "left", "extra"), ("override", "right", "notice"))
    for years in (-50, 50):
        house.cut()
        house.clock.set(time.time() + years * YEAR)
        house.open()
        house.shows("extra", "notice")
        house.cut()  # and a second time
        house.open()
        house.shows("extra", "notice")
        house.clock.set(time.time())
        wait_until("no doubt", lambda: "machine's clock" not in house.ask("status"))
        house.shows("extra", "notice")
        house.writes(("override", "left", "extra"), ("override", "right", "notice"))
        ends = [int(line.split("\t")[4]) / 1e6 - time.time() for line in house.words()]
        assert 3000 < ends[0] <= 3600 and 3000 + 7200 < ends[1] <= 3600 + 7200, ends
    house.cut()
    house.clock.set(time.time() - 50 * YEAR)
    house.open()
    house.shows("extra", "notice")
    house.clock.set(time.time() + 2 * 3600)  # somebody sets it right: two hours later
    house.shows("home", "notice")
    house.stop()


def meanwhile(house):
    """Told while the clock is wrong, or before it goes wrong: neither for ever nor not at all."""
    (house.told / "words").unlink(missing_ok=True)
    for years in (-50, 50):
        house.clock.set(time.time() + years * YEAR)
        house.open()
        house.tell("override", "extra", "--zone", "left", "--for", "1h")
        house.tell("override", "notice", "--zone", "right", "--for", "8s")
        house.shows("extra", "notice")
        house.clock.set(time.time())
        house.shows("extra", "home")
        house.clock.set(time.time() - years * YEAR)
        time.sleep(0.3)
        house.shows("extra", "home")
        house.cut()
        house.clock.set(time.time())
        house.open()
        house.shows("extra", "home")
        house.tell("clear")
        house.writes()
        house.stop()


def card(house):
    """Hours, and the card that stands in for what makes players end: dark where the wall would be, and light where somebody said so."""
    day = time.localtime(time.time() + 2 * 24 * 3600)
    wall = json.loads((house.exhibition / "scenes/walls/one.json").read_text())
    opening = {"dates": time.strftime("%Y-%m-%d..%Y-%m-%d", day), "time": "10:00-18:00"}
    house.write("scenes/walls/one.json", {**wall, "opening": [opening]})
    house.open()
    wait_until("a closed wall", lambda: house.hours()[0] == "closed")
    until = house.hours()[1]
    wait_until("its hours on the disk", lambda: house.words() and house.words()[-1].startswith("is closed"))
    house.stop()
    for _ in range(2):  # they stay on the disk
        house.open("--safe")
        wait_until("a dark card", lambda: house.hours() == ("closed", until))
        house.stop()
    house.open("--safe")
    house.tell("open", "--until", "22:00", expect=1)
    house.tell("open", "--for", "1h")
    wait_until("a light card", lambda: house.hours()[0] == "open")
    house.stop()
    house.open()
    house.tell("open", "--for", "2h")
    house.writes(("open", "", ""))
    house.cut()
    house.open("--safe")
    wait_until("a light card", lambda: house.hours()[0] == "open")
    house.cut()
    house.clock.set(time.time() - 50 * YEAR)
    house.open("--safe")
    wait_until("a card that knows no hours", lambda: house.hours() == ("open", None))
    house.stop()
    house.write("scenes/walls/one.json", wall)


def usual(house):
    """Full screen and to no end, where this machine keeps such things, and there alone."""
    state = house.folder / "home"
    with Xvfb(960, 540) as screen:
        for window in (False, True):
            options = ("--window",) if window else ()
            with Supervisor(house.schauwand, "play", house.exhibition, "--status", house.status_file, "--control", house.door, *options,
                            state=str(state), environment={"DISPLAY": screen.display}) as player:
                wait_until("the first scene", house.shown)
                house.tell("override", "extra")
                house.shows("extra", "extra")
                assert player.stop() == 0, player.text()
            house.status_file.unlink()
            file = state / "schauwand/told/words"
            assert file.exists() != window, player.text()
            if not window:
                assert file.read_text().count("override") == 2
                file.unlink()


def play(parts):
    clock = MovedClock(sys.argv[2])
    with House(sys.argv[1], clock) as house:
        for part in parts:
            clock.set(time.time())
            began = time.monotonic()
            part(house)
            print(f"{part.__name__}: {time.monotonic() - began:.1f} s", flush=True)


def main():
    """Two at once: most of it is waiting."""
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        list(pool.map(play, ((overrides, hours, volumes, over, unfit), (clocks, meanwhile, not_written, card, usual))))


if __name__ == "__main__":
    main()
