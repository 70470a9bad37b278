"""Times beside two gold sets: the figures as JSON, or what is wrong in one part.

usage: times.py DATA [--sayso PROGRAM] [--errors SET/PART]

DATA holds data/, evals/ and gold/.  Without a program, a release build of this checkout is used.
With --errors tempeval3/train or recognizers/train, the mistakes are listed instead: what was
missed, what should not be there, and what came to another value.  The texts are not ours to
publish, so the list is for the eyes only.
"""
import argparse
import importlib
import json
import sys
import tempfile
from pathlib import Path

import common

SETS = {"tempeval3": ("score_times", "text", "dct"), "recognizers": ("score_recognizers", "input", "reference")}


def scorer(data, name):
    """A scorer of evals/; its folder has a module `common` of its own."""
    mine = sys.modules.pop("common")
    sys.path.insert(0, str(data / "evals"))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.pop(0)
        sys.modules["common"] = mine


def read(sayso, gold, text, day):
    """The readings of gold texts; a publication date has no time of day."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        for record in gold:
            line = {"id": record["id"], "text": record[text], "published": (record.get(day) or "")[:10] or None}
            out.write(json.dumps(line) + "\n")
        out.flush()
        return common.read(sayso, Path(out.name))


def wrong_times(score, gold, reading):
    """Mistakes in one text of TempEval-3."""
    values, text = score.timevalues, gold["text"]
    spans, found = [(t["start"], t["end"]) for t in gold["timexes"]], score.times_of(reading)
    pairs = score.pair(spans, [span for span, _ in found])
    for i, (time, span) in enumerate(zip(gold["timexes"], spans)):
        got = found[pairs[i]][1] if i in pairs else {}
        verdict = values.compare(time["value"] or "", got, time["type"], time.get("mod"), gold["dct"]) if got else "missed"
        if verdict != "right":
            yield verdict, time["value"], got.get("edtf"), got.get("duration"), around(text, span)
    for j, (span, time) in enumerate(found):
        if j not in pairs.values():
            yield "not there", None, time["edtf"], time["duration"], around(text, span)


def around(text, span):
    start, end = span
    return " ".join(f"{text[max(0, start - 50):start]}[{text[start:end]}]{text[end:end + 30]}".split())


def wrong_case(score, gold, reading):
    """A case of Recognizers-Text that is not wholly right."""
    counted = score.compare(gold, reading)
    if not (counted["whole"] or counted["nothing right"]):
        expected = [(t["text"], t["timex"]) for t in gold["expected"]]
        got = [(t["text"], t["edtf"], t["duration"], t["earliest"], t["latest"]) for t in reading["times"]]
        yield gold["input"], gold["reference"], expected, got


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--sayso", type=Path)
    parser.add_argument("--errors", metavar="SET/PART")
    args = parser.parse_args()
    sayso, data, out = common.program(args.sayso), args.data.resolve(), {}
    wanted = [args.errors] if args.errors else [f"{key}/{part}" for key in SETS for part in ("train", "dev")]
    for name in wanted:
        key, part = name.split("/")
        module, text, day = SETS[key]
        score = scorer(data, module)
        gold = common.documents(data / f"data/{key}/{part}.jsonl.gz")
        readings = read(sayso, gold, text, day)
        out[name] = score.score(gold, readings)
        if args.errors:
            by_id = {reading["document"]["id"]: reading for reading in readings}
            mistakes = wrong_times if key == "tempeval3" else wrong_case
            for record in gold:
                for row in mistakes(score, record, by_id[record["id"]]):
                    print(*row, sep=" | ")
    if not args.errors:
        print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
