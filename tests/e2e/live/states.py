#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""states.py SCHAUWAND: live data through all their states with a moved clock: loading, fresh, stale, expired with each fallback, error,
off; what an element says, whether its scene is played, and that an answer 304 makes no value younger."""
import collections
import json
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "faults"))
from house import wait_until  # noqa: E402
from small import Small  # noqa: E402

OBSERVED = "2026-11-23T14:00:00+01:00"
FALLBACKS = {"last": "last", "hide": "hide", "text": {"text": {"de": "Zurzeit keine Werte"}}, "skip": "skip"}
FIELDS = {"level": {"type": "number", "unit": "cm", "digits": 0}, "at": {"type": "time"}}
ATTRIBUTION = {"provider": "Test", "licence": {"name": "CC0", "url": "https://example.org/l"}, "url": "https://example.org/"}
# At an instant of the day: what each element says.
VALUE, NOTHING, AWAY = "512\u00a0cm", None, "(not there)"
STORY = {
    "14:05": ("fresh", {"last": VALUE, "hide": VALUE, "text": VALUE, "skip": VALUE}),
    "14:29:59": ("fresh", {"last": VALUE, "hide": VALUE, "text": VALUE, "skip": VALUE}),
    "14:30": ("stale", {"last": VALUE, "hide": VALUE, "text": VALUE, "skip": VALUE}),
    "19:59:59": ("stale", {"last": VALUE, "hide": VALUE, "text": VALUE, "skip": VALUE}),
    "20:00": ("expired", {"last": VALUE, "hide": AWAY, "text": "Zurzeit keine Werte", "skip": NOTHING}),
    "23:59": ("expired", {"last": VALUE, "hide": AWAY, "text": "Zurzeit keine Werte", "skip": NOTHING}),
}


class House(Small):
    """Scenes of sources whose values are all of 14:00."""

    def __init__(self, schauwand, folder):
        super().__init__(schauwand, folder)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        common = {"fresh_for": "30m", "expire_after": "6h", "fields": FIELDS, "observed": "at"}
        sources = {name: {"file": "data/level.json", "fallback": fallback, **common} for name, fallback in FALLBACKS.items()}
        sources["gone"] = {"file": "data/gone.json", "fallback": "hide", **common}
        sources["idle"] = {"file": "data/level.json", "off": True, "fallback": FALLBACKS["text"], **common}
        for name, every in (("web", "5s"), ("rare", "16s")):
            sources[name] = {"http": f"http://127.0.0.1:{self.port}/{name}.json", "every": every, "attribution": ATTRIBUTION, **common}
        self.write("data/level.json", {"at": OBSERVED, "level": 512})
        self.write("scenes/sources.json", sources)
        values = [{"text": f"{{{name}.level | value}}", "name": name} for name in (*FALLBACKS, "gone", "idle")]
        self.scene("states", *values, {"text": "{last.status}", "name": "status"},
                   {"text": "Fehler", "when": "gone.status == 'error'", "name": "said"},
                   {"text": "Aus", "when": "idle.status == 'off'", "name": "said-off"})
        self.scene("needy", {"text": "{skip.level | value}"})
        self.scene("web", {"text": "{web.level | value} {web.status}", "stand": "below"})
        self.wall("one", {"scene": "needy", "for": "30s"}, {"scene": "home", "for": "30s"})
        self.scene("rare", {"text": "{rare.level | value}"})
        self.wall("web", {"scene": "web", "for": "1h"})
        self.wall("rare", {"scene": "home", "for": "12s"}, {"scene": "rare", "for": "1h"})
        self.host = folder / "host.json"
        self.host.write_text(json.dumps({"live": True, "allow": [f"127.0.0.1:{self.port}"]}))

    def render(self, scene, at, *options):
        """The picture's bytes, and what its named elements say."""
        out, boxes = self.folder / "render.png", self.folder / "boxes.json"
        subprocess.run([self.schauwand, "render", self.exhibition, "--scene", scene, "--size", "960x540", "--at", f"2026-11-23T{at}",
                        "--boxes", boxes, "-o", out, *options], check=True, timeout=60, stderr=subprocess.DEVNULL,
                       env=self.environment(tempfile.mkdtemp(dir=self.folder)))
        return out.read_bytes(), {box["name"]: box["text"] for box in json.loads(boxes.read_text()) if box["name"]}

    def looks_like(self, picture):
        return self.shot.exists() and self.shot.read_bytes() == picture


def each_state_says_what_it_is(house):
    for at, (status, said) in STORY.items():
        _, boxes = house.render("states", at)
        for name, text in said.items():
            found = boxes.get(name, AWAY)
            assert found == text, f"{at}: {name} says {found!r}, not {text!r}"
        assert boxes["status"] == status, f"{at}: {boxes['status']}"
        assert "gone" not in boxes and boxes["said"] == "Fehler", at
        assert boxes["idle"] == "Zurzeit keine Werte" and boxes["said-off"] == "Aus", at


def a_scene_without_data_is_passed_over(house):
    house.play("one", "--at", "2026-11-23T19:59:57")  # needy until 20:00, when its data expire, and again from 20:00:30 on
    wait_until("the other scene", lambda: house.shown() == "home")
    house.stop()
    house.play("one", "--at", "2026-11-23T20:00:29")
    wait_until("a scene", lambda: house.shown() is not None)
    end = time.monotonic() + 5
    while time.monotonic() < end:
        assert house.shown() != "needy", "shown though its data have expired"
        time.sleep(0.1)
    house.stop()
    house.play("one", "--at", "2026-11-23T14:05")
    wait_until("the scene with its data", lambda: house.shown() == "needy")
    house.stop()


class Server:
    """A web server that answers when it is told to, with an ETag; counts its answers 200 and 304, and what was asked for."""

    def __init__(self, port):
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", port))
        self.listener.listen(8)
        self.go, self.answers, self.asked, self.done = threading.Event(), {200: 0, 304: 0}, collections.Counter(), False
        self.thread = threading.Thread(target=self.serve)
        self.thread.start()

    def serve(self):
        body = json.dumps({"at": OBSERVED, "level": 512}).encode()
        self.listener.settimeout(0.1)
        while not self.done:
            try:
                peer, _ = self.listener.accept()
            except TimeoutError:
                continue
            with peer:
                peer.settimeout(5)
                request = peer.recv(65536)
                self.asked[request.split()[1].decode()] += 1
                while not self.go.wait(0.1) and not self.done:
                    pass
                status = 304 if b'"one"' in request else 200
                head = f"HTTP/1.1 {status} X\r\nETag: \"one\"\r\nConnection: close\r\n"
                peer.sendall(head.encode() + b"\r\n" if status == 304 else
                             head.encode() + f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
                self.answers[status] += 1

    def close(self):
        self.done = True
        self.thread.join()
        self.listener.close()


def a_304_makes_nothing_younger(house):
    server = Server(house.port)
    try:
        house.play("web", "--at", "2026-11-23T14:29:45", "--host", house.host)
        wait_until("the scene without its data", lambda: house.shown() == "web")  # it waits, but not for ever
        assert server.answers == {200: 0, 304: 0}
        server.go.set()
        fresh, _ = house.render("web", "14:05", "--host", house.host)
        wait_until("the fresh value", lambda: house.looks_like(fresh))
        stale, _ = house.render("web", "14:31", "--host", house.host)
        assert stale != fresh
        wait_until("the stale value, with its time", lambda: house.looks_like(stale))
        seen = server.answers[304]
        assert seen > 0, "nothing was confirmed"
        wait_until("another answer 304", lambda: server.answers[304] > seen)
        time.sleep(1)
        assert house.looks_like(stale), "confirmed, and taken for newer than it is"
        house.stop()
    finally:
        server.go.set()
        server.close()


def what_comes_next_is_asked_for_in_time(house):
    server = Server(house.port)
    server.go.set()
    try:
        house.play("rare", "--at", "2026-11-24T00:00", "--host", house.host)  # its cycle begins at midnight
        wait_until("the first answer", lambda: server.asked["/rare.json"] == 1)
        wait_until("the scene's turn", lambda: house.zone()["scene"] == "rare")
        assert server.asked["/rare.json"] == 2, "asked at its own pace, and not for the scene's turn"
        house.stop()
    finally:
        server.close()


def main():
    with tempfile.TemporaryDirectory(prefix="sw-states-") as folder:
        house = House(sys.argv[1], pathlib.Path(folder))
        try:
            each_state_says_what_it_is(house)
            a_scene_without_data_is_passed_over(house)
            a_304_makes_nothing_younger(house)
            what_comes_next_is_asked_for_in_time(house)
        finally:
            house.kill()
    print(f"{len(STORY)} instants with {len(FALLBACKS)} fallbacks, a scene passed over, a value confirmed and none the younger")


if __name__ == "__main__":
    main()
