#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: playlist.py BUILD

What an operator does to a wall's playlists from the command line: each verb, what is refused, two at once; `minisign` agrees.
"""
import fcntl
import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta, timezone

import publishing

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
OWN = [{"scene": "rhein", "for": "25s"},
       {"scenes": "'project' in tags", "sort": "order", "for": "30s"},
       {"scene": "haus", "on": {"days": "mon-fri", "not": "closed", "time": "15:00-18:30"}}]


class Desk:
    """A published folder, and who works on it."""

    def __init__(self, build, folder):
        self.build, self.folder = build, folder
        shutil.copytree(os.path.join(SOURCE, "tests", "bad", "base"), os.path.join(folder, "house"))
        self.run("keys", "keys")
        # an operator has neither the root key nor that of publishing
        os.mkdir(os.path.join(folder, "desk"))
        for name in ("keys.json", "keys.json.minisig", "root.pub", "operating.key", "operating.pub"):
            shutil.copy(os.path.join(folder, "keys", name), os.path.join(folder, "desk", name))
        self.publish()

    def run(self, *arguments, expected=0, user="anna"):
        return publishing.run(self.build, self.folder, *arguments, expected=expected, USER=user, LOGNAME=user)

    def publish(self):
        return self.run("publish", "house", "--to", "out", "--keys", "keys")

    def playlist(self, *arguments, expected=0, user="anna", wall="foyer"):
        """One edit; only what is accepted changes anything, and then as the next version."""
        before, version = self.snapshot(), self.current()["playlists"]
        said = self.run("playlist", *arguments, "--to", "out", "--keys", "desk", "--wall", wall, expected=expected, user=user)
        after = self.snapshot()
        if expected != 0 or arguments[0] == "list" or "nothing changed" in said:
            assert before == after, f"{arguments} changed something\n{said}"
            return said
        version += 1
        new = {f"walls/{wall}/playlists/{version}.json", f"walls/{wall}/playlists/{version}.json.minisig"}
        assert set(after) - set(before) == new, (arguments, set(after) - set(before))
        assert {path for path in before if before[path] != after[path]} == {f"walls/{wall}/current.json"}, arguments
        assert f"wall {wall}: playlists {version}\n" in said and self.current()["playlists"] == version
        check = subprocess.run(["minisign", "-V", "-H", "-p", "desk/operating.pub", "-m", f"out/walls/{wall}/playlists/{version}.json"],
                               cwd=self.folder, capture_output=True, text=True, check=False)
        assert check.returncode == 0, check.stderr
        return said

    def snapshot(self):
        files = publishing.snapshot(os.path.join(self.folder, "out"))
        files.pop(".lock", None)
        return files

    def read(self, *path):
        with open(os.path.join(self.folder, "out", "walls", "foyer", *path), encoding="utf-8") as file:
            return json.load(file)

    def current(self):
        return self.read("current.json")

    def document(self):
        return self.read("playlists", f"{self.current()['playlists']}.json")

    def loop(self):
        listed = json.loads(self.run("playlist", "list", "--json", "--to", "out", "--keys", "desk", "--wall", "foyer"))
        assert listed["version"] == self.current()["playlists"] and listed["playlists"][0]["id"] == "foyer", listed
        return listed["playlists"][0]["playlist"]["loop"]


def check_list(desk):
    said = desk.playlist("list")
    assert said.splitlines() == [
        "wall foyer: release 1, playlists 0",
        "",
        "foyer, zone left",
        "     scene                        for  on",
        "  1  rhein                        25s",
        "  2  'project' in tags (1 scene)  30s",
        "  3  haus                         30s  mon-fri; 15:00-18:30; not closed",
        "  otherwise hub"], said
    assert desk.loop() == OWN


def check_order(desk):
    """add, remove, move, time: what the file of a curator would say."""
    desk.playlist("add", "hub", "--for", "12s", "--days", "sat,sun", "--time", "10:00-12:00,14:00-16:00", "--priority", "2",
                  "--note", "neu")
    document = desk.document()
    assert document["by"] == "anna" and document["note"] == "neu" and document["version"] == 1 and document["wall"] == "foyer", document
    assert set(document["playlists"]) == {"foyer"} and document["playlists"]["foyer"]["otherwise"] == "hub", document
    hub = {"scene": "hub", "for": "12s", "on": {"days": "sat,sun", "time": ["10:00-12:00", "14:00-16:00"]}, "priority": 2}
    assert desk.loop() == [*OWN, hub]
    desk.playlist("move", "hub", "1", user="bert")
    assert desk.loop() == [hub, *OWN] and desk.document()["by"] == "bert"
    desk.playlist("time", "1", "--days", "", "--time", "", "--for", "", "--when", "contrast == 'high'", "--until", "2099-12-31T18:00")
    assert desk.loop()[0] == {"scene": "hub", "when": "contrast == 'high'", "until": "2099-12-31T18:00", "priority": 2}
    said = desk.playlist("list")
    assert said.splitlines()[3].split() == ["scene", "for", "on", "when", "priority", "until"] and "2099-12-31 18:00" in said, said
    assert "; not as the release has it" in said and "by anna" in said, said
    desk.playlist("add", "haus", "--at", "2")
    assert "shows \"haus\" as item 2 and as item 5; which?" in desk.playlist("remove", "haus", expected=2)
    desk.playlist("remove", "2", "5", "hub")
    assert desk.loop() == OWN[:2]
    desk.playlist("clear", "--all")
    assert desk.loop() == OWN and desk.document()["playlists"] == {}, "the release's own are not repeated"
    assert "nothing changed since playlists 6" in desk.playlist("clear", "--all")


def check_override(desk):
    now = datetime.now(timezone.utc)
    desk.playlist("override", "hub", "--for", "2h", "--note", "Besuch")
    item = desk.loop()[0]
    until = datetime.strptime(item.pop("until"), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
    assert item == {"scene": "hub", "interrupt": True, "priority": 90, "by": "anna"}, item
    assert timedelta(0) <= until - now - timedelta(hours=2) + timedelta(seconds=1) < timedelta(minutes=5), until
    desk.playlist("override", "hub", "--until", "2099-01-01T08:00", "--priority", "5", "--by", "Kerstin Müller")
    assert desk.loop() == [{"scene": "hub", "interrupt": True, "priority": 5, "until": "2099-01-01T08:00", "by": "Kerstin Müller"}, *OWN]
    desk.playlist("override", "haus", "--from", "2098-01-01T08:00", "--for", "90m", "--zone", "left")
    assert desk.loop()[0]["from"] == "2098-01-01T08:00" and desk.loop()[0]["until"] == "2098-01-01T08:30:00Z", desk.loop()[0]
    said = desk.playlist("list")
    assert "90, interrupts" in said and "override by" in said and "Kerstin Müller" in said and "2098-01-01 09:30" in said, said
    desk.playlist("clear", "haus")
    assert [item["scene"] for item in desk.loop() if "by" in item] == ["hub"]
    desk.playlist("add", "rhein", "--when", "rhein.level > 800", expected=1)  # no such source in this house
    desk.playlist("clear")
    assert desk.loop() == OWN
    assert "no override" in desk.playlist("clear")
    for wrong, words in ((["--until", "2020-01-01T00:00"], "is over already"), ([], "--until T or --for D is wanted"),
                         (["--for", "2h", "--until", "2099-01-01T08:00"], "--until T or --for D is wanted"),
                         (["--for", "soon"], "is no duration"), (["--from", "gestern", "--for", "1h"], "is no instant"),
                         (["--for", "1h", "--priority", "101"], "a number from -100 to 100 is wanted"),
                         (["--for", "1h", "--zone", "rechts"], 'has no zone "rechts"'),
                         (["--for", "1h", "--playlist", "abend"], 'has no playlist "abend"'),
                         (["--for", "1h", "--playlist", "foyer", "--zone", "left"], "not both"),
                         (["--for", "1h", "--by", "a\x1bb"], "one line of text is wanted"),
                         (["--for", "1h", "--days", "mon"], "--days: that does not go with this")):
        said = desk.playlist("override", "hub", *wrong, expected=2)
        assert words in said, said
    assert "is no instant" in desk.playlist("override", "hub", "--until", "morgen", expected=1)
    assert '"2098-01-01T08:00" is not after "from"' in desk.playlist(
        "override", "hub", "--from", "2098-01-01T08:00", "--until", "2098-01-01T08:00", expected=1)


def check_whose(desk):
    """Who does not say it is called as the machine calls them, in a job of cron as well."""
    for user, by in (("", pwd.getpwuid(os.getuid()).pw_name), ("anna", "anna")):
        desk.playlist("override", "hub", "--for", "1h", user=user)
        assert json.loads(desk.playlist("list", "--json"))["by"] == by
        desk.playlist("clear")


def check_over(desk):
    """An override that is over is said to be, plays no more, and goes with the next edit."""
    desk.playlist("override", "hub", "--for", "1s")
    while ", over" not in desk.playlist("list"):
        pass
    said = desk.playlist("move", "rhein", "3")
    assert 'the override with "hub" is over' in said, said
    assert [item.get("scene") for item in desk.loop()] == [None, "rhein", "haus"]
    desk.playlist("clear", "--all")


def check_refused(desk):
    """Faults have a line and a column, as in any file; scenes are those of the release."""
    said = desk.playlist("add", "hupp", "--for", "3", "--time", "9-18", "--when", "page.title", "--in", "ferien", expected=1)
    assert 'scenes/playlists/foyer.json:5:13: error: loop[3].scene: there is no scene "hupp"; did you mean "hub"?' in said, said
    for words in ("loop[3].for: \"3\" is no duration", "loop[3].on.time: \"9-18\" is no span of time", "loop[3].when: ",
                  "loop[3].on.in: there is no calendar \"ferien\""):
        assert "foyer.json:5:" in said and words in said, said
    assert "wall foyer: playlists" not in said and "item 4" not in said, said
    for arguments, words in ((("remove", "9"), "has 3 items; there is no item 9"), (("remove", "nix"), 'no item for the scene "nix"'),
                             (("remove", "1", "1"), "is named twice"), (("move", "1", "4"), "there is no place 4"),
                             (("time", "1"), "what is to change is wanted"), (("add", "hub", "--at", "5"), "may be put at 1 to 4"),
                             (("add",), "a scene is wanted"), (("add", "hub", "--until", "2020-01-01T00:00"), "is over already"),
                             (("change",), "list, add, remove, move, time, override or clear is wanted"),
                             (("clear", "hub", "--all"), "a scene, or --all"), (("list", "--at", "1"), "that does not go with this"),
                             (("remove", "1", "--note", "x" * 201), "one line of text is wanted")):
        said = desk.playlist(*arguments, expected=2)
        assert words in said, (arguments, said)
    assert "nothing was published" in desk.playlist("list", expected=2, wall="nowhere")
    assert "one --wall W are wanted" in desk.run("playlist", "list", "--to", "out", "--keys", "desk", expected=2)


def check_conflict(desk):
    """Who was faster wins; who was slower is told, and nothing is lost."""
    version = desk.current()["playlists"]
    desk.playlist("move", "rhein", "2", "--from-version", str(version))
    said = desk.playlist("remove", "rhein", "--from-version", str(version), expected=1, user="bert")
    assert f"are of version {version + 1} now, by anna, not of {version}" in said, said
    command = [os.path.join(desk.build, "schauwand"), "playlist", "remove", "rhein", "--from-version", str(version + 1), "--to", "out",
               "--keys", "desk", "--wall", "foyer"]
    with open(os.path.join(desk.folder, "out", ".lock"), "rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        two = [subprocess.Popen([*command, "--by", name], cwd=desk.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
               for name in ("anna", "bert")]
        for one in two:
            assert "is being published into; waiting" in one.stderr.readline()
        fcntl.flock(lock, fcntl.LOCK_UN)
    ends = [(one.wait(60), one.stdout.read() + one.stderr.read()) for one in two]
    for one in two:
        one.stdout.close()
        one.stderr.close()
    assert sorted(status for status, _ in ends) == [0, 1], ends
    assert desk.current()["playlists"] == version + 2 and [item.get("scene") for item in desk.loop()] == [None, "haus"], ends
    desk.playlist("clear", "--all")
    # a version that was written, but never became current (a crash), is passed over
    version = desk.current()["playlists"]
    left = os.path.join(desk.folder, "out", "walls", "foyer", "playlists", f"{version + 1}.json")
    with open(left, "w", encoding="utf-8") as file:
        file.write("half")
    desk.run("playlist", "move", "1", "2", "--to", "out", "--keys", "desk", "--wall", "foyer")
    with open(left, encoding="utf-8") as file:
        assert file.read() == "half" and desk.current()["playlists"] == version + 2
    desk.playlist("clear", "--all")


def check_trusted(desk):
    """Nothing that the operating key did not sign is signed anew."""
    desk.playlist("move", "1", "3")
    path = f"out/walls/foyer/playlists/{desk.current()['playlists']}.json"
    publishing.edit(desk.folder, path, '"by": "anna"', '"by": "eva"')
    assert "is not signed by these keys" in desk.playlist("clear", expected=2)
    publishing.edit(desk.folder, path, '"by": "eva"', '"by": "anna"')
    release = desk.read("releases", f"{desk.current()['release']}.json")
    with open(os.path.join(desk.folder, "out", "objects", release["contents"]["sha256"]), encoding="utf-8") as file:
        name = json.load(file)["files"]["scenes/playlists/foyer.json"][0]
    publishing.edit(desk.folder, f"out/objects/{name}", "25s", "26s")
    assert "is damaged in the published folder" in desk.playlist("clear", expected=2)
    publishing.edit(desk.folder, f"out/objects/{name}", "26s", "25s")
    os.rename(os.path.join(desk.folder, "desk", "operating.key"), os.path.join(desk.folder, "kept"))
    desk.playlist("list")
    desk.playlist("clear", "--all", expected=2)
    os.rename(os.path.join(desk.folder, "kept"), os.path.join(desk.folder, "desk", "operating.key"))
    desk.playlist("clear", "--all")


def check_release(desk):
    """A new release: what operators said stays, what they have not touched is the release's; what no longer fits is said."""
    desk.playlist("override", "hub", "--until", "2099-01-01T08:00")
    desk.playlist("add", "haus")
    os.rename(os.path.join(desk.folder, "house", "scenes", "haus"), os.path.join(desk.folder, "haus"))
    os.remove(os.path.join(desk.folder, "house", "scenes", "lang", "en.json"))
    publishing.edit(desk.folder, "house/scenes/playlists/foyer.json", '{"scene": "haus"', '{"scene": "hub"')
    said = desk.publish()
    assert "wall foyer: version 2" in said and "do not fit its new release" in said, said
    assert 'error: loop[3].scene: there is no scene "haus"' in said and 'error: loop[4].scene: there is no scene "haus"' in said, said
    assert 'there is no scene "haus"' in desk.playlist("list", expected=1)
    desk.playlist("remove", "4", expected=1)
    desk.playlist("remove", "4", "5")
    assert [item.get("scene") for item in desk.loop()] == ["hub", "rhein", None]
    desk.playlist("clear", "--all")
    assert desk.loop()[2]["scene"] == "hub", "the release's own, as it is now"


def check_keys(desk):
    """A new key signs anew what is in force; after a stolen one, what it said counts no more."""
    def take_keys():
        for name in ("keys.json", "keys.json.minisig", "operating.key", "operating.pub"):
            shutil.copy(os.path.join(desk.folder, "keys", name), os.path.join(desk.folder, "desk", name))

    def plain(*arguments):
        return desk.run("playlist", *arguments, "--to", "out", "--keys", "desk", "--wall", "foyer")

    desk.playlist("override", "hub", "--until", "2099-01-01T08:00")
    version = desk.current()["playlists"]
    assert f"nothing changed since playlists {version}" in desk.playlist("clear", "rhein")
    desk.run("keys", "keys", "--replace", "operating")
    take_keys()
    assert f"playlists {version + 1}\n" in plain("clear", "rhein") and desk.current()["keys"] == 2
    assert "nothing changed" in desk.playlist("clear", "rhein") and "by" in desk.loop()[0]
    desk.run("keys", "keys", "--replace", "operating", "--new-epoch")
    take_keys()
    assert "override" not in plain("list")
    version = desk.current()["playlists"]
    plain("move", "1", "2")
    document = desk.document()
    assert document["version"] == version + 1 and document["epoch"] == 2 and desk.current()["keys"] == 3, document
    assert [item.get("scene") for item in document["playlists"]["foyer"]["loop"]] == [None, "rhein", "hub"], document


def check_several(desk):
    """A wall that plays two playlists: what is about one says which; an override is about all."""
    def edit(*arguments, expected=0):
        return desk.run("playlist", *arguments, "--to", "site", "--keys", "desk", "--wall", "duo", expected=expected)

    def listed():
        lists = json.loads(edit("list", "--json"))["playlists"]
        return {one["id"]: (one["zones"], [item.get("scene") for item in one["playlist"]["loop"] if "by" in item]) for one in lists}

    desk.run("publish", SOURCE, "--to", "site", "--keys", "keys", "--wall", "duo")
    names = sorted(listed())
    assert names == ["foyer", "tour"], names
    left, right = (listed()[name][0][0] for name in names)
    assert "--playlist P or --zone Z says which is meant" in edit("move", "1", "2", expected=2)
    edit("override", "welcome", "--for", "2h")
    assert [listed()[name][1] for name in names] == [["welcome"], ["welcome"]]
    edit("clear", "--zone", left)
    assert [listed()[name][1] for name in names] == [[], ["welcome"]]
    with open(os.path.join(desk.folder, "site", "walls", "duo", "playlists", "2.json"), encoding="utf-8") as file:
        assert set(json.load(file)["playlists"]) == {"tour"}, "foyer is as the release has it again"
    edit("move", "1", "2", "--zone", right)
    edit("move", "1", "2", "--playlist", "stele")  # of the release, though this wall does not play it
    edit("clear", "--all")
    assert "stele" in json.loads(edit("list", "--json", "--playlist", "stele"))["playlists"][0]["id"]


def main():
    build = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(build, folder)
        for check in (check_list, check_order, check_override, check_over, check_whose, check_refused, check_conflict, check_trusted,
                      check_several, check_release, check_keys):
            check(desk)
    print("playlist: list, add, remove, move, time, override, clear, faults, conflicts, tampering, a new release: all well")


if __name__ == "__main__":
    main()
