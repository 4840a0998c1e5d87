#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""usage: fence.py BUILD

The fences of the real processes (base/fence.h): that they are raised, before anything foreign is read; what a call that is planted into a
process behind its fence meets with; and that an exhibition which comes to be behind the player's fence is played all the same.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "faults"))
import house  # noqa: E402

BUILD = os.path.abspath(sys.argv[1])
SCHAUWAND = os.path.join(BUILD, "schauwand")
PLANT = os.path.join(BUILD, "tests", "libplant.so")
BASE = os.path.join(HERE, "..", "bad", "base")
PLAYER, PICTURE, SVG = "schauwand-player", "schauwand-worker-picture", "schauwand-worker-svg"
KILLED = "ended by signal 31"


def status_of(pid):
    with open(f"/proc/{pid}/status", encoding="utf-8", errors="replace") as file:
        return dict(line.rstrip("\n").split(":\t", 1) for line in file if ":\t" in line)


def landlock():
    """What the kernel has, as our own supervisor sees it."""
    return "no Landlock" not in FENCES


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="sw-fence-")
        self.addCleanup(self.folder.cleanup)
        self.exhibition = os.path.join(self.folder.name, "exhibition")
        shutil.copytree(BASE, self.exhibition)
        self.outside = os.path.join(self.folder.name, "outside")
        os.mkdir(self.outside)
        self.secret = os.path.join(self.outside, "secret")
        with open(self.secret, "w", encoding="ascii") as file:
            file.write("0123456789\n")
        self.status = os.path.join(self.folder.name, "out", "status.json")
        os.mkdir(os.path.dirname(self.status))

    def play(self, *arguments, environment=None, exhibition=None):
        supervisor = house.Supervisor(SCHAUWAND, "play", exhibition or self.exhibition, "--offscreen", "--status", self.status, *arguments,
                                      environment=environment)
        self.addCleanup(supervisor.close)
        return supervisor

    def read_status(self):
        try:
            with open(self.status, encoding="utf-8") as file:
                return file.read()
        except FileNotFoundError:
            return ""

    def await_scene(self):
        house.wait_until("a scene", lambda: re.search(r'"scene": "', self.read_status()))

    def test_fences_are_up(self):
        supervisor = self.play()
        self.await_scene()
        house.wait_until("the workers", lambda: all(supervisor.children(name) for name in (PLAYER, PICTURE, SVG)))
        own = status_of(supervisor.process.pid)
        self.assertEqual((own["NoNewPrivs"], own["Seccomp"]), ("1", "0"), "the supervisor")
        for name in (PLAYER, PICTURE, SVG):
            pid = supervisor.children(name)[0]
            status = house.wait_until(f"the fence of {name}", lambda who=pid: status_of(who) if status_of(who)["Seccomp"] == "2" else None)
            self.assertEqual(status["NoNewPrivs"], "1", name)
            with open(f"/proc/{pid}/limits", encoding="ascii") as file:
                self.assertRegex(file.read(), r"Max core file size +0 +0 ", name)
        self.assertEqual(supervisor.stop(), 0)

    def test_nothing_foreign_is_read_before(self):
        trace = os.path.join(self.folder.name, "trace")
        subprocess.run(["strace", "-f", "-ff", "-o", trace, "-e", "trace=execve,seccomp,openat,openat2,recvmsg,clone,clone3", SCHAUWAND,
                        "check", "--full", self.exhibition], check=True, stdout=subprocess.DEVNULL)
        seen = set()
        for name in os.listdir(self.folder.name):
            if not name.startswith("trace."):
                continue
            with open(os.path.join(self.folder.name, name), encoding="utf-8", errors="replace") as file:
                lines = file.read().splitlines()
            programs = [re.search(r'execve\("[^"]*/([^"/]+)"', line) for line in lines]
            programs = [match.group(1) for match in programs if match]
            if not programs or programs[-1] not in (PLAYER, PICTURE, SVG):
                continue
            raised = [number for number, line in enumerate(lines) if re.match(r"seccomp\(SECCOMP_SET_MODE_FILTER.*= 0$", line)]
            self.assertEqual(len(raised), 1, programs[-1])
            begun = max(number for number, line in enumerate(lines) if line.startswith("execve("))
            for line in lines[begun + 1:raised[0]]:
                self.assertNotRegex(line, r"^(recvmsg|openat2|clone3?)\(", f"{programs[-1]} before its fence")
                self.assertNotIn(self.exhibition, line.replace(f'"{self.exhibition}", O_RDONLY|O_CLOEXEC|O_PATH', ""), programs[-1])
            seen.add(programs[-1])
        self.assertEqual(seen, {PLAYER, PICTURE, SVG})

    def plant(self, program, act, path=""):
        """What the process said of the call, or that it was ended for it."""
        environment = {"LD_PRELOAD": PLANT, "SW_PLANT": f"{program}:{act}:{path}"}
        supervisor = self.play(environment=environment)
        line = house.wait_until(f"what becomes of {act} in {program}",
                                lambda: re.search(rf"plant {act}: (\w+)|({KILLED})", supervisor.text()))
        supervisor.stop()
        supervisor.close()
        return line.group(1) or line.group(2)

    def check(self, program, cases):
        for act, path, expected in cases:
            with self.subTest(program=program, act=act, path=path):
                self.assertEqual(self.plant(program, act, path), expected)

    def test_planted_in_the_player(self):
        new = os.path.join(self.exhibition, "media", "new")
        self.check(PLAYER, [("internet", "", "EAFNOSUPPORT"), ("internet6", "", "EAFNOSUPPORT"), ("exec", "/bin/true", "EACCES"),
                            ("fork", "", "ENOSYS"), ("trace", "", "ENOSYS"), ("read", os.path.join(self.exhibition, "media"), "done"),
                            ("write", os.path.join(os.path.dirname(self.status), "new"), "done")])
        if landlock():
            self.check(PLAYER, [("read", self.secret, "EACCES"), ("read", "/etc/shadow", "EACCES"), ("write", self.secret, "EACCES"),
                                ("write", os.path.join(self.outside, "new"), "EACCES"), ("write", new, "EACCES")])
        self.assertFalse(os.path.exists(new) or os.path.exists(os.path.join(self.outside, "new")))

    def test_planted_in_the_picture_worker(self):
        self.check(PICTURE, [("internet", "", KILLED), ("exec", "/bin/true", KILLED), ("fork", "", "ENOSYS"), ("trace", "", KILLED),
                             ("read", "/etc/passwd", "EACCES"), ("read", os.path.join(self.exhibition, "media", "welle.svg"), "EACCES"),
                             ("write", os.path.join(self.outside, "new"), "EACCES")])

    def test_planted_in_the_svg_worker(self):
        self.check(SVG, [("internet", "", "EAFNOSUPPORT"), ("exec", "/bin/true", KILLED), ("fork", "", "ENOSYS"), ("trace", "", KILLED),
                         ("read", "/etc/fonts/fonts.conf", "done"), ("write", os.path.join(self.outside, "new"), "ENOSYS")])
        if landlock():
            self.check(SVG, [("read", "/etc/passwd", "EACCES"),
                             ("read", os.path.join(self.exhibition, "media", "welle.svg"), "EACCES")])

    def test_the_plant_works(self):
        """Without a fence each of them is done: else the tests above would prove nothing."""
        for act, path in (("internet", ""), ("read", self.secret), ("write", os.path.join(self.outside, "new"))):
            environment = {**os.environ, "LD_PRELOAD": PLANT, "SW_PLANT": f"schauwand:{act}:{path}"}
            process = subprocess.run([SCHAUWAND, "check", self.exhibition], env=environment, capture_output=True, text=True, check=True)
            self.assertRegex(process.stderr, rf"plant {act}: (done|ECONNREFUSED)")

    def test_an_exhibition_that_comes_later(self):
        later = os.path.join(self.folder.name, "later")
        supervisor = self.play(exhibition=later)
        house.wait_until("the card", lambda: '"card": "' in self.read_status())
        shutil.copytree(BASE, later + ".new")
        os.rename(later + ".new", later)
        self.await_scene()
        self.assertEqual(supervisor.stop(), 0)


def fences():
    """What a supervisor says about this kernel when it begins."""
    with tempfile.TemporaryDirectory(prefix="sw-fence-") as folder:
        supervisor = house.Supervisor(SCHAUWAND, "play", folder, "--offscreen")
        house.wait_until("a picture", lambda: "shows a picture" in supervisor.text())
        supervisor.stop()
        supervisor.close()
        return supervisor.text()


if __name__ == "__main__":
    FENCES = fences()
    unittest.main(argv=sys.argv[:1], verbosity=2)
