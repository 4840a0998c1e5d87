# SPDX-License-Identifier: EUPL-1.2
"""A machine's clock that a test sets, and lets run fast (moved_clock.c): for all programs that are started with its environment."""
import mmap
import os
import struct
import tempfile
import time


class MovedClock:
    def __init__(self, library):
        self.file = tempfile.NamedTemporaryFile(prefix="sw-clock-")
        self.file.write(bytes(24))
        self.file.flush()
        self.memory = mmap.mmap(self.file.fileno(), 24)
        self.library = library
        self.set(time.time())

    def environment(self):
        return {"LD_PRELOAD": self.library, "SW_MOVED_CLOCK": self.file.name}

    def set(self, seconds, speed=1):
        """It says so many seconds since 1970, now."""
        self.memory[:] = struct.pack("=qqq", int(seconds * 1e6), time.monotonic_ns() // 1000, speed)

    def now(self):
        """Seconds since 1970, as the programs read it."""
        instant, tick, speed = struct.unpack("=qqq", self.memory[:])
        return (instant + (time.monotonic_ns() // 1000 - tick) * speed) / 1e6

    def close(self):
        self.memory.close()
        self.file.close()
