# SPDX-License-Identifier: EUPL-1.2
"""One photograph that stays: what it costs to show nothing new, and the memory of all processes."""
import peers
import processes
from content import MARK, Picture
from table import Row
from wall import Xvfb
from watching import server, wait_colour

ROWS = ("still.cpu", "still.memory")


def watch(bench, screen, content, command, seconds):
    """(CPU s a minute, MiB) of one run."""
    with processes.Program(command, bench.env(screen)) as program:
        wait_colour(screen, content, MARK, program)
        program.cpu_of(5)
        spent, _ = program.cpu_of(seconds, [server(screen)])
        return spent * 60 / seconds, program.pss_mib()


def measure(bench):
    peers.need("Xvfb", "chromium", "feh", "mpv")
    ours, chromium, others = [], [], {}
    with bench.check(Picture(bench.folder)) as content, Xvfb() as screen:
        for run in range(bench.runs(3, 1)):
            bench.say(f"still: run {run + 1}")
            ours.append(watch(bench, screen, content, bench.play(content), bench.runs(24, 12)))
            chromium.append(watch(bench, screen, content, peers.chromium(content.page, bench.folder), bench.runs(12, 6)))
        for name, command in (("feh", peers.feh(content.path("media/a.jpg"))), ("mpv", peers.mpv(content.path("media/a.jpg")))):
            others[name] = watch(bench, screen, content, command, 6)
    rest = "; ".join(f"{name} {cpu:.3f} CPU s/60 s, {memory:.0f} MiB" for name, (cpu, memory) in others.items())
    return [Row("still.cpu", [run[0] for run in ours], "CPU s/60 s", "Chromium", [run[0] for run in chromium], ("<", 0.05), ("<", 0.02),
                note=f"with the X server's time; one pixel is put again every 4 s. {rest}"),
            Row("still.memory", [run[1] for run in ours], "MiB", "Chromium", [run[1] for run in chromium], ("<=", 0.12), ("<=", 0.06),
                "ratio", note="sum of Pss of all processes of ours")]
