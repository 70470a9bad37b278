"""Event mentions as labels of pieces: annotated texts, factuality judgements, and what the heads learn from them.

Texts of our own lie in `train/events/own-*.txt` in a form people can write and read; annotations of corpus texts in
`train/events/corpora.jsonl`, as offsets. `parse` explains the form.
"""
import json
import random
import re
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from . import corpora, data

MODES = {
    "AGREE": "", "CONSULT": "visit third-party multilateral phone", "SUPPORT": "", "CONCEDE": "", "COOPERATE": "", "AID": "",
    "RETREAT": "withdraw release disarm ceasefire access resign", "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege", "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize", "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone heavy-weapons "
               "crowd-control unconventional",
    "OTHER": ""}
TYPES = list(MODES)
KINDS = [(t, m) for t in TYPES for m in (None, *MODES[t].split())]
REALIS = ("actual", "ongoing", "planned", "hypothetical", "negated", "unknown")
# what a realis says on the scale of the factuality judgements (-3 … 3)
SCALE = (3.0, 3.0, 1.0, 0.0, -3.0, 0.0)
ROLES = ("actor", "recipient", "place", "time", "figure")
LETTERS = dict(zip("arptf", ROLES))
SILENT = -100
FOLDER = Path(__file__).resolve().parent.parent / "events"


@dataclass
class Event:
    """A mention with character offsets; `kind`, `realis`, `roles` None where the annotation does not tell."""
    start: int
    end: int
    kind: tuple = None
    realis: str = None
    value: float = None
    roles: list = None                 # (role, start, end)


@dataclass
class Trigger:
    """A mention in a window; positions count from the window's start."""
    start: int
    end: int
    kind: int = SILENT
    realis: int = SILENT
    value: float = np.nan
    labels: np.ndarray = None          # over the window's pieces; None: not known
    teacher_kind: np.ndarray = None
    teacher_realis: np.ndarray = None
    teacher_roles: np.ndarray = None   # 2 reach x labels


@dataclass
class Text:
    """A text with its mentions. `events_known`, `happenings_known`: what silence in it means."""
    id: str
    text: str
    events: list = field(default_factory=list)
    happenings: list = field(default_factory=list)
    events_known: list = None          # stretches in which all events are annotated; None: everywhere
    happenings_known: bool = False


class FormError(Exception):
    """A line of an annotated text that cannot be understood."""


def locate(line, words, before=None):
    """(0 or -1 for the line before, start, end) of `words`, or of their n-th place where they end in `#n`."""
    found = re.fullmatch(r"(.*)#(\d+)", words.strip(), re.S)
    words, n = (found[1].strip(), int(found[2])) if found else (words.strip(), 1)
    pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, words.split())) + r"(?!\w)"
    for back, text in ((0, line), (-1, before)):
        hits = [m.span() for m in re.finditer(pattern, text)] if text is not None else []
        if len(hits) >= n:
            return back, *hits[n - 1]
    raise FormError(f"not in the text: {words}")


def parse(path):
    """The texts of a file.

    `# id | date` begins a text, each `> ` line is a sentence, a blank line between two of them a new paragraph. A line
    `- trigger | TYPE/mode | realis | a: actor + actor | r: recipient | p: place | t: time | f: figure` annotates the
    sentence above; its words stand there or, roles only, in the sentence before.
    """
    out, starts, lines, blank = [], [], [], False
    for number, raw in enumerate(Path(path).read_text("utf-8").splitlines(), 1):
        line = raw.strip()
        if line.startswith("# "):
            out.append(Text(line[2:].split("|")[0].strip(), ""))
            starts, lines, blank = [], [], False
        elif line.startswith(">"):
            text = out[-1]
            if text.text:
                text.text += "\n\n" if blank else " "
            starts.append(len(text.text))
            lines.append(line[1:].strip())
            text.text += lines[-1]
            blank = False
        elif line.startswith("-"):
            try:
                out[-1].events.append(mention(line[1:], lines, starts))
            except (FormError, ValueError, KeyError, IndexError) as e:
                raise FormError(f"{path}:{number}: {e}") from e
        elif not line:
            blank = True
        else:
            raise FormError(f"{path}:{number}: what is this? {line[:60]}")
    return out


def mention(line, lines, starts):
    trigger, kind, realis, *rest = (x.strip() for x in line.split("|"))
    before = lines[-2] if len(lines) > 1 else None
    _, a, b = locate(lines[-1], trigger)
    kind = tuple((kind.split("/") + [None])[:2])
    if kind not in KINDS or realis not in REALIS:
        raise FormError(f"{kind} {realis}")
    roles = []
    for part in filter(None, rest):
        letter, _, words = part.partition(":")
        for w in words.split(" + "):
            if w.strip() not in ("", "-"):
                back, s, e = locate(lines[-1], w, before)
                at = starts[-1 + back]
                roles.append((LETTERS[letter.strip()], at + s, at + e))
    return Event(starts[-1] + a, starts[-1] + b, kind, realis, None, roles)


def own():
    return [t for path in sorted(FOLDER.glob("own-*.txt")) for t in parse(path)]


CORPORA = {"re3d": "re3d/train", "gum": "gum/train", "muc4": "muc4/train", "ecbplus": "ecbplus/train", "polnear": "polnear/train"}


def annotated(shared):
    """Corpus texts with our annotation."""
    wanted = [json.loads(line) for line in (FOLDER / "corpora.jsonl").read_text().splitlines()]
    texts = {}
    for name, path in CORPORA.items():
        for record in data.documents(Path(shared) / f"data/{path}.jsonl.gz"):
            texts[f"{name}:{record['id']}"] = record["text"]
    out = []
    for record in wanted:
        text = texts[record["id"]]
        events = [Event(s, e, (kind, mode), realis, None, [(ROLES[r], a, b) for r, a, b in roles])
                  for s, e, kind, mode, realis, roles in record["events"]]
        out.append(Text(record["id"], text, events, events_known=record["read"]))
        if record["id"].startswith("muc4:"):        # in capitals; its words also as if written today
            out.append(Text(record["id"], text.lower(), events, events_known=record["read"]))
    return out


def judged(shared):
    """Newswire sentences with judgements of factuality: all that happens in them is marked, and how surely."""
    out = []
    for record in data.documents(Path(shared) / "data/factuality/train.jsonl.gz"):
        if record["set"] == "uds_ih2":        # web text
            continue
        happenings = [Event(e["start"], e["end"], value=e["value"]) for e in record["events"]]
        out.append(Text(f"factuality:{record['id']}", record["text"], [], happenings, [], True))
    return out


def packed(texts, seed=3, size=1100):
    """Short texts put together, in a seeded order, so that windows are full."""
    order = list(texts)
    random.Random(seed).shuffle(order)
    out = []
    for t in order:
        last = out[-1] if out else None
        if last is None or len(last.text) + len(t.text) > size:
            out.append(Text(f"packed:{seed}:{len(out)}", "", events_known=[], happenings_known=t.happenings_known))
            last = out[-1]
        else:
            last.text += "\n\n"
        at = len(last.text)
        last.text += t.text
        move = lambda e: Event(e.start + at, e.end + at, e.kind, e.realis, e.value, e.roles and [(r, a + at, b + at) for r, a, b in e.roles])
        last.events += map(move, t.events)
        last.happenings += map(move, t.happenings)
        known = [(0, len(t.text))] if t.events_known is None else t.events_known
        last.events_known += [(a + at, b + at) for a, b in known]
    return out


def windows(shared, work, size, aside=False):
    """Windows of all texts that tell something of events: nine tenths, or the tenth kept aside."""
    tokenizer = corpora.tokenizer(work)
    mine = [t for t in own() + annotated(shared) if data.kept_aside(t.id) == aside]
    short = [t for t in mine if len(t.text) < 400]
    texts = [t for t in mine if len(t.text) >= 400] + packed(short)
    if not aside:
        texts += packed(judged(shared), 4)
    out = []
    for t in texts:
        for w in data.windows(tokenizer, {"id": t.id, "text": t.text}, size, gold=False):
            label(w, t)
            out.append(w)
    return [w for w in out if len(w.ids) >= 8]


def label(window, text):
    """Writes `window.happen` (pieces x 2: events, happenings; outside, begin, inside) and `window.triggers`."""
    n = len(window.ids)
    labels = np.full((n, 2), SILENT, np.int64)
    for a, b in data.covered(window.offsets, [(0, len(text.text))] if text.events_known is None else text.events_known):
        labels[a:b, 0] = 0
    if text.happenings_known:
        labels[:, 1] = 0
    window.triggers = []
    for e in text.events + text.happenings:
        runs = data.covered(window.offsets, [(e.start, e.end)])
        if not runs or runs[-1][1] - runs[0][0] > 12:
            continue
        a, b = runs[0][0], runs[-1][1]
        ours = e.kind is not None
        for column in ((0, 1) if ours else (1,)):
            if column == 0 or text.happenings_known or ours:
                labels[a:b, column] = 2
                labels[a, column] = 1
        trigger = Trigger(a, b, KINDS.index(tuple(e.kind)) if ours else SILENT, REALIS.index(e.realis) if e.realis else SILENT,
                          np.nan if e.value is None else e.value)
        if e.roles is not None:
            trigger.labels = np.zeros(n, np.int64)
            for role, s, end in sorted(e.roles, key=lambda r: r[1] - r[2]):       # shorter ones over longer ones
                for x, y in data.covered(window.offsets, [(s, end)]):
                    base = 1 + 2 * ROLES.index(role)
                    trigger.labels[x:y] = base + 1
                    trigger.labels[x] = base
        window.triggers.append(trigger)
    window.happen = labels
