"""A teacher's probabilities for the student's windows, computed once and kept beside them."""
import numpy as np

from . import corpora, data, evaluate
from .data import Cue

# Open texts without gold attributions that the teachers read for the student.
UNLABELLED = ("re3d", "gum", "ecbplus", "muc4")
UNLABELLED_LIMIT = {"muc4": 80, "ecbplus": 160, "gum": 60}


def spoken(text, corpus):
    """MUC-4 is all in capitals: read in lower case, since its letters say nothing of names."""
    return text.lower() if corpus == "muc4" else text


def unlabelled_windows(shared, work, size):
    tokenizer = corpora.tokenizer(work)
    out = []
    for corpus in UNLABELLED:
        records = list(data.documents(shared / f"data/{corpus}/train.jsonl.gz"))
        for record in records[:UNLABELLED_LIMIT.get(corpus)]:
            document = {"id": f"{corpus}:{record['id']}", "text": spoken(record["text"], corpus)}
            out += data.windows(tokenizer, document, size, gold=False)
    return [w for w in out if len(w.ids) >= 16]


def extra_cues(window, any_, gold_runs):
    """Cues that the teachers see and the corpus does not mark: nested ones, and all where there is no gold."""
    found = []
    for a, b in evaluate.cue_runs(any_[:, 1:].sum(-1), 0.4):
        if not any(a < e and s < b for s, e in gold_runs):
            found.append(Cue(a, b))
    return found


def teach(teachers, windows, batch=8):
    """Fills `teacher_any`, `teacher_outer` and each cue's `teacher` with the teachers' mean.

    `teachers` is a list of (reader, shift of the vocabulary, weight); weights add up to 1.
    """
    order = sorted(range(len(windows)), key=lambda i: len(windows[i].ids))
    for at in range(0, len(order), batch):
        group = [windows[i] for i in order[at:at + batch]]
        runs = []
        for reader, shift, weight in teachers:
            (_, states, any_, outer), = evaluate.probabilities(reader, group, shift, batch)
            runs.append((reader, weight, states, any_, outer))
        # `probabilities` sorts by length as we did, so rows agree
        for i, w in enumerate(group):
            k = len(w.ids)
            w.teacher_any = sum(r[1] * r[3][i, :k] for r in runs).astype(np.float16)
            w.teacher_outer = sum(r[1] * r[4][i, :k] for r in runs).astype(np.float16)
            w.cues += extra_cues(w, w.teacher_any.astype(np.float32), [(c.start, c.end) for c in w.cues])
        cues = [(i, c.start, c.end) for i, w in enumerate(group) for c in w.cues]
        if not cues:
            continue
        mean = sum(weight * evaluate.role_probabilities(reader, states, cues) for reader, weight, states, _, _ in runs)
        flat = [c for w in group for c in w.cues]
        for cue, roles in zip(flat, mean):
            cue.teacher = roles.astype(np.float16)
        if at // batch % 40 == 0:
            print(f"taught {at + len(group)} of {len(windows)} windows", flush=True)

