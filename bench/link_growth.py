#!/usr/bin/env python3
"""Measures how linking grows with a case and writes docs/linking-speed.md.

usage: link_growth.py [--documents N ...] [--single N] [--work FOLDER] [--recorded FILE]

The documents are synthetic (crates/sayso-link/examples/link_bench.rs): stories of five, a dispatch with two copies and two reports in
other words. The case grows from one size to the next; at each size what came since is linked in bulk, then some documents one by
one. --recorded writes the page from the lines that an earlier run of the example printed.
"""
import argparse
import json
import os
import subprocess
import tempfile
from pathlib import Path

import common

PAGE = """# Linking: speed and growth

Written by `bench/link_growth.py`; do not edit it. Synthetic documents of 300 to 500 words with nine events each, in stories of five: a dispatch,
two copies of it, two reports in other words. {threads} threads; {machine}.

| documents in the case | linked in bulk | CPU ms a document | ms a document | alone: median, ms | 99th percentile, ms | the same, CPU ms |
| --- | --- | --- | --- | --- | --- | --- |
{rows}

Wanted: 200,000 in bulk in under 3 minutes on two cores, which is 0.9 ms a document; one document alone in under 50 ms of one core at the 99th
percentile; growth close to linear.{verdict}

The documents have few names among them (24 places, 16 groups), so that the denser a case is, the more of them are near each other: each has
twelve others that its events are compared with, and more words in common with all of a stretch of days. A case of one matter is like that.
"""


def row(run):
    bulk = run["bulk"]
    n = max(bulk["documents"], 1)
    cells = [f"{run['documents']:,}", f"{bulk['documents']:,}", f"{1000 * bulk['cpu_seconds'] / n:.1f}",
             f"{1000 * bulk['seconds'] / n:.1f}", f"{run['p50_ms']:.0f}", f"{run['p99_ms']:.0f}", f"{run['p99_cpu_ms']:.0f}"]
    return "| " + " | ".join(cells) + " |"


def verdict(runs):
    per = [r["bulk"]["cpu_seconds"] / max(r["bulk"]["documents"], 1) for r in runs]
    if len(per) < 2:
        return ""
    sizes = f"from {runs[0]['documents']:,} to {runs[-1]['documents']:,} documents"
    return f" {sizes[0].upper()}{sizes[1:]}, a document's cost grows by a factor of {per[-1] / per[0]:.2f}."


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[25_000, 50_000, 100_000, 200_000])
    parser.add_argument("--single", type=int, default=100)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--recorded", type=Path)
    args = parser.parse_args()
    if args.recorded:
        lines = args.recorded.read_text(encoding="utf-8").splitlines()
    else:
        build = ["cargo", "build", "--release", "--quiet", "--package", "sayso-link", "--example", "link_bench"]
        subprocess.run(build, check=True, cwd=common.ROOT)
        with tempfile.TemporaryDirectory(dir=args.work) as folder:
            lines = []
            for n in args.documents:
                command = [common.ROOT / "target/release/examples/link_bench", Path(folder) / "case.sayso", str(n), str(args.single)]
                lines.append(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode().strip())
    runs = [json.loads(line) for line in lines]
    page = PAGE.format(machine=common.machine(), threads=os.cpu_count(), rows="\n".join(map(row, runs)), verdict=verdict(runs))
    (common.ROOT / "docs/linking-speed.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
