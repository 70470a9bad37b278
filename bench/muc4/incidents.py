"""From the events of a text to incidents: which events matter, and which tell of the same incident."""
import datetime
from dataclasses import dataclass, field

from .logistic import level

GENERIC = ("ATTACK", "ATTACKS", "CRIME", "MURDER", "ASSASSINATION", "BOMBING", "EXPLOSION", "KILLING", "MASSACRE",
           "INCIDENT", "KIDNAPPING", "BLAST", "ACTION", "DEATH", "DEATHS")


@dataclass
class Incident:
    events: list
    rank: int = 0
    chance: float = 0.0           # that the key has it
    type: str = "ATTACK"
    kinds: dict = field(default_factory=dict)
    template: int = None          # of the key, in training
    seen: dict = field(default_factory=dict)          # slot: candidates with their features
    likely: dict = field(default_factory=dict)        # slot: candidates with their chances, likeliest first

    def tokens(self):
        return [e.at for e in self.events]


def heads(text, ranges):
    return {text.words[text.head(r)] for r in ranges}


def age(text, event):
    """Days from the event to the dateline, coarse."""
    time = event.time
    if not time or not time.get("latest") or not text.published:
        return "?"
    try:
        late = datetime.date.fromisoformat((time["latest"] + "-12-28")[:10])
        days = (datetime.date.fromisoformat(text.published) - late).days
    except ValueError:
        return "?"
    return "ahead" if days < 0 else "day" if days < 2 else "week" if days < 8 else "months" if days < 65 else "old"


def near_words(text, at, reach=6):
    first, last = max(0, at[0] - reach), min(len(text.words), at[1] + 1 + reach)
    return [text.words[i] for i in range(first, last) if not at[0] <= i <= at[1] and text.sentence[i] == text.sentence[at[0]]]


def event_features(text, event):
    e = event
    out = ["w=" + e.word, "s=" + e.stem, f"tm={e.type},{e.mode}", f"sr={e.stem},{e.realis}", "realis=" + e.realis,
           f"type,realis={e.type},{e.realis}", "age=" + age(text, e), "place" if e.place else "noplace",
           "within=" + (e.within["source"]["kind"] if e.within else "author"), f"figures={min(len(e.figures), 2)}"]
    recipients, actors = heads(text, e.recipient), heads(text, e.actor)
    out += ["r=" + h for h in recipients] + ["a=" + h for h in actors]
    out += [f"sr={e.stem},{h}" for h in recipients]
    out += [f"a,r={a},{r}" for a in actors for r in recipients]
    out += [] if recipients else ["norecipient", "norecipient,s=" + e.stem]
    out += [] if actors else ["noactor"]
    out += ["r~" + text.words[i] for r in e.recipient for i in range(r[0], min(r[1] + 1, r[0] + 8))]
    out += ["n=" + w for w in near_words(text, e.at)]
    out += ["before=" + text.words[e.at[0] - 1]] if e.at[0] else []
    out.append(f"position={min((text.sentence[e.at[0]] - text.sentence[text.body if text.body < len(text.words) else 0]), 12)}")
    return out + text_features(text)


def text_features(text):
    first = text.text.strip().split(",")[0].split("(")[0].strip()[:30]
    return ["tag=" + t for t in text.tags] + ["from=" + first, f"relevance={level(text.relevance)}", f"events={min(len(text.events) // 4, 6)}"]


def bag(text):
    """The words of a text, and of its violent events."""
    return set(text.words) | {f"{e.type},{e.mode}" for e in text.events} | {"s=" + e.stem for e in text.events}


def place_of(event):
    p = event.place
    return (p["country"], p["name"]) if p else None


def link_features(text, a, b):
    """Do two events, a before b, tell of one incident?"""
    gap = b.at[0] - a.at[1]
    sentences = text.sentence[b.at[0]] - text.sentence[a.at[0]]
    ra, rb, aa, ab = (heads(text, r) for r in (a.recipient, b.recipient, a.actor, b.actor))
    out = [f"gap={min(gap // 10, 12)}", f"sentences={min(sentences, 6)}",
           f"paragraphs={min(text.paragraph[b.at[0]] - text.paragraph[a.at[0]], 4)}",
           "same stem" if a.stem == b.stem else "other stem", f"stems={min(a.stem, b.stem)},{max(a.stem, b.stem)}",
           f"modes={min(a.mode, b.mode)},{max(a.mode, b.mode)}", f"realis={a.realis == b.realis}",
           "recipients=" + relation(ra, rb), "actors=" + relation(aa, ab),
           "places=" + relation({place_of(a)} - {None}, {place_of(b)} - {None}),
           "times=" + relation(*({e.time["earliest"]} - {None} if e.time else set() for e in (a, b)))]
    before = text.words[b.at[0] - 1] if b.at[0] else ""
    if b.word in GENERIC:
        out += ["generic", "generic after " + before]
    plural = (a.word.endswith("S"), b.word.endswith("S"))
    names = [{text.words[i] for r in e.recipient for i in range(r[0], r[1] + 1)} for e in (a, b)]
    return out + [f"plural={plural}", f"shared words={min(len(names[0] & names[1]), 3)}"]


def relation(a, b):
    return "none" if not a and not b else "one" if not a or not b else "same" if a & b else "differ"


def group(text, events, link):
    """Incidents of one text, events in order; each joins the incident it is likeliest one with, or begins one."""
    incidents = []
    for e in events:
        best, found = 0.5, None
        for incident in incidents:
            chances = sorted((link(link_features(text, x, e)) for x in incident.events[-8:]), reverse=True)
            chance = 0.6 * chances[0] + 0.4 * sum(chances) / len(chances)
            if chance > best:
                best, found = chance, incident
        if found:
            found.events.append(e)
        else:
            incidents.append(Incident([e]))
    incidents.sort(key=lambda i: -sum(e.chance for e in i.events))
    for rank, incident in enumerate(incidents):
        incident.rank = rank
    return incidents


def incident_features(text, incident, incidents):
    """Is the incident one the key has a template for?"""
    chances = sorted((e.chance for e in incident.events), reverse=True)
    total = sum(chances)
    first = incident.events[0]
    out = [f"best={level(chances[0])}", f"sum={min(round(total * 2), 10)}", f"rank={min(incident.rank, 5)}",
           f"rank,best={min(incident.rank, 3)},{level(chances[0])}", f"events={min(len(chances), 6)}",
           f"second={level(chances[1]) if len(chances) > 1 else 'none'}", f"incidents={min(len(incidents), 6)}",
           f"sentence={min(text.sentence[first.at[0]], 12)}"]
    out += ["s=" + e.stem for e in incident.events] + ["realis=" + e.realis for e in incident.events]
    out += ["age=" + age(text, e) for e in incident.events] + ["mode=" + e.mode for e in incident.events]
    out += ["r=" + h for e in incident.events for h in heads(text, e.recipient)]
    out += ["a=" + h for e in incident.events for h in heads(text, e.actor)]
    out += [] if any(e.recipient for e in incident.events) else ["norecipient"]
    for slots in (("hum_tgt_description", "hum_tgt_name", "phys_tgt_id"), ("perp_individual", "perp_organization")):
        best = max((incident.likely[s][0][0] for s in slots if incident.likely[s]), default=0)
        out += [f"{slots[0][:3]} likely={level(best)}", f"{slots[0][:3]} likely,best={level(best)},{level(chances[0])}"]
        many = sum(x[0] > 0.3 for s in slots for x in incident.likely[s])
        out.append(f"{slots[0][:3]} many={min(many, 4)}")
    for slot, ranked in incident.likely.items():
        out += [f"{slot}: {c.text if c.name else text.words[where[1]]}" for chance, c, where in ranked[:3] if chance > 0.2]
        out.append(f"{slot} best={level(ranked[0][0]) if ranked else 'none'}")
    out += ["country=" + str(e.place["country"]) for e in incident.events if e.place]
    return out + text_features(text)


def type_features(text, incident):
    out = []
    for e in incident.events:
        out += ["s=" + e.stem, f"m={e.type},{e.mode}", "w=" + e.word]
        out += ["n=" + w for w in near_words(text, e.at, 10)] + ["r=" + h for h in heads(text, e.recipient)]
    return out
