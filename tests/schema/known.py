# SPDX-License-Identifier: EUPL-1.2
"""What only `schauwand check` can know, and the JSON Schema of `schauwand schema` cannot: by class, the faults that are of it.

Everything else that `check` calls an error is a fault by the schema too, and whatever is a fault by the schema is one for `check`; both in
tests/schema/agree.py.
"""
import re

CLASSES = {
    # A file is read before anything is looked at: what JSON.parse takes and our scanner does not.
    "how the file is written": [
        r"is not exact as a number", r"stands twice in this object", r"\\u0000 is not allowed", r"a lone surrogate",
    ],
    "what files are called": [
        r"^the name .* is no id; use small letters", r"^a scene cannot be called", r"^the scene .* is there already",
    ],
    "what files hold": [r"is cut short", r"is not a PNG, JPEG", r"is no video that is shown"],
    # Scenes, parts, pages, popups, playlists, walls, canvases, areas, styles, colours, languages, sources, states, files ...
    "names that stand in other places": [
        r"^there is no (wall|scene|part|playlist|such calendar|calendar|file|field|role|time zone|state) ?", r'^there is no "',
        r"^the theme has no ", r"^the canvas .* has no area", r"^(this|the) scene .*has no (page|popup|video)",
        r"is no language of this exhibition", r"is not among ", r'^unknown (canvas|language) ', r"has no history; its source says",
        r'^"[^"]*" does not exist', r"leads out of the folder", r"leaves the exhibition's folder", r"is not installed on this machine",
        r"^the package .* has no font", r"is no font$", r"^fonts/fonts.json has no role", r"is no picture by its name",
        r"is no clip by its name", r"^scenes/.* has no text at", r"^the part .* has no slot",
    ],
    "names that are taken": [
        r"is a built-in name", r"is a source of live data; choose", r"is (session )?state (of this exhibition|that is declared)",
        r"is a parameter of this part", r"is there already", r"is taken by an element beside it", r'^"holidays" is computed',
        r"is the name of a row", r'^every source has a member "',
    ],
    "what a part takes": [
        r"^the part .* wants ", r"^the part .* has no parameter", r"^this part has no parameter", r"is no value of the parameter",
        r"^a slot stands in a part", r"is used inside itself", r'"values" are texts', r'^"[^"]*" is no session state; a part',
        r'^"\{.*\}" is no action',
    ],
    # The grammar of expressions and texts, and what is known of the names in them.
    "expressions": [
        r"^unknown (name|filter|function)", r"^(function|filter) ", r"^the expression ends", r"^this [{}] ", r"^an? \w+ is missing",
        r"is missing (here|before|behind)", r'^"=+" ', r"^compares ", r"^this comparison ", r"has no member", r" is never '",
        r'^"(in|not|and|or|\? :)" take', r"^\"in\" takes", r'^"[^"]*" is neither a number nor a duration', r"^the text that begins here",
        r"^the digits behind the point", r'^":" behind a filter', r'^"." between ', r" takes an? ", r" takes (true|a time|\d)",
        r"^(true or false|a number|a list|a text|a duration or a number of seconds) is wanted; this is", r"^this case can never be",
        r"^a value is written with the digits", r"^\w+ holds .*; this is ", r"is no declared value of",
        r"^an operator is missing", r"is not known here", r"does not belong here", r"^nested more than",
        r"^the text has more than", r"^more than \d+ ",
    ],
    "how long a duration is": [
        r'^"\d[\ddhms]*" is outside ', r'^"\d+(d|h|m|s|ms)" is no duration', r"is shorter than ", r"is not longer than ",
        r'^it would end before it begins', r'is not after "from"',
    ],
    "days and times": [r"is no instant; write", r"ends before it begins", r"is no (day|span)"],
    "values that must fit each other": [
        r"^the default is no", r'^"min" is more than "max"', r"goes nowhere; \"to\" is for push and wipe", r"that loops has no end",
        r"^an interrupt wants ", r"has no clip that ends", r"clips that end, such as", r'pages; leave "for" out',
        r"is not known before it plays", r"begins behind the end of its clip", r"^the smallest valid number is more",
    ],
    "walls": [
        r"^the (panels|outputs|zones) .* overlap", r"^the zone .* (lies on no panel|reaches beyond)", r"^the pixels of ",
        r"mm a pixel the wall has more", r"^pixels are whole numbers", r'^"output" is wanted here too',
    ],
    "sources": [
        r"of the type ", r"^an enum wants ", r"^two places are wanted", r"^one field of the type", r"^a text without values is wanted",
        r"is of rows; ", r"^pages are of rows", r"^of a CSV ", r"^a CSV is rows", r"^is one row, and", r"^rows are got by",
        r"^what stands outside of the row", r'^"[^"]*" does not go with "', r'^"csv" goes with "format"', r'^"sample" goes with a "sample"',
        r'^missing key "[^"]*", which goes with',
        r"^one of (bearer|\"next\")", r"is no (name of a header|number; only|time; the field)", r"is a header that", r"is for secrets",
        r"has a value ", r"^\"[^\"]*\" has no history in this", r'^"keep" ', r"^the history of rows", r"^a file is read when it changes",
        r"^has (a user|no host|a port|more than|\d+ sources)", r"^holds (a|an|characters|%|.,)", r"^may hold \{today\}", r"^names a server",
        r"^is no address", r"^leads out of the published", r"^has a part behind", r'"auth" goes with',
        r"has more than 8 MiB", r"^1 to \d+ fields", r"has a \"~\"", r"has a key of more",
    ],
    "more than can be shown": [
        r"^at most \d+ actions", r"nested deeper", r"^with this use the part becomes", r"^\d+ (elements|parameters); ",
    ],
}
PATTERNS = [(name, re.compile(pattern)) for name, patterns in CLASSES.items() for pattern in patterns]

PROGRAMS = "programs in jq"
TRANSLATIONS = "what a translation stands for"

# Whatever is handed to a part: its parameters, which another file declares, say what it may be.
HANDED = "what is handed to a part"


def handed(value, path):
    """Whether `path` of `value`, as `check` writes it, lies in what is handed to a part or a frame."""
    node = value
    for step in re.findall(r"\[\d+\]|[^.\[\]]+", path):
        if isinstance(node, dict) and ("use" in node or step == "with"):
            return True
        if step.startswith("["):
            index = int(step[1:-1])
            node = node[index] if isinstance(node, list) and index < len(node) else None
        else:
            node = node.get(step) if isinstance(node, dict) else None
    return isinstance(node, dict) and "use" in node


def class_of(fault, value):
    """The class of a fault ({"path", "text"}) of a file's `value`; None: the schema is to know it too."""
    for name, pattern in PATTERNS:
        if pattern.search(fault["text"]):
            return name
    if fault["path"].endswith(".select"):
        return PROGRAMS
    if ".json: " in fault["path"]:
        return TRANSLATIONS
    return HANDED if handed(value, fault["path"]) else None
