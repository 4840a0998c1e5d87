#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""video_clips.py FOLDER: makes the clips that the tests of the video worker play, by ffmpeg. What is there already stays."""
import os
import subprocess
import sys

CELLS, CELL = 12, 32


def marked():
    """A filter that draws each picture's number in cells of 32 pixels, the lowest bit first."""
    parts = []
    for k in range(CELLS):
        for colour, on in (("white", "mod(floor(n/%d),2)" % 2 ** k), ("black", "not(mod(floor(n/%d),2))" % 2 ** k)):
            parts.append("drawbox=x=%d:y=0:w=%d:h=%d:c=%s:t=fill:enable='%s'" % (k * CELL, CELL, CELL, colour, on))
    return ",".join(parts)


def source(seconds=2, size="640x360", rate=30):
    return ["-f", "lavfi", "-i", "testsrc2=s=%s:r=%s:d=%s" % (size, rate, seconds), "-vf", marked()]


H264 = ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-g", "30", "-bf", "2", "-threads", "1"]
VP9 = ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-pix_fmt", "yuv420p", "-g", "30", "-threads", "1"]

SOUND = ["-f", "lavfi", "-i", "sine=f=440:r=48000:d=2"]

CLIPS = {
    "sounds.mp4": SOUND + source() + H264 + ["-c:a", "aac", "-shortest"],
    "sounds.webm": SOUND + source() + VP9 + ["-c:a", "libopus", "-shortest"],
    "marked.mp4": source() + H264,
    "marked.mkv": source() + H264,
    "marked.webm": source() + VP9,
}


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    for name, arguments in CLIPS.items():
        path = os.path.join(folder, name)
        if os.path.exists(path):
            continue
        part = os.path.join(folder, "part-" + name)
        subprocess.run(["ffmpeg", "-v", "error", "-y", *arguments, "-bitexact", part], check=True)
        os.rename(part, path)


if __name__ == "__main__":
    main()
