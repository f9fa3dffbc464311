#!/usr/bin/env python3
"""Puts the matching beside scipy and pathfinding, in one run on one machine, and prints a table.

    pip install numpy scipy
    python3 bot/domain/benches/beside_scipy.py [SIZE...]        # sizes such as 500x400 2000x1500

The others solve less: coverage and the sum of scores, on a table with a column for each place. Ours solves the
whole objective with its lot, and proves it. Times are medians in milliseconds; building the tables is not counted.
"""

import json
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import numpy
import scipy
from scipy.optimize import linear_sum_assignment

SIZES = ["500x400", "400x500", "1000x1000", "2000x1500", "1500x2000", "2000x2000", "5000x4000"]
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
    print("| mentees x places | ruled out | ours | scipy | ratio | pathfinding | ratio |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            command = ["cargo", "run", "--quiet", "--release", "-p", "plsep-domain", "--example", "beside", "--"]
            told = subprocess.run(command + [folder, size], cwd=ROOT, check=True, capture_output=True, text=True)
            line = json.loads(told.stdout)
            scipy_ms, found = by_scipy(line)
            levels, ours = line["levels"], line["ours_ms"]
            assert found == line["pathfinding"], f"{size}: the others disagree: {found}, {line['pathfinding']}"
            assert levels["coverage"] == found["coverage"], f"{size}: coverage {levels} is not {found}"
            if levels["shortfall_sq"] == 0:
                assert levels["sum"] == found["sum"], f"{size}: the sum {levels} is not {found}"
            pathfinding_ms = line["pathfinding_ms"]
            print(
                f"| {size.replace('x', ' x ')} | {line['ruled_out']:.0%} | {ours:.1f} ms "
                f"| {scipy_ms:.0f} ms | {scipy_ms / ours:.1f} | {pathfinding_ms:.0f} ms | {pathfinding_ms / ours:.1f} |",
                flush=True,
            )


main()
