# SPDX-License-Identifier: EUPL-1.2
"""The small exhibition whose scenes are printed in scenes/README.md and drawn beside it."""
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
EXHIBITION, PICTURES = HERE / "exhibition", HERE / "pictures"
SIZE, AT = "840x420", "2026-11-23T14:05"
WRITTEN_AT = 1795439070  # 2026-11-23T14:04:30+01:00: how old files are that live data come from
FURTHER = {"popup": ["--open", "load"], "video": ["--time", "2"]}
MAXIMUM, MEAN = "8", "0.5"  # as of golden pictures


def printed(path):
    """A file of the exhibition as a block of code that says which it is."""
    text = (EXHIBITION / path).read_text(encoding="utf-8").rstrip("\n")
    return f"```jsonc\n// {path}\n{text}\n```"


def scene_lines(scene):
    """What a scene holds besides its title, which is its name: from the line behind that to the last but one, moved to the start."""
    lines = (EXHIBITION / f"scenes/{scene}.json").read_text(encoding="utf-8").rstrip("\n").split("\n")
    assert lines[0] == "{" and lines[-1] == "}" and lines[1] == f'  "title": "{scene}",', f"{scene}.json: the title stands in line 2"
    return "\n".join(re.sub("^  ", "", line) for line in lines[2:-1])


def check(schauwand):
    """What `schauwand check` has to say; "" where all is well."""
    done = subprocess.run([schauwand, "check", str(EXHIBITION)], capture_output=True, text=True, timeout=60)
    return "" if done.returncode == 0 else (done.stdout + done.stderr).strip()


def draw(schauwand, exhibition, scene, target):
    arguments = [schauwand, "render", str(exhibition), "--scene", scene, "--size", SIZE, "--at", AT, *FURTHER.get(scene, []), "-o",
                 str(target)]
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        raise RuntimeError(f"{scene}: {done.stderr.strip()[-400:]}")


def draw_all(schauwand, scenes, folder):
    """Draws the scenes into `folder`, each into a picture of its name."""
    exhibition = folder / "exhibition"
    shutil.copytree(EXHIBITION, exhibition)
    for path in exhibition.rglob("*.json"):
        os.utime(path, (WRITTEN_AT, WRITTEN_AT))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda scene: draw(schauwand, exhibition, scene, folder / f"{scene}.png"), scenes))


def same(name, folder, compare):
    """Whether what was drawn into `folder` is what lies in pictures/, up to what fonts of another release may differ by."""
    picture, shot = PICTURES / f"{name}.png", folder / f"{name}.png"
    if not picture.exists():
        return False
    if picture.read_bytes() == shot.read_bytes():
        return True
    return compare is not None and subprocess.run([compare, str(picture), str(shot), "--max", MAXIMUM, "--mean", MEAN],
                                                  capture_output=True, timeout=60).returncode == 0
