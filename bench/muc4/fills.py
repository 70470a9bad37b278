"""Candidates for the string slots of an incident, and what is known of each."""
from dataclasses import dataclass, field

from .tables import NOUNS
from .texts import overlap

TITLES = set("""MR MRS MS DR GENERAL COLONEL COL CAPTAIN MAJOR LIEUTENANT SERGEANT PRESIDENT MINISTER DEPUTY SENATOR MAYOR
 JUDGE FATHER MONSIGNOR MSGR BISHOP ARCHBISHOP AMBASSADOR PROFESSOR FORMER""".split())


@dataclass
class Candidate:
    slot: str
    key: object
    mentions: list = field(default_factory=list)      # (first, last) tokens
    heads: list = field(default_factory=list)         # the head's token of each mention
    name: bool = False
    text: str = ""

    def add(self, span, head):
        if head not in self.heads:
            self.mentions.append(span)
            self.heads.append(head)


class Candidates:
    """All candidates of a text by slot."""

    def __init__(self, text, tables):
        self.text, self.tables = text, tables
        self.by_slot = {s: {} for s in (*NOUNS, "hum_tgt_name", "perp_organization")}
        self.taken = {}           # tokens inside names of persons and organizations
        self._names()
        self._organizations()
        self._nouns()
        self._arguments()
        for slot, found in self.by_slot.items():
            for c in found.values():
                c.text = c.text or max((text.string(*m) for m in c.mentions), key=len)

    def _add(self, slot, key, span, head, name=False):
        c = self.by_slot[slot].setdefault(key, Candidate(slot, key, name=name))
        c.add(span, head)
        return c

    def _names(self):
        text = self.text
        for entity in text.reading["entities"]:
            if entity["kind"] != "person":
                continue
            spans = [r for m in entity["mentions"] if m["form"] == "name" for r in [text.range(m)] if r]
            spans = [(self._untitled(s), s[1]) for s in spans]
            if not spans:
                continue
            fullest = max(spans, key=lambda s: s[1] - s[0])
            others = [r for m in entity["mentions"] if m["form"] != "name" for r in [text.range(m)] if r]
            for slot in ("hum_tgt_name", "perp_individual"):
                for s in spans + others:
                    self._add(slot, entity["id"], s, s[1], name=True).text = text.string(*fullest)
            for s in spans:
                self.taken.update((i, "person") for i in range(s[0], s[1] + 1))

    def _untitled(self, span):
        first = span[0]
        while first < span[1] and self.text.words[first].rstrip(".") in TITLES:
            first += 1
        return first

    def _organizations(self):
        text, tables = self.text, self.tables
        found = []
        for i in range(text.body, len(text.words)):
            for n in tables.lengths(text.words[i]):
                form = tuple(text.words[i:i + n])
                sources = tables.organizations.get(form)
                if len(form) == n and sources and len(sources) - (text.id in sources) > 0:
                    found.append((i, i + n - 1))
                    break
        for entity in text.reading["entities"]:
            if entity["kind"] in ("organization", "group"):
                found += [r for m in entity["mentions"] if m["form"] == "name" for r in [text.range(m)] if r]
        joined = self._brackets(found)
        for span in found:
            words = tuple(text.words[span[0]:span[1] + 1])
            words = words[1:] if words[0] == "THE" and len(words) > 1 else words
            key = self.tables.alias.get(words, words)
            key = joined.get(key, key)
            self._add("perp_organization", key, span, span[1], name=True)
            self.taken.update((i, "organization") for i in range(span[0], span[1] + 1) if i not in self.taken)

    def _brackets(self, found):
        """FMLN [FARABUNDO MARTI ...]: what the brackets hold is the same organization."""
        at = {s[0]: s for s in found}
        out = {}
        for span in found:
            after = span[1] + 2
            if span[1] + 1 < len(self.text.words) and self.text.words[span[1] + 1] in "[(" and after in at:
                a, b = (tuple(self.text.words[s[0]:s[1] + 1]) for s in (span, at[after]))
                a, b = self.tables.alias.get(a, a), self.tables.alias.get(b, b)
                if a != b:
                    out[b] = a
        return out

    def _nouns(self):
        text, tables = self.text, self.tables
        for i in range(text.body, len(text.words)):
            word = text.words[i]
            if self.taken.get(i) == "person" or not word[0].isalpha():
                continue
            for slot in NOUNS:
                if not tables.known(slot, word, text.id) or (i in text.triggers and slot != "instrument_id"):
                    continue
                following = text.words[i + 1] if i + 1 < len(text.words) and text.sentence[i + 1] == text.sentence[i] else ""
                if following and tables.known(slot, following, text.id) and i + 1 not in text.triggers:
                    continue
                self._add(slot, word, text.phrase(i), i)

    def _arguments(self):
        text = self.text
        for e in text.events:
            for role, slots in ((e.recipient, ("hum_tgt_description", "phys_tgt_id")), (e.actor, ("perp_individual",))):
                for span in role:
                    head = text.head(span)
                    word = text.words[head]
                    if head in self.taken or not word[0].isalpha() or len(word) < 3:
                        continue
                    for slot in slots:
                        self._add(slot, word, text.phrase(head), head)


def role(incident, span, head):
    """What a mention is to the incident's events; the events it is that of."""
    for name in ("recipient", "actor"):
        events = [e for e in incident.events if any(r[0] <= head <= r[1] for r in getattr(e, name))]
        if events:
            return name, events
    return "none", []


def closest(text, incident, head):
    """The incident's event nearest to a token, and how many tokens off; other sentences are further."""
    def far(e):
        d = head - e.at[1] if head > e.at[1] else head - e.at[0]
        return abs(d) + 15 * abs(text.sentence[head] - text.sentence[e.at[0]])
    event = min(incident.events, key=far)
    return event, far(event)


def around(text, span):
    before = text.words[span[0] - 1] if span[0] else ""
    two = text.words[span[0] - 2] if span[0] > 1 else ""
    after = text.words[span[1] + 1] if span[1] + 1 < len(text.words) else ""
    return before, two, after


def features(text, tables, incident, candidate, others):
    """others: the text's other incidents."""
    ranked = []
    for span, head in zip(candidate.mentions, candidate.heads):
        part, events = role(incident, span, head)
        event, far = closest(text, incident, head)
        ranked.append(((part == "none", far), span, head, part, events, event, far))
    ranked.sort(key=lambda x: x[0])
    _, span, head, part, events, event, far = ranked[0]
    word = text.words[head] if not candidate.name else "<name>"
    before, two, after = around(text, span)
    side = "after" if head > event.at[1] else "before"
    step = 0 if far < 3 else 1 if far < 7 else 2 if far < 15 else 3 if far < 30 else 4 if far < 60 else 5
    same = text.sentence[head] == text.sentence[event.at[0]]
    out = [f"role={part}", f"far={step}", f"same={same}", f"far,side={step},{side},{same}", "word=" + word, f"type={incident.type}",
           f"word,type={word},{incident.type}", f"role,word={part},{word}", f"before={before}", f"before,two={two} {before}",
           f"after={after}", f"mentions={min(len(ranked), 4)}", f"near={event.stem},{side},{same}", f"mode={event.mode},{side},{same}",
           f"sentence={min(text.sentence[head], 10)}", f"role,far={part},{step}", f"rank={min(incident.rank, 2)}"]
    roles = {x[3] for x in ranked}
    out += [f"roles={','.join(sorted(roles))}"] + [f"argument of {e.stem}, {part}" for e in events]
    out += ["in phrase " + text.words[i] for i in range(span[0], span[1] + 1)]
    if not candidate.name:
        out.append(f"prior={tables.prior(candidate.slot, word, text.id)}")
        out.append(f"prior,role={tables.prior(candidate.slot, word, text.id)},{part}")
        out.append(f"prior,far={tables.prior(candidate.slot, word, text.id)},{step},{same}")
    elif candidate.slot == "perp_organization":
        out += organization_features(text, incident, candidate)
    rival = min((closest(text, o, head)[1] for o in others), default=999)
    out.append(f"rival={'nearer' if rival < far else 'as near' if rival == far else 'further'}")
    out.append(f"role elsewhere={any(role(o, span, head)[0] != 'none' for o in others)}")
    out.append(f"speaker={any(overlap(span, s) for s in text.speakers)}")
    ahead = text.words[max(0, span[0] - 4):span[0]]
    out += ["ahead=" + w for w in ahead] + ["behind=" + w for w in text.words[span[1] + 1:span[1] + 4]]
    nameword = head + 1 < len(text.words) and (head + 1 in candidate_names(text))
    out.append(f"before name={nameword}")
    return out, (span, head, part, events, event, same)


BLAME = set("""RESPONSIBILITY RESPONSIBLE CLAIMED CREDIT ACCUSED BLAMED ATTRIBUTED SUSPECTED PRESUMED ALLEGEDLY PRESUMABLY MEMBERS
 COMMANDO COMMANDOS PERPETRATED AUTHORED COMMITTED""".split())


def organization_features(text, incident, candidate):
    """What makes an organization the one that did it: how often it is told of, beside whom, with what words."""
    mentions = {w for span in candidate.mentions for w in span}
    home = text.text.count(text.words[candidate.mentions[0][0]])
    out = [f"key={candidate.key}", f"key,type={candidate.key},{incident.type}", f"told={min(home, 6)}",
           f"first={text.sentence[min(mentions)] < 2 + text.sentence[min(text.body, len(text.words) - 1)]}"]
    out += [f"key,actor={candidate.key},{text.words[text.head(r)]}" for e in incident.events for r in e.actor]
    out.append(f"acts={sum(overlap(r, m) for e in text.events for r in e.actor for m in candidate.mentions) > 0}")
    beside = {text.sentence[m[0]] for m in candidate.mentions}
    triggers = {text.sentence[e.at[0]] for e in incident.events}
    for i, word in enumerate(text.words):
        if word in BLAME and text.sentence[i] in beside:
            out.append(f"blame={word},{any(abs(text.sentence[i] - t) < 2 for t in triggers)}")
    for e in incident.events:
        for r in e.responsibility:
            whose = any(overlap(m, x) for s in r["who"]["spans"] for x in [text.range(s)] if x for m in candidate.mentions)
            out.append(f"responsibility={r['act']},{whose}")
    return out


def told_by(text, spans):
    """In whose words mentions stand, and what those do: act and kind of source, and the words that name it."""
    out = []
    for a in text.reading["attributions"]:
        content = [r for s in a["content"]["spans"] for r in [text.range(s)] if r]
        source = [r for s in a["source"]["spans"] for r in [text.range(s)] if r]
        if any(overlap(c, m) for c in content for m in spans):
            out += [f"told {a['act']},{a['source']['kind']}", "told " + a["certainty"]]
            out += ["teller " + text.words[i] for r in source for i in range(r[0], min(r[1] + 1, r[0] + 8))]
        if any(overlap(s, m) for s in source for m in spans):
            out += ["speaks " + a["act"], "speaks"]
    return out


def candidate_names(text):
    """The tokens at which names of persons begin."""
    if not hasattr(text, "name_starts"):
        text.name_starts = {}
        for entity in text.reading["entities"]:
            if entity["kind"] == "person":
                for m in entity["mentions"]:
                    r = text.range(m) if m["form"] == "name" else None
                    if r:
                        text.name_starts[r[0]] = entity["id"]
    return text.name_starts


NUMBERS = {w: i for i, w in enumerate("ZERO ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN ELEVEN TWELVE".split())}
MASS = ("PEOPLE", "MEN", "WOMEN", "CHILDREN", "POLICEMEN", "PERSONNEL", "POLICE", "PATROLMEN", "NEWSMEN", "OTHERS")


def number(text, span, head, name):
    """How many, as the keys write it."""
    if name:
        return "1"
    for f in text.reading["figures"]:
        counted = [r for s in (f.get("counts") or {}).get("spans", []) for r in [text.range(s)] if r]
        at = [r for s in f["spans"] for r in [text.range(s)] if r]
        if (any(r[0] <= head <= r[1] for r in counted) or any(r[1] == span[0] - 1 for r in at)) and f["low"] is not None:
            low = int(f["low"])
            if f["rule"] == "vague":
                return "PLURAL"
            return {"exact": f"{low}", "at_least": f"{low}-", "about": f"~{low}"}.get(f["rule"], f"{low}")
    before = text.words[span[0] - 1] if span[0] else ""
    if before.isdigit() or before in NUMBERS:
        return str(NUMBERS.get(before, before))
    word = text.words[head]
    plural = word in MASS or (word.endswith("S") and not word.endswith(("SS", "US", "IS")))
    return "PLURAL" if plural else "1"


def nation(text, tables, span, name):
    """(nation, word, token) that the words of or around a phrase tell; None where they tell none."""
    first = max(0, span[0] - (4 if name else 2))
    last = min(len(text.words) - 1, span[1] + (6 if name else 0))
    found = [(tables.nations[text.words[i]], text.words[i], i) for i in range(first, last + 1)
             if text.words[i] in tables.nations and text.sentence[i] == text.sentence[span[0]]]
    return found[-1] if found else None
