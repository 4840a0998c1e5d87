#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""The corpus of scripts beside Chromium's rendering of the same strings with the same font files: order and joining.

compare_chromium.py SCHAUWAND OUT [CHROMIUM]
    OUT        where both pictures of every scene go
    CHROMIUM   /usr/bin/chromium unless told; without it this fails

Of every line of text the ink of each pixel column is summed, smoothed over five columns, and correlated with Chromium's (best of shifts by
up to 4 pixels). Rasterisers differ in the edges of letters alone, so equal letters at equal places give 0.93 to 1. That the measure
sees what it is for is shown on the way: Chromium also draws every right-to-left text in the wrong order and with its letters unjoined, and
those must stay clearly below.
"""
import html, json, math, pathlib, re, struct, subprocess, sys, tempfile, zlib

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import golden

WIDTH, HEIGHT = 1000, 700
LEAST = 0.92   # correlation of a line with Chromium's
MARGIN = 0.05  # by which the right line is more like ours than a wrong one
SCENES = [("europe", "tr"), ("arabic", "ar"), ("hebrew", "he"), ("mixed", "de"), ("mixed", "ar"), ("emoji", "de")]
RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
JOINS = re.compile("(?<=[\u0620-\u06ff\u064b-\u065f])(?=[\u0620-\u064a\u0671-\u06d3])")
WORD = re.compile("[^\\W\\d_]\\S*")
FIGURE_WORDS = 3  # up to so many beside numbers, digits stand on equal cells (src/view/text_source.c)
CELLS = """document.fonts.ready.then(() => document.querySelectorAll('.figures').forEach(text => {
    text.innerHTML = text.textContent.replace(/[0-9]/g, '<span>$&</span>')
    const digits = [...text.querySelectorAll('span')], probe = text.cloneNode()
    probe.innerHTML = [...'0123456789'].map(digit => `<span>${digit}</span>`).join('')
    document.body.append(probe)
    const cell = Math.max(...[...probe.children].map(digit => digit.getBoundingClientRect().width))
    probe.remove()
    for (const digit of digits) digit.style.cssText = `display: inline-block; text-align: center; width: ${cell}px`
}))"""
LETTER = re.compile("[^\\W\\d_]")
RANGE = re.compile("(?<=[0-9])–(?=[0-9])")


def read_json(path):
    return json.loads(golden.strip_comments(path.read_text()))


def read_png(path):
    """Rows of bytes, and bytes a pixel; 8 bits a channel, not interlaced."""
    data, at, parts = path.read_bytes(), 8, []
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", data[at + 8:at + 18])
        if kind == b"IDAT":
            parts.append(data[at + 8:at + 8 + length])
        at += 12 + length
    step = {2: 3, 6: 4}[colour]
    raw, stride, rows, before = zlib.decompress(b"".join(parts)), width * step, [], bytearray(width * step)
    for y in range(height):
        kind, row = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        for i in range(stride) if kind else ():
            left, above = row[i - step] if i >= step else 0, before[i]
            corner = before[i - step] if i >= step else 0
            if kind == 1:
                guess = left
            elif kind == 2:
                guess = above
            elif kind == 3:
                guess = (left + above) // 2
            else:
                p, q, r = abs(above - corner), abs(left - corner), abs(left + above - 2 * corner)
                guess = left if p <= q and p <= r else above if q <= r else corner
            row[i] = row[i] + guess & 255
        rows.append(row)
        before = row
    return rows, step


def profile(picture, ground, left, top, right, bottom):
    """Ink of each column, smoothed."""
    rows, step = picture
    sums = [0.0] * (right - left)
    for row in rows[top:bottom]:
        for x in range(left, right):
            at = x * step
            sums[x - left] += abs(row[at] - ground[0]) + abs(row[at + 1] - ground[1]) + abs(row[at + 2] - ground[2])
    padded = [0, 0] + sums + [0, 0]
    return [a + 2 * b + 3 * c + 2 * d + e for a, b, c, d, e in zip(padded, padded[1:], padded[2:], padded[3:], padded[4:])]


def correlation(a, b):
    n = len(a)
    if n < 2:
        return 0
    mean_a, mean_b = sum(a) / n, sum(b) / n
    both = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b))
    size = math.sqrt(sum((x - mean_a) ** 2 for x in a) * sum((y - mean_b) ** 2 for y in b))
    return both / size if size > 0 else 0


def likeness(a, b):
    if not any(a) or not any(b):
        return 1 if not any(a) and not any(b) else 0
    return max(correlation(a[max(0, s):len(a) + min(0, s)], b[max(0, -s):len(b) - max(0, s)]) for s in range(-4, 5))


class Page:
    """The texts of a scene as a page of HTML; `spoil` makes them wrong."""

    def __init__(self, scene, language, boxes):
        self.theme = read_json(HERE / "scenes/theme.json")
        self.fonts = read_json(HERE / "fonts/fonts.json")
        self.language, self.rtl = language, language in ("ar", "he")
        elements = read_json(HERE / f"scenes/{scene}.json")["elements"]
        said = {box["path"]: box for box in boxes}
        self.texts = [(element, said[f"elements[{i}]"]) for i, element in enumerate(elements)]

    def path_of(self, font):
        found = [p for folder in ("opentype", "truetype") for p in pathlib.Path("/usr/share/fonts", folder).rglob(font["file"])]
        return found[0]

    def families(self, roles):
        """The chain that Schauwand asks: the roles' fonts, each with the fallbacks that name it, then all fallbacks."""
        chain = []
        for role in roles:
            chain += [self.fonts["roles"][role]] + [f for f in self.fonts["fallbacks"] if role in f.get("for", [])]
        chain += [f for f in self.fonts["fallbacks"] if "for" not in f]
        return ", ".join(f"'{font['file']}'" for font in chain)

    def html(self, spoil=None):
        files = list(self.fonts["roles"].values()) + self.fonts["fallbacks"]
        faces = "".join(f"@font-face {{ font-family: '{f['file']}'; src: url('file://{self.path_of(f)}'); }}\n" for f in files)
        items = "".join(self.item(element, box, spoil) for element, box in self.texts)
        return (f"<!DOCTYPE html><html lang='{self.language}'><meta charset='utf-8'><style>{faces} body {{ margin: 0; background: white }}"
                " div { position: absolute; font-synthesis: none; text-rendering: geometricPrecision; overflow-wrap: anywhere }"
                f" b, i {{ font-weight: inherit; font-style: inherit }} b {{ font-family: {self.families(['bold', 'text'])} }}"
                f" i {{ font-family: {self.families(['italic', 'text'])} }}</style>{items}"
                f"<script>{CELLS}</script></html>")

    def item(self, element, box, spoil):
        style = self.theme["styles"][element.get("style", "body")]
        x, y, width, height = box["rect"]
        text = element["text"] if "*" in element["text"] else box["text"]  # as filters made it; without its marks
        own = [c for c in text if LETTER.match(c) and bool(RTL.match(c)) == self.rtl]
        plain = "unicode-bidi: plaintext;" if not own else ""
        side = {"center": "center", "end": "left" if self.rtl else "right"}.get(element.get("align"), "right" if self.rtl else "left")
        direction = "rtl" if self.rtl else "ltr"
        if spoil == "order" and RTL.search(text):
            plain, direction = "unicode-bidi: bidi-override;", "ltr"
        if spoil == "joining":
            text = JOINS.sub("\u200c", text)
        text = RANGE.sub("–\u2060", text)  # a span of times stays whole: ours, on purpose
        words = re.sub(r"\*(.+?)\*", r"<i>\1</i>", re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", html.escape(text)))
        figures = len(WORD.findall(text)) <= FIGURE_WORDS and not RTL.search(text) and "\u20e3" not in text
        ground = "background: #EEF1F1;" if "fill" in element else ""
        return (f"<div{' class=figures' if figures else ''} style=\"left: {x}px; top: {y}px; width: {width}px; height: {height}px; {ground}"
                f" direction: {direction}; {plain}"
                f" text-align: {side}; font: {style['size']}px/{style['line']} {self.families([style['font'], 'text'])}; color: #101010;"
                f" letter-spacing: {style.get('spacing', 0)}em\">{words}</div>\n")


def shoot(chromium, page, target):
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "page.html")
        source.write_text(page)
        done = subprocess.run([chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                               "--allow-file-access-from-files", "--font-render-hinting=none", "--disable-lcd-text", "--hide-scrollbars",
                               "--force-device-scale-factor=1", f"--user-data-dir={folder}/profile", f"--window-size={WIDTH},{HEIGHT}",
                               "--virtual-time-budget=4000", f"--screenshot={target}", source.as_uri()], capture_output=True, timeout=120)
    if not target.exists():
        sys.exit(f"chromium made no picture: {done.stderr.decode(errors='replace')[-400:]}")
    return read_png(target)


def bands(page):
    """Every line of every text: its element's number, place and ground."""
    for number, (element, box) in enumerate(page.texts):
        style = page.theme["styles"][element.get("style", "body")]
        x, y, width, height = box["rect"]
        step = style["size"] * style["line"]
        for line in range(max(1, int((height + 2) // step))):
            yield number, line, (int(x), round(y + line * step), int(x + width), round(y + (line + 1) * step)), (
                (0xEE, 0xF1, 0xF1) if "fill" in element else (255, 255, 255))


def judge_scene(schauwand, chromium, scene, language, out):
    shot, listing = out / f"{scene}-{language}.png", out / f"{scene}-{language}.json"
    subprocess.run([schauwand, "render", str(HERE), "--scene", scene, "--language", language, "--size", f"{WIDTH}x{HEIGHT}", *golden.AT,
                    "--boxes", str(listing), "-o", str(shot)], check=True, capture_output=True, timeout=120)
    page = Page(scene, language, json.loads(listing.read_text()))
    ours = read_png(shot)
    theirs = {spoil: shoot(chromium, page.html(spoil), out / f"{scene}-{language}-chromium{'-' + spoil if spoil else ''}.png")
              for spoil in (None, "order", "joining")}
    faults, scores, wrong = [], [], {"order": [], "joining": []}
    for number, line, place, ground in bands(page):
        text = page.texts[number][1]["text"]
        own = profile(ours, ground, *place)
        score = likeness(own, profile(theirs[None], ground, *place))
        if any(own):
            scores.append(score)
        if score < LEAST:
            faults.append(f"{scene} in {language}, elements[{number}], line {line + 1}: {score:.3f} like Chromium's: {text[:60]!r}")
        for spoil, applies in (("order", RTL.search(text)), ("joining", JOINS.search(text))):
            if applies and line == 0:
                other = likeness(own, profile(theirs[spoil], ground, *place))
                wrong[spoil].append(other)
                if other > score - MARGIN:
                    faults.append(f"{scene} in {language}, elements[{number}]: as much like the wrong {spoil} ({other:.3f}) as like the"
                                  f" right one ({score:.3f}): {text[:60]!r}")
    print(f"{scene} in {language}: {len(scores)} lines, {min(scores):.3f} to {max(scores):.3f}" +
          "".join(f"; wrong {spoil} {min(v):.3f} to {max(v):.3f}" for spoil, v in wrong.items() if v))
    return faults, len(scores)


def main():
    schauwand, out = sys.argv[1], pathlib.Path(sys.argv[2])
    chromium = sys.argv[3] if len(sys.argv) > 3 else "/usr/bin/chromium"
    if not pathlib.Path(chromium).exists():
        sys.exit(f"{chromium} is not installed (apt-get install chromium): nothing was compared")
    out.mkdir(parents=True, exist_ok=True)
    faults, lines = [], 0
    for scene, language in SCENES:
        found, count = judge_scene(schauwand, chromium, scene, language, out)
        faults += found
        lines += count
    print("\n".join(faults))
    print(f"{lines} lines beside Chromium's, {len(faults)} faults; pictures in {out}")
    return 1 if faults or lines == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
