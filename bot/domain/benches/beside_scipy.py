#!/usr/bin/env python3
"""Puts the matching beside scipy and pathfinding, in one run on one machine, and prints a table.

    pip install numpy scipy
    python3 bot/domain/benches/beside_scipy.py [SIZE...]        # sizes such as 500x400 2000x1500

The others solve less: coverage and the sum of scores, on a table with a column for each place. Ours solves the
whole objective with its lot, and then proves it; the ratios are to solving. Times are medians in milliseconds; building
the tables is not counted. Memory is what solving and proving take at most beside the scores. A size that begins with
"alone:" is measured without the others, which would take minutes.
"""

import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import numpy
import scipy
from scipy.optimize import linear_sum_assignment

SIZES = ["500x400", "400x500", "1000x1000", "2000x1500", "1500x2000", "2000x2000", "5000x4000", "alone:10000x8000"]
PAIR = 1 << 24  # more than all scores together: coverage first
ROOT = pathlib.Path(__file__).resolve().parents[3]


def by_scipy(line):
    mentees, capacities = line["mentees"], numpy.array(line["places"])
    scores = numpy.fromfile(line["scores"], dtype=numpy.uint8).reshape(mentees, len(capacities))
    weights = numpy.where(scores <= 100, PAIR + scores.astype(numpy.float64), 0.0)
    weights = numpy.ascontiguousarray(numpy.repeat(weights, capacities, axis=1))
    times = []
    for _ in range(5 if max(weights.shape) <= 2000 else 1):
        start = time.perf_counter()
        rows, columns = linear_sum_assignment(weights, maximize=True)
        times.append((time.perf_counter() - start) * 1000)
    total = int(weights[rows, columns].sum())
    return statistics.median(times), {"coverage": total // PAIR, "sum": total % PAIR}


def main():
    sizes = sys.argv[1:] or SIZES
    print(f"numpy {numpy.__version__}, scipy {scipy.__version__}")
    print("| mentees x places | ours | with proof | memory | scipy | ratio | pathfinding | ratio |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            alone, size = size.startswith("alone:"), size.removeprefix("alone:")
            command = ["cargo", "run", "--quiet", "--release", "-p", "plsep-domain", "--example", "beside", "--"]
            command += ["-" if alone else folder, size]
            told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
            line = json.loads(told.stdout)
            ours, levels = line["solving_ms"], line["levels"]
            shown = f"| {size.replace('x', ' x ')} | {ours:.1f} ms | {line['ours_ms']:.1f} ms | {line['memory_kb'] / 1024:.1f} MB "
            if alone:
                print(shown + "| | | | |", flush=True)
                continue
            scipy_ms, found = by_scipy(line)
            assert found == line["pathfinding"], f"{size}: the others disagree: {found}, {line['pathfinding']}"
            assert levels["coverage"] == found["coverage"], f"{size}: coverage {levels} is not {found}"
            if levels["shortfall_sq"] == 0:
                assert levels["sum"] == found["sum"], f"{size}: the sum {levels} is not {found}"
            others = [(scipy_ms, scipy_ms / ours), (line["pathfinding_ms"], line["pathfinding_ms"] / ours)]
            print(shown + "".join(f"| {ms:.0f} ms | {ratio:.1f} " for ms, ratio in others) + "|", flush=True)


main()
