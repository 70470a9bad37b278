"""A quick look at a network before it is exported: plain decoding, scored by the evaluation's own scorer.

The program decodes better (exact segments, calibrated scores); this only ranks networks.
"""
import importlib.util
from pathlib import Path

import numpy as np
import torch

from .model import DEVICE, REACH_BACK, autocast


def scorer(shared):
    spec = importlib.util.spec_from_file_location("score", Path(shared) / "evals/score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def probabilities(reader, windows, shift, batch=8):
    """For each window its token states, and the softmax of both cue outputs, of the names, and of triggers."""
    order = sorted(range(len(windows)), key=lambda i: len(windows[i].ids))
    for at in range(0, len(order), batch):
        group = [windows[i] for i in order[at:at + batch]]
        t = -(-max(len(w.ids) for w in group) // 64) * 64
        ids, shapes, quotes = (np.zeros((len(group), t), np.int64) for _ in range(3))
        mask = np.zeros((len(group), t), bool)
        for i, w in enumerate(group):
            k = len(w.ids)
            ids[i, :k], shapes[i, :k], quotes[i, :k], mask[i, :k] = w.ids + shift, w.shapes, w.quotes, True
        with torch.no_grad(), autocast():
            states, *outputs = reader(*(torch.from_numpy(a).to(DEVICE) for a in (ids, shapes, quotes, mask)))
        yield group, states, *(o.float().softmax(-1).cpu().numpy() for o in outputs)


def role_probabilities(reader, states, cues):
    """cues: (row, start, end); gives cues x reach x labels."""
    pad = -len(cues) % 16
    padded = cues + cues[:1] * pad
    row, start, end = torch.tensor(padded, device=DEVICE).T
    with torch.no_grad(), autocast():
        logits, _ = reader.roles(states, row, start, end)
    return logits.float().softmax(-1).cpu().numpy()[:len(cues)]


def event_probabilities(reader, states, triggers):
    """triggers: (row, start, end); gives the softmax of kinds, realis and roles (triggers x 2 reach x labels)."""
    padded = triggers + triggers[:1] * (-len(triggers) % 16)
    at = torch.tensor(padded, device=DEVICE).T
    with torch.no_grad(), autocast():
        kinds, realis = reader.events.told(states, *at)
        roles, _ = reader.events.roles(states, *at)
    return [x.float().softmax(-1).cpu().numpy()[:len(triggers)] for x in (kinds, realis, roles)]


def cue_runs(p, threshold):
    runs, start = [], None
    for i, hit in enumerate(list(p > threshold) + [False]):
        if hit and start is None:
            start = i
        if not hit and start is not None:
            runs.append((start, i))
            start = None
    return runs


def predict(reader, windows, shift=0, threshold=0.6):
    """{document: attributions} by plain decoding of the outermost cues."""
    out = {}
    for group, states, _, outer, *_ in probabilities(reader, windows, shift):
        cues = []
        for i, w in enumerate(group):
            out.setdefault(w.document, [])
            p = outer[i, :len(w.ids), 1:].sum(-1)
            cues += [(i, a, b) for a, b in cue_runs(p, threshold)]
        if not cues:
            continue
        for (i, a, b), roles in zip(cues, role_probabilities(reader, states, cues)):
            w = group[i]
            lo = max(0, a - REACH_BACK)
            hi = min(len(w.ids), a - REACH_BACK + roles.shape[0])
            seen = roles[lo - a + REACH_BACK:hi - a + REACH_BACK]
            best = np.stack([seen[:, 0], seen[:, 1:5].sum(-1), seen[:, 5:].sum(-1)]).argmax(0)
            record = {"within": None, "cue": span(w, a, b), "source": [], "content": []}
            for role, label in (("source", 1), ("content", 2)):
                hits = best == label
                hits[a - lo:b - lo] = False
                for s, e in cue_runs(hits.astype(float), 0.5):
                    record[role] += span(w, lo + s, lo + e)
            if record["content"]:
                out[w.document].append(record)
    return out


def span(window, a, b):
    return [[int(window.offsets[a, 0]), int(window.offsets[b - 1, 1])]]


def look(reader, windows, documents, shared, shift=0):
    """Prints half F1 and the rest at a few thresholds; gives the best result."""
    best = None
    for threshold in (0.5, 0.6, 0.7):
        predicted = predict(reader, windows, shift, threshold)
        result = scorer(shared).score(documents, [{"id": k, "attributions": v} for k, v in predicted.items()])
        half, exact = result["half"], result["exact"]
        print(f"threshold {threshold}: half P {half['p']:.1f} R {half['r']:.1f} F1 {half['f1']:.1f}; any {result['any']['f1']:.1f}; exact "
              + " / ".join(f"{exact[r]['f1']:.1f}" for r in ("source", "cue", "content"))
              + "; recall " + " / ".join(f"{v['recall']:.0f}" for v in result["half_recall"].values()), flush=True)
        if best is None or half["f1"] > best["half"]["f1"]:
            best = result
    return best
