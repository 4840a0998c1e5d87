# SPDX-License-Identifier: EUPL-1.2
"""The programs that we are measured beside, and how each is told to show something full screen, as a kiosk would."""
import os
import shutil

from wall import WallError, tool

# program, Debian package
PEERS = {"chromium": "chromium", "feh": "feh", "mpv": "mpv", "cvlc": "vlc-bin", "ffplay": "ffmpeg", "ffmpeg": "ffmpeg",
         "setpriv": "util-linux", "valgrind": "valgrind", "nginx": "nginx-light", "rsync": "rsync", "curl": "curl", "openssl": "openssl"}
SERVERS = {"Xvfb": "xvfb", "Xorg": "xserver-xorg-core", "xrandr": "x11-xserver-utils", "xinput": "xinput"}


def missing():
    """{program: package} of what is not installed."""
    return {program: package for program, package in {**PEERS, **SERVERS}.items() if shutil.which(program) is None}


def need(*programs):
    lacks = {program: package for program, package in missing().items() if program in programs}
    if lacks:
        raise WallError(f"{', '.join(lacks)} not installed (Debian: {' '.join(lacks.values())}; tools/build --bench installs them)")


def chromium(page, folder, width=1920, height=1080):
    """`folder`: for its profile, its own."""
    return ["chromium", "--no-sandbox", "--kiosk", "--no-first-run", f"--user-data-dir={os.path.join(folder, 'chromium')}",
            "--disable-extensions", "--disable-sync", "--disable-background-networking", "--autoplay-policy=no-user-gesture-required",
            f"--window-size={width},{height}", "--window-position=0,0", "--force-device-scale-factor=1", "--touch-events=enabled", page]


def feh(picture):
    return ["feh", "--fullscreen", "--hide-pointer", picture]


def mpv(picture):
    return ["mpv", "--no-config", "--no-audio", "--hwdec=no", "--vo=x11", "--no-border", "--geometry=1920x1080+0+0", "--osc=no",
            "--osd-level=0", "--image-display-duration=inf", picture]


def floor(*arguments):
    return [tool("bench-floor"), *map(str, arguments)]


# -- clips, again and again --

def mpv_clips(*clips, place=(0, 0, 1920, 1080)):
    """`place`: x, y, width, height on the screen."""
    x, y, width, height = place
    return ["mpv", "--no-config", "--no-audio", "--hwdec=no", "--vo=x11", "--no-border", f"--geometry={width}x{height}+{x}+{y}", "--osc=no",
            "--osd-level=0", "--vd-lavc-threads=1", "--loop-playlist=inf" if len(clips) > 1 else "--loop-file=inf", *clips]


def cvlc_clips(*clips):
    """Root is refused, so then it is nobody's: HOME must be one that nobody may write to."""
    nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
    return [*nobody, "cvlc", "--no-audio", "--fullscreen", "--no-video-deco", "--no-osd", "--vout=xcb_x11", "--avcodec-threads=1", "--loop",
            *clips]


def ffplay_clip(clip):
    return ["ffplay", "-hide_banner", "-loglevel", "error", "-an", "-noborder", "-left", "0", "-top", "0", "-x", "1920", "-y", "1080",
            "-loop", "0", clip]


def decode(clip, seconds):
    """The least that anybody must do."""
    return ["ffmpeg", "-v", "error", "-threads", "1", "-t", str(seconds), "-i", clip, "-f", "null", "-"]
