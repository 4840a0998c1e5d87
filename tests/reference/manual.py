# SPDX-License-Identifier: EUPL-1.2
"""Turns the reference of scenes/README.md into schauwand-scene(5), in the language of man(7)."""
import datetime
import os
import re
import textwrap

WIDTH = 64  # characters of a line of roff; some are several bytes
INTRODUCTION = """\
.SH NAME
schauwand\\-scene \\- files of an exhibition: scenes, playlists, walls, live data
.SH DESCRIPTION
An exhibition is a folder: scenes/, media/, fonts/.
Everything in scenes/ is JSON; // and /* */ comments and trailing commas are
allowed.
.B schauwand check
names every fault with its line and column and what would be right,
.B schauwand new
makes a small exhibition to start from, and
.B schauwand schema
says for editors what stands here, as JSON Schema.
.PP
In the lists below a key says what it wants: [c] a value that may be given per
canvas, [l] per language, [d] dynamic, so that an expression in braces may
stand for it.
"""
SEE_ALSO = """\
.SH SEE ALSO
.BR schauwand (1)
"""
INLINE = re.compile(r"`` ?(.+?) ?``|`([^`]+)`|\*\*(.+?)\*\*|\*(\S(?:.*?\S)?)\*(?!\w)|!?\[([^\]]*)\]\([^)]*\)|([^`*\[!]+|.)", re.DOTALL)


def escaped(text):
    return text.replace("\\", "\\e").replace("`", "\\(ga").replace("'", "\\(aq").replace("~", "\\(ti").replace("^", "\\(ha")


def bold(text):
    return f"\\fB{text}\\fR"


def inline(text):
    """Markdown within a paragraph."""
    out = []
    for match in INLINE.finditer(text):
        quoted, code, strong, emphasis, link, plain = match.groups()
        if quoted is not None or code is not None:
            out.append(bold(escaped(quoted or code).replace("-", "\\-")))
        elif strong is not None:
            out.append(bold(re.sub(r"\\f[BRI]", "", inline(strong))))
        elif emphasis is not None:
            out.append(f"\\fI{inline(emphasis)}\\fR")
        elif link is not None:
            out.append(inline(link))
        else:
            out.append(escaped(plain))
    return "".join(out)


def line(text):
    """One line of roff: none begins with a control character."""
    return re.sub(r"^([.'])", r"\\&\1", text)


def filled(text):
    """A paragraph as lines of roff."""
    wrapped = textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)
    return "\n".join(line(part) for part in wrapped)


def cells(row):
    return [part.strip().replace("\\|", "|") for part in re.split(r"(?<!\\)\|", row)[1:-1]]


def term(text):
    """A key with its marks: `lines` *cd* is lines [c d]."""
    marks = re.search(r"(?:\s|&nbsp;)\*([cld]+)\*$", text)
    key = inline(text[:marks.start()] if marks else text)
    return key + (f" [{' '.join(marks.group(1))}]" if marks else "")


def table(rows):
    head = cells(rows[0])
    if len(rows) == 2:  # a head alone: things in a row
        yield ".IP\n" + line(inline("    ".join(head)))
    for row in rows[2:]:
        first, *rest = cells(row)
        said = []
        for name, part in zip(head[1:], rest):
            if part:
                said.append(f"Default: {part}." if name == "default" else part if re.search(r"[.!?]$", part) else f"{part}.")
        required = " (required)" if first.startswith("**") else ""
        yield ".TP\n" + line(term(first) + required) + "\n" + (filled(inline(" ".join(said))) or "\\&")


def paragraph(lines):
    return ".PP\n" + filled(inline(" ".join(part.strip() for part in lines)))


def bullets(lines):
    for item in re.split(r"\n(?=- )", "\n".join(lines)):
        yield ".IP \\(bu 2\n" + filled(inline(" ".join(part.strip() for part in item[2:].split("\n"))))


def code(lines):
    body = "\n".join(line(escaped(text).replace("-", "\\-")) for text in lines)
    return f".PP\n.RS 4\n.nf\n{body}\n.fi\n.RE"


def heading(text):
    level = len(text) - len(text.lstrip("#"))
    title = inline(text.lstrip("# "))
    return f".SH {title.upper()}" if level == 2 else f".SS {title}"


def blocks(text):
    """Markdown, block by block, as roff."""
    lines = text.split("\n")
    while lines:
        first = lines[0]
        if not first.strip() or first.startswith(("<", "![", "---")):
            lines.pop(0)
            continue
        if first.startswith("```"):
            end = lines.index("```", 1)
            yield code(lines[1:end])
            lines = lines[end + 1:]
            continue
        if first.startswith("#"):
            yield heading(lines.pop(0))
            continue
        shape = "|" if first.startswith("|") else "-" if first.startswith("- ") else ""
        end = next((i for i, one in enumerate(lines) if not one.strip() or one.startswith(("```", "#", "<!--")) or
                    (shape == "|") != one.startswith("|") or (shape == "" and one.startswith("- "))), len(lines))
        part, lines = lines[:end], lines[end:]
        if shape == "|":
            yield from table(part)
        elif shape == "-":
            yield from bullets(part)
        else:
            yield paragraph(part)


def date():
    """Of the build, or of what it is built from."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    day = datetime.datetime.fromtimestamp(int(epoch), datetime.timezone.utc) if epoch else datetime.datetime.now(datetime.timezone.utc)
    return day.strftime("%Y-%m-%d")


def manual(page, version):
    """The page of section 5: what stands below `# Reference`, without pictures."""
    reference = page.split("\n# Reference\n", 1)[1]
    reference = re.sub(r"<!--.*?-->\n", "", reference, flags=re.DOTALL)
    chapters = reference[reference.index("\n## "):]
    title = f'.TH SCHAUWAND\\-SCENE 5 {date()} "Schauwand {version}" "File formats"'
    roff = "\n".join([title, INTRODUCTION.rstrip(), *blocks(chapters), SEE_ALSO])
    return re.sub(r"^(\.S[HS] .*)\n\.PP$", r"\1", roff, flags=re.MULTILINE)
