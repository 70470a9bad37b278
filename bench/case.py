#!/usr/bin/env python3
"""Measures a case of a million synthetic documents and writes docs/case-performance.md.

usage: case.py [--documents N] [--case FILE] [--out PAGE]

The documents are made by crates/sayso-case/examples (no text of anybody, no reader): 300 to 500 words, named and
unnamed sources, chains, events, places, times, figures. Adding is measured in CPU seconds of the process, without what
the documents take to make; each question of case-questions.txt is asked 40 times, warm.
"""
import argparse
import json
import os
import subprocess
import tempfile
from pathlib import Path

import common

PAGE = """# A large case: figures

Written by `bench/case.py`; do not edit it. {documents:,} synthetic documents of 300 to 500 words with {attributions:,} attributions
and {events:,} events, on {machine}.

The documents are as dense as the reader finds reports to be (counted once, by hand: in 400 words of PolNeAR, LGL, newsclusters and TR-News: 14 to 18
attributions, 5 to 9 events, 11 to 16 entities): 14 attributions, 9 events, 14 entities, and a vocabulary of 400,000 words.

| figure | value | wanted |
| --- | --- | --- |
| documents added per CPU second, without reading them | {per_cpu:,.0f} | 1,500 |
| bytes per document in the file | {bytes_per_document:,} | |
| the file | {gib:.1f} GiB | |
| most memory, adding and asking | {memory} MiB | 200 for a question |
| slowest question, 99th percentile | {slowest:.1f} ms | 50 |

As the case grows:

{growth}

Each question is asked {rounds} times, warm:

{questions}
"""
ROUNDS = 40


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--case", type=Path, help="keep the case there, with figures of its making in FILE.json; or ask the one that is there")
    parser.add_argument("--out", type=Path, default=common.ROOT / "docs/case-performance.md")
    args = parser.parse_args()
    command = ["cargo", "build", "--release", "--quiet", "--package", "sayso-case", "--example", "case_bench"]
    subprocess.run(command, cwd=common.ROOT, check=True)
    found = subprocess.run(["cargo", "metadata", "--no-deps", "--format-version", "1"], cwd=common.ROOT, check=True, capture_output=True, text=True)
    program = Path(json.loads(found.stdout)["target_directory"]) / "release/examples/case_bench"
    questions = Path(__file__).with_name("case-questions.txt")
    with tempfile.TemporaryDirectory() as folder:
        case = args.case or Path(folder) / "synthetic.sayso"
        run = lambda *more: json.loads(subprocess.run([program, case, str(args.documents), *more], check=True, stdout=subprocess.PIPE, text=True).stdout)
        kept = case.with_name(f"{case.name}.json")
        added = json.loads(kept.read_text()) if kept.exists() else run()
        kept.write_text(json.dumps(added))
        asked = run(questions)
    steps = added["adding"]["steps"]
    args.out.write_text(PAGE.format(
        documents=asked["documents"], attributions=asked["attributions"], events=asked["events"],
        machine=f"{common.machine()}, {os.cpu_count()} threads", per_cpu=added["adding"]["per_cpu_second"],
        bytes_per_document=asked["bytes_per_document"], gib=asked["bytes"] / 2**30,
        memory=f"{added['memory_mib']} and {asked['memory_mib']}", rounds=ROUNDS,
        slowest=max(q["p99_ms"] for q in asked["asking"]),
        growth=common.table(["documents", "added per CPU second"], [[f"{s['documents']:,}", f"{s['per_cpu_second']:,.0f}"] for s in steps]),
        questions=common.table(["question", "rows", "median, ms", "99th percentile, ms"],
                               [[f"`{q['question'].replace('|', chr(92) + '|')}`", str(q["rows"]), f"{q['p50_ms']:.1f}", f"{q['p99_ms']:.1f}"] for q in asked["asking"]]),
    ), encoding="utf-8")


if __name__ == "__main__":
    main()
