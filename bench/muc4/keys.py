"""Which event belongs to which template of the key: what the models learn from."""
from .tables import alternatives
from .texts import overlap

TARGETS = ("hum_tgt_name", "hum_tgt_description", "phys_tgt_id")
PERPETRATORS = ("perp_individual", "perp_organization")
VIOLENT = ("ASSAULT", "COERCE", "THREATEN", "OTHER", "PROTEST")


def kind(template):
    return next((a["value"] for a in alternatives(template, "incident_type")), "ATTACK")


def spans(text, template, slots):
    return [r for s in slots for a in alternatives(template, s) for x in a.get("spans", []) for r in [text.range({"start": x[0], "end": x[1]})] if r]


def abducts(event):
    return event.mode in ("abduct", "seize") or event.stem.startswith(("KIDNAP", "ABDUCT", "HOSTAG"))


class Key:
    def __init__(self, text, templates):
        self.templates = templates
        self.targets = [spans(text, t, TARGETS) for t in templates]
        self.perpetrators = [spans(text, t, PERPETRATORS) for t in templates]
        self.tools = [spans(text, t, ("instrument_id",)) for t in templates]
        self.of = {id(e): self._assign(text, e) for e in text.events}

    def _assign(self, text, event):
        """The number of the event's template, or None."""
        best, found = 1.4, None
        if event.type not in VIOLENT:
            return None
        here = text.sentence[event.at[0]]
        for n, template in enumerate(self.templates):
            if abducts(event) != (kind(template) == "KIDNAPPING"):
                continue
            inside = lambda ranges: any(text.sentence[r[0]] == here for r in ranges)
            score = 3 * any(overlap(a, r) for a in event.recipient for r in self.targets[n])
            score += 1.5 * any(overlap(a, r) for a in event.actor for r in self.perpetrators[n])
            score += 1.5 * inside(self.targets[n]) + inside(self.perpetrators[n]) + inside(self.tools[n])
            score += 1.5 * (not self.targets[n])
            score -= 1.5 * bool(event.recipient and not any(overlap(a, r) for a in event.recipient for r in self.targets[n]))
            if score > best:
                best, found = score, n
        return found
