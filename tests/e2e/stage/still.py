# SPDX-License-Identifier: EUPL-1.2
"""usage: still.py [HEARTBEATS]

A scene in which nothing moves is not drawn again: as many frames after several heartbeats as before, with a window and off-screen. What the
player's processor time was meanwhile is told, not judged."""
import os
import sys
import time

from kills import children
from playing import PATIENCE, Exhibition, Play, wait_for
from wall import Xvfb


def processor_ms(pid):
    with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def watch(exhibition, beats, *options, env=None):
    with Play(exhibition, "--at", "2026-11-23T00:00:01", *options, env=env) as player:
        player.wait_zone(scene="hub", changing=False)
        beat = player.status()["heartbeats"]
        wait_for(lambda: player.status()["heartbeats"] > beat + 1, "the scene at rest")
        before, began = player.status(), time.monotonic()
        pids = children(player.pid)
        spent = {program: processor_ms(pid) for program, pid in pids.items()}
        wait_for(lambda: player.status()["heartbeats"] >= before["heartbeats"] + beats, f"{beats} heartbeats", PATIENCE + beats * 6)
        after, took = player.status(), time.monotonic() - began
        spent = {program: processor_ms(pid) - spent[program] for program, pid in pids.items()}
        assert after["frames"] == before["frames"], f"drawn again: {before} {after}"
        assert player.stop() == 0, player.errors()
        return f"{after['frames']} frames before and after {beats} heartbeats, {spent['schauwand-player']:.0f} ms in {took:.0f} s"


def main():
    beats = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with Exhibition() as exhibition:
        exhibition.write("scenes/playlists/foyer.json", '{"loop": [{"scene": "hub", "for": "1h"}]}')
        with Xvfb() as screen:
            print("still: window: " + watch(exhibition, beats, env=screen.env()))
        print("still: off-screen: " + watch(exhibition, beats, "--offscreen"))


if __name__ == "__main__":
    main()
