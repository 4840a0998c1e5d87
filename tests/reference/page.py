# SPDX-License-Identifier: EUPL-1.2
"""Fills in what scenes/README.md has between `<!-- what -->` and `<!-- end -->`, but the tutorial's steps (tutorial.py)."""
import re

BLOCK = re.compile(r"^<!-- (?!end|save|change|insert|answer)(\w[^\n]*?) -->\n(.*?)^<!-- end -->$", re.DOTALL | re.MULTILINE)


def cell(text):
    return text.replace("|", "\\|").replace("\n", " ")


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(cell(part) for part in row) + " |" for row in rows])


def key_cell(row):
    key = f"**`{row.key}`**" if row.required else f"`{row.key}`"
    return key + (f"&nbsp;*{row.marks}*" if row.marks else "")


def rows_table(rows):
    return table(("key", "value", "default", "meaning"),
                 [(key_cell(row), row.type, f"`{row.default}`" if row.default else "", row.meaning) for row in rows])


def form_cell(form):
    """"scene: id, title" or "date or date:long": what is written is code, what is said about it is not."""
    if ": " in form:
        name, _, members = form.partition(": ")
        return f"`{name}`: " + " ".join(f"`{member}`" for member in members.split(", "))
    return " or ".join(f"`{one}`" for one in form.split(" or "))


def helps_table(head, helps):
    return table((head, "meaning"), [(form_cell(help["form"]), help["meaning"]) for help in helps])


def fill(text, content):
    """`text` with each block made anew by `content` (a function of what its first line says, which answers in Markdown)."""
    def block(match):
        return f"<!-- {match.group(1)} -->\n{content(match.group(1)).rstrip()}\n<!-- end -->"
    return BLOCK.sub(block, text)


def names(text):
    return [match.group(1) for match in BLOCK.finditer(text)]
