"""The steps from corpora to weights: `python -m sayso_train.steps STEP --shared DIR --work DIR`."""
import argparse
from pathlib import Path

import torch

from . import corpora, fit, model

TEACHER = fit.Config("teacher", seed=11, epochs=3, batch=8, encoder_rate=7e-5, head_rate=5e-4, layer_decay=0.93, shift=4)
WIDE = fit.Config("wide", seed=22)
PLAIN = fit.Config("plain", seed=21)


def teacher(args):
    reader = model.mpnet(corpora.mpnet_tensors(args.work))
    fit.fit(reader, corpora.training_windows(args.shared, args.work), TEACHER, args.work / "teacher.pt")


def plain(args):
    reader = model.minilm(corpora.minilm_tensors(args.work))
    fit.fit(reader, corpora.training_windows(args.shared, args.work), PLAIN, args.work / "plain.pt")


def wide(args):
    reader = model.minilm(corpora.minilm_tensors(args.work), wide=True, shared=False)
    fit.fit(reader, corpora.training_windows(args.shared, args.work), WIDE, args.work / "wide.pt")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=["teacher", "plain", "wide"])
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    globals()[args.step](args)


if __name__ == "__main__":
    main()
