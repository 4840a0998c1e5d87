# SPDX-License-Identifier: EUPL-1.2
"""All clips by name: recipe(NAME) says how one is made, GROUPS which belong together."""
import re

from damaged import DISGUISES, Claim, Cut, Joined, Mutated, NoKey, Text
from films import Again, Marked, Measured


RATES = {f"h264-{rate}.mp4": Marked(own=i, rate=str(rate), frames=2 * rate) for i, rate in enumerate((25, 30, 50, 60))}
CODECS = {
    "h264-30.mkv": Again("h264-30.mp4"),
    "h264-moov-last.mp4": Marked(own=4, moov_last=True),
    "hevc-30.mp4": Marked("hevc", 5), "hevc-30.mkv": Again("hevc-30.mp4"),
    "vp9-30.webm": Marked("vp9", 6), "vp9-30.mkv": Again("vp9-30.webm"), "vp9-30.mp4": Again("vp9-30.webm"),
    "av1-30.mp4": Marked("av1", 7), "av1-30.mkv": Again("av1-30.mp4"), "av1-30.webm": Again("av1-30.mp4"),
    "mjpeg-30.mkv": Marked("mjpeg", 8, matrix="601", full=True), "mjpeg-30.mp4": Again("mjpeg-30.mkv"),
    "vp9-60.webm": Marked("vp9", 9, rate="60", frames=120), "av1-50.mp4": Marked("av1", 10, rate="50", frames=100),
    "hevc-25.mp4": Marked("hevc", 11, rate="25", frames=50), "h264-2997.mp4": Marked(own=12, rate="30000/1001"),
}
# 4:2:0 H.264 and HEVC have even sides; the others may have odd ones.
SIZES = {
    "h264-642x362.mp4": Marked(own=13, width=642, height=362), "hevc-642x362.mp4": Marked("hevc", 14, width=642, height=362),
    "vp9-641x361.webm": Marked("vp9", 15, width=641, height=361), "av1-641x361.mp4": Marked("av1", 16, width=641, height=361),
    "mjpeg-641x361.mkv": Marked("mjpeg", 17, width=641, height=361, matrix="601", full=True),
    "h264-2160p.mp4": Marked(own=18, width=3840, height=2160, frames=30),
}
# Too small for cells.
TINY = {
    "h264-2x2.mp4": Marked(own=19, width=2, height=2, frames=30), "vp9-1x1.webm": Marked("vp9", 20, width=1, height=1, frames=30),
    "av1-1x1.mp4": Marked("av1", 21, width=1, height=1, frames=30),
    "mjpeg-1x1.mkv": Marked("mjpeg", 22, width=1, height=1, frames=30, matrix="601", full=True),
}
TURNED = {"h264-turned-90.mp4": Marked(own=20, turn=90, width=180, height=320), "h264-turned-180.mp4": Marked(own=21, turn=180),
          "h264-turned-270.mp4": Marked(own=22, turn=270, width=180, height=320)}
COLOURS = {
    "h264-601.mp4": Marked(own=0, matrix="601"), "h264-601-full.mp4": Marked(own=1, matrix="601", full=True),
    "h264-709.mp4": Marked(own=2), "h264-709-full.mp4": Marked(own=3, full=True),
    # who does not say which matrix means the one that is usual for the size
    "h264-small-untold.mp4": Marked(own=4, matrix="601", tagged=False),
    "h264-720p-untold.mp4": Marked(own=5, width=1280, height=720, frames=30, tagged=False),
    "hevc-709-full.mp4": Marked("hevc", 6, full=True), "hevc-601.mp4": Marked("hevc", 7, matrix="601"),
    "vp9-601.webm": Marked("vp9", 8, matrix="601"), "vp9-709-full.webm": Marked("vp9", 9, full=True),
    "av1-601.mp4": Marked("av1", 10, matrix="601"), "av1-709-full.mp4": Marked("av1", 11, full=True),
    "h264-10bit.mp4": Marked(own=12, depth=10), "hevc-10bit.mkv": Marked("hevc", 13, depth=10),
    "vp9-10bit.webm": Marked("vp9", 14, depth=10), "av1-10bit.mp4": Marked("av1", 15, depth=10),
}
SOUND = {
    "h264-sound.mp4": Marked(own=16, frames=120, sound=True), "vp9-sound.webm": Marked("vp9", 17, frames=120, sound=True),
    "h264-sound.mkv": Marked(own=18, frames=120, sound=True),
}
ODD = {"h264-uneven.mp4": Marked(own=19, uneven=True)}
# To be shown in turn: one second each and a little more or less, in several formats.
SEAMS = {
    "turn-a.mp4": Marked(own=0, width=640, height=360, frames=30), "turn-b.mp4": Marked(own=7, width=640, height=360, frames=36),
    "turn-c.webm": Marked("vp9", 13, width=640, height=360, frames=45), "turn-d.mp4": Marked(own=20, width=640, height=360, rate="60"),
}
# Beside which others may fail.
BESIDE = {"beside.mp4": Marked(own=23, width=640, height=360, frames=300)}
BROKEN = {
    "empty.mp4": Cut("h264-30.mp4", 0),
    **{f"{kind}.mp4": Text(text) for kind, text in DISGUISES.items()},
    "no-key.mkv": NoKey("h264-30.mkv", 5), "no-key.mp4": NoKey("h264-30.mp4", 5),
    **{f"other-size.{kind}": Joined(("h264-30.mp4", "h264-642x362.mp4", "h264-30.mp4")) for kind in ("mkv", "mp4", "ts")},
    "claims-16k.mkv": Claim("mjpeg-30.mkv", 16384, 16384), "claims-64k.mkv": Claim("mjpeg-30.mkv", 65500, 65500),
    "wide-16k.mp4": Marked(own=1, width=16384, height=144, frames=5),
}
MEASURED = {
    "1080p30.mp4": Measured(0), "1080p30-5s-a.mp4": Measured(1, 5), "1080p30-5s-b.mp4": Measured(9, 5),
}
STANDARD = {**RATES, **CODECS, **SIZES, **TINY, **TURNED, **COLOURS, **SOUND, **ODD, **SEAMS, **BESIDE, **BROKEN}
GROUPS = {"rates": RATES, "codecs": CODECS, "sizes": SIZES, "tiny": TINY, "turned": TURNED, "colours": COLOURS, "sound": SOUND, "odd": ODD,
          "seams": SEAMS, "beside": BESIDE, "broken": BROKEN, "standard": STANDARD, "measured": MEASURED}
FIXED = {**STANDARD, **MEASURED}

WHOLE = ("h264-30.mp4", "vp9-30.webm", "hevc-30.mkv", "av1-30.mp4", "mjpeg-30.mkv", "h264-sound.mp4", "h264-moov-last.mp4")
RATIOS = (0.0002, 0.001, 0.004, 0.02)


def recipe(name):
    """How it is made; KeyError with a text where there is no such clip. Beside those above: cut-PERCENT.mp4 (.webm, .mkv), and
    mutated-SEED.mp4, which is one of WHOLE whatever its name says."""
    if name in FIXED:
        return FIXED[name]
    cut = re.fullmatch(r"cut-(\d\d?)\.(mp4|webm|mkv)", name)
    if cut:
        return Cut({"mp4": "h264-30.mp4", "webm": "vp9-30.webm", "mkv": "hevc-30.mkv"}[cut[2]], int(cut[1]))
    mutated = re.fullmatch(r"mutated-(\d{1,6})\.mp4", name)
    if mutated:
        seed = int(mutated[1])
        return Mutated(WHOLE[seed % len(WHOLE)], seed, RATIOS[seed // len(WHOLE) % len(RATIOS)])
    raise KeyError(f"{name}: no such clip; --list names them")
