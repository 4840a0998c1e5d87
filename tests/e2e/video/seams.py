# SPDX-License-Identifier: EUPL-1.2
"""usage: seams.py COUNT [--alone]

Four zones: in two of them clips of several formats and lengths follow one another, in two a clip begins anew again and again, until COUNT
clips have ended. At every seam and at every change the last frame of what ends and the first of what begins are looked for on the screen,
by the upper and the lower edge of each zone. None is black, or shows anything but a clip; none shows a frame that was there before or a
clip out of turn. A frame that did not come is missing: a busy machine leaves out some, so that it is judged that most ends lack none;
--alone, where nothing else runs, that none lacks any."""
import sys

from wall import Xvfb
from walls import Judge, Playing, Scene, Wall, Watch, lengths, marked, wait_for

A, B, C, D = "turn-a.mp4", "turn-b.mp4", "turn-c.webm", "turn-d.mp4"
ZONES = [[A, B, C, D], [D, A], [A], [C]]


def scenes(clips):
    return [Scene(clip, loop=True, stays=3600000) if len(clips) == 1 else Scene(clip) for clip in clips]


def watch(count):
    """{(zone, edge): verdict} of a wall that has seen so many clips end."""
    with Wall([scenes(clips) for clips in ZONES]) as wall, Xvfb(*wall.size) as screen, Playing(wall, screen) as play:
        eyes = [of_edge for zone in range(len(ZONES)) for of_edge in wall.eyes(zone, A)]

        judges = []
        for number in range(len(eyes)):
            clips = ZONES[number // 2]
            judges.append(Judge(lengths(*clips), [marked(clip).own for clip in clips] if len(clips) > 1 else None))

        with Watch(screen, eyes) as seen:
            judged = lambda number: judges[number].hear(seen.sights(number))
            ended = lambda: sum(len(verdict.seams) + len(verdict.changes) for verdict in map(judged, range(0, len(eyes), 2)))
            wait_for(lambda: all(judged(number).frames > 0 for number in range(len(eyes))),
                     lambda: f"a clip in every zone; {play.errors()[-800:]}")
            for target in range(min(10, count), count + 1, 10):
                wait_for(lambda: ended() >= target, lambda: f"{target} ends of clips, there were {ended()}; {play.errors()[-800:]}", 120)
            seen.stop()
            return {(number // 2, "lower" if number % 2 else "upper"): judged(number) for number in range(len(eyes))}


def tell(place, verdict):
    ends = sorted(round(took / 1000) for took in (*verdict.seams, *verdict.changes))
    print(f"zone {place[0]}, {place[1]} edge: {verdict.frames} frames, {len(verdict.seams)} seams, {len(verdict.changes)} changes, over "
          f"which {ends[len(ends) // 2]} ms (median), {ends[-1]} ms (longest); {verdict.missing} missing ({sum(verdict.at_ends)} at "
          f"{sum(map(bool, verdict.at_ends))} ends), {verdict.black} black, {verdict.unknown} unknown, {verdict.back} back, "
          f"{verdict.astray} out of turn", flush=True)
    for line in verdict.at[:8]:
        print(f"    {line}")


def main():
    count, alone = int(sys.argv[1]), "--alone" in sys.argv
    verdicts, wrong = watch(count), []
    for place, verdict in verdicts.items():
        tell(place, verdict)
        if verdict.black or verdict.unknown or verdict.back or verdict.astray:
            wrong.append(f"zone {place[0]}: what must not be seen was seen")
        lacking = sum(map(bool, verdict.at_ends))
        if lacking > (0 if alone else len(verdict.at_ends) // 2):
            wrong.append(f"zone {place[0]}: {lacking} of {len(verdict.at_ends)} ends lack frames")
    print("\n".join(wrong) or f"{count} clips have ended, and nothing else was seen")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
