"""Fits a reader to windows: gold labels, a teacher's probabilities, or both."""
import json
import time
from dataclasses import asdict, dataclass

import numpy as np
import torch
import torch.nn.functional as F

from . import data
from .model import LABELS, NAME_LABELS, NAME_LAYERS, REACH, REACH_AHEAD, REACH_BACK

MASK_PIECE = 103      # [MASK] in MiniLM's vocabulary; a teacher's vocabulary is shifted by `shift`


@dataclass
class Config:
    name: str
    seed: int = 1
    epochs: int = 4
    batch: int = 12
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    layer_decay: float = 1.0
    decay: float = 0.01
    warmup: float = 0.06
    smoothing: float = 0.03
    masked: float = 0.08
    soft: float = 0.0          # weight of the teacher where a window has gold too
    average: float = 0.0       # decay of the moving average of weights; 0: none
    all_upper: float = 0.0     # share of windows shown as if in capitals
    cues_a_step: int = 96
    names: float = 2.0         # weight of the names output
    shift: int = 0


def tensors(batch, config, training, rng):
    """Padded inputs and targets of one batch."""
    n, t = len(batch), -(-max(len(w.ids) for w in batch) // 64) * 64
    ids = np.zeros((n, t), np.int64)
    shapes, quotes = np.full((n, t), 5, np.int64), np.zeros((n, t), np.int64)
    mask = np.zeros((n, t), bool)
    outer, any_ = np.full((n, t), -100, np.int64), np.full((n, t), -100, np.int64)
    soft = np.zeros((2, n, t, 3), np.float32)
    has_soft = np.zeros((n, t), bool)
    named = np.full((n, t, NAME_LAYERS), -100, np.int64)
    soft_named, has_named = np.zeros((n, t, NAME_LAYERS, NAME_LABELS), np.float32), np.zeros((n, t, NAME_LAYERS), bool)
    cues = []
    for i, w in enumerate(batch):
        k = len(w.ids)
        ids[i, :k] = w.ids + config.shift
        shapes[i, :k], quotes[i, :k], mask[i, :k] = w.shapes, w.quotes, True
        if training and rng.random() < config.all_upper:
            shapes[i, :k] = np.where(w.shapes < 4, 2, w.shapes)
        if w.outer is not None:
            outer[i, :k] = w.outer
            any_[i, :k] = np.where(w.silent & (w.outer == 0), -100, w.outer)
        if w.teacher_any is not None:
            soft[0, i, :k], soft[1, i, :k], has_soft[i, :k] = w.teacher_any, w.teacher_outer, True
        if w.names is not None:
            named[i, :k] = w.names.T
        if w.teacher_names is not None:
            soft_named[i, :k], has_named[i, :k] = w.teacher_names.transpose(1, 0, 2), True
        cues += [(i, c) for c in w.cues]
    if training and config.masked:
        hit = rng.random((n, t)) < config.masked
        ids[hit & mask] = MASK_PIECE + config.shift
    if len(cues) > config.cues_a_step and training:
        cues = [cues[j] for j in sorted(rng.choice(len(cues), config.cues_a_step, replace=False))]
    as_tensor = torch.from_numpy
    return (as_tensor(ids), as_tensor(shapes), as_tensor(quotes), as_tensor(mask),
            as_tensor(any_), as_tensor(outer), as_tensor(soft), as_tensor(has_soft),
            as_tensor(named), as_tensor(soft_named), as_tensor(has_named), cues)


def role_targets(cues, length=REACH):
    """Gold labels (-100 where there are none) and a teacher's probabilities around each cue."""
    gold = np.full((len(cues), length), -100, np.int64)
    soft = np.zeros((len(cues), length, LABELS), np.float32)
    has = np.zeros(len(cues), bool)
    for j, (_, c) in enumerate(cues):
        if c.labels is not None:
            a, b = c.start - REACH_BACK, c.start + REACH_AHEAD
            lo, hi = max(a, 0), min(b, len(c.labels))
            gold[j, lo - a:hi - a] = c.labels[lo:hi]
        if c.teacher is not None:
            soft[j], has[j] = c.teacher, True
    return torch.from_numpy(gold), torch.from_numpy(soft), torch.from_numpy(has)


def blended(logits, gold, soft, has_soft, config):
    """Cross entropy with gold, with a teacher, or their blend where both speak; mean over positions."""
    logits = logits.float()
    log = logits.log_softmax(-1)
    k = logits.shape[-1]
    has_gold = gold >= 0
    hard = -(1 - config.smoothing) * log.gather(-1, gold.clamp(min=0)[..., None])[..., 0] - config.smoothing / k * log.sum(-1)
    taught = -(soft * log).sum(-1)
    weight = torch.where(has_soft & has_gold, torch.full_like(hard, config.soft), has_soft.float())
    counted = has_gold | has_soft
    loss = torch.where(has_gold, hard, hard.new_zeros(())) * (1 - weight) + taught * weight
    return (loss * counted).sum() / counted.sum().clamp(min=1)


def loss_of(reader, batch, config, training, rng):
    ids, shapes, quotes, mask, any_, outer, soft, has_soft, named, soft_named, has_named, cues = tensors(batch, config, training, rng)
    with torch.autocast("cpu", torch.bfloat16):
        states, cue_any, cue_outer, names = reader(ids, shapes, quotes, mask)
        loss = 2 * blended(cue_any, any_, soft[0], has_soft, config) + 2 * blended(cue_outer, outer, soft[1], has_soft, config)
        loss = loss + config.names * blended(names, named, soft_named, has_named, config)
        if cues:
            pad = -len(cues) % 16
            padded = cues + cues[:1] * pad
            window = torch.tensor([i for i, _ in padded])
            start, end = torch.tensor([c.start for _, c in padded]), torch.tensor([c.end for _, c in padded])
            logits, valid = reader.roles(states, window, start, end)
            gold, taught, has = role_targets(cues)
            logits, valid = logits[:len(cues)], valid[:len(cues)]
            gold = torch.where(valid, gold, torch.full_like(gold, -100))
            loss = loss + blended(logits, gold, taught, has[:, None] & valid, config)
    return loss


def groups(reader, config):
    """Parameter groups: lower layers learn more slowly, norms and biases do not decay."""
    encoder = reader.encoder
    depth = len(encoder.layers)
    rate = {}
    for name, _ in reader.named_parameters():
        if not name.startswith("encoder."):
            rate[name] = config.head_rate
        elif ".shapes" in name or ".quotes" in name:
            rate[name] = config.head_rate
        elif name.startswith("encoder.layers."):
            rate[name] = config.encoder_rate * config.layer_decay ** (depth - 1 - int(name.split(".")[2]))
        else:
            rate[name] = config.encoder_rate * config.layer_decay ** depth
    out = {}
    for name, p in reader.named_parameters():
        decay = config.decay if p.dim() > 1 else 0.0
        out.setdefault((rate[name], decay), []).append(p)
    return [{"params": ps, "lr": r, "weight_decay": d, "peak": r} for (r, d), ps in out.items()]


def fit(reader, windows, config, path):
    """Trains in place; a line of figures every 20 steps; a checkpoint after each epoch."""
    torch.manual_seed(config.seed)
    rng = np.random.default_rng(config.seed)
    order = data.seeded(config.seed)
    optimizer = torch.optim.AdamW(groups(reader, config), betas=(0.9, 0.98), fused=True)
    steps = config.epochs * -(-len(windows) // config.batch)
    averaged = [p.detach().clone() for p in reader.parameters()] if config.average else None
    print(json.dumps(asdict(config)), len(windows), "windows", steps, "steps", flush=True)
    step, began, shown = 0, time.time(), []
    for epoch in range(config.epochs):
        reader.train()
        for batch in data.batches(windows, config.batch, order):
            scale = min((step + 1) / max(1, config.warmup * steps), (steps - step) / (steps * (1 - config.warmup)))
            for g in optimizer.param_groups:
                g["lr"] = g["peak"] * max(scale, 0.0)
            loss = loss_of(reader, batch, config, True, rng)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            step += 1
            shown.append(float(loss))
            if averaged:
                keep = min(config.average, (step + 1) / (step + 10))
                torch._foreach_lerp_(averaged, [p.detach() for p in reader.parameters()], 1 - keep)
            if step % 20 == 0:
                print(f"{config.name} epoch {epoch + step / steps * 0:.0f} step {step}/{steps} loss {np.mean(shown[-20:]):.4f} "
                      f"{time.time() - began:.0f} s", flush=True)
        torch.save(reader.state_dict(), path)
    if averaged:
        with torch.no_grad():
            for p, a in zip(reader.parameters(), averaged):
                p.copy_(a)
        torch.save(reader.state_dict(), path)
    reader.eval()
