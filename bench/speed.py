#!/usr/bin/env python3
"""Writes docs/performance.md: speed and memory of `sayso read --json`.

usage: speed.py DATA [--sayso PROGRAM] [--peer PYTHON] [--documents N] [--out PAGE]

DATA is the folder that holds data/polnear/dev.jsonl.gz. Words are what white space
separates; CPU time is user plus system time of the whole process, start and loading
of the model included. PYTHON is an interpreter with spaCy and its small English model
(bench/peers.txt): it reads the same texts in the same run, turn by turn with ours.
"""
import argparse
import json
import os
import platform
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median

import common
from common import table

RUNS = 3
STARTS = 15
GROWTH = (21, 84, 336, 1344)
TARGETS = {"speed": 7000, "start": 300, "memory": 250}


class Run:
    """One run of a command: seconds to its first line, seconds in all, CPU seconds, peak MiB."""

    def __init__(self, command):
        begin = time.perf_counter()
        child = subprocess.Popen(command, stdout=subprocess.PIPE)
        self.last = child.stdout.readline()
        self.first = time.perf_counter() - begin
        for line in child.stdout:
            self.last = line
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise SystemExit(f"{command[0]} ended with {child.returncode}")
        self.wall = time.perf_counter() - begin
        self.cpu = usage.ru_utime + usage.ru_stime
        self.peak = usage.ru_maxrss / 1024


def sayso(program, path, *options):
    return Run([program, "read", "--json", "--quiet", *options, path])


def repeated(records, count, path):
    """The texts again and again under new identifiers; how many words they hold."""
    words = 0
    with path.open("w", encoding="utf-8") as out:
        for n in range(count):
            record = records[n % len(records)]
            words += common.words(record["text"])
            out.write(json.dumps({"id": f"{n}-{record['id']}", "text": record["text"]}, ensure_ascii=False) + "\n")
    return words


def processor():
    """The processor by the name that the system gives it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    fields = dict(line.split(":", 1) for line in lines if ":" in line)
    fields = {k.strip(): v.strip() for k, v in fields.items()}
    family = f" (family {fields['cpu family']}, model {fields['model']})" if "cpu family" in fields else ""
    return fields.get("model name", platform.machine()) + family


def spread(values):
    return f"{min(values):,.0f} to {max(values):,.0f}"


def throughput(args, program, path, words):
    """Words per CPU second of both, run by turns; (ours, theirs or nothing)."""
    ours, theirs = [], []
    for _ in range(RUNS):
        ours.append(words / sayso(program, path, "--threads", "1").cpu)
        if args.peer:
            line = Run([args.peer, common.ROOT / "bench/peers.py", path]).last
            theirs.append(words / json.loads(line)["cpu"])
    return ours, theirs


def speed_table(ours, theirs):
    rows = [["`sayso read --json --threads 1`, everything included", f"{median(ours):,.0f}", spread(ours)]]
    if theirs:
        rows.append(["spaCy, small English pipeline, loading left out", f"{median(theirs):,.0f}", spread(theirs)])
        rows.append(["ratio", f"{median(ours) / median(theirs):.2f}", ""])
    return table(["program", f"words per CPU second, median of {RUNS}", "spread"], rows)


def memory_table(runs):
    rows = [[f"{count:,}", f"{words:,}", f"{run.wall:,.0f}", f"{run.peak:.0f}"] for count, words, run in runs]
    return table(["documents", "words", "seconds", "peak memory, MiB"], rows)


def growth_table(program, records, path):
    """One document made of more and more texts: speed should hold as it grows."""
    rows = []
    for count in GROWTH:
        text = "\n\n".join(records[n % len(records)]["text"] for n in range(count))
        path.write_text(json.dumps({"id": "one", "text": text}) + "\n", encoding="utf-8")
        words = common.words(text)
        rows.append([f"{words:,}", f"{words / sayso(program, path, '--threads', '1').cpu:,.0f}"])
    return table(["words in one document", "words per CPU second"], rows)


PAGE = """# Performance

Written by `bench/speed.py`; do not edit it. Processor: {processor}, {cores} cores; load when the run began: {load:.1f}.
Model `{model}`. Texts: the {documents} of PolNeAR dev, {words} words.

{targets}

## Speed

{speed}

## Start

From the start of the program to the first line of its output, on one short text: {start:.0f} ms (median of {starts};
{start_spread}).

## Memory

The same texts again and again under new identifiers, as one JSON Lines file, read on all {cores} cores.

{memory}

## One long document

The same texts put together into one document, on one thread.

{growth}
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    common.arguments(parser, "docs/performance.md")
    parser.add_argument("--peer", help="an interpreter with spaCy and its small English model")
    parser.add_argument("--documents", type=int, default=10_000, help="how many the memory run reads (default: 10,000)")
    args = parser.parse_args()
    program = common.program(args.sayso)
    records = common.documents(args.data / common.DEV)
    load = os.getloadavg()[0]

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.jsonl"
        words = repeated(records, len(records), path)
        model = json.loads(sayso(program, path).last)["reader"]["model"]
        ours, theirs = throughput(args, program, path, words)
        short = common.ROOT / "golden/texts/01-interrupted.txt"
        starts = [1000 * sayso(program, short).first for _ in range(STARTS)]
        runs = []
        for count in (len(records), args.documents // 10, args.documents):
            runs.append((count, repeated(records, count, path), sayso(program, path)))
        growth = growth_table(program, records, path)
    reached = {"speed": median(ours), "start": median(starts), "memory": runs[-1][2].peak}
    kept = {k: reached[k] >= v if k == "speed" else reached[k] < v for k, v in TARGETS.items()}
    names = {"speed": ("words per CPU second of one core", "at least"), "start": ("start to first result, ms", "under"),
             "memory": (f"peak memory over {args.documents:,} documents, MiB", "under")}
    targets = table(["figure", "here", "wanted", "reached"],
                    [[name, f"{reached[k]:,.0f}", f"{word} {TARGETS[k]:,}", "yes" if kept[k] else "no"]
                     for k, (name, word) in names.items()])
    page = PAGE.format(processor=processor(), cores=os.cpu_count(), load=load, model=model, documents=len(records),
                       words=f"{words:,}", targets=targets, speed=speed_table(ours, theirs), start=median(starts),
                       starts=STARTS, start_spread=spread(starts), memory=memory_table(runs), growth=growth)
    args.out.write_text(page, encoding="utf-8")
    print(f"{args.out}: {median(ours):,.0f} words per CPU second")


if __name__ == "__main__":
    main()
