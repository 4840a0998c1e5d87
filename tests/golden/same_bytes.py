#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""`render` gives the same bytes twice, in other orders and with other numbers of threads.

same_bytes.py SCHAUWAND OUT
"""
import concurrent.futures, hashlib, pathlib, random, sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import golden

ROUNDS = [  # seed of the order, threads of the bakery and composer, renders at once
    (None, "0", 1),
    (1, "0", 2),
    (2, "1", 2),
    (3, "2", 2),
    (4, "4", 1),
]


def digest(case, threads, schauwand, out):
    target = out / f"{case[0]}-{threads}.png"
    fault = golden.draw(schauwand, case, target, "--threads", threads)
    assert fault is None, fault
    return case[0], hashlib.sha256(target.read_bytes()).hexdigest()


def main():
    schauwand, out = sys.argv[1], pathlib.Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    cases = [*golden.element_cases(), *golden.chart_cases(), *golden.script_cases()]
    cases += [case for case in golden.demo_cases() if case[0].endswith(("-wide", "foyer", "duo", "stele"))]
    seen = {}
    for seed, threads, at_once in ROUNDS:
        order = list(cases)
        if seed is not None:
            random.Random(seed).shuffle(order)
        with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
            for name, value in pool.map(lambda case: digest(case, threads, schauwand, out), order):
                seen.setdefault(name, set()).add(value)
    unequal = sorted(name for name, values in seen.items() if len(values) != 1)
    names = ": " + ", ".join(unequal) if unequal else ""
    print(f"{len(seen)} pictures, {len(ROUNDS)} rounds each, {len(unequal)} with different bytes{names}")
    return 1 if unequal or not seen else 0


if __name__ == "__main__":
    sys.exit(main())
