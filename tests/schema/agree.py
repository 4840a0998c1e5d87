#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: agree.py BUILD [--scenes N] [--seed N] [--keep FOLDER]

The JSON Schema of `schauwand schema` beside `schauwand check`: of each file of the demo, of tests/bad/ and of N scenes with one slip each
(tests/schema/mutate.py) both say the same: what the schema refuses has a fault, and a fault that is none of known.py's is refused by the
schema. ajv compiles the schema in its strict mode. --keep leaves the scenes in that folder.
"""
import argparse
import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tests" / "e2e"))

import check  # noqa: E402
import jsonc  # noqa: E402
import known  # noqa: E402
import mutate  # noqa: E402


def install(folder):
    """ajv, as package-lock.json names it; its node_modules."""
    lock = HERE / "package-lock.json"
    done = folder / "installed.json"
    folder.mkdir(exist_ok=True)
    if not done.exists() or done.read_bytes() != lock.read_bytes():
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        npm = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(npm, cwd=folder, check=True, capture_output=True, timeout=300)
        shutil.copy(lock, done)
    return folder / "node_modules"


class Schema:
    """What `schauwand schema` prints, judged by ajv."""

    def __init__(self, build):
        self.modules = install(build / "schema")
        self.file = build / "schema" / "bundle.json"
        printed = subprocess.run([build / "schauwand", "schema"], check=True, capture_output=True, timeout=60).stdout
        self.file.write_bytes(printed)
        self.bundle = json.loads(printed)
        self.patterns = [(re.compile("|".join(re.escape(path).replace(r"\*", "[^/]+") for path in paths.split("|"))), ref["$ref"])
                         for paths, ref in self.bundle["x-files"].items()]

    def kind(self, path):
        """Of a file of an exhibition; None: no file of ours."""
        return next((ref.rsplit("/", 1)[1] for pattern, ref in self.patterns if pattern.fullmatch(path)), None)

    def judge(self, questions):
        """What is wrong with each [kind, value]: a list of (pointer, keyword, message, bad key or "")."""
        ran = subprocess.run(["node", HERE / "judge.js", self.modules, self.file], input=json.dumps(questions), capture_output=True,
                             text=True, timeout=600, check=False)
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)


def faults_of(build, folder):
    """The errors that `check` has, by file."""
    ran = subprocess.run([build / "schauwand", "check", folder, "--json"], capture_output=True, text=True, timeout=600, check=False)
    assert ran.returncode in (0, 1), ran.stdout + ran.stderr
    faults = collections.defaultdict(list)
    for fault in json.loads(ran.stdout):
        if fault["severity"] == "error":
            faults[fault["file"]].append(fault)
    return faults


MOST = 20  # faults that `check` says of a file
OF_KEYS = ("additionalProperties", "required", "dependentRequired", "propertyNames")


def step_of(key):
    return "/" + key.replace("~", "~0").replace("/", "~1")


def pointer_of(path):
    """"pages[0].title" as a JSON Pointer; translations stand under "scenes/hub.json: pages[0].title"."""
    file, json_ending, rest = path.partition(".json")
    if json_ending:
        return step_of(file + json_ending) + (step_of(rest[2:]) if rest else "")
    return "".join("/" + step.strip("[]") for step in re.findall(r"\[\d+\]|[^.\[\]]+", path))


def near(place, said):
    """Whether what the schema says is about that place: of a key it is said at the object or at the key, of what is missing at the object,
    and where a value is no object at all, nobody looks into it."""
    pointer, keyword, _, key = said
    below = pointer.startswith(place + "/") and "/" not in pointer[len(place) + 1:]
    return pointer == place or below or pointer + step_of(key) == place or (keyword not in OF_KEYS and place.startswith(pointer + "/"))


def problems_of_examples(schema):
    """Examples and defaults that the schema of their own key refuses."""
    questions = []
    for name, node in schema.bundle["$defs"].items():
        for key, row in node.get("properties", {}).items():
            values = row.get("examples", []) + ([row["default"]] if "default" in row else []) if isinstance(row, dict) else []
            questions += [[f"{name}/properties/{key}", value] for value in values]
    assert len(questions) > 200, questions
    return [f"{place}: {value}: {said}" for (place, value), said in zip(questions, schema.judge(questions)) if said]


class Tally:
    """Files with the faults that `check` has in them, and how many of them the schema knows."""

    def __init__(self):
        self.files = []  # (what, kind, value, faults)
        self.both = self.clean = self.agreed = 0
        self.known = collections.Counter()
        self.problems = []

    def compare(self, schema):
        questions = [[kind, value] for _, kind, value, _ in self.files]
        for (what, _, value, faults), said in zip(self.files, schema.judge(questions)):
            self.compare_file(what, value, faults, said)

    def compare_file(self, what, value, faults, said):
        """Fault by fault: each is known, or said by the other at that place."""
        self.both += bool(faults and said)
        self.clean += not faults and not said
        places = {pointer_of(fault["path"]) for fault in faults}
        for one in said:
            if not any(near(place, one) or one[0].startswith(place) for place in places) and len(faults) < MOST:
                self.problems.append(f"{what}: only the schema: {' '.join(one[:3])[:300]}")
        for fault in faults:
            place = pointer_of(fault["path"])
            if any(near(place, one) for one in said):
                self.agreed += 1
                continue
            name = known.class_of(fault, value)
            if name is None:
                self.problems.append(f"{what}: only check: {fault['line']}: {fault['path']}: {fault['text']}")
            self.known[name] += 1


def files_of(schema, folder, faults):
    """(path, kind, value) of each file that is JSON at all; the others are for the scanner, which says so."""
    for path in sorted(pathlib.Path(folder).rglob("*.json")):
        name = path.relative_to(folder).as_posix()
        kind = schema.kind(name) if name.startswith(("scenes/", "fonts/")) else None
        try:
            if kind is not None:
                yield name, kind, jsonc.load(path)
        except (ValueError, RecursionError):
            assert faults[name], f"{folder}: {name} is no JSON, and check takes it"


def add_folder(build, schema, tally, name, folder):
    faults = faults_of(build, folder)
    tally.files += [(f"{name}: {path}", kind, value, faults[path]) for path, kind, value in files_of(schema, folder, faults)]


def add_whole(build, schema, tally):
    add_folder(build, schema, tally, "demo", ROOT)
    for case in sorted(os.listdir(check.BAD)):
        if case == "all":
            add_folder(build, schema, tally, case, check.BAD + "/all")
            continue
        with tempfile.TemporaryDirectory(prefix="schauwand-schema-") as folder:
            check.assemble(case, folder)
            add_folder(build, schema, tally, case, folder)


def add_scenes(build, schema, tally, folder, count, seed):
    """Slips in scenes of the demo and in one that has everything, all in one exhibition."""
    seeds = [jsonc.load(path) for path in sorted((ROOT / "scenes").glob("*.json")) if schema.kind(f"scenes/{path.name}") == "scene"]
    seeds += [jsonc.load(HERE / "everything.json")] * (len(seeds) // 2)
    for name in ("scenes", "media", "fonts"):
        shutil.copytree(ROOT / name, folder / name)
    scenes = mutate.scenes(seeds, count, seed)
    for number, (_, value) in enumerate(scenes):
        (folder / "scenes" / f"slip-{number:05}.json").write_text(mutate.text(value), encoding="utf-8")
    faults = faults_of(build, folder)
    for number, (slip, value) in enumerate(scenes):
        tally.files.append((f"slip-{number:05} ({slip})", "scene", value, faults[f"scenes/slip-{number:05}.json"]))


def report(name, tally):
    print(f"{name}: {len(tally.files)} files, {tally.both} refused by both, {tally.clean} by neither, "
          f"{len(tally.files) - tally.both - tally.clean} by check alone; {tally.agreed} faults are known to both, these to check alone:")
    for word, number in tally.known.most_common():
        print(f"    {number:6} {word or 'in disagreement'}")
    for problem in tally.problems[:40]:
        print(f"    {problem}")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("build", type=pathlib.Path)
    arguments.add_argument("--scenes", type=int, default=500)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--keep", type=pathlib.Path)
    options = arguments.parse_args()
    schema = Schema(options.build.resolve())
    whole, slips = Tally(), Tally()
    add_whole(options.build, schema, whole)
    with tempfile.TemporaryDirectory(prefix="schauwand-schema-") as temporary:
        folder = options.keep or pathlib.Path(temporary)
        folder.mkdir(exist_ok=True)
        add_scenes(options.build, schema, slips, folder, options.scenes, options.seed)
    for tally in (whole, slips):
        tally.compare(schema)
    examples = problems_of_examples(schema)
    print("\n".join(examples) or "every example and default is right by the schema of its key")
    report("demo and tests/bad", whole)
    report("scenes with slips", slips)
    return 1 if whole.problems or slips.problems or examples else 0


if __name__ == "__main__":
    sys.exit(main())
