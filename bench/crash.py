#!/usr/bin/env python3
"""Kills sayso at random moments while it writes a case, and counts what was lost.

usage: crash.py [--sayso PROGRAM] [--rounds 200] [--seed 7] [--out docs/crash.md]

Each round adds readings, reviews statements, compacts or makes a new case, is killed (SIGKILL) after a random time, and
then: every document and every decision that was acknowledged before has to be there, and `sayso check` has to be clean.
A fifth of the rounds are upgrades of the tables, killed by a test of sayso-case. Beside that: a full disk and one that is
read only (small tmpfs, where this may mount them), two writers at once, files that are no case or of a newer version.
"""
import argparse
import contextlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import common

TEXT = "A US official said that a drone hit a ferry near Aden on Sunday, killing 12 people.\n"
DOCUMENTS = 2500


class Lost(Exception):
    pass


def readings(sayso, folder):
    """A file of readings, made from one text of our own."""
    text = folder / "text.txt"
    text.write_text(TEXT * 4)
    made = subprocess.run([sayso, "read", "--json", "--quiet", "--published", "2024-01-30", text], capture_output=True, text=True, check=True)
    reading = json.loads(made.stdout)
    out = folder / "readings.jsonl"
    with out.open("w") as lines:
        for n in range(DOCUMENTS):
            reading["document"]["id"] = f"r:{n}"
            lines.write(json.dumps(reading) + "\n")
    return out


def lines_of(process, into):
    for line in process.stdout:
        into.append(line)


def killed(command, after, stdin=None):
    """The lines that a command wrote before it was killed; whether it had ended by itself."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.PIPE if stdin else subprocess.DEVNULL, text=True)
    lines, told = [], []
    readers = [threading.Thread(target=lines_of, args=(process, lines)),
               threading.Thread(target=lambda: told.extend(process.stderr))]
    for r in readers:
        r.start()
    if stdin:
        feed = threading.Thread(target=fed, args=(process, stdin))
        feed.start()
    time.sleep(after)
    ended = process.poll() is not None
    process.send_signal(signal.SIGKILL)
    process.wait()
    for r in readers:
        r.join()
    return lines, told, ended


def fed(process, text):
    try:
        process.stdin.write(text)
        process.stdin.close()
    except OSError:
        pass


def sound(sayso, case):
    done = subprocess.run([sayso, "check", case], capture_output=True, text=True)
    if done.returncode != 0:
        raise Lost(f"check: {done.stdout}{done.stderr}")


def ids(sayso, case):
    out, after = set(), ""
    while True:
        done = subprocess.run([sayso, "ask", "--json", case, f"show:documents limit:10000 {after}"], capture_output=True, text=True)
        out |= {json.loads(line)["document"] for line in done.stdout.splitlines()}
        found = [w for w in done.stderr.split() if w.startswith("after:")]
        if not found:
            return out
        after = found[0]


def entries(sayso, case):
    done = subprocess.run([sayso, "review", case, "--journal", "--json"], capture_output=True, text=True, check=True)
    return {json.loads(line)["id"] for line in done.stdout.splitlines()}


def rounds(sayso, folder, count, chance):
    case, source = folder / "case.sayso", readings(sayso, folder)
    documents, decisions, done = set(), set(), Counter()
    kept = Counter()
    while sum(done.values()) < count:
        work = chance.choice(["add", "add", "review", "compact", "create"]) if documents else "add"
        after = chance.uniform(0.01, 1.2)
        if work == "create":
            made = folder / "new.sayso"
            killed([sayso, "add", "--readings", "--quiet", "--to", made, source], chance.uniform(0, 0.06))
            if made.exists() and made.stat().st_size > 0:
                subprocess.run([sayso, "add", "--readings", "--quiet", "--to", made, "-"], input="", text=True)
                sound(sayso, made)
            for left in folder.glob("new.sayso*"):
                left.unlink()
            done[work] += 1
            continue
        if work == "add":
            if len(documents) == DOCUMENTS:
                kept += Counter(documents=len(documents), decisions=len(decisions))
                for left in folder.glob("case.sayso*"):
                    left.unlink()
                documents, decisions = set(), set()
            lines, _, _ = killed([sayso, "add", "--readings", "--json", "--quiet", "--to", case, source], after)
            documents |= {json.loads(line)["id"] for line in lines if line.endswith("\n")}
        elif work == "review":
            _, told, _ = killed([sayso, "review", case, "--who", "ann", "show:statements"], after, "a\n" * 400)
            decisions |= {int(w.split()[1]) for w in told if w.startswith("entry ") and w.endswith("\n")}
        else:
            killed([sayso, "compact", case], after)
        if case.exists():
            sound(sayso, case)
            if documents - ids(sayso, case):
                raise Lost(f"{len(documents - ids(sayso, case))} documents after {work}")
            if decisions - entries(sayso, case):
                raise Lost(f"{len(decisions - entries(sayso, case))} decisions after {work}")
        done[work] += 1
    kept += Counter(documents=len(documents), decisions=len(decisions))
    return done, kept["documents"], kept["decisions"]


def full_disk(sayso, folder, source):
    """Adds to a case on a disk of 2 MB until it is full."""
    disk = folder / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], capture_output=True).returncode != 0:
        return "not run: no tmpfs could be mounted"
    try:
        case = disk / "case.sayso"
        done = subprocess.run([sayso, "add", "--readings", "--json", "--to", case, source], capture_output=True, text=True)
        kept = {json.loads(line)["id"] for line in done.stdout.splitlines()}
        sentence = done.stderr.strip().splitlines()[-1]
        if done.returncode != 2 or "the disk is full" not in sentence:
            raise Lost(f"full disk: {done.returncode} {sentence}")
        copy = folder / "from-full.sayso"
        subprocess.run([sayso, "backup", case, copy], check=True, capture_output=True)
        sound(sayso, copy)
        if kept - ids(sayso, copy):
            raise Lost("documents on a full disk")
        return f"{len(kept)} documents acknowledged before, all kept, and one sentence"
    finally:
        subprocess.run(["umount", disk], check=True)


def read_only(sayso, folder, source):
    """Asks a case on a disk that is read only, and tries to add to it."""
    disk = folder / "sealed"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", disk], capture_output=True).returncode != 0:
        return "not run: no tmpfs could be mounted"
    try:
        case = disk / "case.sayso"
        few = folder / "few.jsonl"
        few.write_text("".join(source.read_text().splitlines(keepends=True)[:50]))
        subprocess.run([sayso, "add", "--readings", "--quiet", "--to", case, few], check=True)
        before = case.read_bytes()
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        done = subprocess.run([sayso, "add", "--readings", "--to", case, source], capture_output=True, text=True)
        if done.returncode != 2 or "cannot be written" not in done.stderr or case.read_bytes() != before:
            raise Lost(f"read only: {done.returncode} {done.stderr}")
        if len(ids(sayso, case)) != 50:
            raise Lost("a case on a disk that is read only cannot be asked")
        return "asked as ever; adding is refused in one sentence, and no byte changed"
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)


def strange(sayso, folder, source):
    """Files that are no case, and a case of a newer version."""
    note, newer, other = folder / "note.txt", folder / "newer.sayso", folder / "other.db"
    note.write_text("This is a note and no case, whatever its name may be.\n" * 200)
    few = folder / "few.jsonl"
    subprocess.run([sayso, "add", "--readings", "--quiet", "--to", newer, few], check=True)
    with contextlib.closing(sqlite3.connect(newer)) as c:
        c.execute("PRAGMA user_version = 99")
    with contextlib.closing(sqlite3.connect(other)) as c:
        c.execute("CREATE TABLE notes (id INTEGER)")
        c.commit()
    for path, told in [(note, "no case of sayso"), (other, "no case of sayso"), (newer, "newer sayso")]:
        before = path.read_bytes()
        for command in [["add", "--readings", "--to", path, few], ["ask", path, "ferry"], ["review", path, "--journal"],
                        ["check", path], ["compact", path], ["info", path], ["backup", path, folder / "copy"]]:
            done = subprocess.run([sayso, *command], capture_output=True, text=True)
            if done.returncode != 2 or told not in done.stderr or path.read_bytes() != before:
                raise Lost(f"{command}: {done.returncode} {done.stderr}")
    return "each said by all of seven commands, and no byte changed"


def upgrades(count):
    """Upgrades of the tables that are killed; how many had ended before."""
    command = ["cargo", "test", "--release", "--package", "sayso-case", "--lib", "--", "--nocapture", "--exact",
               "schema::tests::an_upgrade_that_is_killed_is_whole_or_did_not_happen"]
    done = subprocess.run(command, cwd=common.ROOT, env={**os.environ, "SAYSO_ROUNDS": str(count)}, capture_output=True, text=True)
    told = [line for line in done.stdout.splitlines() if "upgrades killed" in line]
    if done.returncode != 0 or not told:
        raise Lost(f"upgrades: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return told[0]


def two_writers(sayso, folder, source):
    case = folder / "two.sayso"
    halves = [folder / "a.jsonl", folder / "b.jsonl"]
    lines = source.read_text().splitlines(keepends=True)
    halves[0].write_text("".join(lines[::2]))
    halves[1].write_text("".join(lines[1::2]))
    both = [subprocess.Popen([sayso, "add", "--readings", "--quiet", "--to", case, half]) for half in halves]
    codes = [p.wait() for p in both]
    there = ids(sayso, case)
    sound(sayso, case)
    if codes != [0, 0] or len(there) != DOCUMENTS:
        raise Lost(f"two writers: {codes}, {len(there)} of {DOCUMENTS}")
    return f"{DOCUMENTS:,} of {DOCUMENTS:,} documents"


PAGE = """# Killed, full, shared: what a case survives

Written by `bench/crash.py`; do not edit it.

| | |
|---|---|
| killed at a random moment | {rounds} times ({kinds}) |
| acknowledged documents lost | 0 of {documents:,} |
| acknowledged decisions lost | 0 of {decisions:,} |
| `sayso check` after each | sound |
| upgrades of the tables | {upgraded} |
| disk full | {full} |
| disk read only | {sealed} |
| no case, or of a newer version | {odd} |
| two writers at once | {two} |
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sayso", type=Path)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, default=common.ROOT / "docs/crash.md")
    args = parser.parse_args()
    sayso = common.program(args.sayso)
    os.environ.pop("SAYSO_PASSPHRASE", None)
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        done, documents, decisions = rounds(sayso, folder, args.rounds * 4 // 5, random.Random(args.seed))
        source = folder / "readings.jsonl"
        full, two = full_disk(sayso, folder, source), two_writers(sayso, folder, source)
        sealed, odd = read_only(sayso, folder, source), strange(sayso, folder, source)
    upgraded = upgrades(args.rounds // 5)
    done["upgrade"] = args.rounds // 5
    kinds = ", ".join(f"{n} {work}" for work, n in sorted(done.items()))
    args.out.write_text(PAGE.format(rounds=sum(done.values()), kinds=kinds, documents=documents, decisions=decisions, full=full, two=two,
                                    sealed=sealed, odd=odd, upgraded=upgraded), encoding="utf-8")


if __name__ == "__main__":
    main()
