# SPDX-License-Identifier: EUPL-1.2
"""What the tests of publishing share: `schauwand` in a folder, and that folder's files."""
import os
import subprocess


def run(build, folder, *arguments, expected=0, **environment):
    """What `schauwand` says, with these variables beside its own; anything but the expected status fails."""
    command = [os.path.join(build, "schauwand"), *arguments]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False,
                            env={**os.environ, **environment})
    said = result.stdout + result.stderr
    assert result.returncode == expected, f"{arguments}: {result.returncode} instead of {expected}\n{said}"
    return said


def edit(folder, path, old, new):
    """The first `old` of a file, which must be there, becomes `new`."""
    path = os.path.join(folder, path)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    assert old in text, f"{path} has no {old}"
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace(old, new, 1))


def snapshot(folder):
    """Every file with its bytes."""
    files = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            with open(path, "rb") as file:
                files[os.path.relpath(path, folder)] = file.read()
    return files
