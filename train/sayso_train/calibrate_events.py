"""Fits the scores of events on the texts kept aside, and chooses the threshold of triggers."""
import numpy as np

from . import events, look_events
from .calibrate import fit, odds, scores

LEAST = 0.15                    # triggers below this are not looked at
HAPPENING = 0.5
FLAT = 1.5                      # points of F1
FLAT_ASSAULT = 1.2
KINDS = ["/".join(filter(None, kind)) for kind in events.KINDS]
UNFITTED = {"kinds": KINDS, "threshold": 0.5, "happening": HAPPENING, "assault": 0.0, "bias": 0.0, "weight": 1.0}


def calibrate(reader, windows):
    """Settings for the weights file, and figures for the model card."""
    looked = {t: look_events.look(reader, windows, 0, t) for t in (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55)}
    # F1 is flat: of the thresholds that reach it the lowest, which finds most
    best = max(found["f1"] for found in looked.values())
    threshold = min(t for t, found in looked.items() if found["f1"] > best - FLAT)
    p, right = candidates(reader, windows)
    (weight,), bias = fit(odds(p)[:, None], right)
    told = scores(odds(p)[:, None], np.array([weight]), bias)
    bins = []
    for low in np.arange(0, 1, 0.2):
        inside = (told >= low) & (told < low + 0.2)
        if inside.any():
            bins.append({"from": round(float(low), 1), "count": int(inside.sum()), "mean_score": round(float(told[inside].mean()), 3),
                         "right": round(float(right[inside].mean()), 3)})
    sure, assault = assaults(reader, windows)
    settings = {"kinds": KINDS, "threshold": threshold, "happening": HAPPENING, "assault": sure, "bias": float(bias), "weight": float(weight)}
    return settings, {"threshold": threshold, **looked[threshold], "assault": assault, "reliability": bins}


def assaults(reader, windows):
    """From which probability (of the trigger times of the type) violence is told, and precision and recall of its mentions.

    People publish on it: of the thresholds that reach the best F1 the highest, which errs least.
    """
    name, gold, found = "ASSAULT", 0, []
    for w, seen, happen in look_events.found(reader, windows, 0, LEAST):
        mine = [t for t in w.triggers if t.kind >= 0 and events.KINDS[t.kind][0] == name]
        gold += len(mine)
        for a, b, kinds, *_ in seen:
            shares = {t: sum(p for p, (k, _) in zip(kinds, events.KINDS) if k == t) for t in events.TYPES}
            if max(shares, key=shares.get) == name and (w.happen[a:b, 0] >= 0).all():
                found.append((happen[a:b, 1:].sum(-1).max() * shares[name], any(a < t.end and t.start < b for t in mine)))
    p, right = (np.array(x) for x in zip(*found))
    scored = {}
    for t in np.arange(0.3, 0.95, 0.05).round(2):
        kept = p >= t
        hit = int(right[kept].sum())
        scored[float(t)] = (200 * hit / (kept.sum() + gold), 100 * hit / max(1, kept.sum()), 100 * hit / gold)
    best = max(f for f, *_ in scored.values())
    sure = max(t for t, (f, *_) in scored.items() if f > best - FLAT_ASSAULT)
    f1, precision, recall = scored[sure]
    return sure, {"threshold": sure, "f1": f1, "p": precision, "r": recall, "gold": gold}


def candidates(reader, windows):
    """Probabilities of all triggers that are looked at, and whether each meets an annotated one."""
    p, right = [], []
    for w, seen, happen in look_events.found(reader, windows, 0, LEAST):
        gold = [t for t in w.triggers if t.kind >= 0]
        for a, b, *_ in seen:
            if (w.happen[a:b, 0] >= 0).all():
                p.append(happen[a:b, 1:].sum(-1).max())
                right.append(any(a < t.end and t.start < b for t in gold))
    return np.array(p), np.array(right, float)
