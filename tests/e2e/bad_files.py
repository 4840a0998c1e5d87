#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""`schauwand check` on exhibitions that are too large, cut short, mislabelled, linked, locked or of odd bytes; made here, not kept.

usage: bad_files.py SCHAUWAND [NAME...]

Every case starts from tests/bad/base. What is asserted: the exit status, the place and a part of the text of the one fault, and that
nothing crashes. No process may take more than MEMORY_KIB.
"""
import os
import resource
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

from check import BAD, Run

MEMORY_KIB = 512 << 10  # that any process may take; not in a sanitizer's build
PNG = b"\x89PNG\r\n\x1a\n"
FONTS = '{"roles": {"text": {"file": "fonts/a.otf"}, "bold": {"package": "fonts-inter", "file": "Inter-Bold.otf"}}}'


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, rows=None):
    """A grey picture; `rows`: how many rows of data it really has."""
    data = zlib.compress((b"\0" + bytes(width)) * (height if rows is None else rows), 9)
    return PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def font():
    with open("/usr/share/fonts/opentype/inter/Inter-Regular.otf", "rb") as file:
        return file.read()


def scene(elements):
    return '{"title": "a",\n "elements": [\n' + elements + "\n]}"


def image(path):
    return scene('{"image": "%s", "alt": ""}' % path)


CASES = []


def case(status, *wanted):
    """Registers a maker of one exhibition. `wanted`: of each line that is printed, its beginning and a part of it; None: any."""

    def register(make):
        CASES.append((make.__name__, make, status, wanted))
        return make

    return register


class Folder:
    def __init__(self, path):
        self.path = path
        self.prefix = ()
        self.options = ()
        self.environment = {}

    def put(self, name, data):
        full = os.path.join(self.path, name)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "wb") as file:
            file.write(data if isinstance(data, bytes) else data.encode())

    def join(self, name):
        return os.path.join(self.path, name)


# -- bytes --


@case(1, ("scenes/a.json:1:1: error: ", "byte order mark"))
def byte_order_mark(folder):
    folder.put("scenes/a.json", b"\xef\xbb\xbf" + scene("").encode())


@case(1, ("scenes/a.json:1:1: error: ", "UTF-8"))
def utf_16(folder):
    folder.put("scenes/a.json", scene("").encode("utf-16"))


@case(1, ("scenes/a.json:3:11: error: ", "not UTF-8 (byte FC)"))
def latin_1(folder):
    folder.put("scenes/a.json", scene('{"text": "\xfcber"}').encode("latin-1"))


@case(1, ("scenes/a.json:3:12: error: ", "control character U+0009"))
def tab_in_a_string(folder):
    folder.put("scenes/a.json", scene('{"text": "a\tb"}'))


@case(1, ("scenes/a.json:3:12: error: ", "control character U+0000"))
def nul_in_a_string(folder):
    folder.put("scenes/a.json", scene('{"text": "a\0b"}'))


@case(1, ("scenes/a.json:1:1: error: ", "U+0000"))
def zeros(folder):
    folder.put("scenes/a.json", bytes(4096))


@case(1, ("scenes/a.json:1:1: error: ", ""))
def random_bytes(folder):
    folder.put("scenes/a.json", bytes((i * 7919 + 200) % 256 for i in range(65536)))


# -- too large, too deep, too many --


@case(1, ("scenes/a.json: error: ", "too large"))
def five_mebibytes(folder):
    folder.put("scenes/a.json", scene('{"text": "%s"}' % ("a" * (5 << 20))))


@case(1, ("scenes/a.json:1:65: error: ", "more than 64 levels deep"))
def a_million_brackets(folder):
    folder.put("scenes/a.json", "[" * 1000000)


@case(1, ("scenes/a.json:3:10: error: ", "at most 65536"))
def string_of_a_mebibyte(folder):
    folder.put("scenes/a.json", scene('{"text": "%s"}' % ("a" * (1 << 20))))


@case(1, ("scenes/a.json:3:10: error: elements[0].text: ", "more than 65536 bytes"))
def text_of_many_lines(folder):
    folder.put("scenes/a.json", scene('{"text": [%s]}' % ", ".join(['"%s"' % ("a" * 1000)] * 100)))


@case(1, ("scenes/a.json:1:", "more than 200000 values"))
def two_million_zeros(folder):
    folder.put("scenes/a.json", "[" + "0," * 2000000 + "0]")


@case(1, ("scenes/a.json:1:", "stands twice"))
def a_hundred_thousand_equal_keys(folder):
    folder.put("scenes/a.json", "{" + ",".join(['"a": 0'] * 100000) + "}")


@case(1, ("scenes/a.json:2:14: error: elements: ", "60000 elements"))
def sixty_thousand_elements(folder):
    folder.put("scenes/a.json", scene(",".join(['{"text":"a"}'] * 60000)))


@case(1, ("scenes/a.json:3:", "more than 200000 values"))
def a_hundred_thousand_elements(folder):
    folder.put("scenes/a.json", scene(",".join(['{"text":"a"}'] * 100000)))


@case(0)
def twenty_thousand_elements(folder):
    folder.put("scenes/a.json", scene(",".join(['{"text":"a","in":"main"}'] * 20000)))


@case(0)
def as_deep_as_elements_go(folder):
    folder.put("scenes/a.json", scene('{"stack":[' * 20 + '{"text":"a"}' + "]}" * 20))


@case(0)
def two_thousand_scenes(folder):
    for i in range(2000):
        folder.put("scenes/s%d.json" % i, '{"title": "a", "frame": "frame", "about": {"tags": ["project"]}, "elements": [{"text": "a"}]}')


@case(1, ("scenes/parts/p22.json:1:31: error: ", "becomes more than 20000 elements"), None)
def parts_that_double(folder):
    for i in range(63):
        folder.put("scenes/parts/p%d.json" % i, '{"elements": [{"use": "p%d"}, {"use": "p%d"}]}' % (i + 1, i + 1))
    folder.put("scenes/parts/p63.json", '{"elements": [{"text": "a"}]}')


@case(1, ("scenes/parts/p063.json:1:15: error: ", "inside each other more than 64 deep"), None)
def a_chain_of_parts(folder):
    for i in range(1000):
        folder.put("scenes/parts/p%03d.json" % i, '{"elements": [{"use": "p%03d"}]}' % (i + 1))
    folder.put("scenes/parts/p1000.json", '{"elements": [{"text": "a"}]}')


@case(1, *[("scenes/a.json:%d:12: error: " % (i + 3), "unknown name") for i in range(20)], ("and 180 more", ""))
def two_hundred_faults(folder):
    folder.put("scenes/a.json", scene(",\n".join(['{"text": "{x%d}"}' % i for i in range(200)])))


# -- texts: laid out and drawn too --


@case(1, ("scenes/a.json:3:11: error: ", "\\ud800 is half a character"))
def half_a_character(folder):
    folder.put("scenes/a.json", scene('{"text": "\\ud800"}'))


@case(1, ("scenes/a.json:3:11: error: ", "\\udc00 is half a character"))
def the_other_half(folder):
    folder.put("scenes/a.json", scene('{"text": "\\udc00\\ud800"}'))


@case(1, ("scenes/a.json:3:11: error: ", "\\ud83d is half a character"))
def two_first_halves(folder):
    folder.put("scenes/a.json", scene('{"text": "\\ud83d\\ud83d\\ude00"}'))


HARD_TEXTS = ["\u202ea\u202db", "\u202bא\u202ab", "\u2067א\u2066b", "\u2067א\u2069", "([א", "\u0301", "a\u0301\u0323", "\U0001f469\u200d",
              "\U0001f1e9", "\U0001f44d\U0001f3fe", "a\u00ad", "\u200b", "a\u2028", "\u2029", "\\t", "a\u00a0", "\ufeff", "ab ", "Donau",
              "aбαא漢ع", "\ue000", "\U000f0000", "**a** ", "*", "_a_", "- a\\n", "\\n", "\u0e01\u0e33", "\ufdfd"]


@case(0, None)
def texts_of_64_kib(folder):
    elements = []
    for unit in HARD_TEXTS:
        text = unit * (65000 // len(unit.replace("\\t", "t").replace("\\n", "n").encode()))
        elements += ['{"text": "%s", "in": "main"}' % text, '{"row": [{"text": "%s", "shrink": 0.5}], "in": "main"}' % text]
    for i in range(0, len(elements), 6):  # a file may have 4 MiB
        folder.put("scenes/a%02d.json" % i, scene(",\n".join(elements[i:i + 6])))
    folder.options = ("--full",)


# -- pictures --


@case(1, ("scenes/a.json:3:11: error: elements[0].image: \"media/a.png\" ", "60000"))
def sixty_thousand_squared(folder):
    folder.put("media/a.png", png(60000, 60000, rows=1))
    folder.put("scenes/a.json", image("media/a.png"))


@case(1, ("scenes/a.json:3:11: error: elements[0].image: \"media/a.png\" ", ""))
def bomb_of_zeros(folder):
    folder.put("media/a.png", png(16000, 16000))
    folder.put("scenes/a.json", image("media/a.png"))


@case(1, ("scenes/a.json:3:11: error: elements[0].image: \"media/a.png\" ", "cut short"))
def cut_png(folder):
    data = png(300, 300)
    folder.put("media/a.png", data[: len(data) - 40])
    folder.put("scenes/a.json", image("media/a.png"))


@case(1, ("scenes/a.json:3:11: error: elements[0].image: \"media/a.png\" ", "empty"))
def empty_png(folder):
    folder.put("media/a.png", b"")
    folder.put("scenes/a.json", image("media/a.png"))


@case(1, ("scenes/a.json:3:11: error: elements[0].image: \"media/a.jpg\" ", "PNG"))
def png_called_jpg(folder):
    folder.put("media/a.jpg", png(30, 30))
    folder.put("scenes/a.json", image("media/a.jpg"))


@case(1, ("scenes/a.json:3:11: error: elements[0].image: \"media/a.png\" ", ""))
def program_called_png(folder):
    with open("/bin/true", "rb") as file:
        folder.put("media/a.png", file.read())
    folder.put("scenes/a.json", image("media/a.png"))


@case(None, None)
def svg_of_a_hundred_thousand_nodes(folder):
    nodes = "".join('<rect x="%d" y="%d" width="1" height="1"/>' % (i % 300, i // 300) for i in range(100000))
    folder.put("media/a.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 334">' + nodes + "</svg>")
    folder.put("scenes/a.json", image("media/a.svg"))


@case(1, ("scenes/a.json:3:11: error: elements[0].image: \"media/a.svg\" ", ""))
def svg_cut_short(folder):
    folder.put("media/a.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 334"><rect x="1" ')
    folder.put("scenes/a.json", image("media/a.svg"))


@case(1, ("scenes/a.json:3:11: error: elements[0].image: \"media/a.svg\" ", ""))
def svg_of_entities(folder):
    laughs = "".join('<!ENTITY l%d "%s">' % (i, ("&l%d;" % (i - 1)) * 10) for i in range(1, 12))
    body = '<svg xmlns="http://www.w3.org/2000/svg"><text>&l11;</text></svg>'
    folder.put("media/a.svg", '<!DOCTYPE svg [<!ENTITY l0 "ha">' + laughs + "]>" + body)
    folder.environment["ASAN_OPTIONS"] = "detect_leaks=0"  # libxml2 loses some when it gives up
    folder.put("scenes/a.json", image("media/a.svg"))


# -- fonts --


@case(1, ("fonts/fonts.json:1:", "roles.text.file: \"fonts/a.otf\" "))
def cut_font(folder):
    folder.put("fonts/a.otf", font()[:20000])
    folder.put("fonts/fonts.json", FONTS)


@case(1, ("fonts/fonts.json:1:", "roles.text.file: \"fonts/a.otf\" "))
def empty_font(folder):
    folder.put("fonts/a.otf", b"")
    folder.put("fonts/fonts.json", FONTS)


@case(1, ("fonts/fonts.json: error: does not exist", ""))
def no_fonts(folder):
    os.remove(folder.join("fonts/fonts.json"))


# -- links and things that are no files --


@case(1, ("scenes/a.json: error: ", "leads out of the folder"))
def linked_scene(folder):
    os.symlink("/etc/hostname", folder.join("scenes/a.json"))


@case(1, ("scenes/a.json:3:11: error: ", "follow no links"))
def linked_picture(folder):
    os.symlink("welle.svg", folder.join("media/link.svg"))
    folder.put("scenes/a.json", image("media/link.svg"))


@case(1, ("scenes/a.json:3:11: error: ", "follow no links"))
def linked_folder(folder):
    os.symlink("media", folder.join("bilder"))
    folder.put("scenes/a.json", image("bilder/welle.svg"))


@case(1, ("scenes/a.json: error: ", "not a plain file"))
def pipe(folder):
    os.mkfifo(folder.join("scenes/a.json"))


@case(1, ("scenes/a.json:3:11: error: ", "not a plain file"))
def pipe_for_a_picture(folder):
    os.mkfifo(folder.join("media/a.png"))
    folder.put("scenes/a.json", image("media/a.png"))


@case(1, ("scenes/walls/foyer.json:4:79: error: zones[0].playlist: ", "there is no playlist"))
def file_for_a_folder(folder):
    shutil.rmtree(folder.join("scenes/playlists"))
    folder.put("scenes/playlists", "x")


# -- permissions --


def locked(folder, name):
    """Root may read everything: then somebody else looks."""
    os.chmod(folder.join(name), 0)
    if os.getuid() == 0:
        subprocess.run(["chown", "-R", "65534:65534", folder.path], check=True)
        folder.prefix = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")


@case(1, ("scenes/rhein.json: error: ", "may not be read"))
def locked_scene(folder):
    locked(folder, "scenes/rhein.json")


@case(1, ("scenes/a.json:3:11: error: elements[0].image: ", "may not be read"))
def locked_picture(folder):
    folder.put("media/a.svg", "<svg/>")
    folder.put("scenes/a.json", image("media/a.svg"))
    locked(folder, "media/a.svg")


@case(1, ("scenes/haus: error: ", "may not be read"), None)
def locked_scene_folder(folder):
    locked(folder, "scenes/haus")


@case(2, ("", "may not be read"))
def locked_exhibition(folder):
    locked(folder, ".")


# -- no exhibition --


@case(2, ("", "is no exhibition"))
def empty_folder(folder):
    for name in os.listdir(folder.path):
        shutil.rmtree(folder.join(name))


@case(2, ("", "does not exist"))
def no_folder(folder):
    shutil.rmtree(folder.path)


@case(2, ("", "does not exist"))
def file_for_the_folder(folder):
    shutil.rmtree(folder.path)
    with open(folder.path, "w", encoding="utf-8") as file:
        file.write("x")


@case(1, ("scenes/exhibition.json: error: does not exist", ""), ("scenes/theme.json: error: does not exist", ""))
def empty_scenes(folder):
    shutil.rmtree(folder.join("scenes"))
    os.mkdir(folder.join("scenes"))


@case(1, ("scenes/theme.json: error: does not exist", ""))
def no_theme(folder):
    os.remove(folder.join("scenes/theme.json"))


def copy_programs(program, folder):
    """Somebody else may not be let into the folder that was built in."""
    os.mkdir(folder)
    for name in os.listdir(os.path.dirname(program)):
        if name.startswith("schauwand") and os.path.isfile(os.path.join(os.path.dirname(program), name)):
            shutil.copy(os.path.join(os.path.dirname(program), name), folder)
    return os.path.join(folder, os.path.basename(program))


def sanitized(program):
    with open(program + "-player", "rb") as file:
        return b"__asan_init" in file.read() or b"__tsan_init" in file.read()


def compare(run, status, wanted):
    problems = list(run.problems)
    if status is not None and run.status != status:
        problems.append(f"exit status {run.status}; {status} is right")
    if wanted and wanted[-1] is None:
        wanted = [w for w in wanted if w is not None] + [None] * max(0, len(run.lines) - len(wanted) + 1)
    if status is not None and len(run.lines) != len(wanted):
        problems.append(f"{len(run.lines)} lines; {len(wanted)} are right")
    for line, want in zip(run.lines, wanted):
        if want is not None and not (line.startswith(want[0]) and want[1] in line):
            problems.append(f"{line!r} does not begin with {want[0]!r} and say {want[1]!r}")
    if problems:
        problems += run.lines[:10]
    return problems


def main():
    program, *names = sys.argv[1:]
    program = os.path.abspath(program)
    failed = 0
    os.umask(0o022)
    for name, make, status, wanted in CASES:
        if names and name not in names:
            continue
        with tempfile.TemporaryDirectory(prefix="schauwand-bad-") as parent:
            os.chmod(parent, 0o755)
            folder = Folder(os.path.join(parent, "exhibition"))
            shutil.copytree(os.path.join(BAD, "base"), folder.path)
            folder.put("scenes/playlists/every.json", '{"loop": [{"scenes": "order >= 0"}]}')  # so that nobody misses a scene
            make(folder)
            started = copy_programs(program, os.path.join(parent, "bin")) if folder.prefix else program
            run = Run(started, folder.path, *folder.options, prefix=folder.prefix, environment=folder.environment)
            problems = compare(run, status, wanted)
            subprocess.run(["chmod", "-R", "u+rwX", parent], check=True)
        print(f"{'FAILED' if problems else 'ok'}  {name}")
        for problem in problems:
            print(f"    {problem[:400]}")
        failed += bool(problems)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    if most > MEMORY_KIB and not sanitized(program):
        print(f"FAILED  memory: a process took {most} KiB; {MEMORY_KIB} are allowed")
        failed += 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
