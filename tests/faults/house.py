# SPDX-License-Identifier: EUPL-1.2
"""What the fault tests share: a supervisor under test, what it says, and its children as /proc shows them."""
import concurrent.futures
import os
import signal
import subprocess
import tempfile
import threading
import time
import unittest

PATIENCE = 30  # seconds until a state that must come counts as never coming


def wait_until(what, condition, patience=PATIENCE):
    """The first true result of condition(); fails with `what` otherwise."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        result = condition()
        if result:
            return result
        time.sleep(0.005)
    raise AssertionError(f"never came: {what}")


def program_of(pid):
    """The file name it was started by (its name in /proc is cut after 15 letters); "" once it has ended."""
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return os.path.basename(file.read().split(b"\0")[0].decode(errors="replace"))
    except (FileNotFoundError, ProcessLookupError):
        return ""


def children_of(pid):
    """{pid: program} of the children that run."""
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            pids = [int(child) for child in file.read().split()]
    except (FileNotFoundError, ProcessLookupError):
        return {}
    return {child: program_of(child) for child in pids if is_running(child)}


def is_running(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            return file.read().rsplit(")", 1)[1].split()[0] not in ("Z", "X")
    except (FileNotFoundError, ProcessLookupError):
        return False


class Supervisor:
    """`schauwand ARGUMENTS...`, its standard error line by line, and a state folder of its own."""

    def __init__(self, program, *arguments, state=None, environment=None, cwd=None):
        self.own_state = None
        if state is None:
            self.own_state = tempfile.TemporaryDirectory(prefix="sw-state-")
            state = self.own_state.name
        self.state = state
        self.lines = []
        variables = {**os.environ, "XDG_STATE_HOME": state, **(environment or {})}
        self.process = subprocess.Popen([program, *arguments], env=variables, cwd=cwd, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace")
        self.readers = [threading.Thread(target=self.read, args=(stream,), daemon=True)
                        for stream in (self.process.stdout, self.process.stderr)]
        for reader in self.readers:
            reader.start()

    def read(self, stream):
        for line in stream:
            self.lines.append(line.rstrip("\n"))

    def text(self):
        return "\n".join(self.lines)

    def children(self, program=None):
        """Pids of those that run, of one program or all."""
        return [pid for pid, name in children_of(self.process.pid).items() if program in (None, name)]

    def wait(self):
        """The exit status, once it has ended by itself."""
        status = self.process.wait(timeout=PATIENCE * 2)
        for reader in self.readers:
            reader.join(PATIENCE)
        return status

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.wait()

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.wait()
        for stream in (self.process.stdout, self.process.stderr):
            stream.close()
        if self.own_state is not None:
            self.own_state.cleanup()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()


def run_one(case, name):
    result = unittest.TestResult()
    case(name).run(result)
    print(name, "ok" if result.wasSuccessful() else "FAILED", flush=True)
    return [report for _, report in result.errors + result.failures]


def run_beside(case, names, at_once):
    """The tests of a case that mostly wait, or those that are named, several at once; returns the exit status. In processes, or one test
    would start a program that another still copies."""
    names = names or unittest.defaultTestLoader.getTestCaseNames(case)
    with concurrent.futures.ProcessPoolExecutor(at_once) as pool:
        reports = [report for reports in pool.map(run_one, [case] * len(names), names) for report in reports]
    print(*reports, f"{len(names)} tests, {len(reports)} failed", sep="\n")
    return 1 if reports else 0
