# SPDX-License-Identifier: EUPL-1.2
"""Programs that are measured: started in a session of their own, with all that they start; their processor time and their memory."""
import os
import signal
import subprocess
import tempfile
import time


def stat_fields(pid):
    """The fields of /proc/PID/stat from the state on; None if it is gone."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            return file.read().rsplit(")", 1)[1].split()
    except (OSError, IndexError):
        return None


def alive(pid):
    fields = stat_fields(pid)
    return fields is not None and fields[0] not in "ZX"


def tree(root):
    """The process ids of `root`, all that descend from it, and whatever else is in its session."""
    parents, members = {}, {root}
    for name in os.listdir("/proc"):
        fields = stat_fields(name) if name.isdigit() else None
        if fields:
            parents[int(name)] = (int(fields[1]), int(fields[3]))
    grown = True
    while grown:
        more = {pid for pid, (parent, session) in parents.items() if pid not in members and (parent in members or session == root)}
        members |= more
        grown = bool(more)
    return {pid for pid in members if pid in parents}


def own_cpu_s(pid):
    """Of one process, to the nanosecond, with its children that have ended and were waited for; None if it is gone."""
    fields = stat_fields(pid)
    try:
        own = time.clock_gettime(~pid << 3 | 2)  # the process's clock: linux/posix-timers.h, CPUCLOCK_SCHED
    except OSError:
        return None
    return own + (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK") if fields else None


def cpu_s(pids):
    """{process id: seconds so far}"""
    times = {pid: own_cpu_s(pid) for pid in pids}
    return {pid: spent for pid, spent in times.items() if spent is not None}


def program(pid):
    """The name of what it runs; "gone" if it has ended."""
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return os.path.basename(file.read().split(b"\0")[0].decode(errors="replace")) or "gone"
    except OSError:
        return "gone"


def pss_mib(pids):
    """The sum of proportional set sizes: what all of them together would give back."""
    total = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
                total += next(int(line.split()[1]) for line in file if line.startswith("Pss:"))
        except (OSError, StopIteration):
            continue
    return total / 1024


class Program:
    """A program under measurement: started by `with`, ended with all its children at the end of it."""

    def __init__(self, command, env):
        self.command, self.env = command, env

    def __enter__(self):
        self.log = tempfile.TemporaryFile("w+", errors="replace")
        self._process = subprocess.Popen(self.command, env=self.env, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
                                         start_new_session=True)
        self.pid = self._process.pid
        return self

    def __exit__(self, *_):
        pids = tree(self.pid)
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        pids |= tree(self.pid)
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
        end = time.monotonic() + 5
        while any(alive(pid) for pid in pids) and time.monotonic() < end:
            time.sleep(0.01)
        self.log.close()

    def running(self):
        return self._process.poll() is None

    def said(self):
        """The last of what it has written."""
        self.log.flush()
        with open(f"/proc/self/fd/{self.log.fileno()}", errors="replace") as file:
            return file.read()[-2000:]

    def pids(self):
        return tree(self.pid)

    def cpu_of(self, seconds, also=()):
        """Seconds of processor time that it and the processes `also` take in `seconds` from now: (together, of `also` alone)."""
        before, began = cpu_s(self.pids() | set(also)), time.monotonic()
        time.sleep(seconds)
        after, took = cpu_s(self.pids() | set(also)), time.monotonic() - began
        spent = {pid: now - before.get(pid, 0) for pid, now in after.items()}
        return sum(spent.values()) * seconds / took, sum(spent.get(pid, 0) for pid in also) * seconds / took

    def cpu_by_name(self, seconds, also=()):
        """{program: seconds of processor time in `seconds` from now}, and under "" that of the processes `also`."""
        before, began = cpu_s(self.pids() | set(also)), time.monotonic()
        time.sleep(seconds)
        after, took = cpu_s(self.pids() | set(also)), time.monotonic() - began
        spent = {}
        for pid, now in after.items():
            name = "" if pid in also else program(pid)
            spent[name] = spent.get(name, 0) + (now - before.get(pid, 0)) * seconds / took
        return spent

    def pss_mib(self):
        return pss_mib(self.pids())

    def pss_by_name(self):
        """{program: MiB}"""
        found = {}
        for pid in self.pids():
            found[program(pid)] = found.get(program(pid), 0) + pss_mib({pid})
        return found
