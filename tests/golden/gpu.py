#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""The same pictures from both backends: every golden picture drawn by OpenGL (where there is no GPU: Mesa's llvmpipe), compared with its
reference, which is the processor's, with the largest and the mean difference of each. Where that is too much, the processor draws it too:
elsewhere its own pictures may differ a little from the references.

gpu.py SCHAUWAND COMPARE OUT [PATTERN...]        COMPARE: golden-compare; OUT: where pictures that differ too much are kept
"""
import concurrent.futures, fnmatch, pathlib, re, subprocess, sys

sys.dont_write_bytecode = True
from golden import MAXIMUM, MEAN, REFERENCE, all_cases, draw


def judged(name, plain, shot, difference, judge):
    """(name, largest difference, mean difference, pixels that differ) or (name, what went wrong)."""
    done = subprocess.run([judge, str(plain), str(shot), "--diff", str(difference)], capture_output=True, text=True, timeout=120)
    found = re.search(r"max (\d+) at .* mean ([\d.]+) .* (\d+) pixels", done.stderr)
    if done.returncode not in (0, 1) or (done.returncode == 1 and not found):
        return name, (done.stdout + done.stderr).strip()[-400:]
    return (name, int(found[1]), float(found[2]), int(found[3])) if found else (name, 0, 0.0, 0)


def compare(case, schauwand, judge, out):
    name = case[0]
    cpu, gpu, difference = (out / f"{name}.{kind}.png" for kind in ("cpu", "gpu", "difference"))
    fault = draw(schauwand, case, gpu, "--backend", "gpu")
    result = (name, fault) if fault else judged(name, REFERENCE / f"{name}.png", gpu, difference, judge)
    if not fault and too_much(result):
        fault = draw(schauwand, case, cpu, "--backend", "cpu")
        result = (name, fault) if fault else judged(name, cpu, gpu, difference, judge)
    if not too_much(result):
        for path in (cpu, gpu, difference):
            path.unlink(missing_ok=True)
    return result


def too_much(result):
    return len(result) == 2 or result[1] > int(MAXIMUM) or result[2] > float(MEAN)


def main():
    schauwand, judge, out = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    patterns = sys.argv[4:] or ["*"]
    out.mkdir(parents=True, exist_ok=True)
    cases = [case for case in all_cases(out) if any(fnmatch.fnmatch(case[0], pattern) for pattern in patterns)]
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
