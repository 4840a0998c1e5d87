# SPDX-License-Identifier: EUPL-1.2
"""Rows of what was measured, judged by their goals, as a table and as JSON."""
import dataclasses
import json
import statistics

COLUMNS = ("name", "value", "spread", "unit", "peer", "ratio", "gate", "ambition", "holds")
BUSY = 0.1                       # cores
COUNTED = ("million a frame",)  # units that no load changes
HOLDS = {None: "-", "ambition": "ambition", "gate": "gate", "no": "NO", "below": "not yet"}


def number(value):
    """Three digits that count."""
    if value is None:
        return "-"
    if value == 0 or abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.{2 if abs(value) < 10 else 1}f}" if abs(value) >= 0.1 else f"{value:.3f}" if abs(value) >= 0.01 else f"{value:.4f}"


@dataclasses.dataclass
class Row:
    """One figure. `values`: of each run of ours; `peers`: of the peer's runs beside them, in the same order (all alternate). The judged
    figure is the median of the ratios where there is a peer and `judge` is "ratio", else the median of `values`. `gate` and `ambition` are
    (comparison, number) with "<=", "<" or ">=", or None. `reason`: why a gate cannot hold on this machine; `note`: how to read it."""
    name: str
    values: list
    unit: str
    peer: str = ""
    peers: list = dataclasses.field(default_factory=list)
    gate: tuple = None
    ambition: tuple = None
    judge: str = "value"
    reason: str = ""
    note: str = ""
    others_busy: float = 0.0  # cores that were busy with something else as it began

    @property
    def value(self):
        return statistics.median(self.values)

    @property
    def spread(self):
        return min(self.values), max(self.values)

    @property
    def ratios(self):
        return [ours / theirs for ours, theirs in zip(self.values, self.peers) if theirs]

    @property
    def ratio(self):
        return statistics.median(self.ratios) if self.ratios else None

    @property
    def judged(self):
        return self.ratio if self.judge == "ratio" else self.value

    @property
    def holds(self):
        """None where nothing is stated; "ambition", "gate", "no", or "below" an ambition without a gate."""
        if self.judged is None or (self.gate is None and self.ambition is None):
            return None
        if self.gate is not None and not meets(self.judged, self.gate):
            return "no"
        if self.ambition is not None and meets(self.judged, self.ambition):
            return "ambition"
        return "gate" if self.gate is not None else "below"

    def cells(self):
        low, high = self.spread
        peer = f"{self.peer} {number(statistics.median(self.peers))}" if self.peers else self.peer or "-"
        return (self.name, number(self.value), f"{number(low)}..{number(high)}" if len(self.values) > 1 else "-", self.unit, peer,
                number(self.ratio), goal(self.gate), goal(self.ambition), HOLDS[self.holds])

    def remarks(self):
        """Lines below the table."""
        lines = []
        if self.judge == "ratio" and len(self.ratios) > 1:
            lines.append(f"ratio {number(min(self.ratios))}..{number(max(self.ratios))} in {len(self.ratios)} pairs")
        if self.holds == "no" and self.reason:
            lines.append(self.reason)
        if self.note:
            lines.append(self.note)
        return lines

    def json(self):
        ratios = self.ratios
        return {"name": self.name, "value": self.value, "spread": list(self.spread), "unit": self.unit, "peer": self.peer or None,
                "peer_value": statistics.median(self.peers) if self.peers else None, "ratio": self.ratio,
                "ratio_spread": [min(ratios), max(ratios)] if ratios else None, "gate": goal(self.gate), "ambition": goal(self.ambition),
                "judged": self.judge, "holds": HOLDS[self.holds], "reason": self.reason if self.holds == "no" else "", "note": self.note,
                "others_busy": round(self.others_busy, 2), "runs": len(self.values), "values": self.values, "peer_values": self.peers}


def meets(value, target):
    comparison, limit = target
    return {"<=": value <= limit, "<": value < limit, ">=": value >= limit}[comparison]


def goal(target):
    return f"{target[0]} {target[1]:g}" if target is not None else "-"


def print_table(rows):
    lines = [COLUMNS] + [row.cells() for row in rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(COLUMNS))]
    for line in lines:
        print("  ".join(cell.rjust(width) if 1 <= i <= 2 or i == 5 else cell.ljust(width)
                        for i, (cell, width) in enumerate(zip(line, widths))).rstrip())
    print()
    doubtful = [f"{row.name} {row.others_busy:.1f}" for row in rows if row.others_busy > BUSY and row.unit not in COUNTED]
    if doubtful:
        print(f"Not to be trusted, as others kept so many cores busy when the measuring began: {', '.join(doubtful)}")
    for row in rows:
        for remark in row.remarks():
            print(f"{row.name}: {remark}")


def write_json(path, rows, machine):
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"machine": machine, "rows": [row.json() for row in rows]}, file, ensure_ascii=False, indent=1)
        file.write("\n")
