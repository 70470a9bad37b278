"""A network back from the weights file that ships, to go on training where no checkpoint is left.

Weights come back rounded to the file's 8 bits; what `export` folded together is taken apart again.
"""
import json
import struct

import numpy as np
import torch

from . import export, model


def sections(path):
    """The file's tensors by name, in 32-bit floats or as integers, and its vocabulary."""
    raw = path.read_bytes()
    if raw[:8] != export.MAGIC:
        raise SystemExit(f"{path} is no weights file")
    length, = struct.unpack("<I", raw[8:12])
    header = json.loads(raw[12:12 + length])
    out = {}
    for s in header["sections"]:
        body = raw[12 + length + s["offset"]:][:s["length"]]
        out[s["name"]] = body if s["type"] == "bytes" else np.frombuffer(
            body, {"i8": np.int8, "f32": np.float32}[s["type"]]).reshape(s["shape"])
    return out


def into(parameter, value):
    with torch.no_grad():
        parameter.copy_(torch.from_numpy(np.ascontiguousarray(value, np.float32)))


def reader(path):
    """The network of a weights file; outputs that the file does not have keep their first random weights."""
    s = sections(path)
    out = model.minilm_empty(wide=True, shared=False)
    e = out.encoder

    def linear(name, module, smooth=None, rows=slice(None), scale=1.0):
        smooth = s[name + ".smooth"] if smooth is None else smooth
        weight = (s[name + ".weight"].astype(np.float32) * s[name + ".scale"]).T * smooth
        into(module.weight, weight[rows] / scale)
        into(module.bias, s[name + ".bias"][rows] / (scale[:, 0] if isinstance(scale, np.ndarray) else scale))

    def plain(name, module):
        into(module.weight, s[name + ".weight"].T)
        into(module.bias, s[name + ".bias"])

    def norm(name, module):
        into(module.weight, s[name + ".weight"])
        into(module.bias, s[name + ".bias"])

    into(e.words.weight, s["words"].astype(np.float32) * s["words.scale"][:, None])
    for name, table in (("positions", e.positions), ("shapes", e.shapes), ("quotes", e.quotes)):
        into(table.weight, s[name])
    norm("norm", e.norm)
    for i, layer in enumerate(e.layers):
        width = layer.out.weight.shape[0]
        scale = np.ones((3 * width, 1), np.float32)
        scale[:width] = (width // layer.heads) ** -0.5
        linear(f"layer{i}.qkv", layer.qkv, scale=scale)
        for part in ("out", "up", "down"):
            linear(f"layer{i}.{part}", getattr(layer, part))
        norm(f"layer{i}.norm1", layer.norm1)
        norm(f"layer{i}.norm2", layer.norm2)
    shared = s["heads.smooth"]
    heads = [("any", out.cue_any), ("outer", out.cue_outer), ("names", out.names)]
    if "happen.hidden.weight" in s:
        heads.append(("happen", out.events.trigger))
    for name, head in heads:
        linear(name + ".hidden", head[0], shared)
        plain(name + ".last", head[2])
    roles(s, "roles", "token", out.roles, shared, linear, plain, norm)
    if "event.roles.distance" in s:
        roles(s, "event.roles", "event.token", out.events.roles, shared, linear, plain, norm)
        plain("event.facts", out.events.facts[0])
        plain("event.told", out.events.facts[2])
    return out


def roles(s, name, token, head, shared, linear, plain, norm):
    linear(token, head.token, shared)
    plain(name + ".cue", head.cue)
    buckets = head.buckets.cpu().numpy()
    distance = head.distance.weight.detach().cpu().numpy().copy()
    distance[buckets] = s[name + ".distance"]
    into(head.distance.weight, distance)
    into(head.inside, s[name + ".inside"])
    norm(name + ".first", head.first)
    norm(name + ".last", head.last)
    plain(name + ".out", head.out)
    for i, mix in enumerate(head.mixes):
        p = f"{name}.mix{i}."
        norm(p + "norm", mix.norm)
        outputs, inputs, taps = mix.conv.weight.shape
        weight = (s[p + "conv.weight"].astype(np.float32) * s[p + "conv.scale"]).T
        into(mix.conv.weight, weight.reshape(outputs, taps, inputs).transpose(0, 2, 1))
        into(mix.conv.bias, s[p + "conv.bias"])
