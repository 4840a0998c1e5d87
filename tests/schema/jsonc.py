# SPDX-License-Identifier: EUPL-1.2
"""Curators' files as Python sees them: comments and trailing commas are taken out, everything else is JSON."""
import json
import re

# A string, a comment, or a comma before a closing bracket (with blanks and comments in between).
BLANK = r"(?:\s|//[^\n]*(?:\n|$)|/\*.*?\*/)*"
PIECE = re.compile(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/|,(?=' + BLANK + r"[\]}])", re.DOTALL)


def read(text):
    """The value; ValueError where it is no JSON even so."""
    return json.loads(PIECE.sub(lambda piece: piece.group(1) or "", text), parse_constant=refuse, parse_float=finite)


def refuse(word):
    raise ValueError(word)


def finite(text):
    number = float(text)
    return number if abs(number) != float("inf") else refuse(text)


def load(path):
    with open(path, encoding="utf-8") as file:
        return read(file.read())
