"""Gold names of GUM and re3d as labels of pieces, for the names output.

Names may stand in each other ("Ontario's Ministry of Health"), so the output has two
layers: the outermost names, and the longest ones strictly inside these.
"""
import importlib.util
import sys
from pathlib import Path

import numpy as np

from . import corpora, data, evaluate

CLASSES = ("person", "place", "organization", "group", "document", "vessel_or_weapon")
LABELS = 1 + 2 * len(CLASSES)             # outside, then begin and inside of each class
LAYERS = 2
SILENT = -100
LONGEST = 14                              # words; longer ones are clauses with a name in them
OF_SET = {"re3d": {"Nationality": "group"}, "gum": {}}
CONFIDENCE = 0.5                          # re3d's own, below which a mention was not confirmed


def scorer(shared):
    """The evaluation's scorer: it defines which mentions are names, and which class a type has."""
    folder = str(Path(shared) / "evals")
    if folder not in sys.path:
        sys.path.insert(0, folder)
    spec = importlib.util.spec_from_file_location("score_entities", Path(folder) / "score_entities.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold(score, document, corpus):
    """The names of a document as (start, end, class), the article and the possessive mark left out; and stretches of doubt."""
    named, doubtful = score.split_gold(document, corpus, False)
    out = [(m["start"], m["end"], m["cls"]) for m in named]
    for m in document["entities"]:
        kind = OF_SET[corpus].get(m["type"])
        if kind and m.get("confidence", 1) >= CONFIDENCE:
            out.append((*score.trim(document["text"], m["start"], m["end"]), kind))
    doubt = [(m["start"], m["end"]) for m in document["entities"] if m.get("confidence", 1) < CONFIDENCE]
    return [m for m in out if len(document["text"][m[0]:m[1]].split()) <= LONGEST], doubt


def layers(mentions):
    """Outermost mentions, and the longest ones strictly inside them; none overlaps another of its layer."""
    out = [[], []]
    for m in sorted(mentions, key=lambda m: (m[0] - m[1], m[0])):
        for layer in out:
            if not any(m[0] < e and s < m[1] for s, e, _ in layer):
                layer.append(m)
                break
    return out


def label(window, mentions, doubt, inner_known):
    """Writes `window.names`: layers x pieces, indices of labels, SILENT where the corpus does not speak."""
    n = len(window.ids)
    labels = np.zeros((LAYERS, n), np.int64)
    for a, b in data.covered(window.offsets, doubt):
        labels[:, a:b] = SILENT
    for layer, found in enumerate(layers(mentions)):
        for s, e, kind in found:
            for a, b in data.covered(window.offsets, [(s, e)]):
                base = 1 + 2 * CLASSES.index(kind)
                labels[layer, a:b] = base + 1
                labels[layer, a] = base
    if not inner_known:
        labels[1][labels[1] == 0] = SILENT
    window.names = labels


def windows(shared, work, size, aside=False):
    """Windows of GUM's and re3d's training documents with gold names: nine tenths, or the tenth kept aside."""
    tokenizer, score, out = corpora.tokenizer(work), scorer(shared), []
    for corpus in ("gum", "re3d"):
        for record in data.documents(Path(shared) / f"data/{corpus}/train.jsonl.gz"):
            if data.kept_aside(record["id"]) != aside:
                continue
            mentions, doubt = gold(score, record, corpus)
            for w in data.windows(tokenizer, {**record, "id": f"{corpus}:{record['id']}"}, size, gold=False):
                label(w, mentions, doubt, inner_known=corpus == "gum")
                out.append(w)
    return [w for w in out if len(w.ids) >= 8]


def decode(probabilities):
    """Layers x pieces x labels to (layer, start, end, class): the likeliest legal sequence of each layer."""
    found = []
    for layer, p in enumerate(np.log(np.clip(probabilities, 1e-9, 1))):
        n = len(p)
        best, back = p[0].copy(), np.zeros((n, LABELS), np.int64)
        best[2::2] = -1e9
        for i in range(1, n):
            top = best.argmax()
            step, back[i] = np.full(LABELS, best[top]), top
            for k in range(2, LABELS, 2):             # inside follows begin or inside of its class
                j = k - 1 if best[k - 1] >= best[k] else k
                step[k], back[i, k] = best[j], j
            best = step + p[i]
        path = [int(best.argmax())]
        for i in range(n - 1, 0, -1):
            path.append(int(back[i, path[-1]]))
        path.reverse()
        start = None
        for i, k in enumerate([*path, 0]):
            if start is not None and (k == 0 or k % 2 == 1):
                found.append((layer, start, i, CLASSES[(path[start] - 1) // 2]))
                start = None
            if i < n and k % 2 == 1:
                start = i
    return found


def look(reader, windows_, shift=0):
    """Prints and returns precision, recall and F1 (span and class) of outermost and inner names, by layer."""
    counts = {}
    for group, *_, p, _ in evaluate.probabilities(reader, windows_, shift):
        for i, w in enumerate(group):
            k = len(w.ids)
            found = set(decode(p[i, :k].transpose(1, 0, 2)))
            truth = set(decode(np.stack([np.eye(LABELS)[np.maximum(row, 0)] for row in w.names])))
            for layer in range(LAYERS):
                if layer and (w.names[1] == SILENT).any():
                    continue
                f, t = {x for x in found if x[0] == layer}, {x for x in truth if x[0] == layer}
                c = counts.setdefault(layer, np.zeros(3))
                c += (len(f & t), len(f), len(t))
    out = {}
    for layer, (both, found, truth) in counts.items():
        out[layer] = {"p": 100 * both / max(found, 1), "r": 100 * both / max(truth, 1),
                      "f1": 200 * both / max(found + truth, 1), "gold": int(truth)}
        print(f"names, layer {layer}: " + ", ".join(f"{k} {v:.1f}" for k, v in out[layer].items()), flush=True)
    return out
