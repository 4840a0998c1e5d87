# SPDX-License-Identifier: EUPL-1.2
"""Scenes with one slip each, as hands and programs make them: always the same ones for the same number."""
import copy
import json
import random

WORDS = ["", "x", "text", "start", "top", "day", "Main", "fade", "image", "back", "{", "{x}", "#12g", "#12345", "20", "2x", "a b", "1m30s"]
NUMBERS = [-1, 0, 0.5, 1.5, 7, 101, 20001, 1e6, -1e6]
DURATIONS = ["0ms", "1ms", "9999h", "-1s", "20", "1s1m", "367d", "1.5s", ""]
OTHERS = [None, True, False, 3, -2.5, "word", [], {}, [1, 2], [[1, 2], [3, 4]], ["a", "b"], {"de": "a", "en": "b"}, {"wide": 1, "tall": 2},
          {"wide": [1, 2], "tall": [3, 4]}, {"text": "a"}, [{"text": "a"}], {"text": "a", "image": "b"}, {"go": "hub"}]


class Twice(dict):
    """An object with one of its keys written twice."""


def places(node, path=()):
    """Every value below `node`, as (parent, key or index)."""
    found = []
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        found.append((node, key))
        found += places(value, (*path, key))
    return found


def slip(rng, word):
    """A word with one letter left out, doubled, changed or in capitals."""
    at = rng.randrange(len(word)) if word else 0
    return rng.choice([word[:at] + word[at + 1:], word[:at] + word[at:at + 1] + word[at:], word[:at] + "x" + word[at + 1:], word.upper(),
                       word + "s"])


def rename(rng, parent, key, _):
    if isinstance(parent, dict):
        value = {(slip(rng, key) if name == key else name): item for name, item in parent.items()}
        parent.clear()
        parent.update(value)


def delete(_rng, parent, key, _):
    del parent[key]


def retype(rng, parent, key, _):
    parent[key] = copy.deepcopy(rng.choice(OTHERS))


def outside(rng, parent, key, _):
    value = parent[key]
    if isinstance(value, str):
        parent[key] = rng.choice(DURATIONS)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        parent[key] = rng.choice([*NUMBERS, -value, value * 1000, value + 0.5])
    elif isinstance(value, list):
        parent[key] = rng.choice([[], value * 2, value[:1], value + [None]])
    else:
        parent[key] = rng.choice(NUMBERS)


def misspell(rng, parent, key, _):
    value = parent[key]
    parent[key] = slip(rng, value) if isinstance(value, str) and rng.random() < 0.6 else rng.choice(WORDS)


def move(rng, parent, key, pool):
    """A key of another object comes in."""
    name, value = rng.choice(pool)
    target = parent if isinstance(parent, dict) else parent[key] if isinstance(parent[key], dict) else None
    if target is not None:
        target[name] = copy.deepcopy(value)


def nest(rng, parent, key, pool):
    value = parent[key]
    name, _ = rng.choice(pool)
    inside = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    parent[key] = rng.choice([[value], {name: value}, {"row": [value]}, {"wide": value}, {"de": value}, [value, value], *inside[:2]])


def replace(rng, parent, key, pool):
    """A value of another place stands here."""
    parent[key] = copy.deepcopy(rng.choice(pool)[1])


def twice(_rng, parent, key, _):
    value = parent[key]
    if isinstance(value, dict) and value:
        parent[key] = Twice(value)


CHANGES = [rename, delete, retype, retype, outside, misspell, move, move, nest, replace, twice]


def text(node):
    """As JSON; what is Twice has its first key twice."""
    if isinstance(node, dict):
        pairs = list(node.items())
        pairs += pairs[:1] if isinstance(node, Twice) else []
        return "{" + ", ".join(f"{json.dumps(key)}: {text(value)}" for key, value in pairs) + "}"
    if isinstance(node, list):
        return "[" + ", ".join(text(item) for item in node) + "]"
    return json.dumps(node)


def scenes(seeds, count, seed):
    """`count` of them, each (what was done, the scene's value)."""
    rng = random.Random(seed)
    pool = [(key, parent[key]) for value in seeds for parent, key in places(value) if isinstance(parent, dict)]
    pool = [(key, value) for key, value in pool if len(json.dumps(value)) < 400]
    made = []
    while len(made) < count:
        scene = copy.deepcopy(rng.choice(seeds))
        parent, key = rng.choice(places(scene))
        change = rng.choice(CHANGES)
        change(rng, parent, key, pool)
        made.append((f"{change.__name__} {key}", scene))
    return made
