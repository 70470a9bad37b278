#!/usr/bin/env python3
"""Draws events of one type from texts that were never trained on, for people to check by eye.

usage: sample_events.py DATA [--sayso PROGRAM] [--type ASSAULT] [--count 100] [--seed N]

Prints a line each: set, document, offset of the trigger, type, mode, realis, score, and the sentence with the
trigger in brackets. The sentences are not ours to publish: keep the first columns and the verdicts only.
"""
import argparse
import random
import tempfile
from pathlib import Path

import common

# conflict and security news, other news, stories of three outlets
SETS = ("mideast", "newsclusters", "basil", "newscopies")


def records(data):
    for name in SETS:
        for d in common.documents(data / f"data/{name}/dev.jsonl.gz"):
            yield {"id": f"{name}:{d['id']}", "text": d["text"], "published": (d.get("date") or "")[:10] or None}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--sayso", type=Path)
    parser.add_argument("--type", default="ASSAULT")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=14)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "texts.jsonl"
        common.write_texts(list(records(args.data)), source)
        readings = common.read(common.program(args.sayso), source)
    found = [(r["document"], e) for r in readings for e in r["events"] if e["type"] == args.type]
    print(f"# {len(found)} events of type {args.type} in {len(readings)} texts")
    for document, event in sorted(random.Random(args.seed).sample(found, min(args.count, len(found))), key=lambda x: x[0]["id"]):
        text, span = document["text"], event["trigger"]["spans"][0]
        around = f"{text[max(0, span['start'] - 160):span['start']]}[{text[span['start']:span['end']]}]{text[span['end']:span['end'] + 140]}"
        print(document["id"], span["start"], event["type"], event["mode"] or "-", event["realis"], f"{event['score']:.2f}",
              " ".join(around.split()), sep="\t")


if __name__ == "__main__":
    main()
