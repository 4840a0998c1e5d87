#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""water.py SCHAUWAND: a playlist whose `when` reads a source. High water brings the Rhine's scene onto the wall at once, and it goes when
the water falls; a level that changes nothing changes nothing; a visitor's page is not taken away. Says how long the way took."""
import sys
import time

from small import Small
from house import wait_until


class House(Small):
    """A playlist that waits for high water."""

    def __init__(self, schauwand):
        super().__init__(schauwand)
        self.write("scenes/sources.json", {"rhein": {
            "file": "data/rhein.json", "fresh_for": "1h", "expire_after": "2h", "fallback": "hide",
            "fields": {"level": {"type": "number", "unit": "cm", "valid": [-100, 1500]}}}})
        self.scene("flood", {"text": "{rhein.level | value}"})
        self.wall("one", {"scene": "home", "for": "1h"},
                  {"scene": "flood", "for": "25s", "when": "rhein.level > 800", "interrupt": True, "priority": 5})
        self.level(640)
        self.play("one")

    def level(self, value):
        self.write("data/rhein.json", {"level": value})

    def moves_after(self, value):
        """Milliseconds from the file's rename until the wall begins to change."""
        before = self.zone()["changes"]
        self.level(value)
        began = time.monotonic()
        wait_until(f"a change at {value} cm", lambda: self.zone()["changes"] > before)
        return 1000 * (time.monotonic() - began)


def main():
    taken = []
    with House(sys.argv[1]) as house:
        wait_until("the first scene", lambda: house.shown() == "home")
        for _ in range(3):
            taken.append(house.moves_after(860))
            wait_until("the Rhine", lambda: house.shown() == "flood")
            taken.append(house.moves_after(790))
            wait_until("the way back", lambda: house.shown() == "home")
        changes = house.zone()["changes"]
        for value in range(500, 800, 10):
            house.level(value)
            time.sleep(0.01)
        time.sleep(1)
        assert house.zone()["changes"] == changes, "levels below the mark changed something"
        house.level(900)
        wait_until("the Rhine once more", lambda: house.shown() == "flood")
        house.level("---")  # no number: what is not known is no reason
        wait_until("the way back from what is not known", lambda: house.shown() == "home")
        house.stop()
    print("from the file to the change, ms: " + ", ".join(f"{ms:.0f}" for ms in taken))


if __name__ == "__main__":
    main()
