#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: slides.py BUILD

tools/import-slides: PDFs that are made here become scenes that `check` takes; what no scene can be made of is refused, and nothing is left.
"""
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.join(HERE, "..", "..")
TOOL = os.path.join(SOURCE, "tools", "import-slides")
WIDE, TALL = (960, 540), (540, 960)


def string(text):
    return "(" + re.sub(r"([\\()])", r"\\\1", text) + ")"


def pdf(pages, outline=(), extra=""):
    """Bytes of a PDF: `pages` of (size, lines or what is drawn), an outline of (title, page number); `extra` goes into the trailer."""
    objects = ["", ""]  # catalogue, pages

    def add(text):
        objects.append(text)
        return len(objects)

    font = add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    kids = []
    for (width, height), lines in pages:
        content = lines
        if not isinstance(lines, str):
            shown = " ".join(f"{string(line)} Tj T*" for line in lines)
            content = f"BT /F 40 Tf 60 {height - 90} Td 50 TL {shown} ET\n0.04 0.31 0.47 rg 0 0 {width} 24 re f"
        stream = add(f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream")
        kids.append(add(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents {stream} 0 R "
                        f"/Resources << /Font << /F {font} 0 R >> >> >>"))
    root = "/Type /Catalog /Pages 2 0 R"
    if outline:
        top = len(objects) + 1
        first, last = top + 1, top + len(outline)
        add(f"<< /Type /Outlines /First {first} 0 R /Last {last} 0 R /Count {len(outline)} >>")
        for index, (title, page) in enumerate(outline):
            near = f"/Next {first + index + 1} 0 R " if first + index < last else ""
            near += f"/Prev {first + index - 1} 0 R " if index else ""
            add(f"<< /Title {string(title)} /Parent {top} 0 R {near}/Dest [{kids[page - 1]} 0 R /Fit] >>")
        root += f" /Outlines {top} 0 R"
    objects[0] = f"<< {root} >>"
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>"
    out, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return out + (f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {extra} >>\n"
                  f"startxref\n{len(out)}\n%%EOF\n").encode()


class House:
    def __init__(self, build, folder, exhibition):
        self.build, self.folder = build, folder
        shutil.copytree(exhibition, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("build", ".*"))

    def put(self, name, content):
        with open(os.path.join(self.folder, name), "wb") as file:
            file.write(content)

    def run(self, *arguments, expected=0):
        result = subprocess.run([TOOL, *arguments], cwd=self.folder, capture_output=True, text=True, timeout=300, check=False)
        said = result.stdout + result.stderr
        assert result.returncode == expected and "Traceback" not in said, f"{arguments}: {result.returncode}\n{said}"
        return said

    def schauwand(self, *arguments):
        result = subprocess.run([os.path.join(self.build, "schauwand"), *arguments], cwd=self.folder, capture_output=True, text=True,
                                timeout=300, check=False)
        assert result.returncode == 0, f"{arguments}: {result.returncode}\n{result.stdout}{result.stderr}"
        return result.stdout

    def scene(self, name):
        with open(os.path.join(self.folder, "scenes", name, "scene.json"), encoding="utf-8") as file:
            return json.loads("".join(line for line in file if not line.startswith("//")))

    def scenes(self):
        return sorted(os.listdir(os.path.join(self.folder, "scenes")))


def png_size(path):
    with open(path, "rb") as file:
        head = file.read(24)
    return int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")


def check_demo(house):
    """With the demo's frame: titles by outline, else first line, else number; shapes of their own; nothing is taken for Markdown."""
    lines = ["Was {n} *wir* wissen", "- 1 < 2 & _so_ weiter", "## [a](b) `c` \\ ~d~ | e: \u00e4\u00f6\u00fc\u00df"]
    house.put("Mein P\u00e4rken 2026.pdf", pdf([(WIDE, ["Erste", "Zeile"]), (WIDE, lines), (WIDE, []), (TALL, ["Hoch"])],
                                               [("Vom Anfang", 1), ("Zweiter Eintrag", 1), ("Hochformat", 4)]))
    said = house.run("Mein P\u00e4rken 2026.pdf")
    assert "scenes/mein-paerken-2026: 4 pages" in said and "(`alt`): 3" in said, said
    scene = house.scene("mein-paerken-2026")
    assert scene["title"] == {"de": "Vom Anfang"} and scene["frame"] == "project", scene
    titles = [page["title"]["de"] for page in scene["pages"]]
    assert titles[0] == "Vom Anfang" and titles[2:] == ["Folie 3", "Hochformat"] and "{{n}}" in titles[1], titles
    assert [page["elements"][0]["alt"]["de"] for page in scene["pages"]][2] == "Folie 3: ein Bild ohne Text"
    folder = os.path.join(house.folder, "scenes", "mein-paerken-2026")
    assert png_size(os.path.join(folder, "001.png")) == (1223, 688), "as large as the wall shows it"
    width, height = png_size(os.path.join(folder, "004.png"))
    assert abs(width / height - 540 / 960) < 0.01 and height > 1000, (width, height)
    assert ": no faults" in house.schauwand("check")
    text = house.schauwand("lang", "export", "--language", "en")
    assert 'scenes/mein-paerken-2026/scene.json","pages[1].title"' in text, text[-800:]
    house.schauwand("render", "--scene", "mein-paerken-2026#slide-2", "--size", "960x540", "-o", "slide.png")
    assert "there is a scene \"mein-paerken-2026\" already" in house.run("Mein P\u00e4rken 2026.pdf", expected=2)
    house.run("Mein P\u00e4rken 2026.pdf", ".", "--id", "zwei", "--title", "Zwei *Sterne*", "--pages", "2-3", "--language", "en")
    scene = house.scene("zwei")
    assert scene["title"] == {"en": "Zwei \\*Sterne\\*"} and [page["id"] for page in scene["pages"]] == ["slide-2", "slide-3"], scene
    assert ": no faults" in house.schauwand("check")


def check_small(house):
    """Without a frame of that name a page has buttons of its own; with another one those of it."""
    house.put("deck.pdf", pdf([(WIDE, ["Eins"]), (WIDE, ["Zwei"])]))
    house.run("deck.pdf")
    assert [list(element)[0] for element in house.scene("deck")["pages"][0]["elements"]] == ["image", "row"], house.scene("deck")
    house.run("deck.pdf", "--id", "framed", "--frame", "frame")
    assert house.scene("framed")["frame"] == "frame" and len(house.scene("framed")["pages"][0]["elements"]) == 1
    assert ": no faults" in house.schauwand("check")


def check_photograph(house):
    """What would be a large PNG becomes a JPEG."""
    noise = random.Random(7).randbytes(800 * 450 * 3).hex()
    photo = f"q 960 0 0 540 0 0 cm BI /W 800 /H 450 /CS /RGB /BPC 8 /F /AHx ID {noise}> EI Q"
    house.put("photo.pdf", pdf([(WIDE, photo), (WIDE, ["Text"])]))
    house.run("photo.pdf", "--title", "Photo")
    assert [page["elements"][0]["image"] for page in house.scene("photo")["pages"]] == ["./001.jpg", "./002.png"]
    assert ": no faults" in house.schauwand("check")


def check_refusals(house):
    before = house.scenes()
    whole = pdf([(WIDE, ["Eins"])])
    locked = "/Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >> /ID [<00> <00>]" % ("41" * 32, "42" * 32)
    cases = [
        ("empty", b"", 1, "is empty"),
        ("text", b"no PDF at all\n" * 99, 1, "is damaged, or no PDF"),
        ("half", whole[:len(whole) // 3], 1, "is damaged, or no PDF"),
        ("none", pdf([]), 1, ""),
        ("locked", pdf([(WIDE, ["Eins"])], extra=locked), 1, "is locked with a password"),
        ("many", pdf([(WIDE, [str(i)]) for i in range(1000)]), 1, "has 1000 pages; a scene has at most 200: --pages 1-200"),
        ("thin", pdf([((9000, 10), ["Eins"])]), 1, "is 9000 x 10 points"),
        ("lang", whole, 2, '"lang" is no name for a scene'),
        ("rhein", whole, 2, 'there is a scene "rhein" already'),
    ]
    for name, content, status, what in cases:
        house.put(f"{name}.pdf", content)
        said = house.run(f"{name}.pdf", expected=status)
        assert said.startswith(f"import-slides: {name}.pdf: ") and what in said and said.count("\n") == 1, said
    assert "a range within 1-1000" in house.run("many.pdf", "--pages", "999-1001", expected=2)
    assert "does not exist" in house.run("nothing.pdf", expected=2)
    assert "--language fr" in house.run("rhein.pdf", "--id", "x", "--language", "fr", expected=2)
    assert "exhibition.json does not exist" in house.run("rhein.pdf", "media", expected=2)
    assert house.scenes() == before, "nothing is left"
    house.run("many.pdf", "--pages", "991-1000")
    assert house.scene("many")["pages"][9]["title"] == {"de": "999"}


def main():
    build = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="sw-slides-") as folder:
        demo = os.path.join(folder, "demo")
        for name in ("scenes", "media", "fonts"):
            shutil.copytree(os.path.join(SOURCE, name), os.path.join(demo, name))
        check_demo(House(build, os.path.join(folder, "a"), demo))
        small = os.path.join(HERE, "..", "bad", "base")
        check_small(House(build, os.path.join(folder, "b"), small))
        check_photograph(House(build, os.path.join(folder, "d"), small))
        check_refusals(House(build, os.path.join(folder, "c"), small))


if __name__ == "__main__":
    main()
