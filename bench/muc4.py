#!/usr/bin/env python3
"""Fills MUC-4 incident templates from sayso's readings and scores them.

usage: muc4.py SHARED [--sayso PROGRAM] [--part dev|train] [--errors] [--write docs/muc4.md] [--keep FOLDER]

SHARED is the folder that holds data/muc4 and evals/score_muc4.py. The texts, in capitals as they came, are read by
the program with the day in their datelines; from the readings (events, attributions, entities, places, times,
figures) and the words around what they hold, templates are filled. What decides is learned from the train part at run time: which events belong to an
incident the task wants, which tell of the same one, which words fill a slot. --part train fills each third of the
train part by what the other two teach. --errors lists instead what is missed and spurious, for people who look for
causes. --keep FOLDER keeps the readings there, and takes them from there if they are found.
"""
import argparse
import json
import sys
import tempfile
from pathlib import Path

import common
from muc4 import texts
from muc4.filler import WORTH, Filler
from muc4.logistic import folds


def scorer_of(shared):
    """evals/score_muc4.py; its folder has a module `common` of its own."""
    mine = sys.modules.pop("common")
    sys.path.insert(0, str(shared / "evals"))
    import score_muc4
    sys.path.pop(0)
    sys.modules["common"] = mine
    return score_muc4


def read(program, documents, kept):
    """The texts with their readings."""
    if kept and kept.exists():
        readings = [json.loads(line) for line in kept.open(encoding="utf-8")]
    else:
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "texts.jsonl"
            records = [{"id": d["id"], "text": d["text"], "published": texts.published(d["text"])} for d in documents]
            common.write_texts(records, source)
            # unsure violence too: what is wanted is learned
            readings = common.read(program, source, "--happenings")
        if kept:
            kept.write_text("".join(json.dumps(r) + "\n" for r in readings), encoding="utf-8")
    return [texts.Text(r) for r in readings]


def crossed(documents, read_texts, scorer, taskdoc, worth=WORTH, count=3):
    """Each part of the train texts filled by what the others teach."""
    by_id, out = {t.id: t for t in read_texts}, []
    for left, rest in folds(documents, count):
        filler = Filler([by_id[d["id"]] for d in rest], rest, scorer, taskdoc, worth)
        out += [{"id": d["id"], "templates": filler.templates(by_id[d["id"]])} for d in left]
    return out


def errors(gold, predicted, scorer):
    """For each text what its key has and no template gives, and the reverse."""
    made = {p["id"]: p["templates"] for p in predicted}
    for d in gold:
        for whose, templates in (("key", d["templates"]), ("filled", made[d["id"]])):
            for t in templates:
                told = []
                for slot in scorer.SLOTS:
                    values = [f[0] if isinstance(f, list) else f for f in t.get(slot) or []]
                    told += [f"{slot}={'; '.join(str(v.get('value') or v.get('text')) for v in values)}"] if values else []
                print(d["id"], whose, "optional" if t.get("optional") else "", *told, sep="\t")


PAGE = """# MUC-4: incident templates

Written by `bench/muc4.py SHARED --write docs/muc4.md`, never by hand. The 100 texts of TST3 (`dev`), in capitals as they
came, were read by sayso; templates were filled from the readings and the words around what they hold, by what the
1,500 train texts teach at run time:
which events belong to an incident the task wants, which tell of the same one, which words fill a slot. Scored by
`evals/score_muc4.py`, all templates, per cent; a value is given together with the target it belongs to.

| | R | P | F | wanted |
|---|---|---|---|---|
{figures}

{gold} templates in the key ({optional} of them optional), {predicted} filled, {paired} paired with one of the key.
The best of the systems of 1992 is given at 55.9; its fills were judged by the official program with a person's help, so
the figures stand beside each other and are not the same measure.

{slots}
"""
WANTED = {"all slots": 45, "incident_type": 65, "perp_org_confidence": 32}


def page(score):
    one = lambda m, key: f"{m[key]:.1f}"
    row = lambda name, m: [name, one(m, "r"), one(m, "p"), one(m, "f1")]
    groups = {"all slots": "all_templates", "paired templates only": "matched_only", "string fills": "string_fills",
              "set fills": "set_fills", "texts with any template": "text_filtering"}
    lines = [row(name, score[key]) + [str(WANTED.get(name, ""))] for name, key in groups.items()]
    lines += [row(s, score["by_slot"][s]) + [str(WANTED[s])] for s in ("incident_type", "perp_org_confidence")]
    low, high = score["all_templates"]["f1_95"]
    lines[0][3] = f"**{lines[0][3]}** ({low:.1f} to {high:.1f})"
    counts = score["counts"]
    return PAGE.format(figures="\n".join("| " + " | ".join(line) + " |" for line in lines),
                       gold=counts["gold_templates"], optional=counts["gold_optional"], predicted=counts["predicted_templates"],
                       paired=counts["paired"],
                       slots=common.table(["slot", "R", "P", "F"], [row(s, m) for s, m in score["by_slot"].items()]))


def show(score):
    for name in ("all_templates", "matched_only", "string_fills", "set_fills", "text_filtering"):
        print(f"{name:22}R {score[name]['r']:5.1f}  P {score[name]['p']:5.1f}  F {score[name]['f1']:5.1f}")
    for name, m in score["by_slot"].items():
        counts = " ".join(f"{m[k]:4}" for k in ("correct", "partial", "incorrect", "spurious", "missing"))
        print(f"{name:22}R {m['r']:5.1f}  P {m['p']:5.1f}  F {m['f1']:5.1f}  {counts}")
    print(score["counts"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder that holds data/ and evals/")
    parser.add_argument("--sayso", type=Path, help="the program; without it, a release build of this checkout")
    parser.add_argument("--part", choices=("dev", "train"), default="dev")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--write", type=Path, metavar="PAGE")
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    args = parser.parse_args()
    if args.write and args.part != "dev":
        parser.error("the page is of dev")
    scorer, program = scorer_of(args.shared), common.program(args.sayso)
    folder = args.shared / "data/muc4"
    gold = {part: common.documents(folder / f"{part}.jsonl.gz") for part in {"train", args.part}}
    found = {part: read(program, d, args.keep and args.keep / f"{part}.readings.jsonl") for part, d in gold.items()}
    if args.part == "train":
        predicted = crossed(gold["train"], found["train"], scorer, folder / "taskdoc")
    else:
        filler = Filler(found["train"], gold["train"], scorer, folder / "taskdoc")
        predicted = [{"id": t.id, "templates": filler.templates(t)} for t in found["dev"]]
    if args.errors:
        errors(gold[args.part], predicted, scorer)
        return
    score = scorer.score(gold[args.part], predicted, baseline=False)
    show(score)
    if args.write:
        args.write.write_text(page(score), encoding="utf-8")


if __name__ == "__main__":
    main()
