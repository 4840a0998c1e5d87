# SPDX-License-Identifier: EUPL-1.2
"""What `schauwand schema` says, as tables of rows that people read: each key with its type, range, default and meaning."""
import dataclasses
import re

VALUE, TABLE = "#/$defs/value-", "#/$defs/"
WORDS = {"boolean": "true or false", "string": "string", "object": "object", "null": "null"}
# Kinds of value that are said otherwise than by their name.
VALUES = {
    "actions": "[actions](#actions)", "cases": "{value: elements}", "clip": "video file", "expression": "[expression](#expressions)",
    "gap": "number or `[rows, columns]`", "history": "`source.field`", "padding": "number, `[y, x]` or `[top, end, bottom, start]`",
    "picture": "picture file", "points": "`[[x, y], ...]`", "sort": "[expression](#expressions) or a list of them",
    "subtitles": "file of subtitles, true or false", "theme-name": "name in the theme",
}


@dataclasses.dataclass
class Row:
    key: str
    type: str          # in words, of Markdown
    marks: str         # "cld", or less
    default: str       # as it would be written; "" where there is none
    required: bool
    meaning: str


@dataclasses.dataclass
class Table:
    name: str
    meaning: str
    rows: list


HUGE = 1e9  # a bound that only keeps numbers sane


def number_words(schema, noun):
    low, high, unit = (schema.get(key) for key in ("minimum", "maximum", "x-unit"))
    low = low if low is not None and abs(low) < HUGE else None
    high = high if high is not None and abs(high) < HUGE else None
    if low is None and high is None:
        said = noun
    elif high is None:
        said = f"{noun}, {low:g} or more"
    elif low is None:
        said = f"{noun}, {high:g} at most"
    else:
        said = f"{noun}, {low:g} to {high:g}"
    return said + (f" {unit}" if unit and said != noun else f", {unit}" if unit else "")


def plural(noun):
    """Of one word, or of a link: ids, [zones](#zone)."""
    word = re.match(r"\[?[a-z ]+", noun)
    end = word.end() if word else 0
    return f"list of {noun[:end]}{'s' if noun[end - 1:end] != 's' else ''}{noun[end:]}" if end else f"list of {noun}"


def list_words(schema, around):
    items = schema.get("items", {})
    items = items if isinstance(items, dict) else {}
    low, high = schema.get("minItems"), schema.get("maxItems")
    if low == high == 2 and items.get("type") in ("number", ["number", "null"]):
        noun = "`[number, number]`" if items["type"] == "number" else "`[number, number]`, `null` in one place"
        return number_words({**items, "x-unit": around.get("x-unit", "")}, noun)
    inner = words(items, {})
    return plural(inner) if inner else "list"


def reference_words(name):
    """The link to what a key's value is described by."""
    if name.startswith(VALUE):
        return VALUES.get(name[len(VALUE):], name[len(VALUE):].replace("-", " "))
    title = name[len(TABLE):].replace("-", " ")
    return f"[{title}](#of-{name[len(TABLE):]})"


def words(schema, around=None):
    """What a value may be, in words; `around` is the key's own schema, which says the unit."""
    if isinstance(schema, bool):
        return ""
    around = schema if around is None else around
    if "if" in schema:
        condition = schema["if"]
        if condition.get("type") == "array":
            one = words(schema["else"], {})
            return f"{one} or a list of them" if one else words(schema["then"], around)
        return words(schema.get("else", schema.get("then", {})), around)
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return " or ".join(filter(None, (words(one, around) for one in schema[several])))
    if "$ref" in schema:
        said = reference_words(schema["$ref"])
        low, high = around.get("x-minimum"), around.get("x-maximum")
        return f"{said}, {low} to {high}" if low and high else f"{said}, {low} or more" if low else said
    if "enum" in schema:
        return " ".join(f"`{word}`" for word in schema["enum"])
    kind = schema.get("type")
    if kind == "number":
        return number_words({"x-unit": around.get("x-unit", ""), **schema}, "number")
    if kind == "integer":
        return number_words({"x-unit": around.get("x-unit", ""), **schema}, "whole number")
    if kind == "array":
        return list_words(schema, around)
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        inner = words(schema["additionalProperties"], {})
        return "{" + reference_words(schema.get("propertyNames", {}).get("$ref", VALUE + "name")) + ": " + (inner or "value") + "}"
    return " or ".join(WORDS.get(one, one) for one in kind) if isinstance(kind, list) else WORDS.get(kind, "")


def row_of(key, schema, required):
    marks = "".join(mark for mark, flag in (("c", "x-by-canvas"), ("l", "x-by-language"), ("d", "x-computed")) if schema.get(flag))
    each = schema.get("additionalProperties")
    each = f' Each: {each["description"]}' if isinstance(each, dict) and "description" in each else ""
    return Row(key, words(schema), marks, schema.get("x-default", ""), schema.get("x-required", False) or key in required,
               schema.get("description", "") + each)


def rows_of(schema):
    return [row_of(key, value, schema.get("required", ())) for key, value in schema.get("properties", {}).items()]
