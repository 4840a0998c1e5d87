#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""demo_sources.py SCHAUWAND: the sample of every source of the demo goes through the real courier and its jq worker, and is read off a
scene as typed values: numbers with their units, instants by the exhibition's clock, words of enums. And where no source says anything, each
scene of the demo says that, and shows no empty frames."""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests" / "golden"))
from golden import strip_comments  # noqa: E402

# Of each source: how many rows (None: one object), and its fields in their order, of rows the first and the last; None: missing.
EXPECTED = {
    "rhein": (None, ["452\u00a0cm", "20.11.2026 14:00", "normal"]),
    "rhein_gestern": (None, ["429\u00a0cm", "19.11.2026 14:00"]),
    "wetter": (None, ["8\u00a0°C", "15\u00a0km/h", "81\u00a0%", "0,0\u00a0mm", "partly-day", "20.11.2026 14:00"]),
    "stunden": (24, ["20.11.2026 14:00", "8\u00a0°C", "0,0\u00a0mm", "20.11.2026 19:00", None, "partly-day"],
                ["21.11.2026 13:00", "8\u00a0°C", "0,0\u00a0mm", "20.11.2026 19:00", "8\u00a0%", "cloudy"]),
    "luft": (38,
             ["19.11.2026 01:00", "very-good", "18\u00a0µg/m³", "very-good", "13\u00a0µg/m³", "very-good", "16\u00a0µg/m³", "very-good"],
             ["20.11.2026 14:00", "good", "21\u00a0µg/m³", "good", "12\u00a0µg/m³", "very-good", "47\u00a0µg/m³", "very-good"]),
    "parken": (8, ["Innenhafen", "710", "286", "520", "open", "20.11.2026 14:02"],
               ["Messe", "710", None, "640", "unknown", "20.11.2026 14:02"]),
    "abfahrten": (12, ["901", "Obermarxloh Schleife", "20.11.2026 14:06", "20.11.2026 14:06", "0\u00a0min", "3", "running",
                       "beispiel.1000", "20.11.2026 14:05"],
                  ["929", "DU-Walsum", "20.11.2026 14:31", "20.11.2026 14:31", "0\u00a0min", "13", "running", "beispiel.1011",
                   "20.11.2026 14:05"]),
}

# What each scene says where its sources say nothing, and how often.
SILENT = {
    "rhein": ("Hier fehlen gerade die\u00a0Werte", 1), "wetter": ("Hier fehlen gerade die\u00a0Werte", 1),
    "luft": ("Hier fehlen gerade die\u00a0Werte", 1), "parken": ("Hier fehlen gerade die\u00a0Werte", 1),
    "abfahrten": ("Die Abfahrten sind gerade nicht bekannt. Bitte sehen Sie an der Haltestelle nach.", 1),
    "jetzt": ("Die Werte fehlen gerade.", 5),
}


def text_of(name, field, declared):
    """A field as it is read: numbers as the source writes them, instants to the minute."""
    value = f"{name}.{field}"
    if declared["type"] == "number":
        return f"{{{value} | value}}"
    return f"{{{value} | date}} {{{value} | time}}" if declared["type"] == "time" else f"{{{value}}}"


def probe(sources):
    """A scene that says all fields of every source, each text by its name."""
    elements = []
    for name, source in sources.items():
        rows = [f"first({name}.rows)", f"last({name}.rows)"] if source.get("rows") else [name]
        elements.append({"text": f"{{{name}.status}} {{{name}.sample}}", "name": f"{name}-state".replace("_", "-")})
        if source.get("rows"):
            elements.append({"text": f"{{count({name}.rows)}}", "name": f"{name}-count".replace("_", "-")})
        for place, row in enumerate(rows):
            for index, (field, declared) in enumerate(source["fields"].items()):
                elements.append({"text": text_of(row, field, declared), "name": f"{name}-{place}-{index}".replace("_", "-")})
    return {"title": {"de": "Alle Werte"}, "elements": [{"column": elements, "in": "full"}]}


def copy_demo(folder, name):
    exhibition = pathlib.Path(folder) / name
    for part in ("scenes", "fonts", "media"):
        shutil.copytree(ROOT / part, exhibition / part)
    return exhibition


def texts_of(schauwand, exhibition, scene):
    """The texts that a scene shows, each with its name."""
    boxes = exhibition / "boxes.json"
    subprocess.run([schauwand, "render", exhibition, "--scene", scene, "--at", "2026-11-23T14:05", "--boxes", boxes, "-o",
                    exhibition / "out.png"], check=True, timeout=120)
    return [(box["name"], box["text"]) for box in json.loads(boxes.read_text()) if box["kind"] == "text"]


def read(schauwand, folder, sources):
    """What the scene says, by name of the text."""
    exhibition = copy_demo(folder, "exhibition")
    (exhibition / "scenes" / "alle-werte.json").write_text(json.dumps(probe(sources)))
    return dict(texts_of(schauwand, exhibition, "alle-werte"))


def judge_silence(schauwand, folder, sources):
    exhibition = copy_demo(folder, "silent")
    (exhibition / "scenes" / "sources.json").write_text(json.dumps({name: {**source, "off": True} for name, source in sources.items()}))
    faults = []
    for scene, (wanted, times) in SILENT.items():
        said = [text for _, text in texts_of(schauwand, exhibition, scene)]
        if said.count(wanted) != times:
            faults.append(f"{scene} without data says {wanted!r} {said.count(wanted)} times, not {times}")
        if any(text is None or "–" in text for text in said):
            faults.append(f"{scene} without data has an empty place among {said}")
    return faults


def judge(name, source, said):
    expected, key = EXPECTED[name], name.replace("_", "-")
    faults = []
    if said[f"{key}-state"] != "fresh true":
        faults.append(f"{name} is {said[f'{key}-state']!r}, not fresh and a sample")
    if expected[0] is not None and said[f"{key}-count"] != str(expected[0]):
        faults.append(f"{name} has {said[f'{key}-count']} rows, not {expected[0]}")
    for place, row in enumerate(expected[1:]):
        for index, wanted in enumerate(row):
            is_said, field = said[f"{key}-{place}-{index}"], list(source["fields"])[index]
            if is_said != wanted:
                faults.append(f"{name}.{field}, row {place}: {is_said!r}, not {wanted!r}")
    return faults


def main():
    sources = json.loads(strip_comments((ROOT / "scenes" / "sources.json").read_text()))
    faults = [f"{name}: is not expected here" for name in sources if name not in EXPECTED]
    with tempfile.TemporaryDirectory(prefix="sw-demo-sources-") as folder:
        said = read(sys.argv[1], folder, sources)
        faults += judge_silence(sys.argv[1], folder, sources)
    for name in EXPECTED:
        faults += judge(name, sources[name], said) if name in sources else [f"{name}: is gone"]
    print("\n".join(faults))
    print(f"{len(sources)} sources, {len(said)} texts, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
