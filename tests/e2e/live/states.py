#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""states.py SCHAUWAND: live data through all their states with a moved clock: loading, fresh, stale, expired with each fallback, error,
off; what an element says, whether its scene is played, and that an answer 304 makes no value younger."""
import json
import sys
import threading
import time

from small import Small
import web
from house import wait_until

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


class Server(web.Server):
    """Answers when it may `go`, with an ETag; counts what it says."""

    def __init__(self):
        self.go, self.said = threading.Event(), {200: 0, 304: 0}
        super().__init__(self.say)

    def say(self, _, request):
        self.go.wait()
        status = 304 if request.headers.get("if-none-match") == '"one"' else 200
        self.said[status] += 1
        body = json.dumps({"at": OBSERVED, "level": 512}).encode() if status == 200 else b""
        return web.answer(status, body, 'ETag: "one"', "Content-Type: application/json")


class House(Small):
    """Scenes of sources whose values are all of 14:00."""

    def __init__(self, schauwand):
        super().__init__(schauwand)
        self.server = Server()
        common = {"fresh_for": "30m", "expire_after": "6h", "fields": FIELDS, "observed": "at"}
        sources = {name: {"file": "data/level.json", "fallback": fallback, **common} for name, fallback in FALLBACKS.items()}
        sources["gone"] = {"file": "data/gone.json", "fallback": "hide", **common}
        sources["idle"] = {"file": "data/level.json", "off": True, "fallback": FALLBACKS["text"], **common}
        for name, every in (("web", "5s"), ("rare", "16s")):
            sources[name] = {"http": f"http://{self.server.place}/{name}.json", "every": every, "attribution": ATTRIBUTION, **common}
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
        self.allow(self.server.place)

    def __exit__(self, *reason):
        self.server.go.set()
        self.server.close()
        super().__exit__(*reason)

    def at(self, instant, scene, *options):
        """The picture's bytes, and what its texts say by their names."""
        picture, texts = self.render(scene, "--at", f"2026-11-23T{instant}", *options)
        return picture, dict(texts)


def each_state_says_what_it_is(house):
    for at, (status, said) in STORY.items():
        _, boxes = house.at(at, "states")
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


def a_304_makes_nothing_younger(house):
    server, asks = house.server, ("--config", house.host)
    server.go.set()
    (fresh, _), (stale, _) = (house.at(instant, "web", *asks) for instant in ("14:05", "14:31"))
    assert stale != fresh
    server.go.clear()
    said = dict(server.said)
    house.play("web", "--at", "2026-11-23T14:29:45", *asks)
    wait_until("the scene without its data", lambda: house.shown() == "web")  # it waits, but not for ever
    assert server.said == said
    server.go.set()
    wait_until("the fresh value", lambda: house.looks_like(fresh))
    wait_until("the stale value, with its time", lambda: house.looks_like(stale))
    seen = server.said[304]
    assert seen > said[304], "nothing was confirmed"
    wait_until("another answer 304", lambda: server.said[304] > seen)
    time.sleep(1)
    assert house.looks_like(stale), "confirmed, and taken for newer than it is"
    house.stop()


def what_comes_next_is_asked_for_in_time(house):
    before = len(house.server.asked("/rare.json"))

    def asked():
        return len(house.server.asked("/rare.json")) - before
    house.play("rare", "--at", "2026-11-24T00:00", "--config", house.host)  # its cycle begins at midnight
    wait_until("the first answer", lambda: asked() == 1)
    wait_until("the scene's turn", lambda: house.zone()["scene"] == "rare")
    assert asked() == 2, "asked at its own pace, and not for the scene's turn"
    house.stop()


def main():
    with House(sys.argv[1]) as house:
        each_state_says_what_it_is(house)
        a_scene_without_data_is_passed_over(house)
        a_304_makes_nothing_younger(house)
        what_comes_next_is_asked_for_in_time(house)
    print(f"{len(STORY)} instants with {len(FALLBACKS)} fallbacks, a scene passed over, a value confirmed and none the younger")


if __name__ == "__main__":
    main()
