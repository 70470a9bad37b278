#!/usr/bin/env python3
"""Makes data/vectors.bin: a vector for each word piece, distilled from the encoder that we start from.

usage: vectors.py WORK > data/vectors.bin       (WORK: the folder of train/run, with its venv's Python)

Each piece goes through MiniLM-L6 alone ([CLS] piece [SEP]); the mean of the states, less the mean over all
pieces, brought to length one, is cut to its first principal components (after Minish Lab's Model2Vec, 2024).
Layout: "SAYSOVEC1\\n", u32 pieces, u32 width; of each piece a byte with its length and its letters; then of
each piece an f32 scale and `width` signed bytes. Numbers are little-endian.
"""
import struct
import sys
from pathlib import Path

import numpy as np
import torch

from sayso_train import corpora, model

WIDTH = 128
FIRST_WORD = 1000  # the pieces before are marks and single letters


def states(work):
    encoder = model.minilm(corpora.minilm_tensors(work)).encoder.eval()
    tokenizer = corpora.tokenizer(work)
    first, last = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    n, out = tokenizer.get_vocab_size(), []
    with torch.no_grad():
        for start in range(0, n, 1024):
            ids = torch.tensor([[first, i, last] for i in range(start, min(n, start + 1024))])
            none = torch.zeros_like(ids)
            out.append(encoder(ids, none, none, torch.ones_like(ids, dtype=torch.bool)).mean(1).numpy())
    pieces = sorted(tokenizer.get_vocab().items(), key=lambda row: row[1])
    return [piece for piece, _ in pieces], np.concatenate(out)


def main(work):
    pieces, x = states(Path(work))
    x = x - x.mean(0)
    x /= np.linalg.norm(x, axis=1, keepdims=True) + 1e-9
    words = x[FIRST_WORD:]
    _, _, axes = np.linalg.svd(words - words.mean(0), full_matrices=False)
    x = x @ axes[:WIDTH].T
    out = sys.stdout.buffer
    out.write(b"SAYSOVEC1\n" + struct.pack("<II", len(pieces), WIDTH))
    for piece in pieces:
        letters = piece.encode()
        out.write(bytes([len(letters)]) + letters)
    for row in x:
        scale = float(np.abs(row).max()) / 127 or 1.0
        out.write(struct.pack("<f", scale) + np.round(row / scale).astype(np.int8).tobytes())


if __name__ == "__main__":
    torch.set_num_threads(1)
    main(*sys.argv[1:])
