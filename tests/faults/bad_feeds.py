# SPDX-License-Identifier: EUPL-1.2
"""What servers do that they should not, and what must become of the sources that ask them."""
import gzip
import itertools
import json
import socket
import struct
import time

import feeds
import web

ERROR, KEPT = ("error", None), ("stale", 7)
CSV = {"format": "csv", "pick": "/0", "csv": {"delimiter": ";"}}


def good_json(value):
    return (feeds.reading(value),)


def good_csv(value):
    return (f"v;at\n{value};{feeds.now_ms()}\n".encode(),)


class Case:
    """`reply(connection, request, private)` answers; `why`: what the log says of it, a pattern (or several, or none: []). `early`, `late`:
    what the cells of a source without and with a good answer before say; `healed`: of both in the end. `address`: instead of a server's."""

    def __init__(self, name, reply, why, early=ERROR, late=KEPT, good=good_json, source=None, address=None, healed=("fresh", 42)):
        self.name, self.reply, self.why, self.early, self.late = name, reply, why, early, late
        self.good, self.source, self.address, self.healed = good, source or {}, address, healed


class Private:
    """Servers that nobody may reach: on an address that the host's configuration does not name."""

    def __init__(self):
        self.servers = [web.Server(lambda connection, request: web.answer(200, feeds.reading(666)), "127.0.0.2")]
        try:
            self.servers.append(web.Server(lambda connection, request: web.answer(200, feeds.reading(666)), "::1"))
        except OSError:
            pass  # a machine without IPv6
        self.v4, self.v6 = self.servers[0].port, self.servers[-1].port

    def asked(self):
        return sum(server.connections for server in self.servers)

    def close(self):
        for server in self.servers:
            server.close()


# -- bodies --

def body(bytes_, *headers, status=200, length=None):
    packed = bytes_ if callable(bytes_) else lambda: bytes_
    return lambda connection, request, private: web.answer(status, packed(), *headers, length=length)


def zipped(plain, times=1):
    for _ in range(times):
        plain = gzip.compress(plain, 9)
    return plain


def endless(begin, part):
    def reply(connection, request, private):
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"%x\r\n%s\r\n" % (len(begin), begin))
        while True:
            connection.sendall(b"%x\r\n%s\r\n" % (len(part), part))
    return reply


def without_length(bytes_):
    return lambda connection, request, private: b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + bytes_


BOMB = b'{"v":1,"w":"' + b"x" * 20_000_000 + b'"}'
ROWS = b"v;at\n" + b"".join(b"%d;%d\n" % (i, feeds.now_ms() - 500_000 + i) for i in range(400_000))
BODIES = [
    Case("deep_lists", body(b"[" * 100_000), "is no JSON"),
    Case("deep_objects", body(b'{"v":' * 100_000), "is no JSON"),
    Case("wide", body(b'{"v":1,"w":[' + b"0," * 1_500_000 + b"0]}"), "is no JSON"),
    Case("long_key", body(b'{"' + b"k" * (1 << 20) + b'":1}'), "is no JSON"),
    Case("large", body(b'{"v":1,"w":"' + b"x" * 20_000_000 + b'"}'), "its body is too large"),
    Case("endless", endless(b'{"w":[0', b",0" * 30_000), "its body is too large"),
    Case("bomb", body(lambda: zipped(BOMB), "Content-Encoding: gzip"), "its body is (packed like a bomb|too large)"),
    Case("bomb_twice", body(lambda: zipped(BOMB, 2), "Content-Encoding: gzip, gzip"), "."),
    Case("zip_torn", body(lambda: zipped(feeds.reading(1))[:-12], "Content-Encoding: gzip"), "."),
    Case("zip_false", body(b'{"v":1}', "Content-Encoding: gzip"), "."),
    Case("zip_other", body(b'{"v":1}', "Content-Encoding: zstd"), "."),
    Case("html", body(b"<!DOCTYPE html><title>Log in</title>", "Content-Type: text/html"), "is no JSON"),
    Case("html_csv", body(b"<!DOCTYPE html>\n<title>Log in; please</title>\n", "Content-Type: text/html"), ".", source=CSV, good=good_csv),
    Case("empty", body(b""), "is no JSON"),
    Case("empty_csv", body(b""), "is empty", source=CSV, good=good_csv),
    Case("blank", body(b" \n\t "), "is no JSON"),
    Case("latin1", body('{"v":1,"name":"Königstraße"}'.encode("latin-1")), "is no JSON"),
    Case("utf16", body('{"v":1}'.encode("utf-16")), "is no JSON"),
    Case("nul", body(b'{"v":1,\0"at":1}'), "is no JSON"),
    Case("two", body(b'{"v":1,"at":1}{"v":2}'), "is no JSON"),
    Case("list", body(b"[]"), "."),
    Case("null", body(b"null"), "."),
    Case("no_fields", body(b'{"error":"database is down"}'), "none of its fields is there"),
    Case("nulls", body(b'{"v":null,"at":null}'), "nothing says when it was observed"),
    Case("objects", body(b'{"v":{"v":1},"at":[1]}'), "nothing says when it was observed"),
    Case("million_rows", body(lambda: b'{"v":1,"at":1,"rows":[' + b"{}," * 1_000_000 + b"{}]}"), "is no JSON"),
]

# -- values: they come whole, and are not what they should be --

def says(**more):
    """A good answer but for these."""
    return lambda connection, request, private: web.answer(200, json.dumps({"v": 1, "at": feeds.now_ms(), **more}).encode())


RANGED = {"fields": {**feeds.FIELDS, "v": {"type": "number", "valid": [0, 100]}}}
BLANK = ("fresh", None)
VALUES = [
    Case("units", says(v="7 ft"), 'v: "7 ft" is no number', BLANK, BLANK),
    Case("out_of_range", says(v=4000), 'v: "4000" is no number within its range', BLANK, BLANK, source=RANGED),
    Case("counting_up", lambda connection, request, private: web.answer(200, feeds.reading(f"{request.number} ft")),
         'v: ".* ft" is no number', BLANK, BLANK),
    Case("null_value", says(v=None), [], BLANK, BLANK),
    Case("infinite", body(lambda: b'{"v":1e999,"at":%d}' % feeds.now_ms()), [], BLANK, BLANK),
    Case("equal_keys", body(lambda: b"{" + b'"v":1,' * 90_000 + b'"at":%d}' % feeds.now_ms()), [], ("fresh", "other"), ("fresh", "other")),
    Case("yesterday", says(v=7, at=int(time.time() * 1000) - 86_400_000), [], ("stale", 7)),
    Case("long_ago", says(v=7, at=-10**17), ".", early=ERROR),
    Case("future", says(v=7, at=4_102_444_800_000), "at is [0-9]+ min ahead of the clock", ("fresh", 7), ("fresh", 7)),
    Case("future_far", says(v=7, at=10**17), ".", early=ERROR),
    Case("many_rows", body(ROWS), ".*rows beyond the limit of 1000", ("stale", "other"), ("stale", "other"), good=good_csv,
         source={"format": "csv", "csv": {"delimiter": ";"}, "rows": True}, healed=("fresh", "other")),
]

# -- the wire --

def raw(*parts, pause=0.0):
    def reply(connection, request, private):
        for part in parts if isinstance(parts[0], bytes) else parts[0]():
            connection.sendall(part)
            time.sleep(pause)
    return reply


def reset(connection, request, private):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def silent(connection, request, private):
    connection.recv(1)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"
WIRE = [
    Case("drip", raw(lambda: (bytes([byte]) for byte in HEAD % 1000 + b" " * 1000), pause=1), "it takes too long"),
    Case("drip_body", raw(lambda: itertools.chain([HEAD % 1000], itertools.repeat(b" ")), pause=0.2), "it takes too long"),
    Case("silent", silent, "it takes too long"),
    Case("truncated", body(b'{"v":1,"at":', length=1000), "its body ends too early"),
    Case("ten_gib", body(b'{"v":1}', length=10 << 30), "its body ends too early|too large"),
    Case("short_length", body(feeds.reading(1), length=5), "is no JSON"),
    Case("negative_length", raw(b"HTTP/1.1 200 OK\r\nContent-Length: -7\r\n\r\n{}"), "."),
    Case("two_lengths", raw(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 9\r\n\r\n{}"), "."),
    Case("chunk_garbage", raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n{}"), "."),
    Case("chunk_torn", raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{}"), "."),
    Case("reset", reset, "."),
    Case("closed", lambda connection, request, private: None, "it answers nothing"),
    Case("garbage", raw(bytes(range(256)) * 4), "."),
    Case("headers", raw(lambda: itertools.chain([b"HTTP/1.1 200 OK\r\n"], itertools.repeat(b"X: %s\r\n" % (b"y" * 1000)))),
         "its headers are larger than 64 KiB"),
    Case("header_long", raw(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 2_000_000), "."),
    Case("continues", raw(lambda: itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n")), "its headers are larger than 64 KiB"),
    Case("header_nul", raw(b"HTTP/1.1 200 OK\r\nX: \0\r\nContent-Length: 2\r\n\r\n{}"), "."),
]

# -- answers that are none --

LATER = "Retry-After: 99999999999"
PAST = "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT"
STATUSES = [Case(f"status_{status}", body(b"<h1>no</h1>", *headers, status=status), f"it answers {status}") for status, *headers in (
    (400,), (401,), (403,), (404,), (410,), (429, LATER), (451,), (500,), (502,), (503, LATER), (504,), (599,), (300,), (305,), (206,),
    (205,))]
STATUSES += [
    Case("no_content", raw(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"), "it answers 204"),
    Case("nothing_new", raw(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"), "nothing has changed, but was not asked that"),
    Case("past_retry", body(b"", PAST, status=503), "it answers 503"),
    Case("retry_words", body(b"", "Retry-After: soon", status=503), "it answers 503"),
    Case("error_large", body(lambda: b"x" * 20_000_000, status=500), "it answers 500"),
    Case("changing", lambda connection, request, private: web.answer((500, 502, 504)[request.number % 3]), "it answers 50"),
]

# -- redirects --

def leads(place):
    def reply(connection, request, private):
        to = place.format(v4=private.v4, v6=private.v6, own=connection.getsockname()[1])
        return web.answer(302, b"", f"Location: {to}")
    return reply


HTTPS, PUBLIC, SCHEME = "only https is asked", "not a public one", "only https:// and http://"
REDIRECTS = [Case(f"to_{name}", leads(place), why) for name, place, why in (
    ("itself", "/early", "it redirects more than three times"), ("nowhere", "", "it redirects to nowhere"),
    ("file", "file:///etc/passwd", SCHEME), ("gopher", "gopher://127.0.0.1:{own}/_x", SCHEME), ("ftp", "ftp://127.0.0.1/x", SCHEME),
    ("dict", "dict://127.0.0.1:{own}/x", SCHEME), ("other", "http://127.0.0.2:{v4}/", HTTPS),
    ("other_tls", "https://127.0.0.2:{v4}/", PUBLIC),
    ("local", "http://localhost:{v4}/", HTTPS), ("v6", "http://[::1]:{v6}/", HTTPS), ("v6_tls", "https://[::1]:{v6}/", PUBLIC),
    ("mapped", "https://[::ffff:127.0.0.2]:{v4}/", PUBLIC), ("decimal", "https://2130706434:{v4}/", PUBLIC),
    ("hex", "https://0x7f000002:{v4}/", PUBLIC), ("octal", "https://0177.0.0.2:{v4}/", PUBLIC), ("short", "https://127.2:{v4}/", PUBLIC),
    ("zero", "https://0.0.0.0:{v4}/", PUBLIC), ("metadata", "https://169.254.169.254/latest/meta-data/", PUBLIC),
    ("ten", "https://10.0.0.1/", PUBLIC), ("home", "https://192.168.1.1/", PUBLIC), ("user", "http://a:b@127.0.0.1:{own}/x", "a user in"),
    ("name", "https://127-0-0-2.v4.test:{v4}/", PUBLIC), ("name_metadata", "https://169-254-169-254.v4.test/", PUBLIC),
    ("name_v6", "https://--1.v6.test:{v6}/", PUBLIC), ("name_mapped", "https://--ffff-127.0.0.2.v6.test:{v4}/", "."),
    ("silence", "https://feed.silent.test/", "it takes too long"), ("nobody", "https://nobody.test/", "its host is not known"))]
REDIRECTS += [
    Case("silent_name", None, "it takes too long", address="https://sensor.silent.test/", healed=ERROR),
    Case("private_name", None, PUBLIC, address="https://10-1-2-3.v4.test/", healed=ERROR),
    Case("shut", None, "it cannot be reached", address="http://127.0.0.1:1/", healed=ERROR),
]

# -- programs: what they do to the worker is test_hostile_jq's; here it is what the worker's end does to all others --

def program(text):
    return {"select": text}


FINE = body(lambda: feeds.reading(1))
PROGRAMS = [
    Case("jq_endless", FINE, "its select program", source=program("def f: f; f"), late=ERROR, healed=ERROR),
    Case("jq_memory", FINE, "its select program", source=program("{v: ([range(1e9)] | length)}"), late=ERROR, healed=ERROR),
    Case("jq_builtin", FINE, "its select program", source=program("{v: (\"x\" * 1e9 | length)}"), late=ERROR, healed=ERROR),
    Case("jq_deep", FINE, "its select program", source=program("{v: (reduce range(1000000) as $i (0; [.]) | 0)}"), late=ERROR,
         healed=ERROR),
    Case("jq_error", FINE, "its select program: no", source=program("error(\"no\")"), late=ERROR, healed=ERROR),
    Case("jq_several", FINE, "its select program", source=program(".body, .body"), late=ERROR, healed=ERROR),
    Case("jq_flood", FINE, "the string has 148891 bytes", source=program("{v: [range(20000) | tostring] | tostring, at: .body.at}"),
         late=ERROR, healed=ERROR),
]

CASES = BODIES + VALUES + WIRE + STATUSES + REDIRECTS + PROGRAMS
