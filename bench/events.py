#!/usr/bin/env python3
"""Reads texts with events known with sayso and scores what it finds.

usage: events.py DATA [--sayso PROGRAM] [--errors] [--out PAGE]

Writes docs/events.md. DATA is the folder that holds data/, evals/ and gold/. Factuality judgements are of every
happening, so those texts are read with --happenings. --errors lists instead what is missed, spurious or wrong in
the gold readings, for people who look for causes.
"""
import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import common
from common import table

FIELDS = {
    "type": ("type", 75), "mode": ("mode", None), "realis": ("realis", 80), "realis_other": ("realis, of those not actual", 60),
    "time": ("time, where there is one", 60), "time_null": ("no time, where there is none", None), "actor": ("actor", 65),
    "recipient": ("recipient", None), "place": ("place, where there is one", 70), "place_null": ("no place, where there is none", None),
    "figures_some": ("figures, where there are some", 60), "within": ("in whose words", None),
}


def readings_of(sayso, records, *options):
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "texts.jsonl"
        common.write_texts(records, source)
        command = [sayso, "read", "--json", "--quiet", *options, source]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    return [json.loads(line) for line in done.stdout.split("\n") if line]


def scored(scorer, gold, readings, *options):
    """What a scorer prints as JSON; it runs by itself, since its folder has modules of the same names as this one."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        out.write("\n".join(map(json.dumps, readings)))
        out.flush()
        command = [sys.executable, scorer, "--json", gold, out.name, *options]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def number(value):
    return "–" if value is None else f"{value:.1f}"


def reached(value, wanted):
    return "" if wanted is None else "yes" if (value or 0) >= wanted else "no"


def gold_records(data):
    for path in sorted((data / "gold/dev").glob("*.json")):
        yield json.loads(path.read_text("utf-8"))["document"]


def gold_part(data, sayso, errors):
    readings = readings_of(sayso, list(gold_records(data)))
    result = scored(data / "gold/score.py", data / "gold/dev", readings, *(["--errors"] if errors else []))
    if errors:
        sys.exit()
    trigger, fields = result["event_trigger"], result["event_fields"]
    low, high = trigger["interval"]
    rows = [["trigger, F1", f"{trigger['hit']} found, {trigger['spurious']} spurious, {trigger['missed']} missed",
             f"{number(trigger['f1'])} ({low:.1f} to {high:.1f})", "60", reached(trigger["f1"], 60)]]
    for key, (name, wanted) in FIELDS.items():
        f = fields[key]
        rows.append([name, f"{f['right']} of {f['asked']}", number(f["accuracy"]), "" if wanted is None else str(wanted), reached(f["accuracy"], wanted)])
    return table(["field, over the matched triggers", "right", "per cent", "wanted", "reached"], rows)


def plover_part(data, sayso):
    gold = data / "data/plover/dev.jsonl.gz"
    m = scored(data / "evals/score_plover.py", gold, readings_of(sayso, common.documents(gold)))
    low, high = m["type"]["accuracy_95"]
    rows = [["right type at the marked words", f"**{number(m['type']['accuracy'])}** ({low:.1f} to {high:.1f})", "65"],
            ["the same of the event that overlaps most", number(m["type_first"]), ""], ["mean over the types", number(m["macro"]), ""],
            ["types given at the marked words, mean", f"{m['types_given']:.2f}", ""], ["no event at the marked words", number(m["no_event"]), ""],
            ["the type, folded by realis as PLOVER does", number(m["folded"]), ""],
            ["mode, of those with a mode and the right type", number(m["mode"]["accuracy"]), ""],
            ["actor, of all with one marked", number(m["actor"]["overlap"]), ""], ["recipient, of all with one marked", number(m["recipient"]["overlap"]), ""],
            ["always the most frequent type", number(m["always"]["accuracy"]), ""]]
    kinds = [[k, str(v["records"]), number(v["accuracy"]), v["given"]] for k, v in m["by_type"].items()]
    return table(["figure", "per cent", "wanted"], rows), table(["type", "records", "right", "given at the words"], kinds)


def realis_part(data, sayso):
    gold = data / "data/factuality/dev.jsonl.gz"
    m = scored(data / "evals/score_realis.py", gold, readings_of(sayso, common.documents(gold), "--happenings"))
    rows = []
    for name, s in m["by_set"].items():
        a, c = s["all"], s["covered"]
        wanted = "0.55; 0.75 at 50" if name == "uw" else ""
        rows.append([name, f"{a['r']:.2f}" if a["r"] is not None else "–", f"{a['gain']:.2f}", number(s["coverage"]),
                     f"{c['r']:.2f}" if c["r"] is not None else "–", f"{c['gain']:.2f}", wanted])
    by = [[k, str(v["n"]), f"{v['mean_gold']:.2f}"] for k, v in m["by_realis"].items()]
    return (table(["texts", "r, all triggers", "gain over always 3", "coverage, per cent", "r, those found", "gain, those found", "wanted"], rows),
            table(["realis given", "triggers", "mean judgement"], by))


TEXT = """# Events: figures

Written by `bench/events.py`; do not edit it. What counts as an event: [coding.md](coding.md).

## Gold readings

Twelve texts on conflict and security, annotated for this project. Spans of a trigger have to overlap.

{gold}

## PLOVER's gold records

165 ideal records, coded by version 0.5 and mapped to version 2.

{plover}

{kinds}

## Did it happen

Judgements on a scale from −3 to 3 of every happening in news (uw, meantime) and web text (uds_ih2), read with
`--happenings`. A trigger without an event counts as 3. The number of a realis is that of the scorer.

{realis}

{by}
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    common.arguments(parser, "docs/events.md")
    parser.add_argument("--errors", action="store_true", help="list what is wrong in the gold readings")
    args = parser.parse_args()
    sayso, data = common.program(args.sayso), args.data.resolve()
    gold = gold_part(data, sayso, args.errors)
    plover, kinds = plover_part(data, sayso)
    realis, by = realis_part(data, sayso)
    args.out.write_text(TEXT.format(gold=gold, plover=plover, kinds=kinds, realis=realis, by=by), encoding="utf-8")


if __name__ == "__main__":
    main()
