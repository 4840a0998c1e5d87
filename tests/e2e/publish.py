#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: publish.py BUILD SYNCED

From keys to a published folder, as a curator does it: publish, again, edit, back, on to another wall; a fault refuses; `minisign` agrees.
SYNCED is the library of synced.c.
"""
import hashlib
import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import datetime

from publishing import edit, run, snapshot

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def file_digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def current(folder, wall):
    with open(os.path.join(folder, "out", "walls", wall, "current.json"), encoding="utf-8") as file:
        return json.load(file)


def release(folder, wall, version):
    with open(os.path.join(folder, "out", "walls", wall, "releases", f"{version}.json"), encoding="utf-8") as file:
        return json.load(file)


def verify(folder, key, path):
    command = ["minisign", "-V", "-H", "-p", os.path.join("keys", key), "-m", os.path.join("out", path)]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert result.returncode == 0, f"minisign does not take {path}: {result.stderr}"


def check_keys(build, folder):
    said = run(build, folder, "keys", "keys")
    assert "publishing" in said and "operating" in said and "root" in said, said
    assert run(build, folder, "keys", "keys") == said, "what is there is shown, not made anew"
    for name in ("root.key", "publishing.key", "operating.key"):
        assert os.stat(os.path.join(folder, "keys", name)).st_mode & 0o777 == 0o600, f"{name} may be read by others"


def check_installed(build, folder):
    """A program that has its helpers in ../libexec/schauwand finds the publisher there."""
    for name in ("bin/schauwand", "libexec/schauwand/schauwand-publisher"):
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path))
        shutil.copy(os.path.join(build, os.path.basename(name)), path)
    binaries = os.path.join(folder, "bin")
    assert run(binaries, folder, "keys", "keys") == run(build, folder, "keys", "keys")
    shutil.rmtree(os.path.join(folder, "libexec"))
    said = run(binaries, folder, "keys", "keys", expected=2)
    assert "schauwand-publisher is neither beside this program" in said, said
    shutil.rmtree(binaries)


def check_first(build, folder, publish):
    said = run(build, folder, *publish)
    assert "wall test: version 1" in said and " scenes\n" in said and " files\n" in said and "scenes/welcome" not in said, said
    assert current(folder, "test") == {"schauwand": "current 1", "wall": "test", "release": 1, "playlists": 0, "keys": 1}
    verify(folder, "publishing.pub", "walls/test/releases/1.json")
    verify(folder, "root.pub", "keys/1.json")
    before = snapshot(os.path.join(folder, "out"))
    said = run(build, folder, *publish)
    assert "nothing changed since version 1" in said and "0 new objects, 0 bytes" in said, said
    assert snapshot(os.path.join(folder, "out")) == before, "publishing again changes nothing"
    listed = json.loads(before["objects/" + release(folder, "test", 1)["contents"]["sha256"]])["files"]
    with open(os.path.join(folder, "scenes", "welcome.json"), "rb") as file:
        assert before["objects/" + listed["scenes/welcome.json"][0]] == file.read()
    return before


def check_fonts(build, folder, publish, before):
    """What a wall without these packages needs lies in the release; what cannot be brought along is not published."""
    listed = json.loads(before["objects/" + release(folder, "test", 1)["contents"]["sha256"]])["files"]
    brought = {path: entry for path, entry in listed.items() if path.startswith("fonts/packages/")}
    path = os.path.join(folder, "fonts", "fonts.json")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    fonts = json.loads("\n".join(line for line in text.splitlines() if not line.startswith("//")))
    fonts = [*fonts["roles"].values(), *fonts["fallbacks"]]
    wanted = {f"fonts/packages/{font['package']}/{font['file']}" for font in fonts}
    wanted |= {f"fonts/packages/{font['package']}/copyright" for font in fonts}
    assert set(brought) == wanted, set(brought) ^ wanted
    for name, (digest, size) in brought.items():
        data, package = before["objects/" + digest], name.split("/")[2]
        assert len(data) == size > 0
        if name.endswith("/copyright"):
            with open(f"/usr/share/doc/{package}/copyright", "rb") as file:
                assert file.read() == data, name
        else:
            assert data[:4] in (b"OTTO", b"\0\1\0\0"), f"{name} is no font"
    publisher = [os.path.join(build, "schauwand-publisher"), *publish]
    for package, name, words in (
            ("fonts-nobody-has", "Inter-Regular.otf", "fonts-nobody-has is not installed on this machine; apt-get install"),
            ("fonts-inter", "Inter-Regula.otf", 'has no font "Inter-Regula.otf"; did you mean "Inter-Regular.otf"'),
            ("fonts-inter-unlicensed", "Inter-Regular.otf", "/copyright is not there; fonts travel with their licence only")):
        edit(folder, "fonts/fonts.json", '"fonts-inter", "file": "Inter-Regular.otf"', f'"{package}", "file": "{name}"')
        result = subprocess.run(publisher, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
        assert result.returncode == 2 and words in result.stderr, result
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    os.makedirs(os.path.join(folder, "fonts", "packages", "fonts-inter"))
    own = os.path.join(folder, "fonts", "packages", "fonts-inter", "Inter-Regular.otf")
    shutil.copy("/usr/share/fonts/opentype/inter/Inter-Medium.otf", own)
    run(build, folder, *("fonts" if word == "test" else word for word in publish))
    after = snapshot(os.path.join(folder, "out"))
    listed = json.loads(after["objects/" + release(folder, "fonts", 1)["contents"]["sha256"]])["files"]
    with open(own, "rb") as file:
        assert after["objects/" + listed["fonts/packages/fonts-inter/Inter-Regular.otf"][0]] == file.read(), "the folder's own first"
    assert set(listed) >= wanted
    shutil.rmtree(os.path.join(folder, "fonts", "packages"))
    shutil.rmtree(os.path.join(folder, "out", "walls", "fonts"))


def check_edit(build, folder, publish, before):
    shutil.copy(os.path.join(folder, "scenes", "welcome.json"), os.path.join(folder, "scenes", "second.json"))
    edit(folder, "scenes/second.json", "{", '{"draft": true,')
    edit(folder, "scenes/welcome.json", "{", "{ // an edit\n")
    said = run(build, folder, *publish)
    assert "wall test: version 2" in said and "changed  scenes/welcome.json" in said and "second" not in said, said
    assert "2 new objects" in said, said
    after = snapshot(os.path.join(folder, "out"))
    assert all(after[path] == data for path, data in before.items() if not path.endswith("current.json")), "what is there never changes"
    edit(folder, "scenes/welcome.json", "{", '{ "no-such-key": 1,')
    run(build, folder, *publish, expected=1)
    assert snapshot(os.path.join(folder, "out")) == after, "a fault publishes nothing"


def publisher_calls(build, folder, synced, *arguments):
    """What the publisher itself made, renamed and synced, in order: (call, path)."""
    log = os.path.join(folder, "calls")
    sanitizer = "verify_asan_link_order=0:" + os.environ.get("ASAN_OPTIONS", "")  # which else wants to be the first that is preloaded
    environment = dict(os.environ, LD_PRELOAD=synced, SYNCED_LOG=log, ASAN_OPTIONS=sanitizer)
    command = [os.path.join(build, "schauwand-publisher"), *arguments]
    subprocess.run(command, cwd=folder, env=environment, check=True, timeout=120, stdout=subprocess.DEVNULL)
    with open(log, encoding="utf-8") as file:
        lines = [line.rstrip("\n").split(" ", 1) for line in file]
    os.remove(log)
    return [(call, os.path.realpath(os.path.join(folder, path))) for call, path in lines]


def check_synced(build, folder, synced):
    """Whatever has a new name outlives a power cut, and current.json names nothing that does not."""
    for again in (False, True):
        if again:  # the content list is there, an object is not
            os.remove(os.path.join(folder, "fresh", "objects", file_digest(os.path.join(folder, "scenes", "welcome.json"))))
        calls = publisher_calls(build, folder, synced, "publish", ".", "--wall", "test", "--to", "fresh", "--keys", "keys")
        new = [(index, path) for index, (call, path) in enumerate(calls) if call == "new"]
        assert len(new) == 1 if again else len(new) > 20, calls
        last = max((index for index, path in new if path.endswith("current.json")), default=len(calls))
        for index, path in new:
            until = last if index < last else len(calls)
            assert ("sync", os.path.dirname(path)) in calls[index:until], f"{path}: its folder is not synced\n{calls}"


def check_trusted(build, folder, options):
    """What was changed in the published folder is not signed anew, and what is there is never written again."""
    path = os.path.join(folder, "out", "walls", "test", "releases", "1.json")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    edit(folder, path, '"issued": "2', '"issued": "3')
    said = run(build, folder, "rollback", "1", "--wall", "test", *options, expected=2)
    assert "is not signed by these keys" in said, said
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    for end in (".json", ".json.minisig"):  # ours, but of another wall
        shutil.copy(path[: -len(".json")] + end, os.path.join(folder, "out", "walls", "foyer", "releases", "7" + end))
    said = run(build, folder, "rollback", "7", "--wall", "foyer", *options, expected=2)
    assert "is of another wall, or another version" in said, said
    before = snapshot(os.path.join(folder, "out"))
    os.remove(os.path.join(folder, "out", "walls", "lobby", "current.json"))
    said = run(build, folder, "promote", "test", "--wall", "lobby", *options)
    assert "wall lobby: version 2" in said, said
    after = snapshot(os.path.join(folder, "out"))
    assert all(after[path] == data for path, data in before.items() if not path.endswith("current.json")), "what is there never changes"
    key = os.path.join(folder, "keys", "publishing.key")
    os.rename(key, key + ".kept")
    shutil.copy(os.path.join(folder, "keys", "operating.key"), key)
    said = run(build, folder, "rollback", "1", "--wall", "test", *options, expected=2)
    assert "a key that is not in its list" in said, said
    os.rename(key + ".kept", key)


def check_other_ways(build, folder, options):
    said = run(build, folder, "rollback", "1", "--wall", "test", *options)
    assert "wall test: version 3" in said and "changed  scenes/welcome.json" in said, said
    assert release(folder, "test", 3)["contents"] == release(folder, "test", 1)["contents"]
    said = run(build, folder, "promote", "test", "--wall", "foyer", "--wall", "lobby", *options)
    assert "wall foyer: version 1" in said and "wall lobby: version 1" in said, said
    assert 'no scenes/walls/lobby.json, so the wall "lobby" cannot play it; its walls: duo foyer stele' in said, said
    assert 'wall "foyer" cannot' not in said, said
    assert release(folder, "lobby", 1)["contents"] == release(folder, "test", 1)["contents"]
    said = run(build, folder, "rollback", "9", "--wall", "test", *options, expected=2)
    assert 'the wall "test" has no release of that version' in said, said
    run(build, folder, "promote", "nowhere", "--wall", "test", *options, expected=2)
    run(build, folder, "rollback", "1x", "--wall", "test", *options, expected=2)
    run(build, folder, "rollback", "1", "--wall", "../x", *options, expected=2)
    run(build, folder, "publish", expected=2)
    for words in ((), options[:2], options[2:]):  # said before anything is checked
        said = run(build, folder, "publish", "nowhere", *words, expected=2)
        assert said == "schauwand publish: --to DIR and --keys DIR are wanted; `schauwand publish --help` says more\n", said


def check_said(build, folder):
    """Scenes and files in words, and to the byte what a wall fetches that has the release before."""
    options = ["--wall", "said", "--to", "said", "--keys", "keys"]
    scenes = os.path.join(folder, "plain", "scenes")
    shutil.copytree(os.path.join(SOURCE, "tests", "bad", "base"), os.path.join(folder, "plain"))

    def publish():
        had = listed()
        said = run(build, folder, "publish", "plain", *options)
        new = set(listed()) - set(had)
        lines = [line.strip() for line in said.splitlines() if line.startswith("  ")]
        assert lines[-1] == f"{sum(listed()[name] for name in new)} bytes to fetch", (said, new)
        return [line for line in lines if " scene " in line], [line for line in lines[:-1] if " scene " not in line]

    def listed():
        try:
            with open(os.path.join(folder, "said", "walls", "said", "current.json"), encoding="utf-8") as file:
                version = json.load(file)["release"]
            with open(os.path.join(folder, "said", "walls", "said", "releases", f"{version}.json"), encoding="utf-8") as file:
                contents = json.load(file)["contents"]
        except FileNotFoundError:
            return {}
        with open(os.path.join(folder, "said", "objects", contents["sha256"]), encoding="utf-8") as file:
            files = json.load(file)["files"]
        return {contents["sha256"]: contents["bytes"], **dict(files.values())}

    names, files = publish()
    assert names == ["added    scene haus", "added    scene hub", "added    scene rhein"], names
    assert len(files) == 1 and re.fullmatch(r"added +[0-9]+ files", files[0]), files
    shutil.copytree(os.path.join(scenes, "haus"), os.path.join(scenes, "neubau"))
    with open(os.path.join(scenes, "rhein.json"), "a", encoding="utf-8") as file:
        file.write("\n")
    edit(folder, "plain/scenes/theme.json", "{", "{ ")
    names, files = publish()
    assert names == ["added    scene neubau", "changed  scene rhein"], names
    assert "changed  scenes/theme.json" in files and "changed  scenes/rhein.json" in files, files
    shutil.rmtree(os.path.join(scenes, "neubau"))
    names, files = publish()
    assert names == ["removed  scene neubau"] and all(line.startswith("removed  scenes/neubau/") for line in files), (names, files)


def check_expires(build, folder, options):
    """A release may expire earlier, and one that has, or that nobody new may take, is published anew."""
    again = ["promote", "test", "--wall", "foyer", *options]
    said = run(build, folder, *again, "--expires", "2031-01-02T03:04:05Z")
    assert "wall foyer: version" in said and "  0 bytes to fetch" in said, said
    version = current(folder, "foyer")["release"]
    assert release(folder, "foyer", version)["expires"] == "2031-01-02T03:04:05Z"
    with open(os.path.join(SOURCE, "CMakeLists.txt"), encoding="utf-8") as file:
        program = file.read().split("project(schauwand VERSION ")[1].split()[0].split(".")
    assert release(folder, "foyer", version)["needs"] == f"{program[0]}.{program[1]}.0", release(folder, "foyer", version)
    for more in ([], ["--expires", "2031-01-02T03:04:05Z"]):
        assert f"nothing changed since version {version}" in run(build, folder, *again, *more)
    assert f"wall foyer: version {version + 1}" in run(build, folder, *again, "--expires", "1s")
    lasts = datetime.fromisoformat(release(folder, "foyer", version + 1)["expires"]) - \
        datetime.fromisoformat(release(folder, "foyer", version + 1)["issued"])
    assert lasts.total_seconds() == 1
    time.sleep(1.1)
    assert f"wall foyer: version {version + 2}" in run(build, folder, *again), "what has expired is published anew"
    run(build, folder, *again, "--expires", "never")
    assert "expires" not in release(folder, "foyer", version + 3)
    for wrong in ("2020-01-01T00:00:00Z", "0s", "soon", "-1d"):
        assert "an instant to come is wanted" in run(build, folder, *again, "--expires", wrong, expected=2), wrong
    run(build, folder, "keys", "keys", "--replace", "publishing")
    assert f"wall foyer: version {version + 4}" in run(build, folder, *again), "a new key signs anew"
    verify(folder, "publishing.pub", f"walls/foyer/releases/{version + 4}.json")
    assert "--replace: that does not go with this" in run(build, folder, *again, "--replace", "publishing", expected=2)


def check_lock(build, folder, options):
    """One publisher at a time; who comes second waits."""
    command = [os.path.join(build, "schauwand"), "promote", "test", "--wall", "locked", *options]
    with open(os.path.join(folder, "out", ".lock"), "rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as waiting:
            assert "is being published into; waiting" in waiting.stderr.readline()
            assert not os.path.exists(os.path.join(folder, "out", "walls", "locked")) and waiting.poll() is None
            fcntl.flock(lock, fcntl.LOCK_UN)
            assert "wall locked: version 1" in waiting.stdout.read() and waiting.wait(60) == 0


def check_replaced(build, folder, options):
    run(build, folder, "keys", "keys", "--replace", "publishing", "--new-epoch")
    said = run(build, folder, "rollback", "1", "--wall", "test", *options)
    assert "wall test: version 4" in said, said
    assert release(folder, "test", 4)["epoch"] == 2 and current(folder, "test")["keys"] == 3
    verify(folder, "publishing.pub", "walls/test/releases/4.json")
    verify(folder, "root.pub", "keys/3.json")
    os.chmod(os.path.join(folder, "keys", "publishing.key"), 0o644)
    said = run(build, folder, "rollback", "1", "--wall", "test", *options, expected=2)
    assert "may be read by others" in said, said


def main():
    build = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        for name in ("scenes", "media", "fonts"):
            shutil.copytree(os.path.join(SOURCE, name), os.path.join(folder, name))
        options = ["--to", "out", "--keys", "keys"]
        publish = ["publish", ".", "--wall", "test", *options]
        check_keys(build, folder)
        check_installed(build, folder)
        before = check_first(build, folder, publish)
        check_fonts(build, folder, publish, before)
        check_synced(build, folder, os.path.abspath(sys.argv[2]))
        check_edit(build, folder, publish, before)
        check_other_ways(build, folder, options)
        check_trusted(build, folder, options)
        check_said(build, folder)
        check_expires(build, folder, options)
        check_lock(build, folder, options)
        check_replaced(build, folder, options)
    print("publish: keys, publish, fonts, again, edit, fault, rollback, promote, tampering, expiry, lock, replaced key: all well")


if __name__ == "__main__":
    main()
