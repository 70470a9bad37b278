#!/usr/bin/env python3
"""Reads the place corpora with sayso and scores the places.

usage: places.py DATA [--sayso PROGRAM] [--part train|dev] [--set NAME] [--errors] [--json]

DATA is the folder that holds data/ and evals/. Each text goes in alone: no address, no publisher,
no date. --errors lists what is missed, spurious or put elsewhere, for people who look for causes.
"""
import argparse
import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path

SETS = ("lgl", "geowebnews", "trnews")


def load(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read(program, texts):
    """The readings of texts, by the program."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "texts.jsonl"
        with source.open("w", encoding="utf-8") as out:
            for text in texts:
                out.write(json.dumps({"id": text["id"], "text": text["text"]}, ensure_ascii=False) + "\n")
        done = subprocess.run([program, "read", "--json", "--quiet", source], check=True, stdout=subprocess.PIPE)
    return [json.loads(line) for line in done.stdout.decode("utf-8").split("\n") if line]


def measured(data, program, name, part):
    """What evals/score_places.py says of one set."""
    sys.path.insert(0, str(data / "evals"))
    import score_places
    gold = load(data / "data" / name / f"{part}.jsonl.gz")
    readings = read(program, gold)
    return score_places.score(gold, readings), gold, readings


def errors(gold, readings):
    sys.path.insert(0, str(Path(__file__).parent))
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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--sayso", default="target/release/sayso")
    parser.add_argument("--part", default="dev", choices=("train", "dev"))
    parser.add_argument("--set", choices=SETS)
    parser.add_argument("--errors", action="store_true")
    args = parser.parse_args()
    for name in [args.set] if args.set else SETS:
        score, gold, readings = measured(args.data, args.sayso, name, args.part)
        if args.errors:
            errors(gold, readings)
            continue
        print(name, args.part, json.dumps({
            "accuracy_161": score["accuracy_161"], "or_id": score["accuracy_161_or_id"],
            "mentions": score["mentions"], "exact": score["exact"]["f1"], "of_found": score["of_found"],
            "id": score["geonames_id"], "by_kind": score["by_kind"]}))


if __name__ == "__main__":
    main()
