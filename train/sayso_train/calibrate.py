"""Fits the scores of attributions on the texts kept aside, and chooses the threshold.

The reader itself gives every candidate with its features (`cargo run --example
candidates`), so nothing of it is written twice but the choice among them.
"""
import json
import subprocess
import sys

import numpy as np

from . import corpora, data, evaluate

FEATURES = 12
# Nested attributions have no gold in the corpus: the network's probability of any cue,
# with a threshold of its own.
NESTED = {"bias": 0.0, "weights": [0.0, 1.0] + [0.0] * (FEATURES - 2), "threshold": 0.25, "threshold_sourceless": 0.2}
UNFITTED = {"outermost": {"bias": 0.0, "weights": [1.0] + [0.0] * (FEATURES - 1), "threshold": 0.6, "threshold_sourceless": 0.6},
            "nested": NESTED}
# Chosen on the texts kept aside: half F1 is flat between 0.2 and 0.4, and a lower threshold finds
# more of the indirect ones; candidates without a source all but vanish under the common one.
THRESHOLD, THRESHOLD_SOURCELESS = 0.25, 0.12
SOURCELESS = 4             # the feature that tells a candidate without a source


def candidates(documents, weights):
    texts = "".join(json.dumps({"id": d["id"], "text": d["text"]}) + "\n" for d in documents)
    command = ["cargo", "run", "--quiet", "--release", "-p", "sayso-read", "--example", "candidates", "--", str(weights)]
    out = subprocess.run(command, input=texts, capture_output=True, text=True, check=True).stdout
    return {r["id"]: r["candidates"] for r in map(json.loads, out.splitlines())}


def agrees(score, text, gold, candidate):
    chars = {r: score.characters(text, [tuple(f) for f in candidate[r]]) for r in score.ROLES}
    return any(all(score.jaccard_half(g.chars[r], chars[r]) for r in score.ROLES) for g in gold)


def examples(documents, found, score):
    """Features of all candidates, whether each agrees with a gold attribution, and its document."""
    rows, labels, groups = [], [], []
    for n, d in enumerate(documents):
        gold, _ = score.outermost(d["text"], d)
        for c in found[d["id"]]:
            rows.append(c["features"])
            labels.append(agrees(score, d["text"], gold, c))
            groups.append(n)
    return np.array(rows), np.array(labels, float), np.array(groups)


def fit(rows, labels, penalty=1.0):
    """Logistic regression by Newton's method on standardised features; weights for the raw ones."""
    mean, scale = rows.mean(0), rows.std(0) + 1e-6
    x = np.hstack([(rows - mean) / scale, np.ones((len(rows), 1))])
    ridge = penalty * np.eye(x.shape[1])
    ridge[-1, -1] = 1e-6
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        w -= np.linalg.solve((x.T * (p * (1 - p))) @ x + ridge, x.T @ (p - labels) + ridge @ w)
    raw = w[:-1] / scale
    return raw, w[-1] - raw @ mean


def scores(rows, weights, bias):
    return 1 / (1 + np.exp(-(rows @ weights + bias)))


def holds(content, phrase):
    return any(s <= phrase[0] and phrase[1] <= e for s, e in content)


def length(c):
    return sum(e - s for s, e in c["content"])


def chosen(found, score_of, threshold):
    """The candidates that the reader would keep as outermost (as in `resolve.rs`)."""
    cuts = []
    for i in sorted(range(len(found)), key=lambda i: (-score_of[i], i)):
        s, e = found[i]["cue"][0]
        if not any(found[k]["cue"][0][0] < e and s < found[k]["cue"][0][1] for k in cuts):
            cuts.append(i)
    kept = []
    for i in sorted(cuts, key=lambda i: (-length(found[i]), i)):
        if not any(holds(found[k]["content"], found[i]["cue"][0]) for k in kept) and score_of[i] >= threshold:
            kept.append(i)
    return [{**found[i], "within": None} for i in sorted(kept)]


def half(score, documents, found, per_document, threshold):
    predicted = [{"id": d["id"], "attributions": chosen(found[d["id"]], per_document[n], threshold)}
                 for n, d in enumerate(documents)]
    return score.score(documents, predicted)


def calibrate(shared, weights):
    """Settings for the weights file; prints what was found."""
    score = evaluate.scorer(shared)
    documents = [d for d in corpora.polnear(shared) if data.kept_aside(d["id"])]
    found = candidates(documents, weights)
    rows, labels, groups = examples(documents, found, score)
    # figures by cross-validation over documents, the final model from all of them
    crossed = np.zeros(len(rows))
    for fold in range(5):
        test = groups % 5 == fold
        crossed[test] = scores(rows[test], *fit(rows[~test], labels[~test]))
    best = 0.0
    for threshold, sourceless in ((0.2, 0.2), (0.25, 0.25), (0.3, 0.3), (0.35, 0.35), (0.4, 0.4), (0.5, 0.5), (THRESHOLD, THRESHOLD_SOURCELESS)):
        margins = odds(crossed) - odds(np.where(rows[:, SOURCELESS] > 0.5, sourceless, threshold))
        result = half(score, documents, found, [margins[groups == n] for n in range(len(documents))], 0.0)
        h = result["half"]
        print(f"threshold {threshold} ({sourceless} without a source): half P {h['p']:.1f} R {h['r']:.1f} F1 {h['f1']:.2f}; recall "
              + " / ".join(f"{v['recall']:.0f}" for v in result["half_recall"].values()), file=sys.stderr)
        best = max(best, h["f1"])
    weights_, bias = fit(rows, labels)
    settings = {"outermost": {"bias": float(bias), "weights": [float(w) for w in weights_],
                              "threshold": THRESHOLD, "threshold_sourceless": THRESHOLD_SOURCELESS}, "nested": NESTED}
    return settings, record(h["f1"], best, crossed, labels)


def odds(p):
    p = np.clip(p, 1e-6, 1 - 1e-6)
    return np.log(p / (1 - p))


def record(shipped, best, crossed, labels):
    """Figures for the model card: half F1 and, for each tenth of scores, how many candidates were right."""
    bins = []
    for low in np.arange(0, 1, 0.1):
        inside = (crossed >= low) & (crossed < low + 0.1)
        if inside.any():
            bins.append({"from": round(float(low), 1), "count": int(inside.sum()),
                         "mean_score": round(float(crossed[inside].mean()), 3), "right": round(float(labels[inside].mean()), 3)})
    return {"half_f1": round(shipped, 2), "best_half_f1": round(best, 2), "threshold": THRESHOLD,
            "threshold_sourceless": THRESHOLD_SOURCELESS, "reliability": bins}
