"""A teacher's probabilities for the student's windows, computed once and kept beside them."""
import numpy as np

from . import corpora, data, evaluate, look_events
from .data import Cue
from .events import Trigger
from .model import REACH_BACK

# Open texts without gold attributions that the teachers read for the student.
UNLABELLED = ("ecbplus", "muc4")
UNLABELLED_LIMIT = {"muc4": 400, "ecbplus": 300}


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
            if data.kept_aside(document["id"]):
                continue
            out += data.windows(tokenizer, document, size, gold=False)
    return [w for w in out if len(w.ids) >= 16]


def extra_cues(window, any_, known):
    """Cues that the teachers see and the corpus does not mark: all where there is no gold, and doubtful ones."""
    found = []
    for a, b in evaluate.cue_runs(any_[:, 1:].sum(-1), 0.4):
        if not any(a < e and s < b for s, e in known):
            found.append(Cue(a, b))
    return found


SHORTEST_CONTENT = 6      # pieces; in shorter contents nobody says anything


def inner_windows(window):
    """Every piece of gold content as a text of its own, with where it begins: (begin, window).

    The corpus marks outermost attributions only. Read alone, what stands inside a content
    is outermost, so that the teachers can say what they were taught to say. The quotation
    marks around it are gone then: what was inside them is not.
    """
    out = []
    for cue in window.cues:
        if cue.labels is None:
            continue
        for a, b in evaluate.cue_runs((cue.labels >= data.CONTENT).astype(float), 0.5):
            if b - a >= SHORTEST_CONTENT and not any(s <= a and b <= s + len(w.ids) for s, w in out):
                quotes = window.quotes[a:b].copy()
                if (quotes == data.QUOTE_IN).any() and not (quotes == data.QUOTE_OUT).any():
                    quotes[quotes == data.QUOTE_IN] = data.QUOTE_OUT
                out.append((a, data.Window(window.document, window.ids[a:b], window.shapes[a:b], quotes, window.offsets[a:b])))
    return out


def mean(runs, index):
    return sum(weight * outputs[index] for weight, outputs in runs)


def read(teachers, group, batch):
    """The readers with their weights and, of each, its outputs on some windows: states, any, outer, names."""
    runs = []
    for reader, shift, weight in teachers:
        # `group` is sorted by length and fits one batch, so rows agree
        (_, *outputs), = evaluate.probabilities(reader, group, shift, batch)
        runs.append((reader, weight, outputs))
    return runs


def taught_roles(runs, cues):
    """The teachers' mean roles for cues (row, start, end)."""
    return sum(weight * evaluate.role_probabilities(reader, outputs[0], cues) for reader, weight, outputs in runs)


def teach_inside(teachers, windows, batch=16):
    """Replaces `teacher_any` inside gold contents, and adds the cues found there with the roles that the teachers give them."""
    inner = [(w, begin, part) for w in windows if w.outer is not None for begin, part in inner_windows(w)]
    inner.sort(key=lambda x: len(x[2].ids))
    for at in range(0, len(inner), batch):
        group = inner[at:at + batch]
        runs = read(teachers, [part for _, _, part in group], batch)
        outputs = [(weight, outputs) for _, weight, outputs in runs]
        any_, outer = mean(outputs, 1), mean(outputs, 2)
        cues = []
        for row, (w, begin, part) in enumerate(group):
            k = len(part.ids)
            likelier = np.where(any_[row, :k, 1:].sum(-1, keepdims=True) > outer[row, :k, 1:].sum(-1, keepdims=True), any_[row, :k], outer[row, :k])
            silent = w.outer[begin:begin + k] == 0
            w.teacher_any[begin:begin + k][silent] = likelier[silent]
            known = [(c.start - begin, c.end - begin) for c in w.cues]
            cues += [(row, c.start, c.end) for c in extra_cues(part, likelier, known)]
        if cues:
            for (row, start, end), roles in zip(cues, taught_roles(runs, cues)):
                w, begin, part = group[row]
                place = start - REACH_BACK + np.arange(len(roles))
                roles[(place < 0) | (place >= len(part.ids))] = np.eye(roles.shape[1])[0]
                w.cues.append(Cue(begin + start, begin + end, None, roles.astype(np.float16)))


def teach(teachers, names, windows, batch=8):
    """Fills what the teachers say of windows: cues, roles of each cue, and names.

    `teachers` is a list of (reader, shift of the vocabulary, weight); weights add up to 1.
    `names` is the (reader, shift) that teaches names.
    """
    order = sorted(range(len(windows)), key=lambda i: len(windows[i].ids))
    for at in range(0, len(order), batch):
        group = [windows[i] for i in order[at:at + batch]]
        runs = read(teachers, group, batch)
        outputs = [(weight, outputs) for _, weight, outputs in runs]
        any_, outer = mean(outputs, 1), mean(outputs, 2)
        (_, *_, named, _), = evaluate.probabilities(*names[:1], group, names[1], batch)
        for i, w in enumerate(group):
            k = len(w.ids)
            w.teacher_any, w.teacher_outer = any_[i, :k].astype(np.float16), outer[i, :k].astype(np.float16)
            w.teacher_names = named[i, :k].transpose(1, 0, 2).astype(np.float16)
        teach_inside(teachers, group)
        cues = []
        for i, w in enumerate(group):
            w.cues += extra_cues(w, w.teacher_any.astype(np.float32), [(c.start, c.end) for c in w.cues])
            cues += [(i, c.start, c.end) for c in w.cues if c.teacher is None]
        if cues:
            untaught = [c for w in group for c in w.cues if c.teacher is None]
            for cue, roles in zip(untaught, taught_roles(runs, cues)):
                cue.teacher = roles.astype(np.float16)
        if at // batch % 40 == 0:
            print(f"taught {at + len(group)} of {len(windows)} windows", flush=True)


EVENT, HAPPENING = 0.35, 0.5      # how likely a trigger must be for a lesson on it


def teach_events(teachers, windows, batch=8):
    """Fills what the teachers say of events: triggers on every piece; kind, realis and roles of each.

    Of happenings that are no events of ours only the realis is taught.
    """
    order = sorted(range(len(windows)), key=lambda i: len(windows[i].ids))
    for at in range(0, len(order), batch):
        group = [windows[i] for i in order[at:at + batch]]
        runs = read(teachers, group, batch)
        happen = sum(weight * outputs[-1] for _, weight, outputs in runs)
        asked = []
        for i, w in enumerate(group):
            w.teacher_happen = happen[i, :len(w.ids)].astype(np.float16)
            taken = [(t.start, t.end) for t in w.triggers]
            for column, threshold in enumerate((EVENT, HAPPENING)):
                for a, b in look_events.triggers(happen[i, :len(w.ids), column], threshold):
                    silent = w.happen is None or (w.happen[a:b, column] < 0).any()
                    if silent and not any(s < b and a < e for s, e in taken):
                        w.triggers.append(Trigger(a, b))
                        taken.append((a, b))
            asked += [(i, t) for t in w.triggers]
        if not asked:
            continue
        told = [(weight, evaluate.event_probabilities(reader, outputs[0], [(i, t.start, t.end) for i, t in asked])) for reader, weight, outputs in runs]
        kinds, realis, roles = (sum(weight * t[k] for weight, t in told) for k in range(3))
        for j, (i, t) in enumerate(asked):
            t.teacher_realis = realis[j].astype(np.float16)
            if t.kind >= 0 or happen[i, t.start:t.end, 0, 1:].sum(-1).max() > EVENT:
                t.teacher_kind, t.teacher_roles = kinds[j].astype(np.float16), roles[j].astype(np.float16)
