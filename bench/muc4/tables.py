"""What the keys of the training texts teach about words: heads of fills, organizations, places, nations.

Every count keeps the texts it comes from, so that a text never learns from its own key.
"""
import math
import re
from collections import Counter, defaultdict

from .texts import TOKEN

NOUNS = ("hum_tgt_description", "phys_tgt_id", "perp_individual", "instrument_id")
AREAS = ("containing-areas-part1.v5.txt", "containing-areas-part2.txt")
SYNONYMS = "places-synonyms.v3.txt"
COUNTRIES = ("EL SALVADOR", "GUATEMALA", "HONDURAS", "ARGENTINA", "BOLIVIA", "CHILE", "COLOMBIA", "ECUADOR", "PERU")


def alternatives(template, slot):
    return [a for fill in template.get(slot) or [] for a in fill]


class Tables:
    def __init__(self, documents, scorer, taskdoc):
        self.scorer = scorer
        self.heads = {s: defaultdict(set) for s in NOUNS}
        self.occurs = defaultdict(set)
        self.organizations, self.alias = defaultdict(set), {}
        self.places, self.synonyms = defaultdict(Counter), {}
        self.nations = defaultdict(Counter)
        self._areas(taskdoc)
        for d in documents:
            self._learn(d)
        self.reach = defaultdict(lambda: {})          # first word of a name: the lengths of names that begin so
        for table in (self.places, self.synonyms, self.organizations):
            for k in table:
                if k and len(k) < 9:
                    self.reach[k[0]][len(k)] = True
        self.nations = {w: c.most_common(1)[0][0] for w, c in self.nations.items()
                        if sum(c.values()) >= 2 and c.most_common(1)[0][1] * 2 > sum(c.values())}

    def _learn(self, document):
        id = document["id"]
        for w in set(TOKEN.findall(document["text"])):
            self.occurs[w].add(id)
        for t in document["templates"]:
            for slot in NOUNS:
                for a in alternatives(t, slot):
                    head = self.scorer.head(a.get("text"))
                    if head and not head.isdigit():
                        self.heads[slot][head].add(id)
            for fill in t.get("perp_organization") or []:
                self._organization(id, [a["text"] for a in fill if a.get("text")])
            for a in alternatives(t, "location"):
                self._place(a.get("value"), id)
            for slot in ("hum_tgt_nation", "phys_tgt_nation"):
                for a in alternatives(t, slot):
                    self._nation(document["text"], a)

    def _organization(self, id, names):
        forms = [tuple(w) for n in names for f in self.scorer.forms(n) for w in [self.scorer.words(f, keep=True)] if w]
        known = next((self.alias[f] for f in forms if f in self.alias), forms[0] if forms else None)
        for f in forms:
            f = f[1:] if f[0] == "THE" and len(f) > 1 else f
            self.organizations[f].add(id)
            self.alias.setdefault(f, known)

    def _nation(self, text, a):
        if not a.get("value") or not a.get("text"):
            return
        around = set(self.scorer.words(a["text"], keep=True))
        for start, _ in a.get("spans", [])[:2]:
            around.update(TOKEN.findall(text[max(0, start - 25):start])[-2:])
        for w in around:
            if len(w) > 2 and not w.isdigit():
                self.nations[w][a["value"]] += 1

    def _areas(self, taskdoc):
        for name in AREAS:
            for line in (taskdoc / name).read_text("utf-8", "replace").splitlines():
                m = re.match(r"\s*([A-Z][A-Z .'-]+(?::[^*<]+)?)", line)
                if m and ":" in m[1] and " - " not in m[1]:
                    self._place(re.sub(r"[?\"]", "", m[1]).strip(), None)
        for line in (taskdoc / SYNONYMS).read_text("utf-8", "replace").splitlines():
            m = re.match(r"([A-Z .,']+?)\s*(?:=|->)\s*([A-Z .']+?)\s*(?:<-NEW)?$", line)
            if m:
                self.synonyms[tuple(TOKEN.findall(m[1]))] = tuple(TOKEN.findall(m[2]))

    def _place(self, value, id):
        parts = [p.strip(" ()") for p in re.sub(r"\(([^()]*)\)", r"<\1>", value or "").split(":")]
        if not parts or " - " in parts[-1]:
            return
        clean = ": ".join(re.sub(r"<([^>]*)>", r"(\1)", p) for p in parts)
        name = tuple(TOKEN.findall(re.sub(r"<[^>]*>", "", parts[-1])))
        if name:
            self.places[name][clean, id] += 1

    def place_strings(self, name, id):
        """How the keys write a place: {string: how often}, without what this text's own key holds."""
        name = name if name in self.places else self.synonyms.get(name, name)
        out = Counter()
        for (string, source), n in self.places.get(name, {}).items():
            if source is None or source != id:
                out[string] += n if source else 0.5
        return out

    def lengths(self, word):
        return sorted(self.reach[word], reverse=True) if word in self.reach else ()

    def known(self, slot, word, id):
        return len(self.heads[slot].get(word, ())) - (id in self.heads[slot].get(word, ())) > 0

    def prior(self, slot, word, id):
        """How often a text's key has a word as head of a fill, where the text has the word; log odds, coarse."""
        own = id in self.heads[slot].get(word, ())
        filled = len(self.heads[slot].get(word, ())) - own
        texts = len(self.occurs.get(word, ())) - (id in self.occurs.get(word, ()))
        return round(math.log((filled + 0.1) / (max(texts - filled, 0) + 1.0)) * 2)
