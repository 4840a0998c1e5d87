#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""The same pictures from both backends: every golden picture drawn by the processor and by OpenGL (where there is no GPU: Mesa's llvmpipe),
compared, with the largest and the mean difference of each.

gpu.py SCHAUWAND COMPARE OUT [PATTERN...]        COMPARE: golden-compare; OUT: where pictures that differ too much are kept
"""
import concurrent.futures, fnmatch, pathlib, re, subprocess, sys

sys.dont_write_bytecode = True
from golden import AT, MAXIMUM, MEAN, demo_cases, element_cases, script_cases, wall_cases


def compare(case, schauwand, judge, out):
    """(name, largest difference, mean difference, pixels that differ) or (name, what went wrong)."""
    name, folder, arguments = case
    shots = {backend: out / f"{name}.{backend}.png" for backend in ("cpu", "gpu")}
    at = [] if "--at" in arguments else AT
    for backend, shot in shots.items():
        done = subprocess.run([schauwand, "render", str(folder), *arguments, *at, "--backend", backend, "-o", str(shot)],
                              capture_output=True, text=True, timeout=120)
        if done.returncode != 0:
            return name, f"render --backend {backend} ended with {done.returncode}: {done.stderr.strip()[-400:]}"
    difference = out / f"{name}.difference.png"
    judged = subprocess.run([judge, str(shots["cpu"]), str(shots["gpu"]), "--diff", str(difference)], capture_output=True, text=True,
                            timeout=120)
    found = re.search(r"max (\d+) at .* mean ([\d.]+) .* (\d+) pixels", judged.stderr)
    if judged.returncode not in (0, 1) or (judged.returncode == 1 and not found):
        return name, (judged.stdout + judged.stderr).strip()[-400:]
    result = (name, int(found[1]), float(found[2]), int(found[3])) if found else (name, 0, 0.0, 0)
    if not too_much(result):
        for path in (*shots.values(), difference):
            path.unlink(missing_ok=True)
    return result


def too_much(result):
    return len(result) == 2 or result[1] > int(MAXIMUM) or result[2] > float(MEAN)


def main():
    schauwand, judge, out = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    patterns = sys.argv[4:] or ["*"]
    out.mkdir(parents=True, exist_ok=True)
    every = [*element_cases(), *script_cases(), *demo_cases(), *wall_cases()]
    cases = [case for case in every if any(fnmatch.fnmatch(case[0], pattern) for pattern in patterns)]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda case: compare(case, schauwand, judge, out), cases))
    for result in results:
        print(f"{result[0]}: {result[1]}" if len(result) == 2 else "%-44s max %3d  mean %.3f  pixels %7d" % result)
    faults = [result for result in results if too_much(result)]
    good = [result for result in results if len(result) == 4]
    if good:
        print(f"{len(results)} pictures: largest difference {max(r[1] for r in good)}, largest mean {max(r[2] for r in good):.3f}, "
              f"{sum(r[3] == 0 for r in good)} the same to the bit; {len(faults)} beyond {MAXIMUM} or {MEAN}")
    for fault in faults:
        print(f"too much: {fault[0]}: {fault[1]}; pictures in {out}")
    return 1 if faults or not results else 0


if __name__ == "__main__":
    sys.exit(main())
