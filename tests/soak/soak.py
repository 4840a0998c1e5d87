# SPDX-License-Identifier: EUPL-1.2
"""A soak from its beginning to its table: see tools/soak for what it is called with."""
import json
import os
import pathlib
import random
import shutil
import signal
import tempfile
import threading
import time

import house
import meter
import mishaps
import verdict
from ground import Fingers, Ground

NEWS_S = 3      # between two changes of the live data
REST_S = 45     # after the last mishap: so long everything has to be as it should be again
PATIENCE = 120  # seconds until the first picture, and until all is well at the end
FAST = 144      # ten minutes are a day


class Soak:
    def __init__(self, arguments, folder, say):
        self.arguments, self.folder, self.say, self.faults = arguments, folder, say, []
        self.seconds, self.seed = arguments.seconds, arguments.seed
        self.every_s = min(30, max(1, self.seconds / 300))
        self.ended = threading.Event()

    def run(self):
        """Its exit status."""
        ground = Ground(self.arguments.build, self.folder, FAST if self.arguments.fast else 1)
        try:
            return self.judge(*self.live(ground))
        except BaseException:
            self.say("\n".join(ground.player.lines()[-40:]) if hasattr(ground, "player") else "nothing stands yet")
            raise
        finally:
            ground.close()

    def live(self, ground):
        """Everything that happens: who watched it, and who brought it about."""
        self.say(f"the wall follows {ground.site.server.place}; seed {self.seed}, {self.seconds:g} s"
                 f"{'' if ground.disk.own else '; without a small disk: none may be made here'}")
        house.wait_until("the first pictures", ground.player.plays, PATIENCE)
        watchers = meter.Meter(ground.player, self.every_s), meter.Eye(ground.screen, self.arguments.keep)
        doers = mishaps.Mishaps(ground, self.seed, max(self.seconds * 0.5, self.seconds - REST_S), self.say), \
            Fingers(ground.screen, self.seed)
        for thread in (*watchers, *doers):
            thread.start()
        news = threading.Thread(target=self.bring_news, args=(ground,), daemon=True)
        news.start()
        try:
            self.ended.wait(max(self.seconds * 0.5, self.seconds - REST_S))
            doers[0].stop()
            ground.site.operate("clear", "--all")
            ground.player.tell("clear")
            self.ended.wait(min(REST_S, self.seconds * 0.5))
            doers[1].stop()
            self.settle(ground)
        except KeyboardInterrupt:
            self.faults.append("stopped before its time")
        finally:
            self.ended.set()
            for thread in (*doers, *watchers):
                thread.stop()
            news.join()
        self.close(ground, watchers[0])
        return ground, *watchers, *doers

    def bring_news(self, ground):
        chance = random.Random(self.seed)
        while not self.ended.wait(NEWS_S):
            ground.site.data.renew(chance)

    def settle(self, ground):
        """All mishaps are over: the newest release and its playlists are on, both zones play, and nothing has to be looked at."""
        def well():
            status, current = ground.player.status(), ground.site.current()
            return (status.get("release") == current["release"] and (status.get("playlists") or 0) == (current["playlists"] or 0) and
                    ground.player.plays() and status["card"] is None and not any(zone["visit"] for zone in status["zones"]))
        try:
            house.wait_until("a wall that is well", well, PATIENCE)
        except AssertionError:
            self.faults.append(f"not well at the end: {ground.player.status()}, published is {ground.site.current()}")

    def close(self, ground, watched):
        """A clean end: status 0, nobody left behind."""
        pids = {life.pid for life in watched.lives if life.ended is None}
        status = ground.player.stop()
        if status != 0:
            self.faults.append(f"it ended with status {status}")
        try:
            house.wait_until("the end of all", lambda: not any(house.is_running(pid) for pid in pids))
        except AssertionError:
            self.faults.append(f"left behind: {sorted(pid for pid in pids if house.is_running(pid))}")
        left = meter.left_behind(ground.disk.folder)
        if left:
            self.say(f"files of writes in progress, for the next start to remove: {', '.join(left)}")

    def judge(self, ground, watched, eye, done, fingers):
        """Prints the table; 1 if something is out of bounds."""
        lines, rows = ground.player.lines(), verdict.rows(watched.lives)
        worst = verdict.longest_spans(eye.spans, done.excused)
        for row in rows:
            self.faults += row.faults()
        for kind, ((due, whole, begin, names), _) in worst.items():
            if due > verdict.DUE_MAX_S:
                self.faults.append(f"{kind} for {whole:.1f} s from {begin - done.began:.0f} s on, {due:.1f} of which a picture was due in; "
                                   f"{', '.join(names) or 'no mishap'}")
        self.faults += [f"ended badly, though nobody did it any harm: {line}" for line in meter.own_ends(lines, done.harmed)]
        self.faults += [f"said: {line}" for line in meter.alarms(lines)]
        self.faults += [f"a card was shown: {card}" for card in sorted({state["card"] for _, state in watched.states if state["card"]})]
        self.faults += [f"a mishap failed: {text}" for text in done.failed]
        self.tell(rows, worst, watched, eye, done, fingers, lines)
        if self.arguments.json:
            self.write(rows, worst, watched, done, lines)
        return 1 if self.faults else 0

    def tell(self, rows, worst, watched, eye, done, fingers, lines):
        print(f"\n{verdict.HEAD}", *[row.line() for row in rows], sep="\n")
        ends = {}
        for cause in done.harmed.values():
            ends[cause] = ends.get(cause, 0) + 1
        tally = watched.tally()
        print(f"\nmishaps: {', '.join(f'{name} {count}' for name, count in sorted(done.counts.items()))}; fingers {fingers.count}")
        print(f"ended or stopped on purpose: {', '.join(f'{name} {count}' for name, count in sorted(ends.items())) or 'nobody'}")
        print(f"screen: {eye.looks} looks, {eye.changes} changes of the zone that nobody touches; frames drawn {watched.frames_drawn()}; "
              f"of clips {tally['shown']} pictures shown, {tally['late']} late, {tally['dropped']} dropped, {tally['repeated']} repeated")
        for kind, (due, longest) in sorted(worst.items()):
            print(f"  longest {kind:5} {due[1]:6.1f} s where a picture was due ({due[0]:.1f} s of it); at all {longest[1]:6.1f} s"
                  f"{' with ' + ', '.join(longest[3]) if longest[3] else ''}")
        releases = sorted({state["release"] for _, state in watched.states if state["release"]})
        print(f"releases shown: {len(releases)}, up to {releases[-1] if releases else '-'}; refused: "
              f"{', '.join(sorted({state['refused'] for _, state in watched.states if state['refused']})) or 'none'}")
        print("said most often as a warning or an error:")
        for count, line in meter.often(lines)[:12]:
            print(f"  {count:5} x {line[:120]}")
        print("\nout of bounds:" if self.faults else "\nnothing out of bounds", *[f"  {fault}" for fault in self.faults], sep="\n")

    def write(self, rows, worst, watched, done, lines):
        value = {"seed": self.seed, "seconds": self.seconds, "fast": self.arguments.fast, "faults": self.faults,
                 "processes": {row.role: row.values() for row in rows}, "longest": worst, "mishaps": done.counts, "tally": watched.tally(),
                 "frames": watched.frames_drawn(), "plan": done.plan, "said": meter.often(lines),
                 "samples": [[life.role, life.pid, [[round(sample.at - done.began, 1), *(round(getattr(sample, field), 2)
                                                                                        for field in sample.FIELDS)]
                                                    for sample in life.samples]] for life in watched.lives]}
        pathlib.Path(self.arguments.json).write_text(json.dumps(value) + "\n")


def interrupt(*_):
    """Once: what is being ended then must not be left half way."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt


def main(arguments):
    """The exit status; 2 where it could not be done. Ends everything that it started, also on Ctrl-C and SIGTERM."""
    began = time.monotonic()

    def say(text):
        print(f"{time.monotonic() - began:7.1f} {text}", flush=True)
    signal.signal(signal.SIGTERM, interrupt)
    signal.signal(signal.SIGINT, interrupt)
    os.environ["SW_TOOLS"] = str(pathlib.Path(arguments.build) / "tests")
    folder = tempfile.mkdtemp(prefix="schauwand-soak-")
    arguments.keep = arguments.keep or folder
    os.makedirs(arguments.keep, exist_ok=True)
    try:
        return Soak(arguments, folder, say).run()
    except KeyboardInterrupt:
        say("stopped")
        return 2
    finally:
        shutil.rmtree(folder, ignore_errors=True)
