# SPDX-License-Identifier: EUPL-1.2
"""The programs that we are measured beside, and how each is told to show something full screen, as a kiosk would."""
import os
import shutil

from wall import WallError, tool

# program, Debian package
PEERS = {"chromium": "chromium", "feh": "feh", "mpv": "mpv", "valgrind": "valgrind", "nginx": "nginx-light",
         "rsync": "rsync", "curl": "curl", "openssl": "openssl"}
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
