"""Fits a reader to windows: gold labels, a teacher's probabilities, or both."""
import json
import time
from dataclasses import asdict, dataclass

import numpy as np
import torch
import torch.nn.functional as F

from . import data, events
from .model import (DEVICE, EVENT_KINDS, EVENT_LABELS, EVENT_REACH, LABELS, NAME_LABELS, NAME_LAYERS, REACH, REACH_AHEAD,
                    REACH_BACK, autocast)

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
    attributions: float = 1.0  # weight of cues and their roles
    events: float = 1.0        # weight of triggers and what belongs to them
    parts: float = 1.0         # weight of the roles around triggers: nearly all pieces play none
    triggers_a_step: int = 128
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
    marked = np.full((n, t, 2), -100, np.int64)
    soft_marked, has_marked = np.zeros((n, t, 2, 3), np.float32), np.zeros((n, t, 2), bool)
    cues, triggers = [], []
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
        if w.happen is not None:
            marked[i, :k] = w.happen
        if w.teacher_happen is not None:
            soft_marked[i, :k], has_marked[i, :k] = w.teacher_happen, True
        cues += [(i, c) for c in w.cues]
        triggers += [(i, x) for x in w.triggers]
    if training and config.masked:
        hit = rng.random((n, t)) < config.masked
        ids[hit & mask] = MASK_PIECE + config.shift
    if training:
        cues, triggers = drawn(cues, config.cues_a_step, rng), drawn(triggers, config.triggers_a_step, rng)
    as_tensor = lambda a: torch.from_numpy(a).to(DEVICE, non_blocking=True)
    return (as_tensor(ids), as_tensor(shapes), as_tensor(quotes), as_tensor(mask),
            as_tensor(any_), as_tensor(outer), as_tensor(soft), as_tensor(has_soft),
            as_tensor(named), as_tensor(soft_named), as_tensor(has_named),
            as_tensor(marked), as_tensor(soft_marked), as_tensor(has_marked), cues, triggers)


def drawn(items, most, rng):
    return [items[j] for j in sorted(rng.choice(len(items), most, replace=False))] if len(items) > most else items


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
    return tuple(torch.from_numpy(a).to(DEVICE) for a in (gold, soft, has))


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


def columns(items):
    """Window, start and end of cues or triggers (row, item), filled up to a multiple of 16."""
    padded = items + items[:1] * (-len(items) % 16)
    rows = [(i, x.start, x.end) for i, x in padded]
    return torch.tensor(rows, device=DEVICE).T


def attribution_loss(reader, states, cue_any, cue_outer, batch, config):
    any_, outer, soft, has_soft, cues = batch
    loss = 2 * blended(cue_any, any_, soft[0], has_soft, config) + 2 * blended(cue_outer, outer, soft[1], has_soft, config)
    if cues:
        logits, valid = reader.roles(states, *columns(cues))
        gold, taught, has = role_targets(cues)
        logits, valid = logits[:len(cues)], valid[:len(cues)]
        gold = torch.where(valid, gold, torch.full_like(gold, -100))
        loss = loss + blended(logits, gold, taught, has[:, None] & valid, config)
    return loss


def event_targets(triggers):
    """Gold (-100 where there is none) and a teacher's probabilities of kinds, realis and roles; judgements of factuality."""
    n = len(triggers)
    kind, realis = np.full(n, -100, np.int64), np.full(n, -100, np.int64)
    value = np.full(n, np.nan, np.float32)
    soft_kind, soft_realis = np.zeros((n, EVENT_KINDS), np.float32), np.zeros((n, len(events.REALIS)), np.float32)
    roles = np.full((n, 2 * EVENT_REACH), -100, np.int64)
    soft_roles, has, has_kind = np.zeros((n, 2 * EVENT_REACH, EVENT_LABELS), np.float32), np.zeros(n, bool), np.zeros(n, bool)
    for j, (_, x) in enumerate(triggers):
        kind[j], realis[j], value[j] = x.kind, x.realis, x.value
        if x.labels is not None:
            a = x.start - EVENT_REACH
            lo, hi = max(a, 0), min(a + 2 * EVENT_REACH, len(x.labels))
            roles[j, lo - a:hi - a] = x.labels[lo:hi]
        if x.teacher_realis is not None:
            soft_realis[j], has[j] = x.teacher_realis, True
        if x.teacher_kind is not None:
            soft_kind[j], soft_roles[j], has_kind[j] = x.teacher_kind, x.teacher_roles, True
    return [torch.from_numpy(a).to(DEVICE) for a in (kind, realis, value, soft_kind, soft_realis, roles, soft_roles, has, has_kind)]


TYPE_OF_KIND = torch.tensor([events.TYPES.index(t) for t, _ in events.KINDS])


def type_loss(logits, kind):
    """The type alone, its modes taken together."""
    known = kind >= 0
    if not known.any():
        return logits.new_zeros(())
    types = TYPE_OF_KIND.to(logits.device)
    p = torch.zeros(len(logits), len(events.TYPES), device=logits.device).index_add_(1, types, logits.softmax(-1))
    return F.nll_loss(p[known].clamp(min=1e-6).log(), types[kind[known]])


def event_loss(reader, states, happen, batch, config):
    """Triggers on every piece; kind, realis and roles of those that are known."""
    marked, soft, has_soft, triggers = batch
    loss = 2 * blended(happen, marked, soft, has_soft, config)
    if triggers:
        kind, realis, value, soft_kind, soft_realis, roles, soft_roles, has, has_kind = event_targets(triggers)
        at = columns(triggers)
        kinds, mode = (x[:len(triggers)].float() for x in reader.events.told(states, *at))
        loss = loss + 0.5 * blended(kinds, kind, soft_kind, has_kind, config) + 0.5 * type_loss(kinds, kind)
        loss = loss + blended(mode, realis, soft_realis, has, config)
        judged = ~value.isnan()
        if judged.any():
            scale = torch.tensor(events.SCALE, device=DEVICE)
            expected = (mode[judged].softmax(-1) * scale).sum(-1)
            loss = loss + F.smooth_l1_loss(expected / 3, value[judged] / 3)
        logits, valid = reader.events.roles(states, *at)
        logits, valid = logits[:len(triggers)], valid[:len(triggers)]
        roles = torch.where(valid, roles, torch.full_like(roles, -100))
        loss = loss + config.parts * blended(logits, roles, soft_roles, has_kind[:, None] & valid, config)
    return loss


def loss_of(reader, batch, config, training, rng):
    (ids, shapes, quotes, mask, any_, outer, soft, has_soft, named, soft_named, has_named, marked, soft_marked, has_marked,
     cues, triggers) = tensors(batch, config, training, rng)
    with autocast():
        states, cue_any, cue_outer, names, happen = reader(ids, shapes, quotes, mask)
        loss = states.new_zeros(())
        if config.attributions:
            loss = loss + config.attributions * attribution_loss(reader, states, cue_any, cue_outer, (any_, outer, soft, has_soft, cues), config)
        if config.names:
            loss = loss + config.names * blended(names, named, soft_named, has_named, config)
        if config.events:
            loss = loss + config.events * event_loss(reader, states, happen, (marked, soft_marked, has_marked, triggers), config)
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
    reader.to(DEVICE)
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
                print(f"{config.name} epoch {epoch} step {step}/{steps} loss {np.mean(shown[-20:]):.4f} "
                      f"{time.time() - began:.0f} s", flush=True)
        if path:
            torch.save(reader.state_dict(), path)
    if averaged:
        with torch.no_grad():
            for p, a in zip(reader.parameters(), averaged):
                p.copy_(a)
        if path:
            torch.save(reader.state_dict(), path)
    reader.eval()
