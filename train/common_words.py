#!/usr/bin/env python3
"""Words that texts write small and some place bears as its name: they alone tell no place.

usage: common_words.py DATA TABLE.tsv > data/place-words.txt

DATA is the folder that holds data/polnear; TABLE is what train/gazetteer.py writes. A word counts
where it stands without a capital at least three times in texts for training.
"""
import gzip
import json
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

SETS = ("polnear/train", "gum/train", "re3d/train", "geneva/train")


def plain(name):
    name = unicodedata.normalize("NFD", name)
    return "".join(c for c in name if not unicodedata.combining(c)).lower().replace("'", "")


def main(data, table):
    counts = Counter()
    for name in SETS:
        path = Path(data) / "data" / f"{name}.jsonl.gz"
        if not path.exists():
            continue
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                counts.update(re.findall(r"\b[a-z]{2,}\b", json.loads(line).get("text", "")))
    names = set()
    with open(table, encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            names.update(plain(n) for n in [fields[1], *fields[11].split("|")] if n and n[0] not in "~,")
    for word in sorted(w for w, n in counts.items() if n >= 3 and w in names):
        print(word)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
