#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: api.py BUILD

tools/api/openapi.yaml beside what goes over the wire: the demo is published, nginx serves it by tools/api/nginx.conf, and every answer that
the document names is asked for and judged by it: status, headers, body.
"""
import base64
import copy
import http.client
import json
import os
import pathlib
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]
API = SOURCE / "tools" / "api"
sys.path.insert(0, str(SOURCE / "tests" / "faults"))

import nginx  # noqa: E402

JSON_TYPE = "application/json"
RULES = f"include {API}/nginx.conf;"


class Document:
    """openapi.yaml, linted; and what was asked of it."""

    def __init__(self, build):
        self.modules = build / "api" / "node_modules"
        linted = subprocess.run([API / "lint", build / "api"], capture_output=True, text=True, timeout=300, check=False)
        assert linted.returncode == 0, linted.stdout + linted.stderr
        whole = build / "api" / "openapi.json"
        environment = dict(os.environ, REDOCLY_TELEMETRY="off", REDOCLY_SUPPRESS_UPDATE_NOTICE="true")
        subprocess.run(["node", self.modules / "@redocly/cli/bin/cli.js", "bundle", API / "openapi.yaml", "-o", whole], check=True,
                       capture_output=True, env=environment, timeout=60)
        self.all = json.loads(whole.read_text(encoding="utf-8"))
        self.questions = []  # (what, pointer of a schema, value, whether it is right)
        self.seen = set()

    def follow(self, pointer):
        """(pointer, node) behind all `$ref`s."""
        node = self.all
        for name in pointer.split("/")[1:]:
            node = node[name.replace("~1", "/").replace("~0", "~")]
        return self.follow(node["$ref"].lstrip("#")) if "$ref" in node else (pointer, node)

    def ask(self, what, pointer, value, right=True):
        self.questions.append((what, pointer, value, right))

    def judge(self):
        questions = [{"schema": schema, "value": value} for _, schema, value, _ in self.questions]
        told = json.dumps({"document": self.all, "questions": questions})
        ran = subprocess.run(["node", API / "judge.js", self.modules], input=told, capture_output=True, text=True, timeout=60, check=False)
        assert ran.returncode == 0, ran.stderr
        wrong = [f"{what}: {said or 'is taken'}" for (what, _, _, right), said in zip(self.questions, json.loads(ran.stdout))
                 if (said == "") != right]
        assert not wrong, "\n".join(wrong)

    def answer(self, template, path, answer, body):
        """Whether the document has this answer, and has it so."""
        what = f"{path}: {answer.status}"
        responses = f"/paths/{template.replace('/', '~1')}/get/responses"
        assert str(answer.status) in self.follow(responses)[1], f"{what}: the document does not know of it"
        self.seen.add((template, str(answer.status)))
        pointer, response = self.follow(f"{responses}/{answer.status}")
        for name in response.get("headers", ()):
            value = answer.getheader(name)
            assert value is not None, f"{what}: has no {name}"
            self.ask(f"{what}: {name}: {value}", self.follow(f"{pointer}/headers/{name}")[0] + "/schema", value)
        for kind, content in response.get("content", {}).items():
            assert answer.getheader("Content-Type") == kind, f"{what}: is {answer.getheader('Content-Type')}, not {kind}"
            if "schema" in content:
                value = json.loads(body) if kind == JSON_TYPE else body.decode("latin-1")
                self.ask(what, f"{pointer}/content/{kind.replace('/', '~1')}/schema", value)

    def check_all_seen(self):
        known = {(template, status) for template, item in self.all["paths"].items() for status in item["get"]["responses"]}
        assert known == self.seen, f"never seen: {sorted(known - self.seen)}"


class Wire:
    """Asks a server and shows each answer to the document."""

    def __init__(self, document, port):
        self.document, self.port = document, port

    def get(self, template, status=200, headers=None, **names):
        path = template.format(**names)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        assert answer.status == status, f"{path}: {answer.status} instead of {status}"
        self.document.answer(template, path, answer, body)
        return answer, body


WALL = "foyer"  # of the demo
PLACE = ("--wall", WALL, "--to", "web", "--keys", "keys")


def schauwand(build, folder, *arguments):
    subprocess.run([build / "schauwand", *arguments], cwd=folder, check=True, capture_output=True, timeout=300)


def publish(build, folder):
    """The demo below folder/web, and what an operator plays on it meanwhile."""
    schauwand(build, folder, "keys", "keys")
    schauwand(build, folder, "publish", SOURCE, *PLACE)
    schauwand(build, folder, "playlist", "override", "hub", "--for", "1h", "--by", "Änne", "--note", "visitors from Vilnius", *PLACE)


def check_documents(document, wire, folder):
    """Every document that the demo's publication has; returns the objects of its content list."""
    wall = "/walls/{wall}"
    current = json.loads(wire.get(wall + "/current.json", wall=WALL)[1])
    read = {"Current": current}
    for name, template, number in (("Release", wall + "/releases/{version}.json", current["release"]),
                                   ("Playlists", wall + "/playlists/{version}.json", current["playlists"]),
                                   ("Keys", "/keys/{version}.json", current["keys"])):
        read[name] = json.loads(wire.get(template, wall=WALL, version=number)[1])
        wire.get(template + ".minisig", wall=WALL, version=number)
        for end in ("", ".minisig"):
            wire.get(template + end, 404, wall=WALL, version=number + 1)
    wire.get(wall + "/current.json", 404, wall="nowhere")
    _, body = wire.get("/objects/{sha256}", sha256=read["Release"]["contents"]["sha256"])
    assert len(body) == read["Release"]["contents"]["bytes"]
    read["Contents"] = json.loads(body)
    for name, value in read.items():
        check_schema(document, name, value)
    published = {path.name for path in (folder / "web" / "objects").iterdir()}
    assert published == {sha256 for sha256, _ in read["Contents"]["files"].values()} | {read["Release"]["contents"]["sha256"]}
    return read["Contents"]["files"]


def check_schema(document, name, value):
    """That it is right, and that whoever lacks a key, has another, or has one of another type, is wrong."""
    pointer = f"/components/schemas/{name}"
    document.ask(name, pointer, value)
    for key in document.follow(pointer)[1]["required"]:
        less, other = copy.deepcopy(value), copy.deepcopy(value)
        del less[key]
        other[key] = [None]
        document.ask(f"{name} without {key}", pointer, less, right=False)
        document.ask(f"{name} with another {key}", pointer, other, right=False)
    document.ask(f"{name} with a key more", pointer, {**value, "more": 1}, right=False)


def check_objects(wire, files):
    template = "/objects/{sha256}"
    for sha256, size in files.values():
        assert len(wire.get(template, sha256=sha256)[1]) == size
    sha256, size = max(files.values(), key=lambda entry: entry[1])
    answer, whole = wire.get(template, sha256=sha256)
    etag, half = answer.getheader("ETag"), size // 2
    rest = {"Range": f"bytes={half}-"}
    assert wire.get(template, 206, {**rest, "If-Range": etag}, sha256=sha256)[1] == whole[half:]
    answer, body = wire.get(template, 206, rest, sha256=sha256)
    assert body == whole[half:] and answer.getheader("Content-Range") == f"bytes {half}-{size - 1}/{size}"
    assert wire.get(template, 200, {**rest, "If-Range": '"other"'}, sha256=sha256)[1] == whole
    assert wire.get(template, 304, {"If-None-Match": etag}, sha256=sha256)[1] == b""
    wire.get(template, 416, {"Range": f"bytes={size}-"}, sha256=sha256)
    wire.get(template, 404, sha256="0" * 64)


def check_polls(wire):
    template = "/walls/{wall}/current.json"
    answer, _ = wire.get(template, wall=WALL)
    assert wire.get(template, 304, {"If-None-Match": answer.getheader("ETag")}, wall=WALL)[1] == b""
    wire.get(template, 200, {"If-None-Match": '"other"'}, wall=WALL)


def check_quick(build, folder, wire):
    """Versions that are published within one second are not taken for the same file, by which a server (and rsync) knows one."""
    template, etags = "/walls/{wall}/current.json", set()
    for version in range(2, 7):
        order = ["publish", SOURCE / "tests" / "bad" / "base"] if version == 2 else ["rollback", str(version - 2)]
        schauwand(build, folder, *order, *PLACE)
        answer, body = wire.get(template, wall=WALL)
        assert json.loads(body)["release"] == version
        etags.add(answer.getheader("ETag"))
    assert len(etags) == 5, f"five versions, and {len(etags)} ETags: {etags}"


def check_nothing_else(folder, port):
    """What a publisher has not finished is not served."""
    (folder / "web" / "objects" / ("0" * 64 + ".tmp")).write_text("half")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/objects/" + "0" * 64 + ".tmp")
    assert connection.getresponse().status == 404
    connection.close()


def check_refused(document, folder):
    """Without credentials, and too often."""
    (folder / "users").write_text("wall:{PLAIN}secret\n")
    (folder / "closed").mkdir()
    (folder / "narrow").mkdir()
    closed = nginx.Nginx(folder / "closed", RULES, "auth_basic walls;", f"auth_basic_user_file {folder}/users;")
    narrow = nginx.Nginx(folder / "narrow", RULES, "limit_req zone=walls;",
                         around=["limit_req_zone $binary_remote_addr zone=walls:1m rate=1r/m;"])
    names = {"wall": WALL, "version": 1, "sha256": "0" * 64}
    basic = {"Authorization": "Basic " + base64.b64encode(b"wall:secret").decode()}
    try:
        Wire(document, narrow.port).get("/keys/{version}.json", 404, **names)
        for template in document.all["paths"]:
            Wire(document, closed.port).get(template, 401, **names)
            Wire(document, closed.port).get(template, 404, basic, **names)
            Wire(document, narrow.port).get(template, 429, **names)
    finally:
        closed.stop()
        narrow.stop()


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    document = Document(build)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        server = nginx.Nginx(folder, RULES)
        try:
            publish(build, folder)
            wire = Wire(document, server.port)
            check_objects(wire, check_documents(document, wire, folder))
            check_polls(wire)
            check_quick(build, folder, wire)
            check_nothing_else(folder, server.port)
        finally:
            server.stop()
        check_refused(document, folder)
    document.check_all_seen()
    document.judge()
    print(f"api: {len(document.seen)} answers of the document seen on the wire, {len(document.questions)} of their parts judged by it")


if __name__ == "__main__":
    main()
