#!/usr/bin/env python3
"""What a compiler does not see: sizes, paths, white space, unfinished work, broken links."""
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MIB = 1024 * 1024
LARGE = {"data/reader.weights": 30 * MIB, "data/gazetteer.bin": 20_000_000, "data/vectors.bin": 5_000_000}
# A path that only exists on the machine of whoever wrote it.
MACHINE_PATH = re.compile(r"(?<![\w.~/-])/(?:home|root|work|Users|tmp|mnt)/[\w.-]+")
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b|\btodo!\(|\bunimplemented!\(")
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
# Where trailing white space is part of what is tested.
VERBATIM = ("golden/texts/", "fuzz/seeds/")


def tracked():
    """Files in the history, and those that would be added."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    return sorted({n for n in names.decode().split("\0") if n and (ROOT / n).is_file()})


def lines_amiss(name, text):
    verbatim = name.startswith(VERBATIM) or "/tests/data/" in name or name.endswith(".snap")
    if not verbatim and "\r" in text:
        yield 1, "a line break is not \\n alone"
    if not verbatim and text and not text.endswith("\n"):
        yield text.count("\n") + 1, "the last line has no line break"
    for number, line in enumerate(text.split("\n"), 1):
        if not verbatim and line != line.rstrip():
            yield number, "white space at the end"
        if found := MACHINE_PATH.search(line):
            yield number, f"a path of one machine: {found[0]}"
        if found := UNFINISHED.search(line):
            yield number, f"unfinished: {found[0]}"


def links_amiss(name, text):
    for found in LINK.finditer(text):
        target = found[1].split("#")[0]
        if not target or re.match(r"\w+:", target):
            continue
        if not (ROOT / name).parent.joinpath(target).exists():
            yield text.count("\n", 0, found.start()) + 1, f"a link to nothing: {target}"


def amiss(name):
    path = ROOT / name
    limit = LARGE.get(name, MIB)
    if path.stat().st_size > limit:
        yield 0, f"larger than {limit // MIB} MiB"
        return
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        # a binary file, or a text in another encoding that a test reads
        return
    yield from lines_amiss(name, text)
    if name.endswith(".md"):
        yield from links_amiss(name, text)


def main():
    found = [(name, line, what) for name in tracked() for line, what in amiss(name)]
    for name, line, what in found:
        print(f"{name}:{line}: {what}" if line else f"{name}: {what}", flush=True)
    if found:
        sys.exit(f"tidy: {len(found)} things to mend")


if __name__ == "__main__":
    main()
