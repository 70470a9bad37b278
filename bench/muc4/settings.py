"""Where and when an incident was: candidates as the keys write them, and what is known of each."""
import datetime
import re
from collections import Counter

from .fills import closest
from .tables import COUNTRIES

CODES = {"SV": "EL SALVADOR", "GT": "GUATEMALA", "HN": "HONDURAS", "AR": "ARGENTINA", "BO": "BOLIVIA", "CL": "CHILE",
         "CO": "COLOMBIA", "EC": "ECUADOR", "PE": "PERU", "PA": "PANAMA", "NI": "NICARAGUA", "US": "UNITED STATES",
         "CR": "COSTA RICA", "MX": "MEXICO", "ES": "SPAIN", "BR": "BRAZIL"}
SHORT = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()


def mention_step(far):
    return 0 if far < 5 else 1 if far < 12 else 2 if far < 25 else 3 if far < 50 else 4 if far < 100 else 5


def home(text):
    """The countries a text is about, by how often they are named; the dateline's counts more."""
    count = Counter()
    for p in text.reading["places"]:
        country = CODES.get(p["country"])
        r = text.range(p["spans"][0])
        if country and r:
            count[country] += 0.6 if r[0] < text.body else 1
    for c in COUNTRIES:
        count[c] += 0.01 + 0.4 * text.text.count(c)
    return count


def place_mentions(text, tables):
    """(string, first token, last token, the reading's place or None) of each place a key could name."""
    if hasattr(text, "place_mentions"):
        return text.place_mentions
    countries, out, i = home(text), [], 0
    read = [(text.range(p["spans"][0]), p) for p in text.reading["places"] if not p["demonym"]]
    while i < len(text.words):
        for n in tables.lengths(text.words[i]):
            name = tuple(text.words[i:i + n])
            strings = tables.place_strings(name, text.id)
            if strings and len(name) == n:
                best = max(sorted(strings), key=lambda s: strings[s] * (0.1 + countries[s.split(":")[0].strip(" ()")]))
                here = next((p for r, p in read if r and r[0] <= i + n - 1 and i <= r[1]), None)
                out.append((best.strip(), i, i + n - 1, here))
                i += n - 1
                break
        i += 1
    text.place_mentions = out
    return out


def location_candidates(text, tables, incident):
    """[(string, features)]."""
    countries, found = home(text), {}
    places = {id(e.place) for e in incident.events if e.place}
    top = countries.most_common(1)[0][0] if countries else None
    for country, n in countries.most_common(3):
        share = round(n / (sum(countries.values()) or 1) * 5)
        found[country] = (999, [f"country only, share={share}", f"top={country == top}", "country only"])
    arguments = False
    for string, first, last, place in place_mentions(text, tables):
        event, far = closest(text, incident, first)
        argued = place is not None and id(place) in places
        arguments |= argued and ":" in string
        if ":" not in string:
            if argued and string in found:
                found[string][1].append("country argued")
            continue
        if first < text.body:
            far, kind = 500, "dateline"
        else:
            kind = f"same={text.sentence[first] == text.sentence[event.at[0]]}"
        before = text.words[first - 1] if first else ""
        level = re.findall(r"\(([A-Z ]+)\)", string)
        country = string.split(":")[0]
        step = mention_step(far)
        names = [f"argued={argued}", f"far={step}", f"far,{kind}={step}", "before=" + before, f"before,far={before},{step}",
                 "kind=" + (level[-1] if level else "?"), f"top={country == top}", f"argued,far={argued},{step}",
                 f"depth={string.count(':')}", f"side={first > event.at[0]}", f"mentions={min(countries[country] // 3, 4)}"]
        if string not in found or far < found[string][0]:
            found[string] = (far, names)
    nearest = sorted(f for f, _ in found.values())
    return [(s, names + [f"order={min(nearest.index(far), 4)}", f"something argued={arguments},{'country only' in names}",
                         f"nearest={mention_step(nearest[0])},{'country only' in names}"])
            for s, (far, names) in sorted(found.items())]


def day(iso):
    return f"{int(iso[8:10]):02d} {SHORT[int(iso[5:7]) - 1]} {iso[2:4]}"


def written(text, time):
    """The ways a key may write a time of the reading."""
    low, high = (time.get("earliest") or "")[:10], (time.get("latest") or "")[:10]
    if len(low) < 10 or len(high) < 10 or low < "1900":
        return []
    if low == high:
        return [day(low), "- " + day(low)]
    return [f"{day(low)} - {day(high)}"]


def shape(words):
    return re.sub(r"\d+", "#", " ".join(words.upper().split()))[:30]


def date_candidates(text, incident):
    """[(string, features)]."""
    found = {}
    times = {id(e.time) for e in incident.events if e.time}
    if text.published:
        found["- " + day(text.published)] = (999, ["default"])
        found[day(text.published)] = (998, ["dateline day"])
    argued_any = False
    for time in text.reading["times"]:
        r = text.range(time["spans"][0]) if time["spans"] else None
        if not r or r[0] < text.body or time["kind"] not in ("date", "time", "interval"):
            continue
        event, far = closest(text, incident, r[0])
        argued = id(time) in times
        argued_any |= argued
        step, same = mention_step(far), text.sentence[r[0]] == text.sentence[event.at[0]]
        old = text.published and days(text.published, time["latest"])
        for string in written(text, time):
            form = "upto" if string.startswith("-") else "range" if " - " in string else "day"
            names = [f"{form},argued={argued}", f"{form},far={step},{same}", f"{form},text={shape(time['text'])}", form,
                     f"{form},argued,far={argued},{step}", f"{form},old={age_step(old)}", f"{form},from={time['from']}",
                     f"{form},order={min(len(found) // 2, 4)}", f"argued,text={argued},{shape(time['text'])},{form}"]
            if string not in found or far < found[string][0]:
                found[string] = (far, names)
    nearest = mention_step(min((f for f, _ in found.values() if f < 998), default=999))
    out = []
    for s, (far, names) in sorted(found.items()):
        kind = names[0] if far >= 998 else names[3]
        tense = sorted({e.realis for e in incident.events})
        out.append((s, names + [f"{kind},nearest={nearest}", f"{kind},any argued={argued_any}", f"{kind},rank={min(incident.rank, 2)}",
                                f"{kind},realis={tense}"]))
    return out


def days(published, latest):
    try:
        return (datetime.date.fromisoformat(published) - datetime.date.fromisoformat(latest[:10])).days
    except (ValueError, TypeError):
        return None


def age_step(n):
    return "?" if n is None else "ahead" if n < 0 else n if n < 3 else "week" if n < 9 else "month" if n < 65 else "old"
