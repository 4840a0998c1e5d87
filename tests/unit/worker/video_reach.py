#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""video_reach.py PROGRAM: runs a test of the video worker under strace. From the fence on the worker opens nothing but the system's
libraries and plug-ins, makes no socket and starts no program."""
import re
import subprocess
import sys
import tempfile

PLACES = ("/usr/", "/lib/", "/lib64/", "/etc/ld.so.cache")


def main():
    with tempfile.NamedTemporaryFile(suffix=".strace") as trace:
        ran = subprocess.run(["strace", "-f", "-qq", "-o", trace.name, "-e",
                              "trace=%file,%network,execve,execveat,clone,clone3,fork,vfork,seccomp", *sys.argv[1:]],
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if ran.returncode != 0:
            sys.exit("%s failed under strace:\n%s" % (sys.argv[1], ran.stdout.decode(errors="replace")))
        lines = open(trace.name, errors="replace").read().splitlines()
    fenced, opened, faults = set(), set(), []
    for line in lines:
        parts = line.split(None, 1)
        pid, call = parts[0], parts[1] if len(parts) > 1 else ""
        made = re.match(r"clone3?\(.*= (\d+)$", call) or re.match(r"<\.\.\. clone3? resumed>.*= (\d+)$", call)
        if made and pid in fenced:
            fenced.add(made.group(1))
        if call.startswith("seccomp(") and "SECCOMP_SET_MODE_FILTER" in call:
            fenced.add(pid)
            continue
        if pid not in fenced:
            continue
        path = re.match(r'(?:open|openat|openat2|creat)\((?:AT_FDCWD, )?"([^"]*)".*= (\d+)$', call)
        if path:
            opened.add(path.group(1))
            if not path.group(1).startswith(PLACES):
                faults.append(line)
        elif re.match(r"(socket|socketpair|connect|bind|execve|execveat|fork|vfork)\(", call):
            faults.append(line)
    if len(fenced) < 5 or not any("libavcodec_plugin" in name for name in opened):
        sys.exit("this trace shows no worker at work: %d tasks, %d files" % (len(fenced), len(opened)))
    print("%d tasks behind the fence opened %d files, all of the system's libraries" % (len(fenced), len(opened)))
    if faults:
        sys.exit("the worker reaches out:\n" + "\n".join(faults))


if __name__ == "__main__":
    main()
