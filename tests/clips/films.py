# SPDX-License-Identifier: EUPL-1.2
"""Clips made by ffmpeg: marked ones (marks.py), the ones of the measuring recipe, and others in another container. The same bytes each
time by the same ffmpeg: one thread, nothing of the day written into the file."""
import dataclasses
import os
import subprocess

import marks

FFMPEG = ["ffmpeg", "-hide_banner", "-nostdin", "-v", "error", "-y", "-threads", "1", "-filter_threads", "1"]
SAME = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", "-threads", "1"]
X265 = "pools=none:frame-threads=1:wpp=0:info=0:log-level=error"
CODECS = {
    "h264": ["-c:v", "libx264", "-preset", "veryfast", "-crf", "12", "-x264-params", "threads=1"],
    "hevc": ["-c:v", "libx265", "-preset", "ultrafast", "-crf", "12", "-tag:v", "hvc1", "-x265-params", X265],
    "vp9": ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-crf", "12", "-b:v", "0", "-row-mt", "0"],
    "av1": ["-c:v", "libaom-av1", "-usage", "realtime", "-cpu-used", "8", "-crf", "16", "-b:v", "0", "-row-mt", "0"],
    "mjpeg": ["-c:v", "mjpeg", "-q:v", "1", "-qmin", "1", "-huffman", "default"],
}
SOUNDS = {".mp4": ["-c:a", "aac", "-b:a", "128k"], ".webm": ["-c:a", "libopus", "-b:a", "96k"], ".mkv": ["-c:a", "libvorbis", "-q:a", "5"]}
TONE = "0.5*sin(2*PI*1000*t)*between(mod(t\\,2)\\,1\\,1.5)"  # 1 kHz from 1.0 s to 1.5 s of every 2 s, else silence
MATRICES = {"601": "smpte170m", "709": "bt709"}
TURNS = {90: (0, 1, -1, 0, "height", 0), 180: (-1, 0, 0, -1, "width", "height"), 270: (0, -1, 1, 0, 0, "width")}


@dataclasses.dataclass(frozen=True)
class Marked:
    """A marked clip. `width` and `height` as shown. `own`: its colour's index in the palette. `tagged`: the file says which matrix and
    which range its colours are of."""
    codec: str = "h264"
    own: int = 0
    width: int = 320
    height: int = 180
    rate: str = "30"
    frames: int = 60
    first: int = 0          # number of the first frame
    matrix: str = "709"
    full: bool = False
    tagged: bool = True
    depth: int = 8
    turn: int = 0
    sound: bool = False
    uneven: bool = False    # frames last 1/2 and 3/2 of their time in turn
    moov_last: bool = False  # of mp4: what says how to read it stands at the end

    @property
    def colour(self):
        return marks.PALETTE[self.own]

    def make(self, path, _):
        painter = marks.Painter(self.width, self.height, self.colour, self.matrix, self.full, self.depth)
        stored = (self.height, self.width) if self.turn in (90, 270) else (self.width, self.height)
        command = FFMPEG + ["-f", "rawvideo", "-pix_fmt", self._pixels("yuv"), "-s", "%dx%d" % stored, "-r", self.rate, "-i", "-"]
        if self.sound:
            command += ["-f", "lavfi", "-i", f"aevalsrc={TONE}|{TONE}:s=48000", "-shortest", *SOUNDS[extension(path)]]
        command += ["-vf", ",".join(self._filters()), *CODECS[self.codec],
                    "-pix_fmt", self._pixels("yuvj" if self.codec == "mjpeg" else "yuv"), "-fps_mode", "passthrough",
                    *self._tags(), "-g", "30", *SAME, *self._container(path), path]
        with subprocess.Popen([word for word in command if word != "-nostdin"], stdin=subprocess.PIPE) as ffmpeg:
            for number in range(self.first, self.first + self.frames):
                ffmpeg.stdin.write(b"".join(marks.turned(painter.frame(number), painter.planes, self.turn)))
            ffmpeg.stdin.close()
            if ffmpeg.wait() != 0:
                raise SystemExit(f"ffmpeg cannot make {os.path.basename(path)}")
        if self.turn:
            turn_mp4(path, self.turn, *stored)

    def _pixels(self, family):
        return f"{family}420p" + ("10le" if self.depth == 10 else "")

    def _filters(self):
        matrix = f":colorspace={MATRICES[self.matrix]}:color_primaries=bt709:color_trc=bt709" if self.tagged else ""
        filters = [f"setparams=range={'pc' if self.full else 'tv'}{matrix}"]
        if self.uneven:
            filters.append("setpts=(N+0.5*mod(N\\,2))/(FRAME_RATE*TB)")
        return filters

    def _tags(self):
        """Of the colours; primaries and transfer are always those of screens, so that nobody has a gamut to convert."""
        matrix = ["-colorspace", MATRICES[self.matrix], "-color_primaries", "bt709", "-color_trc", "bt709"] if self.tagged else []
        return [*matrix, "-color_range", "pc" if self.full else "tv"]

    def _container(self, path):
        return ["-movflags", "+faststart"] if extension(path) == ".mp4" and not self.moov_last else []


@dataclasses.dataclass(frozen=True)
class Again:
    """The frames of another clip, as they are, in another container."""
    of: str
    more: tuple = ()

    def make(self, path, make):
        run("-i", make(self.of), "-map", "0", "-c", "copy", *SAME, *self.more, path)


@dataclasses.dataclass(frozen=True)
class Measured:
    """A clip of the measuring recipe: test picture, 8 Mbit/s, with the cells of marks.py, 32 pixels wide, at the top left."""
    own: int = 0
    seconds: int = 60
    width: int = 1920
    height: int = 1080
    rate: int = 30

    CELL = 32

    @property
    def colour(self):
        return marks.PALETTE[self.own]

    @property
    def frames(self):
        return self.seconds * self.rate

    def make(self, path, _):
        box = lambda first, count, colour, when="": (f"drawbox=x={first * self.CELL}:y=0:w={count * self.CELL}:h={self.CELL}:"
                                                    f"color={colour}:t=fill{when}")
        gray = lambda bit: f":enable='mod(floor((n+{1 << bit})/{2 << bit}),2)'"  # a bit of the Gray code of n
        filters = [box(0, marks.COLUMNS, "black"), box(marks.BITS, 2, "0x%02X%02X%02X" % self.colour), box(marks.BITS + 2, 1, "white"),
                   *(box(bit, 1, "white", gray(bit)) for bit in range(marks.BITS))]
        run("-f", "lavfi", "-i", f"testsrc2=s={self.width}x{self.height}:r={self.rate}", "-t", str(self.seconds), "-vf", ",".join(filters),
            "-c:v", "libx264", "-preset", "veryfast", "-b:v", "8M", "-maxrate", "12M", "-bufsize", "16M", "-pix_fmt", "yuv420p", "-g", "60",
            *SAME, path)


def extension(path):
    return os.path.splitext(path)[1]


def run(*words):
    subprocess.run([*FFMPEG, *words], check=True)


def turn_mp4(path, degrees, width, height):
    """Writes into the track's header (ISO/IEC 14496-12, 8.3.2) that it is to be shown turned with the clock."""
    sizes = {"width": width, "height": height}
    a, b, c, d, x, y = (sizes.get(value, value) for value in TURNS[degrees])
    matrix = b"".join(round(value * one).to_bytes(4, "big", signed=True) for value, one in
                      ((a, 1 << 16), (b, 1 << 16), (0, 1), (c, 1 << 16), (d, 1 << 16), (0, 1), (x, 1 << 16), (y, 1 << 16), (1, 1 << 30)))
    with open(path, "r+b") as file:
        data = file.read()
        header = data.index(b"tkhd") - 4
        file.seek(header + 48)
        file.write(matrix)
