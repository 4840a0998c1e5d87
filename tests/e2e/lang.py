#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: lang.py BUILD

`schauwand lang` on the demo: what is handed out comes back as it was, through a spreadsheet's hands and a translator's tool's; what is
missing, changed, moved or not reviewed is named; faults are named all, and then nothing is written.
"""
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

from publishing import edit, run

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.join(HERE, "..", "..")
XLIFF = "{urn:oasis:names:tc:xliff:document:1.2}"


def read(folder, path):
    with open(os.path.join(folder, path), encoding="utf-8", newline="") as file:
        return file.read()


def write(folder, path, text, encoding="utf-8"):
    with open(os.path.join(folder, path), "w", encoding=encoding, newline="") as file:
        file.write(text)


def status(build, folder, language):
    return json.loads(run(build, folder, "lang", "status", "--language", language, "--json"))[0]


def rows(text):
    return list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))


def table(lines, **how):
    out = io.StringIO()
    csv.writer(out, **how).writerows(lines)
    return out.getvalue()


def counts(said):
    """Added, changed, stamped, as they were, not translated."""
    return [int(number) for number in re.findall(r"(\d+) (?:added|changed,|with a new|as they were|not translated)", said)]


def check_round_trips(build, folder):
    for language in ("tr", "en"):
        for form in ("csv", "xliff"):
            print(run(build, folder, "lang", "export", "--language", language, "--format", form, "-o", f"{language}.{form}").rstrip())
        result = subprocess.run(["xmllint", "--noout", "--relaxng", os.path.join(HERE, "xliff.rng"), f"{language}.xliff"], cwd=folder,
                                capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stderr
    before, comments = read(folder, "scenes/lang/tr.json"), re.compile(r"^\s*//.*$", re.MULTILINE)
    handed_out = status(build, folder, "tr")
    said = run(build, folder, "lang", "import", "tr.csv")
    print(said.rstrip())
    added, changed, stamped, same, _ = counts(said)
    assert (added, changed) == (0, 0) and stamped == handed_out["translated"] > 150, said
    after = read(folder, "scenes/lang/tr.json")
    assert comments.findall(after) == comments.findall(before) and comments.findall(before), "comments stay"
    assert "\u00a0" not in after, "what nobody sees is written as an escape"
    for form in ("xliff", "csv"):
        said = run(build, folder, "lang", "import", f"tr.{form}")
        assert counts(said)[:3] == [0, 0, 0] and counts(said)[3] == stamped + same, said
        assert read(folder, "scenes/lang/tr.json") == after, "what is as it was is not touched"
        run(build, folder, "lang", "export", "--language", "tr", "--format", form, "-o", "again")
        assert read(folder, "again") == read(folder, f"tr.{form}"), "every text is as it was"
        said = run(build, folder, "lang", "import", f"en.{form}")
        print(said.rstrip())
        assert counts(said)[:3] == [0, 0, 0] and counts(said)[3] > 300, said
    assert not os.path.exists(os.path.join(folder, "scenes/lang/en.json")), "nothing to say, nothing written"
    assert ": no faults" in run(build, folder, "check")
    assert status(build, folder, "tr") == handed_out


def check_spreadsheet(build, folder):
    """Another separator, other ends of lines, no quotes but where they must be, columns of somebody's own."""
    lines = [[*row[:4], "my note", *row[4:]] for row in rows(read(folder, "tr.csv"))]
    before = read(folder, "scenes/lang/tr.json")
    for how in ({"delimiter": ";", "lineterminator": "\r\n"}, {"delimiter": "\t", "lineterminator": "\n"}):
        write(folder, "back.csv", table(lines, **how))
        assert counts(run(build, folder, "lang", "import", "back.csv"))[:3] == [0, 0, 0]
        assert read(folder, "scenes/lang/tr.json") == before


def check_translator(build, folder):
    """A tool fills in what is missing; its marks are those of the source, empty as some tools leave them."""
    ElementTree.register_namespace("", XLIFF[1:-1])
    tree = ElementTree.parse(os.path.join(folder, "tr.xliff"))
    filled = 0
    for unit in tree.iter(XLIFF + "trans-unit"):
        source, target = unit.find(XLIFF + "source"), unit.find(XLIFF + "target")
        if target is not None or unit.find(XLIFF + "note") is not None:
            continue
        target = ElementTree.SubElement(unit, XLIFF + "target", {"state": "translated"})
        target.text = "=T\u00fcrk\u00e7e: \n" + (source.text or "")
        for mark in source:
            copy = ElementTree.SubElement(target, XLIFF + "x", {"id": mark.get("id")})
            copy.tail = mark.tail
        filled += 1
    tree.write(os.path.join(folder, "filled.xliff"), encoding="utf-8", xml_declaration=True)
    said = run(build, folder, "lang", "import", "filled.xliff")
    assert counts(said)[:3] == [filled, 0, 0] and filled > 100, said
    assert status(build, folder, "tr")["missing"] == 0
    assert ": no faults" in run(build, folder, "check"), "what was translated can be shown"
    run(build, folder, "lang", "export", "--language", "tr", "-o", "full.csv")
    full = {tuple(row[:2]): row for row in rows(read(folder, "full.csv"))[1:]}
    assert sum(row[3].startswith("'=T\u00fcrk\u00e7e: \n") for row in full.values()) == filled, "no spreadsheet reads a formula"
    after = read(folder, "scenes/lang/tr.json")
    assert counts(run(build, folder, "lang", "import", "full.csv"))[:3] == [0, 0, 0] and read(folder, "scenes/lang/tr.json") == after


def check_faults(build, folder):
    before = read(folder, "scenes/lang/tr.json")
    lines = rows(read(folder, "full.csv"))
    with_value = next(i for i, row in enumerate(lines) if "{" in row[2] and i > 0)
    lines[with_value][3] = "without"
    lines.append(["scenes/hbu.json", "title", "x", "y", "", ""])
    lines.append(["scenes/hub.json", "titel", "x", "y", "", ""])
    lines.append(["scenes/hub.json", "title", "x", "a\x07b", "", ""])
    write(folder, "bad.csv", table(lines))
    said = run(build, folder, "lang", "import", "bad.csv", expected=1)
    lost = rf"^bad.csv:\d+:1: error: row {with_value + 1}: .*: the translation lacks {{.*}}, which the text has"
    assert re.search(lost, said, re.M), said
    assert f'row {len(lines) - 2}: this exhibition has no file "scenes/hbu.json"; is it "scenes/hub.json"?' in said, said
    assert f'row {len(lines) - 1}: this exhibition has no text at "titel" in scenes/hub.json; is it "title"' in said, said
    assert f"row {len(lines)}: scenes/hub.json: title: the translation has a control character" in said, said
    assert "is there twice" in said and "5 faults: nothing was written" in said, said
    write(folder, "wrong.csv", "a,b\n1,2\n")
    assert 'there is no column "file"' in run(build, folder, "lang", "import", "wrong.csv", expected=1)
    write(folder, "old.csv", read(folder, "tr.csv"), encoding="utf-16")
    assert "UTF-16" in run(build, folder, "lang", "import", "old.csv", expected=1)
    write(folder, "pl.csv", read(folder, "tr.csv").replace("target (tr)", "target (pl)", 1))
    assert 'is in "pl", which is not among the exhibition\'s languages' in run(build, folder, "lang", "import", "pl.csv", expected=1)
    bomb = "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    write(folder, "bomb.xlf", f'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">{bomb}]><xliff version="1.2">&j;</xliff>')
    assert "has a document type" in run(build, folder, "lang", "import", "bomb.xlf", expected=1)
    with open(os.path.join(folder, "huge.csv"), "wb") as file:
        file.truncate((64 << 20) + 1)
    for name, what in (("huge.csv", "is too large"), ("none.csv", "exist"), ("scenes", "")):
        said = run(build, folder, "lang", "import", name, expected=2)
        assert name in said and what in said, said
    assert read(folder, "scenes/lang/tr.json") == before, "nothing was written"


def check_other_exhibition(build, folder):
    other = os.path.join(folder, "other")
    shutil.copytree(os.path.join(HERE, "..", "bad", "base"), other)
    said = run(build, folder, "lang", "import", "tr.csv", "other", expected=1)
    assert 'is in "tr", which is not among' in said, said
    edit(other, "scenes/exhibition.json", '"languages": ["de", ', '"languages": ["de", "tr", ')
    said = run(build, folder, "lang", "import", "tr.csv", "other", expected=1)
    assert 'this exhibition has no file "scenes/abfahrten.json"' in said, said
    assert not os.path.exists(os.path.join(other, "scenes/lang/tr.json"))


def check_changes(build, folder):
    edit(folder, "scenes/hub.json", '"title": {"de": "', '"title": {"de": "Neu: ')
    open_ = status(build, folder, "tr")
    assert open_["changed"] == 1 and [(item["file"], item["path"]) for item in open_["open"]] == [("scenes/hub.json", "title")], open_
    run(build, folder, "lang", "status", "--language", "tr", "--strict", expected=1)
    run(build, folder, "lang", "export", "--language", "tr", "-o", "changed.csv")
    assert counts(run(build, folder, "lang", "import", "changed.csv"))[:3] == [0, 0, 0], "a row that says \"changed\" is not done"
    lines = rows(read(folder, "changed.csv"))
    row = next(row for row in lines if row[4] == "changed")
    row[3], row[4] = "B\u00fct\u00fcn konular", ""
    write(folder, "changed.csv", table(lines))
    assert counts(run(build, folder, "lang", "import", "changed.csv"))[:3] == [0, 1, 0]
    assert status(build, folder, "tr")["changed"] == 0
    # what was handed out before is of the older text: taken, and said to be so
    said = run(build, folder, "lang", "import", "full.csv")
    assert "1 of a text that has changed since" in said and status(build, folder, "tr")["changed"] == 1, said
    # an element that comes in front of others leaves translations behind
    edit(folder, "scenes/credits.json", '"elements": [', '"elements": [{"text": "-", "in": "list"},')
    listing = run(build, folder, "lang", "status", "--language", "tr")
    assert "there is no such text; what was translated stands at" in listing, listing


def check_reviews(build, folder):
    german = status(build, folder, "de-leicht")
    assert german["easy"] and german["reviewed"] == 0 and german["in_scenes"] > 200, german
    assert any(item["what"] == "not reviewed" for item in german["open"]), german["open"][:3]
    run(build, folder, "lang", "export", "--language", "de-leicht", "-o", "leicht.csv")
    said = run(build, folder, "lang", "import", "leicht.csv", "--reviewed-by", "Pr\u00fcfgruppe \"Nord\"")
    reviewed = status(build, folder, "de-leicht")
    assert reviewed["reviewed"] == german["in_scenes"], (said, reviewed)
    assert ": no faults" in run(build, folder, "check")
    edit(folder, "scenes/exhibition.json", "Duisburg und das Internet", "Duisburg und das Netz")
    changed = status(build, folder, "de-leicht")
    assert changed["reviewed"] == reviewed["reviewed"] - 1, changed
    assert [item["path"] for item in changed["open"] if item["what"] == "has changed since it was reviewed"] == ["title"], changed
    lines = rows(read(folder, "leicht.csv"))
    row = next(row for row in lines if row[:2] == ["scenes/hub.json", "title"])
    row[3] = "Anders"
    write(folder, "leicht.csv", table(lines))
    said = run(build, folder, "lang", "import", "leicht.csv")
    assert re.search(r"scenes/hub.json:\d+:\d+: warning: title: stands here in \"de-leicht\" and counts", said), said
    assert "2 not taken, as they stand in their scenes" in said, said
    before = read(folder, "scenes/hub.json")
    said = run(build, folder, "lang", "import", "leicht.csv", "--in-scenes")
    assert "2 changed in their scenes" in said and "warning" not in said, said
    assert read(folder, "scenes/hub.json") == before.replace('"de-leicht": "Anfang"}', '"de-leicht": "Anders"}', 1), "all else stays"
    assert "Duisburg und das Internet" in read(folder, "scenes/exhibition.json")
    assert counts(run(build, folder, "lang", "import", "leicht.csv"))[:2] == [0, 0] and ": no faults" in run(build, folder, "check")
    assert status(build, folder, "de-leicht")["reviewed"] == reviewed["reviewed"] - 1, "what has changed is not reviewed"


def check_fence(build, folder):
    command = [os.path.join(build, "schauwand"), "lang", "import", "tr.csv"]
    trace = subprocess.run(["strace", "-f", "-e", "trace=execve,seccomp,openat,openat2,socket", *command], cwd=folder, capture_output=True,
                           text=True, timeout=120, check=False).stderr
    own = trace[trace.rindex("/schauwand-lang\""):]
    assert "SECCOMP_SET_MODE_FILTER" in own and "socket(" not in own, own
    before, behind = own.split("SECCOMP_SET_MODE_FILTER", 1)
    assert "tr.csv" in before and "scenes/lang" in behind and "tr.csv\"" not in behind, "what is handed in is read behind the fence"


def main():
    build = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="sw-lang-") as folder:
        for name in ("scenes", "media", "fonts"):
            shutil.copytree(os.path.join(SOURCE, name), os.path.join(folder, name))
        check_round_trips(build, folder)
        check_spreadsheet(build, folder)
        check_translator(build, folder)
        check_faults(build, folder)
        check_other_exhibition(build, folder)
        check_fence(build, folder)
        check_changes(build, folder)
    with tempfile.TemporaryDirectory(prefix="sw-lang-") as folder:
        for name in ("scenes", "media", "fonts"):
            shutil.copytree(os.path.join(SOURCE, name), os.path.join(folder, name))
        check_reviews(build, folder)


if __name__ == "__main__":
    main()
