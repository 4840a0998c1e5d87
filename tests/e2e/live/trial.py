#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""trial.py SCHAUWAND: what `check --live` says of sources that answer, that do not, and that answer something else than was declared."""
import json
import subprocess
import sys

import live
from live import SOURCE
from small import PATIENCE


class House(live.House):
    def declare(self, sources):
        """One key a line, so that places can be told."""
        text = json.dumps(sources, indent=1)
        (self.exhibition / "scenes/sources.json").write_text(text)
        self.lines = text.splitlines()

    def line_of(self, source, field=None):
        at = next(i for i, line in enumerate(self.lines) if line.startswith(f' "{source}": {{'))
        if field is not None:
            at = next(i for i in range(at, len(self.lines)) if self.lines[i].strip().startswith(f'"{field}": {{'))
        return at + 1

    def served(self, name, text):
        """Its address."""
        self.nginx.write(name, text.encode())
        return self.url(name)

    def check(self, *arguments):
        done = subprocess.run([self.schauwand, "check", "--live", self.exhibition, "--config", self.host, *arguments], timeout=PATIENCE,
                              env=self.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
        return done.returncode, done.stdout, done.stderr


def says_what_came(house):
    rows = {"lots": [{"name": "A", "free": 12}, {"name": "B", "free": "---"}, {"name": "C", "free": "voll"}, {"name": "D"}, {"name": "E"}]}
    house.declare({
        "pegel": {**SOURCE, "http": house.url("pegel.json")},
        "rows": {**SOURCE, "http": house.served("rows.json", json.dumps(rows)), "pick": "/lots", "rows": True, "limit": 4,
                 "observed": None, "history": None, "fields": {
                     "name": {"type": "text"}, "free": {"type": "number", "unit": {"de": "Plätze"}, "missing": "---"}}},
        "odd": {**SOURCE, "http": house.url("pegel.json") + "?day={today}"},
        "quiet": {"file": "data/sample.json", "off": True, "fields": {"value": {"type": "number"}}, "fresh_for": "1h"}})
    sources = json.loads("\n".join(house.lines))
    for key in ("observed", "history"):
        del sources["rows"][key]
    sources["odd"]["fields"] = {"level": {"type": "number", "from": ["/wert", "/stand"]}, "at": {"type": "time", "from": "/timestamp"},
                                "when": {"type": "time", "from": "/value"}}
    del sources["odd"]["history"]
    house.declare(sources)
    status, said, errors = house.check()
    assert status == 1, (status, said, errors)
    for text in ("pegel: " + house.url("pegel.json") + ": status 200, 80 bytes, ", "    fresh: observed 2026-11-23 09:00:00, ",
                 "    level  400 cm\n", "    at     2026-11-23 09:00:00\n", "odd: " + house.url("pegel.json") + ": status 200",
                 "    level  not there\n", "    when   refused: \"400\"\n", "quiet: off\n",
                 "    4 rows; 1 more are left out, beyond its limit of 4",
                 "    name  \"A\", ...\n", "    free  12 Plätze, 1 missing, 1 not there, 1 refused: \"voll\"\n",
                 "nothing says when it was observed", "3 of 3 sources have answered; 2 faults"):
        assert text in said, (text, said)
    for field, text in (("level", "nothing of what came is at /wert or /stand"), ("when", 'what came is not of its type or range: "400"')):
        fault = f"scenes/sources.json:{house.line_of('odd', field)}:4: error: odd.fields.{field}: {text}"
        assert fault in said.splitlines(), (fault, said)
    status, said, _ = house.check("--json")
    answer = json.loads(said)
    of = {source["name"]: source for source in answer["sources"]}
    assert status == 1 and of["quiet"]["asked"] is False and of["pegel"]["answer"]["http"] == 200, answer
    level, at = of["pegel"]["answer"]["fields"]
    assert (level["value"], level["unit"], at["value"]) == (400, "cm", "2026-11-23T08:00:00Z"), level
    free = of["rows"]["answer"]["fields"][1]
    assert free["values"] == [12, None, None, None] and [free[k] for k in ("read", "missing", "absent", "refused")] == [1, 1, 1, 1], free
    assert of["rows"]["answer"]["rows"] == 4 and of["rows"]["answer"]["left_out"] == 1, of["rows"]
    assert [fault["line"] for fault in answer["faults"]] == [house.line_of("odd", "level"), house.line_of("odd", "when")], answer["faults"]


def says_why_none_came(house):
    page = "<!doctype html><title>Bitte anmelden</title>"
    old = json.dumps({"currentMeasurement": {"timestamp": "2020-01-01T00:00:00Z", "value": 7}})
    http = {"gone": house.url("gone.json"), "html": house.served("html.json", page), "bare": house.served("bare.json", "{}"),
            "inner": "https://127.0.0.1:1/x", "plain": "http://example.invalid/x",
            "cut": house.served("cut.json", '{"currentMeasurement": {'),
            "old": house.served("old.json", old), "secret": house.url("pegel.json")}
    sources = {name: {**SOURCE, "http": address} for name, address in http.items()}
    sources["secret"]["auth"] = {"bearer": "nobody-has-it"}
    sources["file"] = {"file": "data/gone.json", "fresh_for": "1h", "fields": {"value": {"type": "number"}}}
    house.declare(sources)
    status, said, _ = house.check()
    faults = {"gone": "it answers 404", "html": "", "bare": "", "cut": "", "inner": "its address is not a public one: where it is "
              "the house's own, \"allow\" in the machine's configuration must name its host",
              "plain": "only https is asked, but where \"allow\" in the machine's configuration names the host",
              "secret": "secret \"nobody-has-it\": the machine's configuration names no such secret",
              "file": "data/gone.json does not exist"}
    for name, text in faults.items():
        line = f"scenes/sources.json:{house.line_of(name)}:2: error: {name}: {text}"
        assert len([each for each in said.splitlines() if each.startswith(line)]) == 1, (line, said)
    assert [line for line in said.splitlines() if line.startswith("gone: ") and line.endswith(" ms: it answers 404")], said
    assert f"scenes/sources.json:{house.line_of('old')}:2: warning: old: what came is expired: it is of " in said, said
    assert status == 1 and "1 of 9 sources have answered; " in said, said


def ends_as_check_does(house):
    house.declare({"pegel": {**SOURCE, "http": house.url("pegel.json")}})
    before = len(house.nginx.asked())
    status, said, _ = house.check()
    assert status == 0 and said.endswith("1 of 1 sources have answered; no faults\n"), said
    assert len(house.nginx.asked()) == before + 1, "each is asked once"
    house.declare({"pegel": {**SOURCE, "http": house.url("pegel.json"), "evry": "5m"}})
    status, said, _ = house.check()
    assert status == 1 and "did you mean" in said and "not asked, as it has faults" in said, said
    (house.exhibition / "scenes/sources.json").unlink()
    assert house.check()[:2] == (0, "0 of 0 sources have answered; no faults\n")
    assert json.loads(house.check("--json")[1]) == {"sources": [], "faults": []}
    for arguments in (["/nowhere"], [house.exhibition, "--config", "/nowhere.json"], [house.exhibition, "--full"],
                      [house.exhibition, "--evry"]):
        done = subprocess.run([house.schauwand, "check", "--live", *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              check=False)
        assert done.returncode == 2 and len(done.stdout.splitlines()) == 1, (arguments, done)
    assert not (house.folder / "state").exists(), "a check keeps nothing"


def main():
    with House(sys.argv[1]) as house:
        says_what_came(house)
        says_why_none_came(house)
        ends_as_check_does(house)
    print("what came, field by field; why nothing came; and how it ends")


if __name__ == "__main__":
    main()
