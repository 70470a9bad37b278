"""Times beside two gold sets: writes docs/times.md, and prints the figures as JSON.

With --errors tempeval3/train or recognizers/train, the mistakes of that part are listed instead:
what was missed, what should not be there, and what came to another value.  The texts are not ours
to publish, so the list is for the eyes only.
"""
import argparse
import importlib
import json
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path

import common

PAGE = """\
# Times: what is measured, and what falls short

Written by `bench/times.py DATA`, never by hand; `--errors tempeval3/train` lists the mistakes. The rules were developed on
the train parts. No text of either set is part of this repository.

{figures}

A value is right where the days, minutes, length or period are those of the gold; *wholly right* are the cases in which
every expression is found, with its value, and nothing else. Wanted were 80 and 92 (value and span F1 of TempEval-3 dev) and
85 % of the cases of Recognizers-Text, train and dev together, of which {cases} % are right.

## TempEval-3

What remains, in the order of its weight:

- Business reports: "a year earlier", "the quarter", "the latest period" where the text told several quarters, or a
  fiscal year that is not the calendar's.
- Vague words ("now", "currently") that the annotators marked in one text and passed over in the next.
- Weekdays and months whose verb points the wrong way ("the council meets Monday" has none that tells), and texts that
  look back on a week that is not the last one.
- Ranges are one interval here ("between 1982 and 1992") and two dates there.
- "last week" is given there without its week.
- A number of units before something that happened ("the days before the vote"): no date here.

## Recognizers-Text

Cases are short commands to an assistant, with the moment at which they are said. What is not right, by kind:

{kinds}

The first kind cannot be reached from a date of publication: it has no time of day, and one that is given is cut to the
day. School and fiscal years are taken for the calendar year. Some of the library's conventions are not those of a news
reader: its morning begins at eight, its interval of months ends with the first day of the last one.
"""
SETS = {"tempeval3": ("score_times", "text", "dct"), "recognizers": ("score_recognizers", "input", "reference")}


# Why a case of Recognizers-Text is not wholly right, and an example in our own words.
KINDS = {
    "clock": ("needs the time of day of publication", "back in twenty minutes"),
    "alone": ("a period or length that the scorer cannot compare", "every weekend"),
    "bounds": ("the library's bounds of early, late, before, after", "late in the morning"),
    "list": ("a list of days that share a week or a month", "next week Monday, Thursday or Friday"),
    "open": ("left open by the library", "this school year"),
    "missed": ("not found", "see you at five-thirty"),
    "pieces": ("in more pieces, or something besides", "from two for three hours"),
    "value": ("another value", "two weeks before Easter"),
    "nothing": ("something found where nothing is", "the number 2010-2015-77"),
}


def kind_of(counted, gold, reading):
    """The kind of a mistake in a case of Recognizers-Text."""
    expected, found = gold["expected"], reading["times"]
    resolutions = [t["resolution"] for t in expected]
    short = re.compile(r"\b(min|mins|minutes?|hours?|\d+h|now)\b", re.I)
    told = re.compile(r"\d:\d|\d ?[ap]m")
    if not expected:
        return "nothing"
    if any(t["type"].startswith("datetime") and short.search(t["text"]) and not told.search(t["text"]) for t in expected):
        return "clock"
    if counted["not comparable"] and counted["not comparable"] + counted["right"] == len(expected):
        return "alone"
    if any(r.get("Mod") for r in resolutions):
        return "bounds"
    if any(t["type"] == "datetimealt" for t in expected):
        return "list"
    if any(t["type"] != "set" and t["resolution"].get("value") == "not resolved" for t in expected):
        return "open"
    return "missed" if len(found) < len(expected) else "pieces" if len(found) > len(expected) else "value"


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


def is_whole(counted):
    return counted["whole"] or counted["nothing right"]


def wrong_case(score, gold, reading):
    """A case of Recognizers-Text that is not wholly right."""
    if not is_whole(score.compare(gold, reading)):
        expected = [(t["text"], t["timex"]) for t in gold["expected"]]
        got = [(t["text"], t["edtf"], t["duration"], t["earliest"], t["latest"]) for t in reading["times"]]
        yield gold["input"], gold["reference"], expected, got


def case_kinds(score, gold, readings):
    """How many cases are wrong in which way."""
    out = Counter()
    for record in gold:
        reading = readings[record["id"]]
        counted = score.compare(record, reading)
        if not is_whole(counted):
            out[kind_of(counted, record, reading)] += 1
    return out


def page(figures, kinds):
    """docs/times.md."""
    rows = []
    for name, result in figures.items():
        cases = result.get("cases")
        shares = [result[key]["f1"] for key in ("value", "relaxed", "strict")] + ([cases["whole_right"]] if cases else [])
        texts = cases["cases"] if cases else result["counts"]["documents"]
        cells = [f"{share:.1f}" for share in shares] + [""] * (4 - len(shares))
        rows.append([*name.split("/"), str(texts), *cells])
    head = ["set", "part", "texts", "value F1", "span F1, one character in common", "span F1, exact", "wholly right, %"]
    both = [figures[f"recognizers/{part}"]["cases"] for part in ("train", "dev")]
    right = sum(c["whole_right"] * c["cases"] for c in both) / sum(c["cases"] for c in both)
    listed = [[name, str(kinds["train"][key]), str(kinds["dev"][key]), f"“{example}”"] for key, (name, example) in KINDS.items()]
    return PAGE.format(
        figures=common.table(head, rows),
        cases=f"{right:.1f}",
        kinds=common.table(["kind", "train", "dev", "for instance"], listed),
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    common.arguments(parser, "docs/times.md")
    parser.add_argument("--errors", metavar="SET/PART")
    args = parser.parse_args()
    sayso, data, figures, kinds = common.program(args.sayso), args.data.resolve(), {}, {}
    wanted = [args.errors] if args.errors else [f"{key}/{part}" for key in SETS for part in ("train", "dev")]
    for name in wanted:
        key, part = name.split("/")
        module, text, day = SETS[key]
        score = scorer(data, module)
        gold = common.documents(data / f"data/{key}/{part}.jsonl.gz")
        readings = {reading["document"]["id"]: reading for reading in read(sayso, gold, text, day)}
        figures[name] = score.score(gold, list(readings.values()))
        if key == "recognizers":
            kinds[part] = case_kinds(score, gold, readings)
        if args.errors:
            mistakes = wrong_times if key == "tempeval3" else wrong_case
            for record in gold:
                for row in mistakes(score, record, readings[record["id"]]):
                    print(*row, sep=" | ")
    if not args.errors:
        args.out.write_text(page(figures, kinds), encoding="utf-8")
        print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
