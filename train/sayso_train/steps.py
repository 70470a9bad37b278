"""The steps from corpora to weights: `python -m sayso_train.steps STEP --shared DIR --work DIR`."""
import argparse
import json
import pickle
from dataclasses import replace
from pathlib import Path

import torch

from . import calibrate, calibrate_events, card, corpora, data, distil, evaluate, events, export, fit, fixture, look_events, model, names, restore

TEACHER = fit.Config("teacher", seed=11, epochs=3, batch=8, encoder_rate=7e-5, head_rate=5e-4, layer_decay=0.93, shift=4, names=0, events=0)
WIDE = fit.Config("wide", seed=22, names=0, events=0)
PLAIN = fit.Config("plain", seed=21, names=0, events=0)


def teacher(args):
    reader = model.mpnet(corpora.mpnet_tensors(args.work))
    fit.fit(reader, corpora.training_windows(args.shared, args.work), TEACHER, args.work / "teacher.pt")


# reads names only; teaches them to the student
NAMES = fit.Config("names", seed=12, epochs=6, batch=8, encoder_rate=8e-5, head_rate=8e-4, layer_decay=0.93, shift=4, all_upper=0.05,
                   attributions=0, events=0)


def names_(args):
    reader = model.mpnet(corpora.mpnet_tensors(args.work))
    fit.fit(reader, names.windows(args.shared, args.work, STUDENT_WINDOW), NAMES, args.work / "names.pt")
    names.look(reader, names.windows(args.shared, args.work, STUDENT_WINDOW, aside=True), NAMES.shift)


def plain(args):
    reader = model.minilm(corpora.minilm_tensors(args.work))
    fit.fit(reader, corpora.training_windows(args.shared, args.work), PLAIN, args.work / "plain.pt")


def wide(args):
    reader = model.minilm(corpora.minilm_tensors(args.work), wide=True, shared=False)
    fit.fit(reader, corpora.training_windows(args.shared, args.work), WIDE, args.work / "wide.pt")


STUDENT = fit.Config("student", seed=31, epochs=3, encoder_rate=1.5e-4, head_rate=8e-4, soft=0.75, average=0.998, all_upper=0.04, events=0)
READER = fit.Config("reader", seed=32, epochs=3, encoder_rate=1.2e-4, head_rate=8e-4, soft=0.75, average=0.998, all_upper=0.04, cues_a_step=112, events=0)
STUDENT_WINDOW = 320
# teachers and their weight in the mean
TEACHERS = {"teacher": 1.0}


def restored(name, work):
    """A trained network by its name, ready to read, and its vocabulary's shift."""
    if name in ("teacher", "names"):
        reader, shift = model.mpnet(corpora.mpnet_tensors(work)), TEACHER.shift
    else:
        reader, shift = model.minilm(corpora.minilm_tensors(work), wide=name != "plain", shared=name == "plain"), 0
    lacking = reader.load_state_dict(torch.load(work / f"{name}.pt", map_location="cpu"), strict=False)
    if lacking.unexpected_keys or any(not k.startswith(("names.", "events.")) for k in lacking.missing_keys):
        raise SystemExit(f"{name}.pt is of another network: {lacking}")
    return reader.to(model.DEVICE).eval(), shift


def lesson(args):
    """The student's windows with the teachers' probabilities, kept on disk."""
    windows = corpora.training_windows(args.shared, args.work, size=STUDENT_WINDOW)
    windows += distil.unlabelled_windows(args.shared, args.work, STUDENT_WINDOW)
    windows += names.windows(args.shared, args.work, STUDENT_WINDOW)
    distil.teach([(*restored(name, args.work), weight) for name, weight in TEACHERS.items()], restored("names", args.work), windows)
    with (args.work / "lesson.pickle").open("wb") as out:
        pickle.dump(windows, out)


def lesson_windows(args):
    """The lesson; those with gold names twice, since they are few."""
    with (args.work / "lesson.pickle").open("rb") as lines:
        windows = pickle.load(lines)
    return windows + [w for w in windows if w.names is not None]


def student(args):
    # goes on from the best network that saw gold labels alone
    reader, _ = restored("wide", args.work)
    fit.fit(reader, lesson_windows(args), STUDENT, args.work / "student.pt")


def reader(args):
    """The same lesson once more, more slowly: the loss still falls."""
    network, _ = restored("student", args.work)
    fit.fit(network, lesson_windows(args), READER, args.work / "reader.pt")


# with the events heads; goes on from the weights that shipped without them
EVENTS_FIRST = fit.Config("events_first", seed=41, epochs=1, encoder_rate=1e-4, head_rate=8e-4, soft=0.75, all_upper=0.06, events=1.5)
EVENTS_MORE = replace(EVENTS_FIRST, name="events_more", seed=42, epochs=3, average=0.998, parts=5.0)
EVENTS = replace(EVENTS_MORE, name="events", seed=43)
SHIPPED = "shipped.weights"


def before_events(args):
    """The network that goes on: *reader*, or what shipped last where its checkpoint is gone."""
    if (args.work / "reader.pt").exists():
        return restored("reader", args.work)[0]
    kept = args.work / SHIPPED
    if not kept.exists():
        kept.write_bytes(args.out.read_bytes())
    return restore.reader(kept)


def events_lesson(args):
    """What the network said before is taught again, beside the annotated events, so that it forgets nothing.

    Its own probabilities stand in for the teachers': PolNeAR, GUM and re3d, and the texts with events.
    """
    shipped = before_events(args).to(model.DEVICE).eval()
    windows = corpora.training_windows(args.shared, args.work, size=STUDENT_WINDOW)
    windows += names.windows(args.shared, args.work, STUDENT_WINDOW)
    windows += events.windows(args.shared, args.work, STUDENT_WINDOW)
    distil.teach([(shipped, 0, 1.0)], (shipped, 0), windows, 16)
    with (args.work / "events-lesson.pickle").open("wb") as out:
        pickle.dump(windows, out)


def events_windows(args):
    with (args.work / "events-lesson.pickle").open("rb") as lines:
        windows = pickle.load(lines)
    # the annotated ones are few beside the rest: twice
    return windows + [w for w in windows if any(t.kind >= 0 for t in w.triggers)]


def events_first(args):
    """One round, after which triggers stand."""
    fit.fit(before_events(args), events_windows(args), EVENTS_FIRST, args.work / "events_first.pt")


def events_more(args):
    """Three more, with more weight on who, to whom, where and when."""
    network, _ = restored("events_first", args.work)
    fit.fit(network, events_windows(args), EVENTS_MORE, args.work / "events_more.pt")


def events_(args):
    """And three: the loss still falls."""
    network, _ = restored("events_more", args.work)
    fit.fit(network, events_windows(args), EVENTS, args.work / "events.pt")
    look_events.look(network, events.windows(args.shared, args.work, STUDENT_WINDOW, aside=True))


def ship(args):
    """Exports the student, fits its scores with the reader itself, writes the weights and a record of the figures."""
    network, _ = restored("events", args.work)
    tokenizer = corpora.tokenizer(args.work)
    vocabulary = [tokenizer.id_to_token(i) for i in range(tokenizer.get_vocab_size())]
    aside = corpora.training_windows(args.shared, args.work, aside=True, size=STUDENT_WINDOW)
    draft = args.work / "draft.weights"
    happened, event_record = calibrate_events.calibrate(network, events.windows(args.shared, args.work, STUDENT_WINDOW, aside=True))
    export.write(network, vocabulary, {**calibrate.UNFITTED, "events": happened}, aside[:40], draft)
    settings, record = calibrate.calibrate(args.shared, draft)
    settings["events"] = happened
    digest = export.write(network, vocabulary, settings, aside[:40], args.out)
    args.out.with_suffix(".json").write_text(json.dumps({"sha256": digest, "kept_aside": record, "events": event_record}, indent=1) + "\n")
    fixture.write(network, tokenizer, args.out.parent.parent / "crates/sayso-encode/tests/data")
    print(f"{args.out}: {digest}")


RECORD = Path(__file__).resolve().parent.parent / "tried.json"


def tried(args):
    """Scores every network that is there on the texts kept aside, with plain decoding; the figures of others stay."""
    record = json.loads(RECORD.read_text())
    there = lambda *wanted: [n for n in wanted if (args.work / f"{n}.pt").exists()]
    documents = [d for d in corpora.polnear(args.shared) if data.kept_aside(d["id"])]
    windows = corpora.training_windows(args.shared, args.work, aside=True, size=STUDENT_WINDOW)
    for name in there("plain", "wide", "teacher", "student", "reader", "events"):
        network, shift = restored(name, args.work)
        record["attributions"][name] = card.attributions(evaluate.look(network, windows, documents, args.shared, shift))
    aside = names.windows(args.shared, args.work, STUDENT_WINDOW, aside=True)
    for name in there("names", "reader", "events"):
        network, shift = restored(name, args.work)
        record["names"][name] = card.layers(names.look(network, aside, shift))
    RECORD.write_text(json.dumps(record, indent=1) + "\n")


def card_(args):
    """Writes docs/model-card.md from the records."""
    shipped = card.read_json(args.out.with_suffix(".json"))
    card.write(card.read_json(RECORD), shipped, args.out.parent.parent / "docs/model-card.md")


STEPS = (teacher, names_, plain, wide, lesson, student, reader, events_lesson, events_first, events_more, events_, ship, tried, card_)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=[step.__name__ for step in STEPS])
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("data/reader.weights"), help="where `ship` writes")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(args.threads)
    next(step for step in STEPS if step.__name__ == args.step)(args)


if __name__ == "__main__":
    main()
