#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: links.py BUILD

What each executable links directly (DT_NEEDED) is what it can do: the network, foreign formats and the screen each have their own process.
"""
import os
import re
import subprocess
import sys

C = {"libc", "libm", "ld-linux-x86-64", "ld-linux-aarch64"}
# An executable and all that it may link.
ALLOWED = {
    "schauwand": C,
    "schauwand-publisher": C | {"libcjson", "libmd4c", "libsodium", "libnettle"},
    "schauwand-lang": C | {"libcjson", "libexpat", "libmd4c"},
    "schauwand-setup": C | {"libcjson", "libsodium", "libnettle"},
    "schauwand-worker-picture": C | {"libjpeg", "libpng16", "libwebp"},
    "schauwand-worker-jq": C | {"libjq"},
    "schauwand-worker-svg": C | {"librsvg-2", "libcairo", "libgobject-2.0", "libglib-2.0", "libgio-2.0"},
}
# The player draws, so it links much; none of these.
PLAYER_NEVER = {"libcurl", "libssl", "libcrypto", "libjpeg", "libpng16", "libwebp", "librsvg-2", "libvlc", "libjq", "libmosquitto",
                "libtiff", "libxml2", "libexpat", "libgdk_pixbuf-2.0", "libSDL2_image-2.0", "libsqlite3", "libgnutls", "libnghttp2",
                "libssh2", "libcares", "libgio-2.0", "libsoup-3.0", "libcups", "libldap", "libresolv", "libnsl", "libonig"}


def links_of(path):
    result = subprocess.run(["readelf", "--dynamic", "--wide", path], check=True, capture_output=True, text=True)
    names = re.findall(r"\(NEEDED\).*\[(.+?)\]", result.stdout)
    if not names:
        raise AssertionError(f"{path} links nothing: not an executable of ours")
    return {re.sub(r"\.so(\.\d+)*$", "", name) for name in names}


def main():
    build, faults = sys.argv[1], []
    for name, allowed in ALLOWED.items():
        for library in sorted(links_of(os.path.join(build, name)) - allowed):
            faults.append(f"{name} links {library}: it may link only {', '.join(sorted(allowed))}")
    for library in sorted(links_of(os.path.join(build, "schauwand-player")) & PLAYER_NEVER):
        faults.append(f"schauwand-player links {library}: that belongs to another process")
    print("\n".join(faults) or "every executable links what it may")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
