#!/usr/bin/env python3
"""Writes docs/error-sheet.md: what the reader gets right and wrong, by the scorers.

usage: error_sheet.py DATA [--sayso PROGRAM] [--peer PYTHON] [--out PAGE]

DATA is the folder that holds the corpora (data/), the scorers and the peers'
predictions (evals/), and the gold readings (gold/). PYTHON is an interpreter with spaCy and
its small English model (bench/peers.txt). Every figure comes from those
scorers or from counts made here; nothing on the page is written by hand.
"""
import argparse
import hashlib
import re
import tempfile
from collections import Counter
from pathlib import Path

import common
import resolution
from common import table

PEERS = {"citron": "Citron, retrained on PolNeAR train", "gendergap": "Gender Gap Tracker", "textacy": "textacy"}
TARGETS = {"half": 67.0, "source": 77.0, "cue": 72.0, "content": 59.0, "direct": 84.0, "mixed": 76.0,
           "indirect": 57.0, "no source": 22.0}
BINS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
GROUPS = ("direct", "mixed", "indirect", "no source")


def number(value):
    return "–" if value is None else f"{value:.1f}"


# ---------------------------------------------------------------- PolNeAR

def peer_row(name, m):
    low, high = m["half"]["f1_95"]
    half = m["half"]
    cells = [half["p"], half["r"], None, m["any"]["f1"], *(m["exact"][r]["f1"] for r in ("content", "cue", "source"))]
    cells = [number(c) for c in cells] + [number(m["half_recall"][g]["recall"]) for g in GROUPS]
    cells[2] = f"**{half['f1']:.1f}** ({low:.1f} to {high:.1f})"
    return [name, *cells]


def polnear_table(score, gold, readings, data):
    head = ["program", "half P", "half R", "half F1 (95 %)", "any F1", "exact content F1", "exact cue F1",
            "exact source F1", *GROUPS]
    ours = score.score(gold, readings)
    rows = [peer_row("sayso", ours)]
    people = score.agreement(score.read(data / "data/polnear/agreement.jsonl.gz"))
    rows.append(peer_row("people among themselves (22 other documents)", people))
    for key, name in PEERS.items():
        rows.append(peer_row(name, score.score(gold, score.read(data / f"evals/peers/{key}.polnear-dev.jsonl.gz"))))
    return ours, table(head, rows)


def target_table(m):
    values = {"half": m["half"]["f1"], **{r: m["exact"][r]["f1"] for r in ("source", "cue", "content")},
              **{g: m["half_recall"][g]["recall"] for g in GROUPS}}
    names = {"half": "half F1", **{r: f"exact {r} F1" for r in ("source", "cue", "content")},
             **{g: f"recall of half, {g}" for g in GROUPS}}
    rows = [[names[k], number(values[k]), number(t), "yes" if values[k] >= t else "no"] for k, t in TARGETS.items()]
    return table(["figure", "here", "wanted", "reached"], rows)


class Compared:
    """One document's outermost attributions, gold and read, and who agrees with whom."""

    def __init__(self, score, gold, reading):
        self.records = [a for a in reading["attributions"] if a["within"] is None]
        self.gold = score.outermost(gold["text"], gold)[0]
        self.read = score.outermost(gold["text"], reading)[0]
        self.agree = {(i, j): [r for r in score.ROLES if score.jaccard_half(g.chars[r], p.chars[r])]
                      for i, g in enumerate(self.gold) for j, p in enumerate(self.read)
                      if (g.chars["content"] & p.chars["content"]) or (g.chars["cue"] & p.chars["cue"])}
        half = {(i, j): sum(len(self.gold[i].chars[r] & self.read[j].chars[r]) for r in score.ROLES)
                for (i, j), roles in self.agree.items() if len(roles) == len(score.ROLES)}
        self.pairs = score.matching(half)

    def unmatched(self, side):
        """What each attribution without a partner lacks, against the nearest of the other side."""
        partners = set(self.pairs) if side == 0 else set(self.pairs.values())
        for index in range(len((self.gold, self.read)[side])):
            if index not in partners:
                near = [roles for pair, roles in self.agree.items() if pair[side] == index]
                yield lack(max(near, key=len, default=[]))


def lack(roles):
    if not roles:
        return "nothing near it"
    missing = [r for r in ("source", "cue", "content") if r not in roles]
    return " and ".join(missing) + (" differ" if len(missing) > 1 else " differs") if missing else "its partner is taken"


def origins_table(compared):
    missed = Counter(what for c in compared for what in c.unmatched(0))
    extra = Counter(what for c in compared for what in c.unmatched(1))
    order = sorted(missed | extra, key=lambda what: (-missed[what] - extra[what], what))
    return table(["what differs", "gold not found", "read, not in gold"],
                 [[what, str(missed[what]), str(extra[what])] for what in order])


def reliability_table(compared):
    scored = [(a["score"], j in set(c.pairs.values())) for c in compared for j, a in enumerate(c.records)]
    rows = []
    for low, high in zip(BINS, BINS[1:]):
        inside = [(s, right) for s, right in scored if low <= s < high]
        if inside:
            right = 100 * sum(r for _, r in inside) / len(inside)
            mean = 100 * sum(s for s, _ in inside) / len(inside)
            rows.append([f"{low:.1f} to {min(high, 1.0):.1f}", str(len(inside)), number(mean), number(right)])
    return table(["score", "attributions", "mean score, per cent", "right, per cent"], rows)


def running_sentence(compared):
    found = [j in set(c.pairs.values()) for c in compared for j, a in enumerate(c.records) if a["cue"] is None]
    gold = sum(not a.chars["cue"] for c in compared for a in c.gold)
    return (f"Without a cue, by the rule `quote.running`: {len(found)} read, {sum(found)} of them right, "
            f"{gold} in the gold.")


# ---------------------------------------------------------------- gold readings

def gold_table(result):
    rows = []
    for key, name in (("attribution", "half"), ("attribution_content", "content alone")):
        m = result[key]
        low, high = m["interval"] or (None, None)
        f1 = f"**{number(m['f1'])}** ({number(low)} to {number(high)})"
        rows.append([name, number(m["precision"]), number(m["recall"]), f1, str(m["hit"]), str(m["missed"]),
                     str(m["spurious"])])
    return table(["attributions, nested ones too", "P", "R", "F1 (95 %)", "right", "missed", "wrong"], rows)


# ---------------------------------------------------------------- golden texts

def golden_table():
    counts, total = [], Counter()
    for path in sorted((common.ROOT / "golden/readings").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        parts = re.split(r"^## (.+)$", text, flags=re.M)
        rows = {name: len(re.findall(r"^\| a\d", body, flags=re.M)) for name, body in zip(parts[1::2], parts[2::2])}
        rows = {name: rows[name] for name in ("Right", "Missed", "Wrong")}
        total.update(rows)
        if rows["Missed"] or rows["Wrong"]:
            counts.append([path.stem, *(str(rows[k]) for k in ("Right", "Missed", "Wrong"))])
    summed = [str(total[k]) for k in ("Right", "Missed", "Wrong")]
    return total, table(["text", "right", "missed", "wrong"], [*counts, ["**all texts**", *summed]])


# ---------------------------------------------------------------- the page

PAGE = """# Error sheet

Written by `bench/error_sheet.py`; do not edit it. Model `{model}`.

## PolNeAR dev

{documents} news texts, {words} words, {attributions} outermost attributions; per cent. *Half*: content, cue and source each
overlap by at least half of their union. *Any*: the content alone. *Exact*: the same words. The last four columns
are the recall of half by the gold's quote form, and of gold without a source. The gold file's SHA-256 begins with
`{digest}`. All rows come from the same scorer in the same run.

{polnear}

{targets}

### Where errors come from

For each gold attribution that was not found, and for each one read that is not in the gold, what keeps it from
agreeing with the one most like it on the other side.

{origins}

{running}

### Scores

Of the attributions with a score in each range, how many agree (half) with the gold. The corpus marks only outermost
attributions, so only those are counted.

{reliability}

## Gold readings

{gold_documents} news texts with whole readings, nested attributions too, scored by `gold/score.py`.

{gold}

{fields}

## Names

Named mentions (span and class), scored by `evals/score_entities.py`, both programs in the same run.{peer}

{names}

Coreference over all mentions, ours, matched by heads. The reader resolves only what chains need, names and sources, so
most mentions that are neither are missing here by design.

{coreference}

## Golden texts

What `golden/readings` records against its hand-written truth: {right} attributions right, {missed} missed, {wrong} read
that are not there. Texts with a mistake:

{golden}
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    common.arguments(parser, "docs/error-sheet.md")
    parser.add_argument("--peer", type=Path, help="a Python with spaCy and its small English model")
    args = parser.parse_args()
    sayso = common.program(args.sayso)
    score = common.module(args.data / "evals/score.py")
    gold_score = common.module(args.data / "gold/score.py")

    dev = common.documents(args.data / common.DEV)
    gold = gold_score.load(args.data / "gold/dev")
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts.jsonl"
        common.write_texts(dev, texts)
        readings = common.read(sayso, texts)
        common.write_texts([g["document"] for g in gold], texts)
        gold_readings = common.read(sayso, texts)

    ours, polnear = polnear_table(score, dev, readings, args.data)
    by_id = {r["document"]["id"]: r for r in readings}
    compared = [Compared(score, d, by_id[d["id"]]) for d in dev]
    result, _ = gold_score.score(gold, gold_readings)
    total, golden = golden_table()
    names, coreference = resolution.names_tables(args.data, sayso, args.peer)
    page = PAGE.format(
        model=readings[0]["reader"]["model"], documents=len(dev), words=f"{sum(common.words(d['text']) for d in dev):,}",
        attributions=f"{ours['counts']['gold']:,}", digest=hashlib.sha256((args.data / common.DEV).read_bytes()).hexdigest()[:16],
        polnear=polnear, targets=target_table(ours), origins=origins_table(compared), running=running_sentence(compared),
        reliability=reliability_table(compared), gold_documents=result["documents"], gold=gold_table(result),
        fields=resolution.field_table(result), names=names, coreference=coreference,
        peer="" if args.peer else " No peer was run this time.", right=total["Right"], missed=total["Missed"], wrong=total["Wrong"], golden=golden)
    args.out.write_text(page, encoding="utf-8")
    print(f"{args.out}: half F1 {ours['half']['f1']:.1f}")


if __name__ == "__main__":
    main()
