#!/usr/bin/env python3
"""Makes data/words.tsv: in how many documents of open corpora each word stands.

usage: words.py DATA > data/words.tsv

DATA is the folder of corpora. The first line is the number of documents. Counted are training parts
only; of corpora with many articles on one event at most three of each. Words in one document are left
out. Counts are facts; no text is taken over.
"""
import collections
import gzip
import json
import re
import sys
from pathlib import Path

CORPORA = [("polnear/train", None), ("gum/train", None), ("muc4/train", None), ("ecbplus/train", "subtopic"),
           ("re3d/train", None), ("mideast/dev", None)]
WORD = re.compile(r"[^\W_]+")
OF_ONE_EVENT = 3


def main(data):
    counts, documents = collections.Counter(), 0
    for name, event in CORPORA:
        seen = collections.Counter()
        with gzip.open(Path(data) / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for d in map(json.loads, lines):
                key = (d.get("topic"), d.get(event)) if event else None
                seen[key] += 1
                if event and seen[key] > OF_ONE_EVENT:
                    continue
                text = f"{d.get('title') or ''}\n{d['text']}".lower()
                counts.update(set(WORD.findall(text)))
                documents += 1
    print(documents)
    for word, n in sorted(counts.items(), key=lambda row: (-row[1], row[0])):
        if n > 1:
            print(f"{word}\t{n}")


if __name__ == "__main__":
    main(*sys.argv[1:])
