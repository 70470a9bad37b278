"""A trained reader as the weights file that the program loads.

The file: eight bytes `SAYSOW01`, the header's length (u32, little endian), the
header (JSON), then sections at multiples of 64 bytes from the payload's start.
Matrices are laid out input x output. The encoder's have 7-bit weights in int8, one
scale an output channel: seven bits, so that processors without a dot-product
instruction do not saturate and all give the same result.
"""
import hashlib
import json
import struct

import numpy as np
import torch

MAGIC = b"SAYSOW01"
LIMIT = 63


def array(parameter):
    return parameter.detach().float().numpy()


def quantise(weight):
    """Rows (output channels) as integers within ±63 with one scale each."""
    scale = np.abs(weight).max(1, keepdims=True) / LIMIT
    scale[scale == 0] = 1
    return np.rint(weight / scale).clip(-LIMIT, LIMIT).astype(np.int8), scale[:, 0].astype(np.float32)


def input_peaks(reader, windows):
    """For each linear map of the encoder and its heads the largest input of every feature on some windows."""
    peaks, hooks = {}, []

    def watch(name, module):
        def hook(_, inputs):
            seen = inputs[0].detach().abs().reshape(-1, inputs[0].shape[-1]).amax(0)
            peaks[name] = torch.maximum(peaks[name], seen) if name in peaks else seen
        hooks.append(module.register_forward_pre_hook(hook))

    for i, layer in enumerate(reader.encoder.layers):
        for part in ("qkv", "out", "up", "down"):
            watch(f"layer{i}.{part}", getattr(layer, part))
    watch("heads", reader.cue_any[0])
    with torch.no_grad():
        for w in windows:
            inputs = [torch.from_numpy(a)[None] for a in (w.ids, w.shapes, w.quotes)]
            reader(*inputs, torch.ones(1, len(w.ids), dtype=torch.bool))
    for hook in hooks:
        hook.remove()
    return {name: peak.numpy() for name, peak in peaks.items()}


def smoothing(peak, *weights):
    """Factors for a map's inputs that even out inputs and weights (SmoothQuant, alpha 0.5)."""
    heaviest = np.max([np.abs(w).max(0) for w in weights], axis=0)
    factor = np.sqrt(np.maximum(heaviest, 1e-5) / np.maximum(peak, 1e-5))
    return (factor / np.exp(np.log(factor).mean())).astype(np.float32)


def encoder_sections(reader, peaks):
    """The layers and the cue outputs; the attention's scale is folded into the queries."""
    encoder, out = reader.encoder, {}

    def linear(name, weight, bias, smooth=None):
        if smooth is None:
            smooth = out[name + ".smooth"] = smoothing(peaks[name], weight)
        weights, scales = quantise(weight / smooth)
        out[name + ".weight"], out[name + ".scale"], out[name + ".bias"] = weights.T, scales, bias

    def norm(name, module):
        out[name + ".weight"], out[name + ".bias"] = array(module.weight), array(module.bias)

    norm("norm", encoder.norm)
    for i, layer in enumerate(encoder.layers):
        width = layer.out.weight.shape[0]
        scale = np.ones((3 * width, 1), np.float32)
        scale[:width] = (width // layer.heads) ** -0.5
        linear(f"layer{i}.qkv", array(layer.qkv.weight) * scale, array(layer.qkv.bias) * scale[:, 0])
        linear(f"layer{i}.out", array(layer.out.weight), array(layer.out.bias))
        linear(f"layer{i}.up", array(layer.up.weight), array(layer.up.bias))
        linear(f"layer{i}.down", array(layer.down.weight), array(layer.down.bias))
        norm(f"layer{i}.norm1", layer.norm1)
        norm(f"layer{i}.norm2", layer.norm2)
    heads = (("any", reader.cue_any), ("outer", reader.cue_outer), ("names", reader.names), ("happen", reader.events.trigger))
    tokens = (("token", reader.roles.token), ("event.token", reader.events.roles.token))
    shared = smoothing(peaks["heads"], *(array(head[0].weight) for _, head in heads), *(array(t.weight) for _, t in tokens))
    out["heads.smooth"] = shared
    for name, head in heads:
        linear(name + ".hidden", array(head[0].weight), array(head[0].bias), shared)
        plain(out, name + ".last", head[2])
    for name, token in tokens:
        linear(name, array(token.weight), array(token.bias), shared)
    plain(out, "event.facts", reader.events.facts[0])
    plain(out, "event.told", reader.events.facts[2])
    return out


def plain(out, name, module):
    """A linear map in floats, laid out input x output."""
    out[name + ".weight"], out[name + ".bias"] = array(module.weight).T, array(module.bias)


def role_sections(roles, name):
    """A role head's tensors, matrices laid out input x output."""
    out = {
        name + ".distance": array(roles.distance.weight)[roles.buckets.numpy()], name + ".inside": array(roles.inside),
        name + ".first.weight": array(roles.first.weight), name + ".first.bias": array(roles.first.bias),
        name + ".last.weight": array(roles.last.weight), name + ".last.bias": array(roles.last.bias),
    }
    plain(out, name + ".cue", roles.cue)
    plain(out, name + ".out", roles.out)
    for i, mix in enumerate(roles.mixes):
        p = f"{name}.mix{i}."
        out[p + "norm.weight"], out[p + "norm.bias"] = array(mix.norm.weight), array(mix.norm.bias)
        kernel = array(mix.conv.weight)                                       # output x input x taps
        weights, scales = quantise(kernel.transpose(0, 2, 1).reshape(kernel.shape[0], -1))
        out[p + "conv.weight"], out[p + "conv.scale"] = weights.T, scales     # (taps x input) x output
        out[p + "conv.bias"] = array(mix.conv.bias)
    return out


def write(reader, vocabulary, settings, windows, path):
    """Writes the weights file whole and returns its SHA-256; `windows` are texts to measure activations on."""
    words, scales = quantise_rows(array(reader.encoder.words.weight))
    sections = {
        "vocabulary": "\n".join(vocabulary).encode(),
        "words": words, "words.scale": scales,
        "positions": array(reader.encoder.positions.weight),
        "shapes": array(reader.encoder.shapes.weight), "quotes": array(reader.encoder.quotes.weight),
        **encoder_sections(reader, input_peaks(reader, windows)),
        **role_sections(reader.roles, "roles"),
        **role_sections(reader.events.roles, "event.roles"),
    }
    payload, index = bytearray(), []
    for name, value in sections.items():
        payload += b"\0" * (-len(payload) % 64)
        raw = value if isinstance(value, bytes) else np.ascontiguousarray(value).tobytes()
        kind = "bytes" if isinstance(value, bytes) else {"int8": "i8", "float32": "f32"}[value.dtype.name]
        shape = [len(raw)] if isinstance(value, bytes) else list(value.shape)
        index.append({"name": name, "type": kind, "shape": shape, "offset": len(payload), "length": len(raw)})
        payload += raw
    header = json.dumps({"format": 1, "digest": hashlib.sha256(payload).hexdigest(),
                         "sections": index, "settings": settings}, separators=(",", ":")).encode()
    header += b" " * (-(len(MAGIC) + 4 + len(header)) % 64)
    data = MAGIC + struct.pack("<I", len(header)) + header + bytes(payload)
    path.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def quantise_rows(table):
    scale = np.abs(table).max(1) / 127
    scale[scale == 0] = 1
    return np.rint(table / scale[:, None]).clip(-127, 127).astype(np.int8), scale.astype(np.float32)
