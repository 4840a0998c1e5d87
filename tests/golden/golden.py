#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Golden pictures: every element, texts in every script, and every page of the demo exhibition on each canvas, drawn by
`schauwand render`.

golden.py SCHAUWAND COMPARE OUT [--update] [PATTERN...]
    SCHAUWAND  the program            COMPARE  golden-compare
    OUT        where shots and differences of failures go
    --update   makes the references anew (look at every one of them before committing)

A reference that is missing fails. Layout has no tolerance; anti-aliased edges may differ by --max/--mean as design section 9 says.
"""
import concurrent.futures, fnmatch, json, os, pathlib, re, shutil, subprocess, sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
ELEMENTS, CHARTS, SCRIPTS, WALLS, REFERENCE = (HERE / name for name in ("elements", "charts", "scripts", "walls", "reference"))
BOARD = HERE / "board"
WRITTEN_AT = 1795439070  # 2026-11-23T14:04:30+01:00: how old a file's data are that do not say it themselves
AT = ["--at", "2026-11-23T14:05"]
RECORDED = ["--replay", str(HERE / "recordings"), "--at", "2026-11-20T14:05"]
MAXIMUM, MEAN = "8", "0.5"
SIZES = (("wide", "960x540"), ("tall", "540x960"))


def strip_comments(text):
    """A curator's JSON without comments and trailing commas."""
    text = re.sub(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', lambda m: m.group(1) or "", text, flags=re.S)
    return re.sub(r'("(?:\\.|[^"\\])*")|,(?=\s*[}\]])', lambda m: m.group(1) or "", text)


def scenes_of(folder):
    for path in sorted((folder / "scenes").glob("*.json")):
        if path.stem not in ("exhibition", "theme", "sources"):
            yield path.stem, json.loads(strip_comments(path.read_text()))


def every_scene(prefix, folder):
    for scene, _ in scenes_of(folder):
        for canvas, size in SIZES:
            yield f"{prefix}-{scene}-{canvas}", folder, ["--scene", scene, "--size", size]


def by_name(prefix, folder, cases):
    """Small ones, unless they say another size."""
    for name, arguments in cases.items():
        size = [] if "--size" in arguments else ["--size", "960x540"]
        yield f"{prefix}-{name}", folder, arguments + size


def element_cases():
    yield from every_scene("element", ELEMENTS)
    yield from by_name("element", ELEMENTS, {
        "animate-0.25": ["--scene", "animate", "--time", "0.25"],
        "animate-0.75": ["--scene", "animate", "--time", "0.75"],
        "popup-open": ["--scene", "popup", "--open", "more"],
        "switch-two": ["--scene", "switch", "--set", "tab=two"],
        "switch-three": ["--scene", "switch", "--set", "tab=three"],
        "use-2": ["--scene", "use", "--set", "n=2"],
        "button-high": ["--scene", "button", "--set", "contrast=high"],
        "text-high": ["--scene", "text", "--set", "contrast=high"],
        "text-large": ["--scene", "text", "--set", "text_size=large"],
        "text-en": ["--scene", "text", "--language", "en"],
        "text-2x": ["--scene", "text", "--size", "1920x1080"],
        "shape-letterbox": ["--scene", "shape", "--size", "900x600"],
        "image-en": ["--scene", "image", "--language", "en"],
        "row-rtl": ["--scene", "row", "--language", "ar"],
        "column-rtl": ["--scene", "column", "--language", "ar"],
        "stack-rtl": ["--scene", "stack", "--language", "ar"],
        "chart-rtl": ["--scene", "chart", "--language", "ar"],
        "chart-high": ["--scene", "chart", "--set", "contrast=high"],
        "chart-large": ["--scene", "chart", "--set", "text_size=large"],
        "chart-2x": ["--scene", "chart", "--size", "1920x1080"],
        "chart-recorded": ["--scene", "chart", *RECORDED],
        "chart-recorded-en": ["--scene", "chart", "--language", "en", *RECORDED],
        "chart-recorded-rtl": ["--scene", "chart", "--language", "ar", *RECORDED],
        "chart-recorded-before": ["--scene", "chart", *RECORDED[:2], "--at", "2026-11-20T05:30"],
        "video-played": ["--scene", "video", "--time", "2.5"],
        "video-controls-played": ["--scene", "video-controls", "--time", "2.5"],
        "video-controls-gone": ["--scene", "video-controls", "--time", "4"],
        "video-controls-fading": ["--scene", "video-controls", "--time", "3.15"],
        "video-controls-en": ["--scene", "video-controls", "--language", "en", "--size", "1920x1080"],
        "video-controls-rtl": ["--scene", "video-controls", "--language", "ar", "--time", "2.5"],
        "video-controls-high": ["--scene", "video-controls", "--set", "contrast=high", "--time", "42"],
        "video-controls-large": ["--scene", "video-controls", "--set", "text_size=large", "--time", "100"],
        "video-controls-ended": ["--scene", "video-controls", "--time", "200"],
        "table-rtl": ["--scene", "table", "--language", "ar"],
        "table-high": ["--scene", "table", "--set", "contrast=high"],
        "table-large": ["--scene", "table", "--set", "text_size=large"],
        "clock-en": ["--scene", "clock", "--language", "en"],
        "stand-stale": ["--scene", "stand", "--at", "2026-11-23T15:10"],
        "stand-stale-rtl": ["--scene", "stand", "--at", "2026-11-23T15:10", "--language", "ar"],
        "stand-next-day": ["--scene", "stand", "--at", "2026-11-24T09:00"],
        "stand-next-day-en": ["--scene", "stand", "--at", "2026-11-24T09:00", "--language", "en"],
        "stand-large": ["--scene", "stand", "--at", "2026-11-23T15:10", "--set", "text_size=large", "--size", "540x960"],
        "lack-stale": ["--scene", "lack", "--at", "2026-11-23T15:10"],
        "lack-expired": ["--scene", "lack", "--at", "2026-11-23T21:00"],
        "lack-expired-rtl": ["--scene", "lack", "--at", "2026-11-23T21:00", "--language", "ar"],
    })


def chart_cases():
    """Charts of all forms, and where they are hard: gaps, long names, few points, large numbers, ends that meet, fingers."""
    yield from every_scene("chart", CHARTS)
    yield from by_name("chart", CHARTS, {
        "stacked-touch": ["--scene", "stacked", "--touch", "540,300", "--touch", "250,440"],
        "stacked-ar": ["--scene", "stacked", "--language", "ar", "--touch", "540,300"],
        "stacked-high": ["--scene", "stacked", "--set", "contrast=high"],
        "stacked-bar-high": ["--scene", "stacked-bar", "--set", "contrast=high"],
        "crossing-high": ["--scene", "crossing", "--set", "contrast=high", "--touch", "400,200"],
        "crossing-small": ["--scene", "crossing", "--size", "300x169"],
        "crossing-4k": ["--scene", "crossing", "--size", "3840x2160"],
        "frost-touch": ["--scene", "frost", "--touch", "300,300"],
        "places-touch": ["--scene", "places", "--touch", "500,300"],
        "places-small": ["--scene", "places", "--size", "300x169"],
        "week-large": ["--scene", "week", "--set", "text_size=large"],
        "week-leicht": ["--scene", "week", "--language", "de-leicht", "--touch", "300,200"],
        "trend-ar": ["--scene", "trend", "--language", "ar"],
        "edges-en": ["--scene", "edges", "--language", "en"],
    })


def script_cases():
    """Texts in every script of the city; compare_chromium.py there holds most of them beside Chromium's."""
    for scene, languages in (("europe", "tr"), ("arabic", "ar"), ("hebrew", "he"), ("mixed", "de ar"), ("emoji", "de"), ("edges", "de ar"),
                             ("breaks", "de ar")):
        for language in languages.split():
            yield f"script-{scene}-{language}", SCRIPTS, ["--scene", scene, "--size", "1000x700", "--language", language]


def demo_languages(scene, content, index, languages):
    """First pages in every language but those of scenes/lang/, which what speaks them has on every page, and one scene that does not."""
    kept_apart = [path.stem for path in (ROOT / "scenes/lang").glob("*.json")]
    whole = [language for language in kept_apart if scene in ("welcome", "hub") or language in content["about"]["tags"]]
    shown = whole + [language for language in languages if language not in kept_apart and (index == 0 or language == languages[0])]
    return shown + (kept_apart if scene == "starkregen" else [])


def demo_cases():
    languages = json.loads(strip_comments((ROOT / "scenes/exhibition.json").read_text()))["languages"]
    for scene, content in scenes_of(ROOT):
        pages = [page["id"] for page in content.get("pages", [])] or [None]
        for index, page in enumerate(pages):
            address = scene if page is None else f"{scene}#{page}"
            for canvas, size in SIZES:
                for language in demo_languages(scene, content, index, languages):
                    name = "-".join(filter(None, ["demo", scene, page, canvas, None if language == "de" else language]))
                    yield name, ROOT, ["--scene", address, "--size", size, "--language", language]
    for canvas, size in SIZES:
        for language in ("de", "tr", "ar"):
            hub = ["--scene", "hub", "--size", size, "--language", language]
            yield f"demo-overlay-menu-{canvas}-{language}", ROOT, hub + ["--visit", "--set", "menu=languages"]
            yield f"demo-overlay-countdown-{canvas}-{language}", ROOT, hub + ["--visit=12"]
            yield f"demo-popup-how-{canvas}-{language}", ROOT, ["--scene", "serviceportal#services", "--open", "how"] + hub[2:]
    for left in (1, 2, 3):
        yield f"demo-overlay-countdown-{left}-ar", ROOT, ["--scene", "hub", "--size", "960x540", "--language", "ar", f"--visit={left}"]
    yield "demo-hub-wide-high", ROOT, ["--scene", "hub", "--size", "960x540", "--set", "contrast=high"]
    for canvas, size in SIZES:
        yield f"demo-hub-{canvas}-large", ROOT, ["--scene", "hub", "--size", size, "--set", "text_size=large"]
        yield f"demo-hub-{canvas}-large-ar", ROOT, ["--scene", "hub", "--size", size, "--set", "text_size=large", "--language", "ar"]
    day = ["--scene", "rhein", "--set", "span=day", "--set", "text_size=large", "--set", "contrast=high"]
    for canvas, size in SIZES:
        yield f"demo-rhein-{canvas}-day-large-high", ROOT, day + ["--size", size]
        finger = "700,300" if canvas == "wide" else "300,300"
        yield f"demo-rhein-{canvas}-touched", ROOT, ["--scene", "rhein", "--size", size, "--touch", finger]
        for view in ("temperature", "rain"):
            yield f"demo-wetter-{canvas}-{view}", ROOT, ["--scene", "wetter", "--set", f"view={view}", "--size", size]
        yield f"demo-parken-{canvas}-name-high", ROOT, ["--scene", "parken", "--set", "by=name", "--set", "contrast=high", "--size", size]
        yield f"demo-luft-{canvas}-o3-en", ROOT, ["--scene", "luft", "--set", "part=o3", "--language", "en", "--size", size]
    for wall in ("foyer", "duo", "stele"):
        yield f"wall-{wall}", ROOT, ["--wall", wall, "--at", "2026-11-23T10:00:20"]


def borrow(folder, out):
    """The exhibition of `folder` in `out`, with theme, fonts and parts of the demo exhibition."""
    made = out / folder.name
    shutil.rmtree(made, ignore_errors=True)
    shutil.copytree(folder, made)
    shutil.copy(ROOT / "scenes/theme.json", made / "scenes")
    shutil.copytree(ROOT / "fonts", made / "fonts")
    parts = [f"scenes/parts/{part}.json" for part in ("departures", "departure", "sample")]
    for folder in ("scenes/parts", "scenes/lang"):
        (made / folder).mkdir()
    for part in parts:
        shutil.copy(ROOT / part, made / part)
    for path in (ROOT / "scenes/lang").glob("*.json"):
        texts = json.loads(strip_comments(path.read_text()))
        (made / "scenes/lang" / path.name).write_text(json.dumps({part: texts[part] for part in parts if part in texts}))
    for path in made.rglob("*.json"):
        os.utime(path, (WRITTEN_AT, WRITTEN_AT))
    return made


def board_cases(out):
    """The departures board in each state, and a table before and after fingers."""
    folder = borrow(BOARD, out)
    yield from every_scene("board", folder)
    for canvas, size in SIZES:
        yield f"board-recorded-{canvas}", folder, ["--scene", "live", "--size", size, *RECORDED]
    for language in ("en", "de-leicht", "ar"):
        for canvas, size in SIZES:
            yield f"board-live-{canvas}-{language}", folder, ["--scene", "live", "--size", size, "--language", language]
    for value in ("contrast=high", "text_size=large"):
        yield f"board-live-{value.split('=')[1]}", folder, ["--scene", "live", "--size", "960x540", "--set", value]
    table = ["--scene", "table", "--size", "1920x1080", "--touch"]
    yield "board-table-last", folder, table + ["600,930", "--touch", "600,930", "--touch", "600,930"]
    yield "board-table-by-name", folder, table + ["150,270", "--touch", "600,930"]
    yield "board-table-upwards", folder, table + ["1180,930"]
    yield "board-live-later", folder, ["--scene", "live", "--size", "960x540", "--at", "2026-11-23T14:06:20"]


def wall_cases():
    """Each wall as it is seen, and each of its panels as its output gets it."""
    for path in sorted((WALLS / "scenes/walls").glob("*.json")):
        wall = ["--wall", path.stem]
        yield f"panels-{path.stem}", WALLS, wall
        for panel in json.loads(strip_comments(path.read_text()))["panels"]:
            yield f"panels-{path.stem}-{panel['id']}", WALLS, wall + ["--panel", panel["id"]]
    yield "panels-turned-small", WALLS, ["--wall", "turned", "--size", "700x700"]


def all_cases(out):
    return [*element_cases(), *chart_cases(), *script_cases(), *demo_cases(), *board_cases(out), *wall_cases()]


def draw(schauwand, case, target, *options):
    """Draws it; returns what went wrong, or None."""
    name, folder, arguments = case
    at = [] if "--at" in arguments else AT
    done = subprocess.run([schauwand, "render", str(folder), *arguments, *at, *options, "-o", str(target)],
                          capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        return " ".join([f"{name}: render", *options, f"ended with {done.returncode}: {done.stderr.strip()[-400:]}"])
    return None


def run(case, schauwand, compare, out, update):
    name = case[0]
    reference, shot = REFERENCE / f"{name}.png", out / f"{name}.png"
    fault = draw(schauwand, case, reference if update else shot)
    if fault or update:
        return fault
    if reference.exists() and reference.read_bytes() == shot.read_bytes():
        shot.unlink()
        return None
    difference = out / f"{name}.difference.png"
    judged = subprocess.run([compare, str(reference), str(shot), "--max", MAXIMUM, "--mean", MEAN, "--diff", str(difference)],
                            capture_output=True, text=True, timeout=120)
    if judged.returncode == 0:
        return None
    return f"{name}: {(judged.stdout + judged.stderr).strip()[:400]}"


def main():
    arguments = [a for a in sys.argv[1:] if a != "--update"]
    update = "--update" in sys.argv
    schauwand, compare, out = arguments[0], arguments[1], pathlib.Path(arguments[2])
    patterns = arguments[3:] or ["*"]
    out.mkdir(parents=True, exist_ok=True)
    REFERENCE.mkdir(exist_ok=True)
    every = all_cases(out)
    cases = [case for case in every if any(fnmatch.fnmatch(case[0], pattern) for pattern in patterns)]
    if update and patterns == ["*"]:
        for stale in set(REFERENCE.glob("*.png")) - {REFERENCE / f"{case[0]}.png" for case in every}:
            stale.unlink()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        faults = [fault for fault in pool.map(lambda case: run(case, schauwand, compare, out, update), cases) if fault]
    print("\n".join(faults))
    print(f"{len(cases)} pictures, {len(faults)} differ" + (f"; shots and differences in {out}" if faults else ""))
    return 1 if faults or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
