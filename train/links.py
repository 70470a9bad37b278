#!/usr/bin/env python3
"""Trains data/links.json: whether two event mentions are of one event.

usage: links.py SHARED WORK [--cross-validate] > data/links.json

Runs `sayso read` and the example `triggers` of sayso-link (both built with --release), so that the numbers are
those of the program, on ECB+ (training topics only, selected sentences). Needs lightgbm 4.7.0, which train/run does not install. With
--cross-validate it prints, instead of a model, the CoNLL F1 of five folds by topic for several thresholds.
"""
import argparse
import gzip
import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TREES = 64
SEEDS = (1, 2, 3, 4)  # the mean of the models counts
PARAMETERS = dict(objective="binary", num_leaves=12, learning_rate=.2, min_data_in_leaf=100, feature_fraction=.4,
                  bagging_fraction=.7, bagging_freq=1, lambda_l2=5, max_bin=63, num_threads=1, verbose=-1,
                  deterministic=True, force_row_wise=True)
HIGH, LOW = .50, .20
KEPT = .20  # as in crates/sayso-link/src/events/compare.rs


def documents(shared, part):
    with gzip.open(shared / f"data/ecbplus/{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def readings(texts, work, part):
    """of each document, read by the program"""
    path = work / f"ecbplus-{part}.readings.jsonl"
    if not path.exists():
        lines = "".join(json.dumps({"id": d["id"], "text": d["text"]}) + "\n" for d in texts)
        given = work / f"ecbplus-{part}.jsonl"
        given.write_text(lines, encoding="utf-8")
        with path.open("wb") as out:
            subprocess.run([ROOT / "target/release/sayso", "read", given, "--json"], check=True, stdout=out)
    with path.open(encoding="utf-8") as lines:
        return {r["document"]["id"]: r for r in map(json.loads, lines)}


def selected(d):
    sentences = {s["n"] for s in d["sentences"] if s["selected"]}
    return [m for m in d["mentions"] if m["kind"] == "action" and m["sentence"] in sentences]


def triggers(texts, read, mode):
    lines = []
    for d in sorted(texts, key=lambda d: int(d["topic"])):
        mentions = [{"id": str(m["id"]), "spans": m["spans"]} for m in selected(d)]
        lines.append(json.dumps({"collection": d["topic"], "reading": read[d["id"]], "mentions": mentions}))
    done = subprocess.run([ROOT / "target/release/examples/triggers", mode], input="\n".join(lines).encode(),
                          check=True, stdout=subprocess.PIPE)
    return done.stdout.decode().splitlines()


def table(texts, read):
    """names of the features, and of each topic its pairs: (a, b, numbers)"""
    lines = triggers(texts, read, "pairs")
    names, rows = json.loads(lines[0]), defaultdict(list)
    for row in map(json.loads, lines[1:]):
        rows[row["collection"]].append((row["a"], row["b"], np.array(row["x"], np.float32)))
    return names, rows


def fit(rows, cluster):
    x, y, weights = [], [], []
    for pairs in rows.values():
        mentions = {m for a, b, _ in pairs for m in (a, b)}
        for a, b, numbers in pairs:
            x.append(numbers)
            y.append(cluster[a] == cluster[b])
            weights.append(120 / len(mentions))
    x, y, weights = np.array(x), np.array(y, float), np.array(weights)
    return [lightgbm.train(PARAMETERS | {"seed": s}, lightgbm.Dataset(x, y, weight=weights), TREES) for s in SEEDS]


def predicted(models, x):
    raw = np.mean([m.predict(x, raw_score=True) for m in models], 0)
    return 1 / (1 + np.exp(-raw))


def flat(tree, models):
    """nested nodes as a list of [feature, threshold, low, high] or [value], a share of which counts"""
    out = []

    def go(node):
        at = len(out)
        out.append(None)
        if "leaf_value" in node:
            out[at] = [round(node["leaf_value"] / models, 7)]
        else:
            low = go(node["left_child"])
            high = go(node["right_child"])
            # the threshold as the program compares it: in 32 bits, on the same side of its neighbours
            out[at] = [node["split_feature"], float(np.float32(node["threshold"])), low, high]
        return at

    go(tree["tree_structure"])
    return out


def clusters(names, score, high, low):
    """as crates/sayso-link/src/events/cluster.rs"""
    own = {n: n for n in names}
    members = {n: [n] for n in names}
    place = {n: i for i, n in enumerate(names)}
    both = lambda a, b: score.get((a, b), score.get((b, a), 0.0))
    for (a, b), s in sorted(score.items(), key=lambda kv: (-kv[1], place[kv[0][0]], place[kv[0][1]])):
        if s < high:
            break
        x, y = own[a], own[b]
        if x == y:
            continue
        if sum(both(p, q) for p in members[x] for q in members[y]) >= low * len(members[x]) * len(members[y]):
            for q in members[y]:
                own[q] = x
            members[x] += members.pop(y)
    return own


def cross_validate(rows, texts, cluster, shared):
    sys.path.insert(0, str(shared / "evals"))
    import score_clusters
    topics = sorted(rows, key=int)
    scores = {}
    for fold in range(5):
        held = topics[fold::5]
        models = fit({t: rows[t] for t in topics if t not in held}, cluster)
        for t in held:
            found = predicted(models, np.array([x for _, _, x in rows[t]]))
            scores[t] = {(a, b): s for (a, b, _), s in zip(rows[t], found) if s >= KEPT}
    for high in (.3, .35, .4, .45, .5, .55, .6, .65):
        for low in (.1, .15, .2, .25, .3):
            mentions = [f"{d['id']}:{m['id']}" for d in texts for m in selected(d)]
            own = {}
            for t in topics:
                names = list(dict.fromkeys(n for a, b, _ in rows[t] for n in (a, b)))
                own |= clusters(names, scores[t], high, low)
            lines = [{"mention": n, "event": own.get(n)} for n in mentions]
            print(high, low, round(score_clusters.events(texts, lines)["conll"], 2))


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("shared", type=Path)
    p.add_argument("work", type=Path)
    p.add_argument("--cross-validate", action="store_true")
    p.add_argument("--events", choices=("train", "dev"), help="write the events of this part for score_clusters.py")
    args = p.parse_args()
    part = args.events or "train"
    texts = documents(args.shared, part)
    read = readings(texts, args.work, part)
    if args.events:
        print("\n".join(triggers(texts, read, "events")))
        return
    # only training needs them
    global lightgbm, np
    import lightgbm
    import numpy as np
    cluster = {f"{d['id']}:{m['id']}": m["cluster"] for d in texts for m in selected(d)}
    names, rows = table(texts, read)
    if args.cross_validate:
        cross_validate(rows, texts, cluster, args.shared)
        return
    models = fit(rows, cluster)
    gain = dict(zip(names, sum(m.feature_importance("gain") for m in models)))
    total = sum(gain.values())
    print("share of gain:", {k: round(100 * v / total, 1) for k, v in sorted(gain.items(), key=lambda kv: -kv[1])[:20]},
          file=sys.stderr)
    trees = [flat(t, len(models)) for m in models for t in m.dump_model()["tree_info"]]
    json.dump({"features": names, "high": HIGH, "low": LOW, "trees": trees}, sys.stdout, separators=(",", ":"))
    print()


if __name__ == "__main__":
    main()
