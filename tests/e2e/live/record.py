#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""record.py SCHAUWAND: what sources answer is recorded, from nginx and from a file, without a secret and whole whenever it is killed; and
it is played back without the network: at an instant, at its own pace, with its history, and on by another courier."""
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time

import live
from live import PATIENCE, SOURCE, wait_until

KEY, USER, PASSWORD, COOKIE = "canary/key+17", "visitor", "canary-password", "canary-cookie"
BASIC = "dmlzaXRvcjpjYW5hcnktcGFzc3dvcmQ="  # user:password, as HTTP sends it
DAY = "2026-11-20T"


class House(live.House):
    def __init__(self, schauwand, folder):
        super().__init__(schauwand, folder)
        sources = json.loads((self.exhibition / "scenes/sources.json").read_text())
        echo = {**SOURCE, "http": f"http://127.0.0.1:{self.port}/echo.json", "pick": "", "observed": "at"}
        sources["by_query"] = {**echo, "auth": {"query": "key", "secret": "key"}}
        sources["by_name"] = {**echo, "auth": {"basic": ["user", "password"]}}
        past = {"http": f"http://127.0.0.1:{self.port}/past.json", "fields": {key: {**SOURCE["fields"][key]} for key in ("at", "level")}}
        sources["paged"] = {**SOURCE, "http": f"http://127.0.0.1:{self.port}/first.json", "pages": {"link": True}, "pick": "/rows",
                            "rows": True, "backfill": {**past, "pick": "/rows"}}
        sources["broken"] = {**SOURCE, "http": f"http://127.0.0.1:{self.port}/gone.json"}
        self.write("scenes/sources.json", sources)
        self.write("scenes/live.json", {"title": {"de": "Live"}, "elements": [{"in": "main", "column": [
            {"text": {"de": "{pegel.level | value}, {pegel.status}, {pegel.recorded}"}, "style": "title"},
            {"repeat": "park.rows", "as": "p", "each": {"text": {"de": "{p.name}: {p.free}"}}},
            {"chart": "line", "series": [{"of": "pegel.level", "last": "24h"}], "alt": "", "size": [900, 300]}]}]})
        self.write("scenes/pages.json", {"title": {"de": "Pages"}, "elements": [{"in": "main", "column": [
            {"text": {"de": "{count(paged.rows)} rows, recorded {paged.recorded}"}},
            {"chart": "line", "series": [{"of": "paged.level", "last": "24h"}], "alt": "", "size": [900, 300]}]}]})
        secrets = {"key": KEY, "user": USER, "password": PASSWORD}
        for name, value in secrets.items():
            (self.folder / name).write_text(value + "\n")
            (self.folder / name).chmod(0o600)
        host = json.loads(self.host.read_text())
        self.host.write_text(json.dumps({**host, "secrets": {name: str(self.folder / name) for name in secrets}}))

    def serve(self):
        """With an address that repeats all that it has been told."""
        said = '{"value": 7, "timestamp": "2026-11-23T09:00:00Z", "uri": "$request_uri", "key": "$arg_key", "auth": "$http_authorization"}'
        (self.folder / "nginx.conf").write_text(
            f"daemon off; pid {self.folder}/nginx.pid; error_log {self.folder}/error.log; user root;\nevents {{}}\n"
            f"http {{ access_log {self.folder}/access.log; server {{ listen 127.0.0.1:{self.port}; root {self.web};\n"
            f"location = /echo.json {{ default_type application/json; add_header Set-Cookie '{COOKIE}'; add_header ETag '\"$arg_key\"';\n"
            f"add_header Cache-Control 'max-age=5'; return 200 '{said}'; }}\n"
            f"location = /first.json {{ add_header Link '</second.json>; rel=\"next\"'; }} }} }}\n")
        os.chmod(self.folder, 0o755)
        self.server = subprocess.Popen(["nginx", "-c", f"{self.folder}/nginx.conf"], stderr=subprocess.DEVNULL)
        wait_until("nginx", lambda: (self.folder / "nginx.pid").exists())
        wait_until("nginx's answer", lambda: live.socket.socket().connect_ex(("127.0.0.1", self.port)) == 0)

    def record(self, to, *arguments, status=0):
        done = subprocess.run([self.schauwand, "record", *arguments, "--to", to, self.exhibition, "--host", self.host], timeout=PATIENCE,
                              env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        assert done.returncode == status, (done.returncode, done.stdout)
        return done.stdout

    def replay(self, to, at):
        return self.render("--replay", to, "--at", at)

    def play_back(self, to, *options):
        self.player = subprocess.Popen(
            [self.schauwand, "play", self.exhibition, "--wall", "live", "--offscreen", "--replay", to, "--host", self.host, "--shot",
             self.folder / "shot.png", "--every", "200ms", *options], env=self.environment)


def lines_of(folder, source):
    """The records of a source; a line that is not whole is none."""
    text = (folder / source / "index.jsonl").read_text()
    return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]


def put(folder, source, at, body, **more):
    """A record as one could write it by hand."""
    (folder / source).mkdir(parents=True, exist_ok=True)
    name = at.replace(":", "").replace("-", "") + ".json"
    (folder / source / name).write_text(json.dumps(body))
    with (folder / source / "index.jsonl").open("a") as index:
        index.write(json.dumps({"at": at, "pages": [{"from": "by hand", "status": 200, "headers": {}, "body": name}], **more}) + "\n")


def level(folder, time_of_day, value, at=None):
    put(folder, "pegel", f"{DAY}{time_of_day}Z", {"currentMeasurement": {"timestamp": f"{DAY}{at or time_of_day}Z", "value": value}})


def records_what_comes(house):
    to = house.folder / "rec"
    said = house.record(to, "pegel", "--count", "2")
    first, second = lines_of(to, "pegel")
    page = first["pages"][0]
    assert page["status"] == 200 and page["from"] == f"http://127.0.0.1:{house.port}/pegel.json", page
    assert set(page["headers"]) >= {"Content-Type", "ETag", "Last-Modified", "Date"}, page
    assert (to / "pegel" / page["body"]).read_bytes() == (house.web / "pegel.json").read_bytes()
    assert second["unchanged"] and second["pages"] == [] and "2 answers, 1 of them unchanged" in said, (second, said)
    house.record(to, "park")
    assert not [entry for entry in os.listdir(to) if entry not in ("pegel", "park")]
    assert "it answers 404" in house.record(to, "broken", status=1)
    assert lines_of(to, "broken")[0]["fault"] == "it answers 404"
    for wrong in ("frobnicate", "luft"):
        house.record(to, wrong, status=2)
    live_picture, recorded = house.render("--host", house.host), house.render("--replay", to)
    assert live_picture != recorded, "a recording is labelled"
    asked = len(house.statuses())
    house.render("--replay", to, "--host", house.host)
    assert len(house.statuses()) == asked, "what is played back asks nobody"
    done = subprocess.run([house.schauwand, "render", house.exhibition, "--scene", "live", "-o", house.folder / "x.png", "--replay", to,
                           "--live"], stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2 and "--replay" in done.stderr, done
    done = subprocess.run([house.schauwand, "render", house.exhibition, "--scene", "live", "-o", house.folder / "x.png", "--replay",
                           "/nowhere"], stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2 and "there is no such folder" in done.stderr, done


def keeps_no_secret(house):
    to = house.folder / "secret"
    said = house.record(to, "by_query", "by_name")
    asked = (house.folder / "access.log").read_text()
    assert "key=canary%2Fkey%2B17" in asked, "the key has been sent"
    assert "repeat a secret" in said
    texts = [said] + [file.read_text() for file in sorted(to.rglob("*")) if file.is_file()]
    for text in texts:
        for secret in (KEY, "canary%2F", "canary\\/", PASSWORD, BASIC, COOKIE, "canary"):
            assert secret not in text, (secret, text)
    headers = lines_of(to, "by_query")[0]["pages"][0]["headers"]
    assert headers["ETag"] == '"***"', headers
    assert headers["Cache-Control"] == "max-age=5", headers


def texts_of(house, *options):
    """What is written in the scene about pages."""
    boxes = house.folder / "boxes.json"
    subprocess.run([house.schauwand, "render", house.exhibition, "--scene", "pages", "-o", house.folder / "pages.png", "--boxes", boxes,
                    *options], check=True, timeout=PATIENCE, env=house.environment, stderr=subprocess.DEVNULL)
    return [box["text"] for box in json.loads(boxes.read_text()) if box["kind"] == "text"], (house.folder / "pages.png").read_bytes()


def keeps_pages_and_past(house):
    for name, minutes in (("first", (10, 20)), ("second", (30,)), ("past", (40, 50))):
        hour = 8 if name == "past" else 9
        rows = [{"timestamp": f"2026-11-23T{hour:02d}:{minute}:00+01:00", "value": minute} for minute in minutes]
        (house.web / f"{name}.json").write_text(json.dumps({"rows": rows}))
    to = house.folder / "pages"
    said = house.record(to, "paged")
    first, past = lines_of(to, "paged")
    assert [page["from"].rsplit("/", 1)[1] for page in first["pages"]] == ["first.json", "second.json"], first
    assert past["of"] == "backfill" and "paged (back-fill)" in said and "1 answer" in said, (past, said)
    texts, whole = texts_of(house, "--replay", to)
    assert texts == ["3 rows, recorded true"], texts
    assert texts_of(house, "--replay", to, "--at", "2199-01-01T00:00")[0] == texts
    index = to / "paged/index.jsonl"
    index.write_text(json.dumps(first) + "\n")
    assert texts_of(house, "--replay", to)[1] != whole, "its past is gone"
    later = {"at": "2026-12-24T18:00:00Z", "unchanged": True, "pages": []}
    index.write_text("".join(json.dumps(line) + "\n" for line in (first, past, later)))
    texts, unchanged = texts_of(house, "--replay", to, "--at", "2026-12-25T00:00")
    assert texts == ["3 rows, recorded true"] and unchanged != whole, "it stands for another instant"
    index.write_text(json.dumps(first) + "\n" + json.dumps(later) + "\n")
    assert texts_of(house, "--replay", to, "--at", "2026-12-25T00:00")[1] != unchanged, "what does not change keeps its past"
    index.write_text(json.dumps(later) + "\n")
    assert texts_of(house, "--replay", to, "--at", "2026-12-25T00:00")[0] != texts, "nothing was there"


def is_whole_when_killed(house):
    """A file that changes all the time gives records all the time."""
    to = house.folder / "killed"
    stop = threading.Event()

    def rewrite():
        free = 0
        while not stop.wait(0.002):
            free += 1
            house.park(free)

    writer = threading.Thread(target=rewrite)
    writer.start()
    count = 0
    try:
        for i in range(20):
            recorder = subprocess.Popen([house.schauwand, "record", "park", "--to", to, house.exhibition, "--for", "1m"],
                                        env=house.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            wait_until("a record", lambda: (to / "park/index.jsonl").exists() and len(lines_of(to, "park")) > count)
            time.sleep(random.random() / 5)
            couriers = [pid for pid, program in live.children_of(recorder.pid).items() if program == "schauwand-courier"]
            os.kill(couriers[0] if i % 2 and couriers else recorder.pid, signal.SIGKILL)
            recorder.wait()
            records = lines_of(to, "park")
            for record in records[count:]:
                for page in record["pages"]:
                    assert "lots" in json.loads((to / "park" / page["body"]).read_text()), page
            count = len(records)
    finally:
        stop.set()
        writer.join()
    house.replay(to, "2199-01-01T00:00")
    return count


def shows_any_instant(house):
    to = house.folder / "hand"
    for time_of_day, value in (("10:00:00", 400), ("11:00:00", 410), ("12:00:00", 425)):
        level(to, time_of_day, value)
    put(to, "park", DAY + "11:30:00Z", {"lots": [{"name": "Königstraße", "free": 77}]})
    pictures = [house.replay(to, f"{DAY}{at}Z") for at in ("09:00", "10:30", "11:15", "11:45", "12:00", "23:00")]
    assert len(set(pictures[:5])) == 5, "each instant has its own"
    assert pictures[4] == pictures[5], "the last one stays"
    assert pictures[2] == house.replay(to, f"{DAY}12:15:00+01:00")
    return to, pictures


def remembers_what_was(house, to, pictures):
    """The history is that of the records before, in whatever order their lines are; without them the chart is another."""
    index = to / "pegel/index.jsonl"
    whole = index.read_text()
    lines = whole.splitlines(keepends=True)
    index.write_text("".join(reversed(lines)))
    assert house.replay(to, DAY + "12:00Z") == pictures[4]
    index.write_text(lines[2])
    assert house.replay(to, DAY + "12:00Z") != pictures[4]
    index.write_text(whole)
    put(to, "pegel", DAY + "10:00:01Z", {"nobody": "asked for it"}, of="backfill")  # the source has none: passed over
    with index.open("a") as file:
        file.write(json.dumps({"at": DAY + "12:30:00Z", "fault": "it answers 503", "pages": []}) + "\n{\"at\": \"2026-11-2")
    (to / "pegel" / "foreign.txt").write_text("ours")
    assert house.replay(to, DAY + "12:15Z") == pictures[4], "a good value outlives a fault, and damage"
    assert house.replay(to, DAY + "13:00Z") == pictures[4]
    lines_of_first = json.loads(lines[0])
    (to / "pegel" / lines_of_first["pages"][0]["body"]).unlink()
    house.replay(to, DAY + "12:15Z")
    index.write_text(whole)


def plays_at_its_own_pace(house):
    to = house.folder / "pace"
    for second, value in ((0, 500), (4, 510), (8, 520)):
        level(to, f"10:00:{second:02d}", value, at="10:00:00")
    put(to, "park", DAY + "10:00:00Z", {"lots": [{"name": "Königstraße", "free": 77}]})
    order = [house.replay(to, f"{DAY}10:00:{second:02d}.5Z") for second in (0, 4, 8)]
    assert len(set(order)) == 3
    house.play_back(to)
    seen, shot = [], house.folder / "shot.png"

    def at_the_end():
        picture = shot.read_bytes() if shot.exists() else b""
        if picture in order and picture not in seen:
            seen.append(picture)
        return picture == order[2]

    wait_until("the last record", at_the_end)
    assert seen == [picture for picture in order if picture in seen] and len(seen) >= 2, "in their order"
    old = wait_until("a courier", house.courier)
    os.kill(old, signal.SIGKILL)
    wait_until("another courier", lambda: house.courier() not in (None, old))
    for _ in range(20):
        assert shot.read_bytes() == order[2], "it has gone back"
        time.sleep(0.1)
    house.stop()
    shot.unlink()
    house.play_back(to, "--at", DAY + "10:00:05Z")
    wait_until("the second record", lambda: house.shown(order[1]))
    wait_until("the third record", lambda: house.shown(order[2]))
    house.stop()


def main():
    random.seed(4)
    with tempfile.TemporaryDirectory(prefix="sw-record-") as folder:
        house = House(sys.argv[1], folder)
        house.serve()
        try:
            records_what_comes(house)
            keeps_no_secret(house)
            keeps_pages_and_past(house)
            count = is_whole_when_killed(house)
            asked = len(house.statuses())
            remembers_what_was(house, *shows_any_instant(house))
            plays_at_its_own_pace(house)
            assert len(house.statuses()) == asked, "what is played back asks nobody"
        finally:
            house.unserve()
            if house.player is not None and house.player.poll() is None:
                house.player.kill()
    print(f"recorded without a secret, {count} records whole after 20 kills, played back at instants and at their pace")


if __name__ == "__main__":
    main()
