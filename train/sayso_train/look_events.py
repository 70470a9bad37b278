"""How well a network finds events, on the texts kept aside: triggers, types, realis, roles, by plain decoding."""
import numpy as np

from . import events, evaluate

THRESHOLD = 0.5


def found(reader, windows, shift=0, threshold=THRESHOLD):
    """For each window the triggers found (start, end, kinds, realis, roles) and the probabilities of events on its pieces."""
    for group, states, *_, happen in evaluate.probabilities(reader, windows, shift):
        asked, runs = [], []
        for i, w in enumerate(group):
            p = happen[i, :len(w.ids), 0]
            runs.append(triggers(p, threshold))
            asked += [(i, a, b) for a, b in runs[-1]]
        told = evaluate.event_probabilities(reader, states, asked) if asked else ([], [], [])
        rows = {key: (k, r, o) for key, k, r, o in zip(asked, *told)}
        for i, w in enumerate(group):
            yield w, [(a, b, *rows[i, a, b]) for a, b in runs[i]], happen[i, :len(w.ids), 0]


def triggers(p, threshold):
    """Runs of pieces that are likelier in a trigger than not, parted where one begins."""
    inside = p[:, 1:].sum(-1) > threshold
    out, start = [], None
    for i, hit in enumerate([*inside, False]):
        begins = hit and p[i, 1] > p[i, 2]
        if start is not None and (not hit or begins):
            out.append((start, i))
            start = None
        if hit and start is None:
            start = i
    return out


def labelled(labels, role):
    base = 1 + 2 * events.ROLES.index(role)
    return {i for i, k in enumerate(labels) if k in (base, base + 1)}


def look(reader, windows, shift=0, threshold=THRESHOLD):
    """Prints and gives precision, recall, F1 of triggers, and of the matched how often type, mode, realis, roles are right."""
    hit = spurious = missed = 0
    right = {}

    def note(what, ok):
        right.setdefault(what, []).append(bool(ok))

    for w, seen, _ in found(reader, windows, shift, threshold):
        gold = [t for t in w.triggers if t.kind >= 0]
        known = w.happen[:, 0] >= 0
        free = list(seen)
        for t in gold:
            match = next((s for s in free if s[0] < t.end and t.start < s[1]), None)
            if match is None:
                missed += 1
                continue
            free.remove(match)
            hit += 1
            a, _, kinds, realis, roles = match
            by_type = [sum(p for p, (k, _) in zip(kinds, events.KINDS) if k == name) for name in events.TYPES]
            name = events.TYPES[int(np.argmax(by_type))]
            mode = max((p, str(m)) for p, (k, m) in zip(kinds, events.KINDS) if k == name)[1]
            note("type", name == events.KINDS[t.kind][0])
            if name == events.KINDS[t.kind][0]:
                note("mode", mode == str(events.KINDS[t.kind][1]))
            note("realis", realis.argmax() == t.realis)
            if t.realis:
                note("realis_other", realis.argmax() == t.realis)
            if t.labels is not None:
                lo = a - len(roles) // 2
                best = {i + lo: k for i, k in enumerate(roles.argmax(-1)) if 0 <= i + lo < len(w.ids)}
                for role in events.ROLES:
                    truth, mine = labelled(t.labels, role), {i for i, k in best.items() if k in (1 + 2 * events.ROLES.index(role), 2 + 2 * events.ROLES.index(role))}
                    if truth or mine:
                        note(role, 2 * len(truth & mine) >= max(len(truth), len(mine)))
        spurious += sum(bool(known[a:b].all()) for a, b, *_ in free)
    out = {"p": 100 * hit / max(1, hit + spurious), "r": 100 * hit / max(1, hit + missed), "f1": 200 * hit / max(1, 2 * hit + spurious + missed),
           "gold": hit + missed, **{k: 100 * sum(v) / len(v) for k, v in right.items()}}
    print(f"events at {threshold}: " + ", ".join(f"{k} {v:.1f}" for k, v in out.items()), flush=True)
    return out
