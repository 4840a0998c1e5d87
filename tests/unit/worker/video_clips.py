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

def small(filters="null", size="64x48", rate="25", frames=5):
    return ["-f", "lavfi", "-i", "testsrc2=s=%s:r=%s" % (size, rate), "-frames:v", str(frames), "-vf", filters]


def colours(matrix, full):
    return ["-colorspace", matrix, "-color_primaries", matrix, "-color_trc", matrix, "-color_range", "pc" if full else "tv"]


HEVC = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-pix_fmt", "yuv420p", "-threads", "1"]
TO_709 = "scale=out_color_matrix=bt709:out_range="

CLIPS = {
    "709-full.mp4": small(TO_709 + "full") + H264 + colours("bt709", True),
    "709.mkv": small(TO_709 + "limited") + HEVC + colours("bt709", False),
    "709-full.webm": small(TO_709 + "full") + VP9 + colours("bt709", True),
    # what is read first lies behind 16 MiB of pictures
    "long.mp4": small("noise=alls=100:allf=t", "640x360", "30", 60) + H264 + ["-qp", "0"],
    "wide.mp4": small("setsar=2") + H264,
    "hd.mp4": small(size="1280x720", rate="30000/1001", frames=3) + H264,
    "jpeg.mp4": small() + ["-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-threads", "1"],
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
    turned = os.path.join(folder, "turned.mp4")
    if not os.path.exists(turned):
        plain = os.path.join(folder, "plain.mp4")
        subprocess.run(["ffmpeg", "-v", "error", "-y", *small(), *H264, plain], check=True)
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", plain, "-c", "copy", "-metadata:s:v:0", "rotate=90", turned],
                       check=True)


if __name__ == "__main__":
    main()
