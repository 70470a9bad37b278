#!/usr/bin/env python3
"""Makes data/outlets.csv from the corpus of outlets and our own rows, ours first.

usage: outlets.py OUTLETS.csv OWN.csv > data/outlets.csv

Taken are facts: names, other names, country, kind, the hosts of their pages. Monitors, offices and institutes are
no outlets and stay out; rows without a name are of no use in a text.
"""
import csv
import sys

NO_OUTLET = {"monitor", "official", "think tank", "not an outlet"}


def plain(name):
    return name.casefold().removeprefix("the ").strip()


def hosts_by_name(corpus):
    out = {}
    with open(corpus, newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["name"].strip() and row["domain"]:
                out.setdefault(plain(row["name"]), []).append(row["domain"])
    return {name: sorted(set(hosts)) for name, hosts in out.items()}


def main(corpus, own):
    out, seen, barred = [], set(), set()
    hosts = hosts_by_name(corpus)
    with open(own, newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            names = [row["name"], *filter(None, row["aliases"].split("|"))]
            if row["kind"] in NO_OUTLET:
                barred.add(plain(row["name"]))
                continue
            kind = "state " + row["kind"] if row["state"] == "yes" else row["kind"]
            known = dict.fromkeys(h for n in names for h in hosts.get(plain(n), ()))
            out.append((row["name"], row["aliases"], row["country"], kind, "|".join(known)))
            seen.update(map(plain, names))
    with open(corpus, newline="", encoding="utf-8") as lines:
        rows = sorted(csv.DictReader(lines), key=lambda r: (plain(r["name"]), r["domain"]))
    for row in rows:
        name = row["name"].strip()
        if not name or row["kind"] in NO_OUTLET or plain(name) in seen | barred or len(name) < 2:
            continue
        seen.add(plain(name))
        out.append((name, "", row["country"], row["kind"], "|".join(hosts[plain(name)])))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("name", "aliases", "country", "kind", "hosts"))
    writer.writerows(sorted(out, key=lambda r: plain(r[0])))


if __name__ == "__main__":
    main(*sys.argv[1:3])
