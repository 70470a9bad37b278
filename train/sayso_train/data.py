"""Texts with gold attributions as windows of word pieces.

What is computed here from the text alone (pieces, shapes, quotation states) is
computed again by the Rust reader; `crates/sayso-encode` is tested against a
fixture that `python -m sayso_train.fixture` writes.
"""
import gzip
import hashlib
import json
import random
from dataclasses import dataclass, field

import numpy as np

WINDOW = 384          # pieces a window holds at most
SHAPES = ("lower", "title", "upper", "mixed", "digit", "none")
QUOTE_OUT, QUOTE_MARK, QUOTE_IN = 0, 1, 2
OPENING, CLOSING, STRAIGHT = "“„«", "”»", '"'
# role labels: outside, then source and content as begin, inside, end, unit
ROLE_LABELS = ("O", "SB", "SI", "SE", "SU", "CB", "CI", "CE", "CU")
SOURCE, CONTENT = 1, 5


def documents(path):
    """The records of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def kept_aside(identifier):
    """Every tenth training document, by hash, is never trained on."""
    return hashlib.sha256(identifier.encode()).digest()[0] % 10 == 0


def word_shape(word):
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 4 if any(c.isnumeric() for c in word) else 5
    upper = sum(c.isupper() for c in letters)
    if upper == 0:
        return 0
    if upper == len(letters) and len(letters) > 1:
        return 2
    if upper == 1 and letters[0].isupper():
        return 1
    return 3


def quote_states(text):
    """For each character whether it is outside, a mark, or inside double quotation marks.

    Curly marks open and close, straight ones and doubled apostrophes toggle,
    a line break resets.
    """
    states = bytearray(len(text))
    inside, i = False, 0
    while i < len(text):
        c = text[i]
        width = 2 if text[i:i + 2] in ("''", "``") else 1
        if c == "\n":
            inside = False
        elif c in OPENING or c in CLOSING or c in STRAIGHT or width == 2:
            if c in OPENING or text[i:i + 2] == "``":
                inside = True
            elif c in CLOSING:
                inside = False
            else:
                inside = not inside
            states[i:i + width] = bytes([QUOTE_MARK] * width)
            i += width
            continue
        states[i] = QUOTE_IN if inside else QUOTE_OUT
        i += 1
    return states


@dataclass
class Cue:
    """A cue of a window with its gold roles; positions count from the window's start."""
    start: int
    end: int
    labels: np.ndarray = None         # over the window's pieces, indices of ROLE_LABELS; None: not known
    teacher: np.ndarray = None        # reach x labels, a teacher's probabilities


@dataclass
class Window:
    document: str
    ids: np.ndarray
    shapes: np.ndarray
    quotes: np.ndarray
    offsets: np.ndarray               # pieces x 2, characters of the document
    outer: np.ndarray = None          # BIO of outermost cues; None: no gold
    silent: np.ndarray = None         # inside a gold content, where the corpus says nothing of cues
    cues: list = field(default_factory=list)
    teacher_any: np.ndarray = None
    teacher_outer: np.ndarray = None
    names: np.ndarray = None          # layers x pieces, see `names`; None: no gold
    teacher_names: np.ndarray = None  # layers x pieces x labels
    happen: np.ndarray = None         # pieces x 2, see `events`; None: no gold
    triggers: list = field(default_factory=list)
    teacher_happen: np.ndarray = None  # pieces x 2 x 3


def pieces(tokenizer, text):
    """Ids, shapes, quotation states and character offsets of a text's pieces."""
    encoded = tokenizer.encode(text, add_special_tokens=False)
    offsets = np.array(encoded.offsets, np.int32).reshape(-1, 2)
    states = quote_states(text)
    quotes = np.array([states[s] for s, _ in encoded.offsets], np.int64)
    shapes = np.zeros(len(offsets), np.int64)
    first = 0
    tokens = encoded.tokens
    for i in range(1, len(tokens) + 1):
        if i == len(tokens) or not tokens[i].startswith("##"):
            shapes[first:i] = word_shape(text[offsets[first, 0]:offsets[i - 1, 1]])
            first = i
    return np.array(encoded.ids, np.int64), shapes, quotes, offsets


def cut(text, offsets, ids, size):
    """Ranges of pieces: whole lines packed up to `size`, overlong ones cut at a sentence's end."""
    lines, first = [], 0
    for i in range(1, len(offsets) + 1):
        if i == len(offsets) or "\n" in text[offsets[i - 1, 1]:offsets[i, 0]]:
            lines.append((first, i))
            first = i
    units = []
    for a, b in lines:
        while b - a > size:
            stop = next((k for k in range(a + size - 1, a + size // 2, -1)
                         if text[offsets[k - 1, 0]] in ".?!" and text[offsets[k - 1, 1]:offsets[k, 0]].isspace()),
                        a + size)
            units.append((a, stop))
            a = stop
        units.append((a, b))
    ranges = []
    for a, b in units:
        if ranges and b - ranges[-1][0] <= size:
            ranges[-1] = (ranges[-1][0], b)
        elif b > a:
            ranges.append((a, b))
    return ranges


def covered(offsets, fragments):
    """Indices of pieces that a list of character fragments touches, as runs (start, end)."""
    runs = []
    for s, e in fragments:
        inside = np.nonzero((offsets[:, 1] > s) & (offsets[:, 0] < e))[0]
        if len(inside):
            runs.append((int(inside[0]), int(inside[-1]) + 1))
    return runs


def write_runs(labels, runs, base):
    for a, b in runs:
        if b - a == 1:
            labels[a] = base + 3
        else:
            labels[a:b] = base + 1
            labels[a], labels[b - 1] = base, base + 2


def windows(tokenizer, document, size=WINDOW, gold=True):
    text = document["text"]
    ids, shapes, quotes, offsets = pieces(tokenizer, text)
    out = []
    for a, b in cut(text, offsets, ids, size):
        local = offsets[a:b]
        window = Window(document["id"], ids[a:b], shapes[a:b], quotes[a:b], local)
        if gold:
            label(window, document["attributions"])
        out.append(window)
    return out


def label(window, attributions):
    offsets = window.offsets
    n = len(offsets)
    window.outer, window.silent = np.zeros(n, np.int64), np.zeros(n, bool)
    for attribution in attributions:
        for a, b in covered(offsets, attribution["content"]):
            window.silent[a:b] = True
    for attribution in attributions:
        runs = covered(offsets, attribution["cue"])
        content = covered(offsets, attribution["content"])
        if not runs:
            continue
        a, b = runs[0][0], runs[-1][1]
        window.outer[a:b] = 2
        window.outer[a] = 1
        labels = np.zeros(n, np.int64)
        write_runs(labels, content, CONTENT)
        write_runs(labels, covered(offsets, attribution["source"]), SOURCE)
        window.cues.append(Cue(a, b, labels))


def batches(windows_, size, rng, pad=64):
    """Windows of like length together, in a shuffled order of batches."""
    order = sorted(range(len(windows_)), key=lambda i: (len(windows_[i].ids) + rng.uniform(0, 48), i))
    groups = [order[i:i + size] for i in range(0, len(order), size)]
    rng.shuffle(groups)
    return [[windows_[i] for i in g] for g in groups]


def seeded(seed):
    return random.Random(seed)
