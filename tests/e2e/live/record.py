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
import threading
import time

import live
from live import SOURCE
from small import PATIENCE
from house import children_of, wait_until

KEY, USER, PASSWORD, COOKIE = "canary/key+17", "visitor", "canary-password", "canary-cookie"
BASIC = "dmlzaXRvcjpjYW5hcnktcGFzc3dvcmQ="  # user:password, as HTTP sends it
DAY = "2026-11-20T"
ECHO = '{"value": 7, "timestamp": "2026-11-23T09:00:00Z", "uri": "$request_uri", "key": "$arg_key", "auth": "$http_authorization"}'
LINES = (  # an address that repeats all that it has been told, and one that names a further page
    f"location = /echo.json {{ default_type application/json; add_header Set-Cookie '{COOKIE}'; add_header ETag '\"$arg_key\"';",
    f"add_header Cache-Control 'max-age=5'; return 200 '{ECHO}'; }}",
    "location = /first.json { add_header Link '</second.json>; rel=\"next\"'; }")


class House(live.House):
    def __init__(self, schauwand):
        super().__init__(schauwand, *LINES)
        echo = {**SOURCE, "http": self.url("echo.json"), "pick": "", "observed": "at"}
        past = {"http": self.url("past.json"), "fields": {key: SOURCE["fields"][key] for key in ("at", "level")}, "pick": "/rows"}
        self.write("scenes/sources.json", {
            **self.sources, "silent": {**self.sources["park"], "off": True},
            "by_query": {**echo, "auth": {"query": "key", "secret": "key"}},
            "by_name": {**echo, "auth": {"basic": ["user", "password"]}},
            "paged": {**SOURCE, "http": self.url("first.json"), "pages": {"link": True}, "pick": "/rows", "rows": True, "backfill": past},
            "broken": {**SOURCE, "http": self.url("gone.json")}})

        def chart(of):
            return {"chart": "line", "series": [{"of": of, "last": "24h"}], "alt": "", "size": [800, 200]}
        self.scene("live", {"text": "{pegel.level | value}, {pegel.status}, {pegel.recorded}"},
                   {"repeat": "park.rows", "as": "p", "each": {"text": "{p.name}: {p.free}"}}, chart("pegel.level"))
        self.scene("pages", {"text": "{count(paged.rows)} rows, recorded {paged.recorded}"}, chart("paged.level"))
        secrets = {name: self.folder / name for name in ("key", "user", "password")}
        for file, value in zip(secrets.values(), (KEY, USER, PASSWORD)):
            file.write_text(value + "\n")
            file.chmod(0o600)
        self.allow(self.nginx.place, secrets={name: str(file) for name, file in secrets.items()})

    def record(self, to, *arguments, status=0):
        done = subprocess.run([self.schauwand, "record", *arguments, "--to", to, self.exhibition, "--config", self.host], timeout=PATIENCE,
                              env=self.environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        assert done.returncode == status, (done.returncode, done.stdout)
        return done.stdout

    def replay(self, to, at):
        return self.picture("--replay", to, "--at", at)

    def play_back(self, to, *options):
        self.play("one", "--replay", to, "--config", self.host, *options)


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
    assert page["status"] == 200 and page["from"] == house.url("pegel.json"), page
    assert set(page["headers"]) >= {"Content-Type", "ETag", "Last-Modified", "Date"}, page
    assert (to / "pegel" / page["body"]).read_bytes() == (house.nginx.files / "pegel.json").read_bytes()
    assert second["unchanged"] and second["pages"] == [] and "2 answers, 1 of them unchanged" in said, (second, said)
    house.record(to, "park")
    assert not [entry for entry in os.listdir(to) if entry not in ("pegel", "park")]
    assert "it answers 404" in house.record(to, "broken", status=1)
    assert lines_of(to, "broken")[0]["fault"] == "it answers 404"
    for wrong in ("frobnicate", "silent"):
        house.record(to, wrong, status=2)
    assert house.picture("--config", house.host) != house.picture("--replay", to), "a recording is labelled"
    asked = len(house.nginx.asked())
    house.picture("--replay", to, "--config", house.host)
    assert len(house.nginx.asked()) == asked, "what is played back asks nobody"
    for wrong, said in ((("--replay", to, "--live"), "--replay"), (("--replay", "/nowhere"), "there is no such folder")):
        done = subprocess.run([house.schauwand, "render", house.exhibition, "--scene", "live", "-o", house.folder / "x.png", *wrong],
                              stderr=subprocess.PIPE, text=True, check=False)
        assert done.returncode == 2 and said in done.stderr, done


def keeps_no_secret(house):
    to = house.folder / "secret"
    said = house.record(to, "by_query", "by_name")
    asked = house.nginx.log.read_text()
    assert "key=canary%2Fkey%2B17" in asked, "the key has been sent"
    assert "repeat a secret" in said
    texts = [said] + [file.read_text() for file in sorted(to.rglob("*")) if file.is_file()]
    for text in texts:
        for secret in (KEY, "canary%2F", "canary\\/", PASSWORD, BASIC, COOKIE, "canary"):
            assert secret not in text, (secret, text)
    headers = lines_of(to, "by_query")[0]["pages"][0]["headers"]
    assert headers["ETag"] == '"***"', headers
    assert headers["Cache-Control"] == "max-age=5", headers


def pages_of(house, *options):
    """What is written in the scene about pages, and the picture."""
    picture, texts = house.render("pages", *options)
    return [text for _, text in texts], picture


def keeps_pages_and_past(house):
    for name, minutes in (("first", (10, 20)), ("second", (30,)), ("past", (40, 50))):
        hour = 8 if name == "past" else 9
        rows = [{"timestamp": f"2026-11-23T{hour:02d}:{minute}:00+01:00", "value": minute} for minute in minutes]
        house.serve(f"{name}.json", {"rows": rows})
    to = house.folder / "pages"
    said = house.record(to, "paged")
    first, past = lines_of(to, "paged")
    assert [page["from"].rsplit("/", 1)[1] for page in first["pages"]] == ["first.json", "second.json"], first
    assert past["of"] == "backfill" and "paged (back-fill)" in said and "1 answer" in said, (past, said)
    texts, whole = pages_of(house, "--replay", to)
    assert texts == ["3 rows, recorded true"], texts
    assert pages_of(house, "--replay", to, "--at", "2199-01-01T00:00")[0] == texts
    index = to / "paged/index.jsonl"
    index.write_text(json.dumps(first) + "\n")
    assert pages_of(house, "--replay", to)[1] != whole, "its past is gone"
    later = {"at": "2026-12-24T18:00:00Z", "unchanged": True, "pages": []}
    index.write_text("".join(json.dumps(line) + "\n" for line in (first, past, later)))
    texts, unchanged = pages_of(house, "--replay", to, "--at", "2026-12-25T00:00")
    assert texts == ["3 rows, recorded true"] and unchanged != whole, "it stands for another instant"
    index.write_text(json.dumps(first) + "\n" + json.dumps(later) + "\n")
    assert pages_of(house, "--replay", to, "--at", "2026-12-25T00:00")[1] != unchanged, "what does not change keeps its past"
    index.write_text(json.dumps(later) + "\n")
    assert pages_of(house, "--replay", to, "--at", "2026-12-25T00:00")[0] != texts, "nothing was there"


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
                                        env=house.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            wait_until("a record", lambda: (to / "park/index.jsonl").exists() and len(lines_of(to, "park")) > count)
            time.sleep(random.random() / 5)
            couriers = [pid for pid, program in children_of(recorder.pid).items() if program == "schauwand-courier"]
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
    seen, shot = [], house.shot

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
    house.play_back(to, "--at", DAY + "10:00:05Z")
    wait_until("the second record", lambda: house.looks_like(order[1]))
    wait_until("the third record", lambda: house.looks_like(order[2]))
    house.stop()


def main():
    random.seed(4)
    with House(sys.argv[1]) as house:
        records_what_comes(house)
        keeps_no_secret(house)
        keeps_pages_and_past(house)
        count = is_whole_when_killed(house)
        asked = len(house.nginx.asked())
        remembers_what_was(house, *shows_any_instant(house))
        plays_at_its_own_pace(house)
        assert len(house.nginx.asked()) == asked, "what is played back asks nobody"
    print(f"recorded without a secret, {count} records whole after 20 kills, played back at instants and at their pace")


if __name__ == "__main__":
    main()
