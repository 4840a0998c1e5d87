#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: polite.py BUILD

What servers see of a courier: one request for all that ask the same, only what is new, never sooner than they say, never more than two at
a time. Counted on the servers' side: our own, and nginx for what a real one answers.
"""
import email.utils
import sys
import tempfile
import time

import feeds
import web
from nginx import Nginx

WATCHED = 27  # seconds
MANY = 60     # sources at one slow host
SLOW = 0.8    # seconds that it takes for an answer: together they take longer than one request may


def reply(connection, request):
    """By path: what a server says about itself."""
    now = feeds.reading(42)
    if request.path.startswith("/slow"):
        time.sleep(SLOW)
    if request.path == "/busy" and request.number == 0:
        return web.answer(429, b"", "Retry-After: 20")
    if request.path == "/date" and request.number == 0:
        return web.answer(503, b"", "Retry-After: " + email.utils.formatdate(time.time() + 20, usegmt=True))
    if request.path == "/past" and request.number == 0:
        return web.answer(503, b"", "Retry-After: " + email.utils.formatdate(time.time() - 86400, usegmt=True))
    if request.path == "/tag":
        known = request.headers.get("if-none-match") == '"one"'
        return web.answer(304, b"", 'ETag: "one"') if known else web.answer(200, feeds.reading(7, at=1), 'ETag: "one"')
    return web.answer(200, now, *(["Cache-Control: public, max-age=18"] if request.path == "/cached" else []))


def sources(own, nginx, slow):
    often = {"every": "1s", "fresh_for": "1h"}
    place = f"http://{own.place}"
    told = {name: feeds.source(f"{place}/{name}", **often) for name in ("plain", "busy", "date", "past", "cached", "tag")}
    told.update({f"twin_{i}": feeds.source(f"{place}/twin", **often) for i in range(3)})
    told["twin_jq"] = feeds.source(f"{place}/twin", select="{v: .body.v, at: .body.at}", **often)
    told["twin_seldom"] = feeds.source(f"{place}/twin", **{**often, "every": "3s"})
    told["no_twin"] = feeds.source(f"{place}/twin", headers={"Accept-Language": "de"}, **often)
    told["still"] = feeds.source(f"http://{nginx.place}/still.json", **often)
    told["moving"] = feeds.source(f"http://{nginx.place}/moving.json", **often)
    told.update({f"slow_{i}": feeds.source(f"http://{slow.place}/slow{i}", **{**often, "every": "1h"}) for i in range(MANY)})
    return told


def gaps(server, path):
    times = [request.at for request in server.asked(path)]
    return [after - before for before, after in zip(times, times[1:])]


def check_waits(own):
    """Never before the server's own time. (How long the courier waits beyond it is poll.c's, and no test's.)"""
    for path, least in (("/busy", 20), ("/date", 19), ("/cached", 18), ("/past", 0)):
        found = gaps(own, path)
        assert found and found[0] >= least, f"{path} was asked again after {found} s"
        print(f"  {path}: asked again after {found[0]:.1f} s")


def check_twins(own):
    asked = own.asked("/twin")
    together = [request for request in asked if "accept-language" not in request.headers]
    alone = len(asked) - len(together)
    plain = len(own.asked("/plain"))
    print(f"  five sources, one address: {len(together)} requests; one by itself: {plain}; one with another header: {alone}")
    assert len(together) <= plain * 1.5 and alone > 1, "sources that ask the same do not share"


def check_validators(own, nginx):
    tags = own.asked("/tag")
    assert "if-none-match" not in tags[0].headers and all(request.headers.get("if-none-match") == '"one"' for request in tags[1:])
    still = [status for path, status in nginx.asked() if path == "/still.json"]
    moving = [status for path, status in nginx.asked() if path == "/moving.json"]
    print(f"  nginx: what stands still {still.count(200)} x 200, {still.count(304)} x 304; what moves {moving.count(200)} x 200, "
          f"{moving.count(304)} x 304")
    assert still.count(200) == 1 and still.count(304) == len(still) - 1 > 3 and moving.count(200) > 1


def check_manners(own, slow):
    agents = {request.headers.get("user-agent") for request in own.asked()}
    assert len(agents) == 1 and agents.pop().startswith("Schauwand/"), agents
    assert not any(name in request.headers for request in own.asked() for name in ("cookie", "referer", "authorization"))
    assert own.most_open <= 2 and slow.most_open == 2, (own.most_open, slow.most_open)
    print(f"  {len(own.asked())} and {len(slow.asked())} requests, at most {own.most_open} and {slow.most_open} at once")


def main():
    build = sys.argv[1]
    own, slow = web.Server(reply), web.Server(reply)
    with tempfile.TemporaryDirectory(prefix="sw-polite-") as folder:
        nginx = Nginx(folder, "gzip on; gzip_types application/json;")
        try:
            nginx.write("still.json", feeds.reading(7, at=1))
            nginx.write("moving.json", feeds.reading(0))
            exhibition = feeds.Exhibition(folder, sources(own, nginx, slow), [{"host": "127.0.0.1", "every_at_least": "1s"}])
            with feeds.Wall(build, exhibition) as wall:
                begun = time.monotonic()
                while time.monotonic() - begun < WATCHED:
                    nginx.write("moving.json", feeds.reading(42))
                    time.sleep(2)
                wanted = {name: ("fresh", 42) for name in exhibition.names}
                wanted["still"] = wanted["tag"] = ("expired", 7)
                wall.await_cells(wanted)
                check_waits(own)
                check_twins(own)
                check_validators(own, nginx)
                check_manners(own, slow)
                others = [line for line in wall.lines("[courier]: ") if not any(name in line for name in ("busy", "date", "past"))]
                assert not others, others
                wall.end()
        finally:
            nginx.stop()
            own.close()
            slow.close()


if __name__ == "__main__":
    main()
