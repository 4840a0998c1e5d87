# SPDX-License-Identifier: EUPL-1.2
"""Files that are called clips and are none, or none that is whole."""
import dataclasses
import subprocess

from films import run

NOBODY = "http://127.0.0.1:1/stolen"  # what disguises name: nothing listens there
SECRET = "/etc/hostname"


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


@dataclasses.dataclass(frozen=True)
class Cut:
    """The first so many percent of another clip; 0: an empty file."""
    of: str
    percent: int

    def make(self, path, make):
        data = read(make(self.of))
        write(path, data[:len(data) * self.percent // 100])


@dataclasses.dataclass(frozen=True)
class Mutated:
    """Another clip in which zzuf has turned bits over."""
    of: str
    seed: int
    ratio: float

    def make(self, path, make):
        with open(make(self.of), "rb") as whole, open(path, "wb") as broken:
            subprocess.run(["zzuf", "-s", str(self.seed), "-r", str(self.ratio)], stdin=whole, stdout=broken, check=True)


@dataclasses.dataclass(frozen=True)
class Text:
    """A text under the name of a clip."""
    text: str

    def make(self, path, _):
        write(path, self.text.encode())


@dataclasses.dataclass(frozen=True)
class NoKey:
    """Another clip without its first pictures, the first of which stands alone: what is left begins with changes to what nobody has."""
    of: str
    lost: int

    def make(self, path, make):
        run("-copyts", "-i", make(self.of), "-c", "copy", "-copyinkf", "-bsf:v", f"noise=amount=0:drop=lt(n\\,{self.lost})", "-fflags",
            "+bitexact", path)


@dataclasses.dataclass(frozen=True)
class Joined:
    """The pictures of H.264 clips of several sizes behind one another, in one track."""
    of: tuple

    def make(self, path, make):
        parts = path + ".parts"
        write(parts, "".join(f"file '{make(name)}'\n" for name in self.of).encode())
        run("-f", "concat", "-safe", "0", "-i", parts, "-c", "copy", "-fflags", "+bitexact", path)


@dataclasses.dataclass(frozen=True)
class Claim:
    """Motion JPEG whose every picture says that it is so many pixels wide and high."""
    of: str
    width: int
    height: int

    def make(self, path, make):
        data = bytearray(read(make(self.of)))
        at = data.find(b"\xff\xc0\x00\x11\x08")  # start of frame, baseline: its length, 8 bits; height and width follow
        while at >= 0:
            data[at + 5:at + 9] = self.height.to_bytes(2, "big") + self.width.to_bytes(2, "big")
            at = data.find(b"\xff\xc0\x00\x11\x08", at + 9)
        write(path, data)


DISGUISES = {
    "text": "This is no film.\n" * 400,
    "m3u": f"#EXTM3U\n#EXTINF:10,one\nfile://{SECRET}\n#EXTINF:10,two\n{NOBODY}.mp4\n",
    "m3u8": f"#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXTINF:9.0,\n{NOBODY}.ts\n#EXTINF:9.0,\nfile://{SECRET}\n"
            "#EXT-X-ENDLIST\n",
    "xspf": '<?xml version="1.0" encoding="UTF-8"?>\n<playlist version="1" xmlns="http://xspf.org/ns/0/"><trackList>'
            f"<track><location>file://{SECRET}</location></track><track><location>{NOBODY}.mp4</location></track></trackList></playlist>\n",
    "pls": f"[playlist]\nFile1=file://{SECRET}\nFile2={NOBODY}.mp4\nNumberOfEntries=2\nVersion=2\n",
    "asx": f'<asx version="3.0"><entry><ref href="file://{SECRET}"/></entry><entry><ref href="{NOBODY}.asf"/></entry></asx>\n',
    "xml": '<?xml version="1.0"?>\n<!DOCTYPE smil [<!ENTITY secret SYSTEM "file://' + SECRET + '">]>\n'
           f'<smil><body><seq><video src="{NOBODY}.mp4"/>&secret;</seq></body></smil>\n',
    "html": f'<!DOCTYPE html><html><body><video src="{NOBODY}.mp4"></video><iframe src="file://{SECRET}"></iframe></body></html>\n',
    "mpd": '<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT9S"><Period>'
           f'<AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>{NOBODY}.mp4</BaseURL></Representation>'
           "</AdaptationSet></Period></MPD>\n",
    "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n",
    "cue": f'FILE "{SECRET}" WAVE\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n',
}
