# SPDX-License-Identifier: EUPL-1.2
"""A folder in which clips are kept."""
import hashlib
import inspect
import os
import subprocess
import sys
import time

import catalogue
import marks


class Folder:
    """make(NAME) makes a clip where it is not there yet, or is of another recipe, painter or ffmpeg. Several may do so at once."""

    def __init__(self, path, quiet=True):
        self.path, self.quiet = os.path.abspath(path), quiet
        self._notes = os.path.join(self.path, ".recipes")
        os.makedirs(self._notes, exist_ok=True)
        version = subprocess.run(["ffmpeg", "-version"], capture_output=True, text=True, check=True).stdout.split("\n", maxsplit=1)[0]
        self._base = version + inspect.getsource(marks)

    def _recipe(self, recipe):
        """Text that is another whenever the clip may be."""
        of = getattr(recipe, "of", ())
        others = [self._recipe(catalogue.recipe(name)) for name in ([of] if isinstance(of, str) else of)]
        return " ".join([repr(recipe), inspect.getsource(sys.modules[type(recipe).__module__]), *others])

    def make(self, name):
        """The path of a clip, which is there when this returns. KeyError where there is none of that name."""
        recipe = catalogue.recipe(name)
        path, note = os.path.join(self.path, name), os.path.join(self._notes, name)
        wanted = hashlib.sha256((self._base + self._recipe(recipe)).encode()).hexdigest()
        if os.path.exists(path) and os.path.exists(note):
            with open(note, encoding="ascii") as file:
                if file.read() == wanted:
                    return path
        began, stem = time.monotonic(), f"{os.getpid()}-"
        fresh = os.path.join(self._notes, stem + name)
        try:
            recipe.make(fresh, self.make)
            os.replace(fresh, path)
            with open(fresh, "w", encoding="ascii") as file:
                file.write(wanted)
            os.replace(fresh, note)
        finally:
            for left in os.listdir(self._notes):
                if left.startswith(stem + name):
                    os.remove(os.path.join(self._notes, left))
        if not self.quiet:
            print(f"{name} {os.path.getsize(path)} bytes, {time.monotonic() - began:.1f} s", flush=True)
        return path
