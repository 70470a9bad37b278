#!/usr/bin/env python3
"""Prints the texts of golden/stories as records, a line each, for `sayso add`.

usage: python3 golden/stories.py > stories.jsonl
"""
import json
import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "stories"


def record(whole):
    """Of lines of `key: value` between two rules, then the text."""
    head, text = re.match(r"---\n(.*?)\n---\n(.*)\Z", whole, re.S).groups()
    pairs = (re.match(r'(\w+): "?(.*?)"?$', line).groups() for line in head.splitlines())
    return {**dict(pairs), "text": text.strip()}


def main():
    for path in sorted(FOLDER.glob("[0-9]*-[0-9]*-*.md")):
        print(json.dumps(record(path.read_text("utf-8")), ensure_ascii=False))


if __name__ == "__main__":
    main()
