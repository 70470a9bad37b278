"""The whole: models fitted on texts with keys, and templates filled with them."""
from collections import Counter

from . import fills, incidents, settings
from .keys import Key
from .logistic import Choice, Logistic, folds
from .tables import Tables, alternatives

STRINGS = ("hum_tgt_description", "hum_tgt_name", "phys_tgt_id", "perp_individual", "perp_organization", "instrument_id")
OF_TARGET = ("hum_tgt_type", "hum_tgt_effect", "phys_tgt_type", "phys_tgt_effect")
OF_INCIDENT = ("stage", "perp_category", "instrument_type")
FOLDS = 3
LIKELY = 0.08                     # an event less likely to matter is left out before grouping
WORTH = 0.19                      # a fill is given from this chance on: half of the F reached is best
CHEAP = {"perp_org_confidence": 0.5}    # its own F is lower, so half of it is
NUMBER = 0.8                      # how often a number is right of a target that is right, on train
INAPPLICABLE = {"KIDNAPPING": ("phys_tgt_id", "instrument_id", "instrument_type"), "ARSON": ("instrument_id", "instrument_type")}


def of_gold(fill):
    return [a for a in fill if not a.get("optional")]


class Filler:
    def __init__(self, texts, documents, scorer, taskdoc, worth=WORTH):
        self.scorer, self.worth = scorer, worth
        self.tables = Tables(documents, scorer, taskdoc)
        templates = {d["id"]: d["templates"] for d in documents}
        keyed = [(t, Key(t, templates[t.id])) for t in texts]
        self._relevance(keyed)
        self._chances(keyed)
        self.link = self._link(keyed)
        grouped = [(t, k, self.group(t)) for t, k in keyed]
        for _, k, found in grouped:
            self._label(k, found)
        self._kinds(grouped)
        self._fills(grouped)

    # ------------------------------------------------------------ events and incidents

    def _relevance(self, keyed):
        """Each text gets a chance of having templates from a model that has not seen it."""
        def examples(part):
            return [(incidents.bag(t), float(any(not x.get("optional") for x in k.templates))) for t, k in part]
        for left, rest in folds(keyed, FOLDS):
            model = Logistic(examples(rest), epochs=4, least=4)
            for t, _ in left:
                t.relevance = model(incidents.bag(t))
        self.relevant = Logistic(examples(keyed), epochs=4, least=4)

    def _chances(self, keyed):
        """The same for each event, that it belongs to a template's incident."""
        def examples(part):
            return [(incidents.event_features(t, e), float(k.of[id(e)] is not None)) for t, k in part for e in t.events]
        for left, rest in folds(keyed, FOLDS):
            model = Logistic(examples(rest), epochs=5)
            for t, _ in left:
                for e in t.events:
                    e.chance = model(incidents.event_features(t, e))
        self.event = Logistic(examples(keyed), epochs=5)

    def _link(self, keyed):
        rows = []
        for t, k in keyed:
            known = [e for e in t.events if k.of[id(e)] is not None]
            for i, b in enumerate(known):
                for a in known[max(0, i - 6):i]:
                    rows.append((incidents.link_features(t, a, b), float(k.of[id(a)] == k.of[id(b)])))
        return Logistic(rows)

    def group(self, text):
        return incidents.group(text, [e for e in text.events if e.chance > LIKELY], self.link)

    def _label(self, key, found):
        """The template of most of an incident's events; of incidents of one template the largest has it."""
        taken = set()
        for incident in sorted(found, key=lambda i: -sum(key.of[id(e)] is not None for e in i.events)):
            count = Counter(key.of[id(e)] for e in incident.events if key.of[id(e)] is not None)
            incident.template = next((n for n, _ in count.most_common() if n not in taken), None)
            taken.add(incident.template)

    def _kinds(self, grouped):
        kinds = [(incidents.type_features(t, i), a["value"]) for t, k, found in grouped for i in found
                 if i.template is not None for a in alternatives(k.templates[i.template], "incident_type")[:1]]
        self.kind = Choice(kinds)
        for t, k, found in grouped:
            for i in found:
                i.type = self.kind.best(incidents.type_features(t, i))[0] or "ATTACK"

    # ------------------------------------------------------------ fills

    def _fills(self, grouped):
        sets = {s: [] for s in (*OF_TARGET, *OF_INCIDENT, "perp_org_confidence")}
        places, dates, nations = [], [], []
        for t, k, found in grouped:
            candidates = fills.Candidates(t, self.tables)
            for i in found:
                self.see(t, i, found, candidates)
                if i.template is None:
                    continue
                template = k.templates[i.template]
                self._set_rows(t, template, i, sets, nations)
                for slot, rows in (("location", places), ("date", dates)):
                    rows += [(f, self._right(slot, template, s)) for s, f in self._setting(slot, t, i)]
                for slot in OF_INCIDENT:
                    sets[slot].append((self.incident_words(t, i), self._value(template, slot)))
        for _, k, _ in grouped:
            self._key_rows(k.templates, sets)
        self.sets = {s: Choice(rows) for s, rows in sets.items()}
        self.settings = {"location": Logistic(places), "date": Logistic(dates)}
        self.nation = Logistic(nations)
        for left, rest in folds(grouped, 2):
            models = self._string_models(rest)
            for _, _, found in left:
                for i in found:
                    i.likely = self._likely(i, models)
        self.incident = self._incidents(grouped)
        self.strings = self._string_models(grouped)

    def see(self, text, incident, found, candidates):
        """Every candidate of every string slot with its features."""
        others = [o for o in found if o is not incident]
        incident.seen = {s: [(c, *fills.features(text, self.tables, incident, c, others))
                             for c in candidates.by_slot[s].values()] for s in STRINGS}

    def _string_models(self, grouped):
        rows = {s: [] for s in STRINGS}
        for _, k, found in grouped:
            for i in found:
                if i.template is not None:
                    for s in STRINGS:
                        rows[s] += [(names, self._right(s, k.templates[i.template], c.text)) for c, names, _ in i.seen[s]]
        return {s: Logistic(r) for s, r in rows.items()}

    @staticmethod
    def _likely(incident, models):
        """{slot: [(chance, candidate, where)]}, likeliest first."""
        return {s: sorted(((models[s](names), c, where) for c, names, where in seen), key=lambda x: (-x[0], x[1].text))[:14]
                for s, seen in incident.seen.items()}

    def _incidents(self, grouped):
        rows = []
        for t, k, found in grouped:
            for i in found:
                if i.template is None or not k.templates[i.template].get("optional"):
                    rows.append((incidents.incident_features(t, i, found), float(i.template is not None)))
        return Logistic(rows)

    def _setting(self, slot, text, incident):
        if slot == "date":
            return settings.date_candidates(text, incident)
        return settings.location_candidates(text, self.tables, incident)

    def _right(self, slot, template, value):
        pred = {"text": value, "value": value}
        return max((self.scorer.judge(slot, a, pred) / 2 for a in alternatives(template, slot)), default=0.0)

    def _value(self, template, slot):
        return next((a["value"] for f in template.get(slot) or [] for a in of_gold(f) if a.get("value")), "none").split(": ")[0]

    def _set_rows(self, text, template, incident, sets, nations):
        for slot in STRINGS:
            for c, names, where in incident.seen[slot]:
                if self._right(slot, template, c.text) < 1:
                    continue
                if slot.startswith(("hum", "phys")):
                    words, nation = self.nation_words(text, c, where)
                    if nation:
                        nations.append((words, float(self._tied(template, slot[:slot.index("tgt")] + "tgt_nation", c.text) == nation)))
                    for s in (x for x in OF_TARGET if x[:4] == slot[:4]):
                        value = self._tied(template, s, c.text)
                        if value is not None:
                            sets[s].append((self.target_words(text, incident, c, where), value))
                elif slot == "perp_organization":
                    value = self._tied(template, "perp_org_confidence", c.text)
                    if value:
                        sets["perp_org_confidence"].append((self.confidence_words(text, incident, c, where), value))

    def _key_rows(self, templates, sets):
        """The types of targets, from the words that the keys themselves hold."""
        for t in templates:
            for slot in ("hum_tgt_type", "phys_tgt_type"):
                for a in alternatives(t, slot):
                    words = self.scorer.words(a.get("text"), keep=True) if a.get("value") else []
                    if words:
                        described = [d["text"] for d in alternatives(t, "hum_tgt_description") if d.get("of") == a["text"]]
                        named = slot[:3] == "hum" and any(n.get("text") == a["text"] for n in alternatives(t, "hum_tgt_name"))
                        titles = ["title " + w for d in described for w in self.scorer.words(d, keep=True)]
                        own = titles if named else ["w=" + w for w in words] + ["head=" + str(self.scorer.head(a["text"]))]
                        sets[slot].append((own + [f"name={named}"], a["value"].split(": ")[0]))

    def _tied(self, template, slot, string):
        """The value a key gives of a target; none where it gives none; nothing where a description has no own value."""
        tied = False
        for a in alternatives(template, slot):
            if a.get("text") and self.scorer.string("hum_tgt_name", a["text"], string) or \
                    a.get("text") and self.scorer.string("phys_tgt_id", a["text"], string) == 2:
                tied = True
                if a.get("value") and not a.get("optional"):
                    return a["value"].split(": ")[0]
        return None if slot.endswith("type") or tied else "none"

    def incident_words(self, text, incident):
        out = incidents.type_features(text, incident) + ["type=" + incident.type]
        for e in incident.events:
            out += ["realis=" + e.realis, f"sr={e.stem},{e.realis}"] + ["a=" + h for h in incidents.heads(text, e.actor)]
            out += ["a~" + text.words[i] for r in e.actor for i in range(r[0], r[1] + 1)]
        places = settings.home(text)
        return out + ["home=" + places.most_common(1)[0][0]] + incidents.text_features(text)

    def target_words(self, text, incident, candidate, where):
        span, head, part, events, event, same = where
        out = [f"type={incident.type}", f"name={candidate.name}", f"near={event.stem},{part},{same}", f"near={event.stem}",
               f"mode={event.mode}", f"realis={event.realis}"]
        for mention, at in zip(candidate.mentions, candidate.heads):
            out += ["w=" + text.words[i] for i in range(mention[0], mention[1] + 1) if not candidate.name]
            first, last = max(0, mention[0] - 6), min(len(text.words), mention[1] + 7)
            out += ["~" + text.words[i] for i in range(first, last) if text.sentence[i] == text.sentence[at]]
            out += [("apposed " if i > mention[1] else "title ") + text.words[i]
                    for i in range(max(0, mention[0] - 3), min(len(text.words), mention[1] + 6)) if candidate.name]
        out += [f"role of {e.stem},{part}" for e in events]
        return out + ([] if candidate.name else ["head=" + text.words[head]])

    def nation_words(self, text, candidate, where):
        """What speaks for a nation that the words around a target tell, and the nation."""
        span, head = where[0], where[1]
        found = fills.nation(text, self.tables, span, candidate.name)
        if not found:
            return [], None
        nation, word, at = found
        home = settings.home(text).most_common(1)[0][0]
        return [f"word={word}", f"nation={nation}", f"home={home == nation}", f"home,nation={home},{nation}", f"name={candidate.name}",
                f"inside={span[0] <= at <= span[1]}", f"off={max(-6, min(at - head, 6))}", "head=" + text.words[head]], nation

    def confidence_words(self, text, incident, candidate, where):
        span, head, part, events, event, same = where
        out = [f"role={part},{same}", "near=" + event.stem, f"key={candidate.key}"]
        for e in events or [event]:
            source = e.within["source"] if e.within else None
            out += [f"within={source['kind']},{e.within['act']}" if source else "author", "realis=" + e.realis]
            if e.within:
                out += [f"certainty={e.within['certainty']}"] + ["source " + w for s in source["spans"]
                        for w in text.text[s["start"]:s["end"]].split()[:8]]
        for e in incident.events:
            for r in e.responsibility:
                whose = any(fills.overlap(m, x) for s in r["who"]["spans"] for x in [text.range(s)] if x for m in candidate.mentions)
                out.append(f"responsibility={r['act']},{whose}")
        out += ["type=" + incident.type] + fills.told_by(text, candidate.mentions)
        for mention, at in zip(candidate.mentions, candidate.heads):
            out += ["~" + text.words[i] for i in range(max(0, mention[0] - 10), min(len(text.words), mention[1] + 11))
                    if text.sentence[i] == text.sentence[at]]
        return out

    # ------------------------------------------------------------ templates

    def templates(self, text):
        """The templates of one text."""
        text.relevance = self.relevant(incidents.bag(text))
        for e in text.events:
            e.chance = self.event(incidents.event_features(text, e))
        return self.filled(text, self.group(text))

    def filled(self, text, found):
        candidates = fills.Candidates(text, self.tables)
        for i in found:
            i.type = self.kind.best(incidents.type_features(text, i))[0] or "ATTACK"
            self.see(text, i, found, candidates)
            i.likely = self._likely(i, self.strings)
        for i in found:
            i.chance = self.incident(incidents.incident_features(text, i, found))
        made = [self._template(text, i) for i in found]
        return [template for template, gain in made if gain > 0]

    def _template(self, text, incident):
        """A template, and how much it is likely to add: the sum of (chance - worth) over its fills."""
        kind, chance = self.kind.best(incidents.type_features(text, incident))
        gains = [incident.chance * (chance + (1 - chance) / 2) - self.worth]
        template = {"incident_type": [{"value": kind}]}

        def give(slot, likely, **fill):
            if slot in INAPPLICABLE.get(kind, ()) or incident.chance * likely <= self.worth * CHEAP.get(slot, 1):
                return False
            template.setdefault(slot, []).append(fill)
            gains.append(incident.chance * likely - self.worth)
            return True

        for slot in ("location", "date"):
            ranked = [(self.settings[slot](f), s) for s, f in self._setting(slot, text, incident)]
            if ranked:
                likely, value = max(ranked)
                give(slot, likely, value=value)
        for slot in OF_INCIDENT:
            value, likely = self._value_of(slot, self.incident_words(text, incident))
            if value:
                give(slot, likely, value=value)
        for slot in STRINGS:
            self._strings(slot, text, incident, give)
        return template, sum(gains)

    def _value_of(self, slot, words):
        chances = {v: c for v, c in self.sets[slot](words).items() if v != "none"}
        return max(((v, c) for v, c in sorted(chances.items())), key=lambda x: x[1], default=(None, 0.0))

    def _strings(self, slot, text, incident, give):
        for likely, c, where in incident.likely[slot]:
            if not give(slot, likely, text=c.text):
                continue
            if slot == "perp_organization":
                value, sure = self._value_of("perp_org_confidence", self.confidence_words(text, incident, c, where))
                if value:
                    give("perp_org_confidence", likely * sure, value=value, text=c.text)
            elif slot.startswith(("hum", "phys")):
                self._target(slot, text, incident, c, where, likely, give)

    def _target(self, slot, text, incident, c, where, likely, give):
        span, head, part, events, event, same = where
        whose = "hum_tgt" if slot.startswith("hum") else "phys_tgt"
        if slot == "hum_tgt_description" and head + 1 in fills.candidate_names(text):
            return
        words = self.target_words(text, incident, c, where)
        for s in ("type", "effect"):
            value, sure = self._value_of(f"{whose}_{s}", words) if f"{whose}_{s}" in self.sets else (None, 0)
            if value:
                give(f"{whose}_{s}", likely * sure, value=value, text=c.text)
        words, nation = self.nation_words(text, c, where)
        if nation:
            give(f"{whose}_nation", likely * self.nation(words), value=nation, text=c.text)
        give(f"{whose}_number", likely * NUMBER, value=fills.number(text, span, head, c.name), text=c.text)
