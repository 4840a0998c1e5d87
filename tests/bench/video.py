# SPDX-License-Identifier: EUPL-1.2
"""Clips of 1080p30 H.264, as the screen shows them: what one costs and how evenly it comes, several at once, how soon the first picture is
there, and what is to be seen where a clip begins anew or gives way to another. The same files and the same X server for all, in turn."""
import os
import resource
import statistics
import subprocess

import peers
import processes
from clips import LONG, TURNS, WHOLE, Asked, Clips, InTurn, Run, lengths, made, tiles
from content import MARK
from marks import PALETTE
from table import Row
from wall import WallError, Xvfb, tool, wait_for
from watching import deviation, wait_colour

ONE_ROWS = ("video.cvlc", "video.mpv", "video.decode", "video.ffplay", "video.chromium", "video.interval", "video.lost", "video.memory")
SEVERAL_ROWS = ("video.two", "video.four", "video.at_once")
FIRST_ROWS = ("video.first", "video.cold")
SEAM_ROWS = ("video.seam", "video.change")
ROWS = ONE_ROWS + SEVERAL_ROWS + FIRST_ROWS + SEAM_ROWS
FRAME_MS = 1000 / 30
LIMIT_S = 20
MARKED_PIXEL = (416, 16)  # of the clip's own colour
AT_ONCE_MAX = 16          # workers that a wall may have


class Field:
    """Where all are measured: the bench, one X server, the environment of all programs, the clips."""

    def __init__(self, bench, screen):
        self.bench, self.screen = bench, screen
        # cvlc is another user's where this is root: who must be able to read the clips, and has no home
        os.chmod(bench.folder, 0o755)
        self.env = bench.env(screen, HOME="/nonexistent") if os.geteuid() == 0 else bench.env(screen)
        self.clip = made(bench, LONG)
        self.turns = [made(bench, name) for name in TURNS]
        self.door = os.path.join(bench.folder, "control")

    def ours(self, content):
        return self.bench.play(content, "--control", self.door)

    def sides(self, content, clip):
        """{name: command} of all that show one clip again and again."""
        return {"ours": self.ours(content), "cvlc": peers.cvlc_clips(clip), "mpv": peers.mpv_clips(clip), "ffplay": peers.ffplay_clip(clip),
                "chromium": peers.chromium(content.page, self.bench.folder)}

    def run(self, commands, places, seconds, *names):
        return Run(self.screen, self.env, commands, places, seconds, lengths(*names))

    def tell(self, *words):
        return [self.bench.player, "tell", *words, "--control", self.door]


def measure(bench):
    peers.need("Xvfb", "chromium", "mpv", "cvlc", "ffplay", "ffmpeg")
    rows = []
    with Xvfb() as screen:
        field = Field(bench, screen)
        for part, names in ((one, ONE_ROWS), (several, SEVERAL_ROWS), (first, FIRST_ROWS), (seams, SEAM_ROWS)):
            if bench.wanted.intersection(names):
                rows += part(bench, field)
    return rows


# -- one clip --

def decode_s(bench, clip):
    """CPU s a minute of decoding alone."""
    seconds = bench.runs(60, 10)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(peers.decode(clip, seconds), check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 60 / seconds


def ranges(values, unit):
    """Text of what the peers have that no row judges us by."""
    return "; ".join(f"{name} {min(of_name):.2f}..{max(of_name):.2f} {unit}" for name, of_name in values.items()
                     if name not in ("ours", "chromium"))


def one(bench, field):
    seconds, runs, floor = bench.runs(20, 8), {}, []
    with bench.check(Clips(bench.folder, field.clip, [WHOLE])) as content:
        for number in range(bench.runs(5, 1)):
            for name, command in field.sides(content, field.clip).items():
                bench.say(f"video: run {number + 1}: {name}")
                runs.setdefault(name, []).append(field.run([command], [WHOLE], seconds, LONG))
            floor.append(decode_s(bench, field.clip))
    each = lambda what: {name: [what(run) for run in of_name] for name, of_name in runs.items()}
    cpu, sd, memory = each(lambda run: run.cpu), each(lambda run: deviation(run.intervals)), each(lambda run: run.memory)
    lost, frames = ({name: sum(of_name) for name, of_name in each(what).items()} for what in (lambda run: run.lost, lambda run: run.frames))
    of_server = [run.of_server for run in runs["ours"]]

    def ratio(name, peer, values, gate=None, ambition=None, note=""):
        return Row(name, cpu["ours"], "CPU s/60 s", peer, values, gate, ambition, "ratio", note=note)
    return [
        ratio("video.cvlc", "cvlc", cpu["cvlc"], ("<=", 1.20), ("<=", 1.00),
              f"with the X server's time, of ours {min(of_server):.2f}..{max(of_server):.2f}"),
        ratio("video.mpv", "mpv x11", cpu["mpv"], ("<=", 0.60), ("<=", 0.50)),
        ratio("video.decode", "decode only", floor, ("<=", 1.65), ("<=", 1.35)),
        ratio("video.ffplay", "ffplay", cpu["ffplay"]), ratio("video.chromium", "Chromium", cpu["chromium"]),
        Row("video.interval", sd["ours"], "ms sd", "Chromium", sd["chromium"], ("<=", 0.5), ("<=", 0.35), "ratio",
            note=f"longest {max(max(run.intervals) for run in runs['ours']):.1f} ms; sd of {ranges(sd, 'ms')}"),
        Row("video.lost", [1000 * lost["ours"] / frames["ours"]], "of 1000 frames", "Chromium",
            [1000 * lost["chromium"] / frames["chromium"]],
            note="; ".join(f"{name} {lost[name]} of {frames[name] + lost[name]}" for name in runs)),
        Row("video.memory", memory["ours"], "MiB", "Chromium", memory["chromium"], ("<=", 0.45), ("<=", 0.22), "ratio",
            note=f"sum of Pss of all processes; {ranges(memory, 'MiB')}")]


# -- several at once --

def show_several(bench, field, name, places, seconds):
    """A run of one side with a clip at each place; mpv takes a process each. (cvlc places no window without a window manager.)"""
    with bench.check(Clips(bench.folder, field.clip, places)) as content:
        commands = [peers.mpv_clips(field.clip, place=place) for place in places]
        return field.run(commands if name == "mpv" else [field.sides(content, field.clip)[name]], places, seconds, LONG)


def at_once(bench, field, name):
    """The most clips, each a sixteenth of the screen, of which no frame is lost; what is lost once may be by chance."""
    good, count = 0, bench.runs(2, 4)
    while count <= AT_ONCE_MAX:
        bench.say(f"video: {name}: {count} clips at once")
        if all(show_several(bench, field, name, tiles(4, count), bench.runs(12, 6)).lost > 0 for _ in range(2)):
            break
        good, count = count, count + 1
    return good


def several(bench, field):
    seconds, runs = bench.runs(12, 6), {2: {}, 4: {}}
    for number in range(bench.runs(3, 1)):
        for count, of_count in runs.items():
            for name in ("ours", "chromium", "mpv"):
                bench.say(f"video: run {number + 1}: {count} clips: {name}")
                of_count.setdefault(name, []).append(show_several(bench, field, name, tiles(2, count), seconds))
    rows = []
    for count, row in zip(runs, SEVERAL_ROWS):
        note = "; ".join(f"{name} {statistics.median(run.cpu for run in of_name):.1f} CPU s/60 s, "
                         f"{sum(run.lost for run in of_name)} of {sum(run.frames + run.lost for run in of_name)} frames lost, "
                         f"sd {statistics.median(deviation(run.intervals) for run in of_name):.1f} ms, "
                         f"{statistics.median(run.memory for run in of_name):.0f} MiB" for name, of_name in runs[count].items())
        rows.append(Row(row, [run.cpu for run in runs[count]["ours"]], "CPU s/60 s", "Chromium",
                        [run.cpu for run in runs[count]["chromium"]], judge="ratio", note=f"each a quarter of the screen; {note}"))
    if "video.at_once" in bench.wanted:
        most = {name: at_once(bench, field, name) for name in ("ours", "mpv")}
        rows.append(Row("video.at_once", [most["ours"]], "clips", "decode limit", [os.cpu_count() * 60 / decode_s(bench, field.clip)],
                        (">=", 0.6), (">=", 0.75), "ratio", note=f"without a frame lost, each a sixteenth of the screen; mpv "
                        f"{most['mpv']}; the limit is the time of {os.cpu_count()} cores by what decoding alone takes of it"))
    return rows


# -- the first picture --

def first_ms(field, command):
    """From fork to the first picture of the clip."""
    done = subprocess.run([tool("bench-screen"), os.path.join(field.screen.folder, "Xvfb_screen0"), "first", *map(str, MARKED_PIXEL),
                           "%02X%02X%02X" % PALETTE[0], "40", str(LIMIT_S), *command], env=field.env, capture_output=True, text=True)
    if done.returncode != 0 or done.stdout.strip() == "late":
        raise WallError(f"{command[0]} shows no picture of a clip within {LIMIT_S} s: {done.stderr}")
    return float(done.stdout)


def from_black_ms(field, command):
    wait_for(lambda: field.screen.pixel(*MARKED_PIXEL) == (0, 0, 0), "an empty screen")
    return first_ms(field, command)


def asked_ms(field, content):
    """From the start of `schauwand tell` to the first picture: the player shows a photograph and has a worker at hand."""
    with processes.Program(field.ours(content), field.env) as player:
        wait_colour(field.screen, content, MARK, player)
        player.cpu_of(2)
        return first_ms(field, field.tell("go", "two"))


def first(bench, field):
    times = {name: [] for name in ("ours", "asked", "cvlc", "mpv", "ffplay")}
    with bench.check(Clips(bench.folder, field.clip, [WHOLE])) as content, bench.check(Asked(bench.folder, field.clip)) as asked:
        commands = {name: command for name, command in field.sides(content, field.clip).items() if name in times}
        for command in commands.values():  # once for the page cache
            from_black_ms(field, command)
        for run in range(bench.runs(15, 3)):
            bench.say(f"video: first picture: run {run + 1}")
            for name, command in commands.items():
                times[name].append(from_black_ms(field, command))
            times["asked"].append(asked_ms(field, asked))
    rest = "; ".join(f"{name} {statistics.median(times[name]):.0f} ms" for name in ("mpv", "ffplay"))
    return [Row("video.first", times["asked"], "ms", "cvlc", times["cvlc"], ("<=", 1.3), ("<=", 1.0), "ratio",
                note=f"from the start of `schauwand tell`, asking a player that shows something else; the others from their own; {rest}"),
            Row("video.cold", times["ours"], "ms", "cvlc", times["cvlc"], judge="ratio", note="from the start of `schauwand play`")]


# -- where clips begin --

def faults(runs):
    verdicts = [verdict for run in runs for verdict in run.verdicts]
    return ", ".join(f"{sum(getattr(verdict, word) for verdict in verdicts)} {word}" for word in ("black", "unknown", "missing", "back"))


def worst_ms(run, which):
    took = [took for verdict in run.verdicts for took in getattr(verdict, which)]
    if not took:
        raise WallError(f"no {which} of clips while they were watched")
    return max(took) / 1000


def seams(bench, field):
    seconds, loops, changes = bench.runs(22, 12), {}, {}
    with bench.check(Clips(bench.folder, field.turns[0], [WHOLE])) as loop, bench.check(InTurn(bench.folder, field.turns)) as turn:
        in_turn = {"ours": field.ours(turn), "cvlc": peers.cvlc_clips(*field.turns), "mpv": peers.mpv_clips(*field.turns),
                   "chromium": peers.chromium(turn.page, bench.folder)}
        for number in range(bench.runs(3, 1)):
            for name, command in field.sides(loop, field.turns[0]).items():
                bench.say(f"video: seams: run {number + 1}: {name}")
                loops.setdefault(name, []).append(field.run([command], [WHOLE], seconds, TURNS[0]))
            for name, command in in_turn.items():
                bench.say(f"video: changes: run {number + 1}: {name}")
                changes.setdefault(name, []).append(field.run([command], [WHOLE], seconds, *TURNS))
    rows = []
    for row, runs, which in (("video.seam", loops, "seams"), ("video.change", changes, "changes")):
        worst = {name: [worst_ms(run, which) for run in of_name] for name, of_name in runs.items()}
        note = "; ".join(f"{name} {max(worst[name]):.0f} ms, {faults(runs[name])}" for name in runs)
        rows.append(Row(row, worst["ours"], "ms", "Chromium", worst["chromium"], judge="ratio",
                        note=f"the longest of {seconds} s; a frame is {FRAME_MS:.0f} ms; longest of all, and what else was seen: {note}"))
    return rows
