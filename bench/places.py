#!/usr/bin/env python3
"""Reads the place corpora with sayso and scores the places.

usage: places.py DATA [--sayso PROGRAM] [--table TABLE.tsv] [--errors SET/PART] [--out PAGE]

Writes docs/places.md. DATA is the folder that holds data/ and evals/; TABLE is what train/gazetteer
leaves in its folder, to tell how much of each set the gazetteer holds. Each text goes in alone: no
address, no publisher, no date. --errors lgl/train lists instead what is missed, spurious or put
elsewhere, for people who look for causes; the texts are not ours to publish.
"""
import argparse
import sys
import tempfile
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import common

SETS = ("lgl", "geowebnews", "trnews")


def measured(data, program, name, part):
    """What evals/score_places.py says of one set."""
    mine = sys.modules.pop("common")
    sys.path.insert(0, str(data / "evals"))
    import score_places
    sys.path.pop(0)
    sys.modules["common"] = mine
    gold = common.documents(data / "data" / name / f"{part}.jsonl.gz")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "texts.jsonl"
        alone = [{"id": d["id"], "text": d["text"]} for d in gold]
        common.write_texts(alone, source)
        readings = common.read(program, source)
    return score_places.score(gold, readings), gold, readings


def errors(gold, readings):
    import score_places
    by_id = {r["document"]["id"]: r for r in readings}
    for document in gold:
        text = document["text"]
        places = [(s["start"], s["end"], p) for p in by_id[document["id"]]["places"] for s in p["spans"]]
        used = set()
        for t in document["toponyms"]:
            here = [(i, p) for i, (s, e, p) in enumerate(places) if s < t["end"] and t["start"] < e]
            used.update(i for i, _ in here)
            around = f"{text[max(0, t['start'] - 30):t['start']]}[{text[t['start']:t['end']]}]{text[t['end']:t['end'] + 20]}"
            around = " ".join(around.split())
            if t["lat"] is None:
                continue
            if not here:
                print("missed", around, t.get("gazetteer_name"), t.get("country"), sep="\t")
                continue
            place = here[0][1]
            if place["lat"] is None:
                print("unknown", around, t.get("gazetteer_name"), t.get("country"), sep="\t")
                continue
            far = score_places.distance((t["lat"], t["lon"]), (place["lat"], place["lon"]))
            if far > score_places.NEAR:
                others = ", ".join(f"{o['name']} {o['score']:.2f}" for o in place["others"])
                print("elsewhere", around, f"{place['name']} {place['country']} {place['level']} {place['score']:.2f}",
                      f"gold {t.get('gazetteer_name')} {t.get('country')} {t.get('feature_code')} {far:.0f} km", others, sep="\t")
        for i, (s, e, p) in enumerate(places):
            if i not in used:
                print("spurious", " ".join(f"{text[max(0, s - 30):s]}[{text[s:e]}]{text[e:e + 20]}".split()), p["name"], p["country"], sep="\t")


def plain(name):
    """A name without letter case, accents and marks, much as the reader compares names."""
    name = unicodedata.normalize("NFD", name.casefold().replace("-", " "))
    return " ".join("".join(c for c in name if c.isalnum() or c == " ").split())


class Table:
    """The places that the gazetteer was packed from."""

    def __init__(self, path):
        self.numbers, self.points = set(), defaultdict(list)
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                fields = line.rstrip("\n").split("\t")
                self.numbers.add(fields[0])
                point = float(fields[2]), float(fields[3])
                for name in {plain(n.lstrip(",~=")) for n in (fields[1], *fields[11].split("|"))}:
                    self.points[name].append(point)

    def coverage(self, gold, score_places):
        """Shares of the gold with coordinates: number held, name held, a bearer within 161 km."""
        count = Counter()
        for t in (t for d in gold for t in d["toponyms"] if t["lat"] is not None):
            words = plain(t["name"])
            points = self.points.get(words) or self.points.get(words.removeprefix("the ")) or []
            count["all"] += 1
            count["id"] += str(t.get("geonames_id")) in self.numbers
            count["ids"] += bool(t.get("geonames_id"))
            count["name"] += bool(points)
            count["near"] += any(score_places.distance((t["lat"], t["lon"]), p) <= score_places.NEAR for p in points)
        return 100 * count["id"] / count["ids"], 100 * count["name"] / count["all"], 100 * count["near"] / count["all"]


def held(gold, readings, numbers):
    """Of the gold found whose number the gazetteer holds: the share with that number."""
    by_id = {r["document"]["id"]: r for r in readings}
    right = both = 0
    for document in gold:
        spans = [(s["start"], s["end"], p) for p in by_id[document["id"]]["places"] for s in p["spans"]]
        for t in document["toponyms"]:
            here = [p for s, e, p in spans if s < t["end"] and t["start"] < e]
            if here and str(t.get("geonames_id")) in numbers:
                both += 1
                right += str(here[0]["geonames"]) == str(t["geonames_id"])
    return 100 * right / both


PAGE = """# Places: what is measured

Written by `bench/places.py DATA --table TABLE`, never by hand. Each text was read alone, without its address, publisher
or date. Rules and weights were set by looking at the train parts; dev was scored four times, never looked through. All in per cent.

*Within 161 km* is of **all** gold toponyms with coordinates: what is not found is wrong, and so is what the gazetteer
lacks. *Wanted* stands beside it. Mentions are found where one character is common. *Right number* is of the mentions
found whose GeoNames number the gazetteer holds (80 wanted).

{accuracy}

The gazetteer's own share of each set is the upper bound: the number is held, the words are a name, one bearer of that
name lies within 161 km.

{coverage}

GeoWebNews tells literal toponyms from associative ones ("Moscow said", "Syrian"), within 161 km:

{kinds}

## Beside Mordecai 3

What its own page publishes of LGL, TR-News and GeoWebNews is measured **given the place's name**, on held-out
parts of its own, over all of GeoNames (ours holds {places:,} places of it and of other lists), with a ranker trained on
other parts of the same corpora. So it stands beside *of those found*, and the parts differ: no ranking follows from it.
From raw text it publishes no figure.

{mordecai}

Its version 3.5 gives 92.6 exact and 96.6 within 161 km as the mean over six sets, in the same setting.
"""
WANTED = {"lgl": 62, "geowebnews": 65, "trnews": 75}
# Its README, the tables of the paper's model: exact GeoNames match, within 161 km.
MORDECAI = {"lgl": (79.4, 82.7), "geowebnews": (90.1, 94.1), "trnews": (84.3, 87.3)}


def one(value):
    return f"{value:.1f}"


def page(data, program, path):
    known = Table(path)
    accuracy, coverage, kinds, mordecai = [], [], [], []
    for name in SETS:
        for part in ("train", "dev"):
            score, gold, readings = measured(data, program, name, part)
            import score_places
            main_figure, (low, high) = score["accuracy_161"]["accuracy"], score["accuracy_161"]["95"]
            found, exact = score["of_found"], held(gold, readings, known.numbers)
            accuracy.append([name, part, str(len(gold)), str(score["counts"]["gold_with_coordinates"]),
                             f"**{main_figure:.1f}** ({low:.1f} to {high:.1f})", str(WANTED[name]),
                             one(score["mentions"]["p"]), one(score["mentions"]["r"]), one(score["mentions"]["f1"]),
                             one(score["exact"]["f1"]), one(found["accuracy_161"]), f"{found['mean_km']:.0f}", one(exact)])
            coverage.append([name, part, *map(one, known.coverage(gold, score_places))])
            if score["by_kind"]:
                literal, other = score["by_kind"]["literal"], score["by_kind"]["associative"]
                kinds.append([part, str(literal["gold"]), one(literal["accuracy_161"]), str(other["gold"]),
                              one(other["accuracy_161"])])
            if part == "dev":
                mordecai.append([name, one(score["geonames_id"]["of_both"]), one(found["accuracy_161"]),
                                 *map(one, MORDECAI[name])])
    table = common.table
    return PAGE.format(
        accuracy=table(["set", "part", "texts", "toponyms", "within 161 km (95 %)", "wanted", "mentions P", "R", "F1",
                        "exact spans F1", "within 161 km of those found", "mean km", "right number"], accuracy),
        coverage=table(["set", "part", "number", "name", "near"], coverage),
        kinds=table(["part", "literal", "within 161 km", "associative", "within 161 km"], kinds),
        mordecai=table(["set", "sayso, dev: right number of those found", "within 161 km of those found",
                        "Mordecai 3: exact", "within 161 km"], mordecai),
        places=sum(1 for _ in open(path, encoding="utf-8")))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    common.arguments(parser, "docs/places.md")
    parser.add_argument("--table")
    parser.add_argument("--errors", metavar="SET/PART")
    args = parser.parse_args()
    program = common.program(args.sayso)
    if args.errors:
        name, part = args.errors.split("/")
        _, gold, readings = measured(args.data, program, name, part)
        errors(gold, readings)
    elif args.table:
        args.out.write_text(page(args.data, program, args.table), encoding="utf-8")
    else:
        parser.error("name the table with --table, or a part with --errors")


if __name__ == "__main__":
    main()
