"""The reader's network: an encoder, two cue outputs, a names output, and a role head for one cue.

Shapes: B windows, T pieces, C cues, R reach (positions around a cue's start), H width.
"""
import math

import torch
import torch.nn.functional as F
from torch import nn

DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")

REACH_BACK, REACH_AHEAD = 128, 128
REACH = REACH_BACK + REACH_AHEAD
LABELS = 9
NAME_LAYERS, NAME_LABELS = 2, 13        # as in `names`
EVENT_REACH = 64                        # pieces on either side of a trigger's start
EVENT_LABELS = 11                       # as in `events`: outside, then begin and inside of five roles
EVENT_KINDS, REALIS = 84, 6             # as in `events`


def autocast():
    return torch.autocast(DEVICE.type, torch.bfloat16)


class SharedDropout(nn.Module):
    """Drops a feature for a whole window (one draw a window, cheap on a CPU)."""

    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training or self.p == 0:
            return x
        keep = torch.rand(x.shape[0], 1, x.shape[-1], device=x.device).ge_(self.p).to(x.dtype).div_(1 - self.p)
        return x * keep


class Layer(nn.Module):
    """A post-norm Transformer layer with plain attention."""

    def __init__(self, width, heads, inner, eps, dropout, shared):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps)
        self.drop = SharedDropout(dropout) if shared else nn.Dropout(dropout)

    def forward(self, x, bias):
        b, t, h = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, h // self.heads).permute(2, 0, 3, 1, 4)
        a = torch.matmul(q * (q.shape[-1] ** -0.5), k.transpose(-1, -2)) + bias
        a = torch.matmul(a.softmax(-1).to(v.dtype), v)
        x = self.norm1(x + self.drop(self.out(a.transpose(1, 2).reshape(b, t, h))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """MiniLM, or MPNet (with its relative position bias) for a teacher."""

    def __init__(self, vocabulary, width, layers, heads, inner, positions, eps, relative=False, dropout=0.1, shared=True):
        super().__init__()
        self.words = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(positions, width)
        self.shapes = nn.Embedding(6, width)
        self.quotes = nn.Embedding(3, width)
        nn.init.zeros_(self.shapes.weight)
        nn.init.zeros_(self.quotes.weight)
        self.norm = nn.LayerNorm(width, eps)
        self.layers = nn.ModuleList(Layer(width, heads, inner, eps, dropout, shared) for _ in range(layers))
        self.relative = nn.Embedding(32, heads) if relative else None
        self.first_position = 2 if relative else 0
        self.drop = SharedDropout(dropout) if shared else nn.Dropout(dropout)

    def forward(self, ids, shapes, quotes, mask):
        t = ids.shape[1]
        place = torch.arange(t, device=ids.device) + self.first_position
        x = self.words(ids) + self.positions(place) + self.shapes(shapes) + self.quotes(quotes)
        x = self.drop(self.norm(x))
        bias = torch.zeros(ids.shape[0], 1, 1, t, device=ids.device).masked_fill_(~mask[:, None, None, :], -1e4)
        if self.relative is not None:
            bias = bias + self.relative(relative_buckets(t).to(ids.device)).permute(2, 0, 1)
        if torch.is_autocast_enabled(DEVICE.type):
            bias = bias.bfloat16()
        for layer in self.layers:
            x = layer(x, bias)
        return x


def relative_buckets(t, buckets=32, far=128):
    """MPNet's (T5's) signed logarithmic buckets of key minus query position."""
    distance = torch.arange(t)[:, None] - torch.arange(t)[None, :]
    half = buckets // 2
    out = (distance < 0).long() * half
    distance = distance.abs()
    near = half // 2
    log = near + (torch.log(distance.clamp(min=1).float() / near) / math.log(far / near) * (half - near)).long()
    return out + torch.where(distance < near, distance, log.clamp(max=half - 1))


def distance_buckets(reach):
    """64 signed logarithmic buckets for the positions -reach … reach-1 around a cue."""
    out = []
    for d in range(-reach, reach):
        n = abs(d)
        b = n if n < 16 else min(31, 16 + int(math.log(n / 16) / math.log(REACH_AHEAD / 16) * 15))
        out.append(b + (32 if d < 0 else 0))
    return torch.tensor(out)


class Wide(nn.Module):
    """A residual convolution over all features."""

    def __init__(self, width, kernel, dilation):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.conv = nn.Conv1d(width, width, kernel, padding=dilation * (kernel // 2), dilation=dilation)

    def forward(self, z):
        return z + F.gelu(self.conv(self.norm(z).transpose(1, 2)).transpose(1, 2))


class Mix(nn.Module):
    """A residual depthwise convolution with a pointwise product behind it."""

    def __init__(self, width, kernel, dilation):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.depth = nn.Conv1d(width, width, kernel, padding=dilation * (kernel // 2), dilation=dilation, groups=width)
        self.point = nn.Linear(width, width)

    def forward(self, z):
        y = self.depth(self.norm(z).transpose(1, 2)).transpose(1, 2)
        return z + self.point(F.gelu(y))


class Roles(nn.Module):
    """Labels of the pieces around one cue or trigger.

    Of a cue: outside, source, content (begin, inside, end, unit); of a trigger: see `events`.
    """

    def __init__(self, width, inner, wide=False, reach=REACH_AHEAD, labels=LABELS):
        super().__init__()
        self.reach = reach
        self.token = nn.Linear(width, 2 * inner)
        self.cue = nn.Linear(width, 2 * inner)
        self.distance = nn.Embedding(64, inner)
        self.inside = nn.Parameter(torch.zeros(inner))
        nn.init.normal_(self.distance.weight, std=0.02)
        self.first = nn.LayerNorm(inner)
        self.mixes = nn.ModuleList([Wide(inner, 5, d) for d in (1, 3)] if wide else [Mix(inner, 5, d) for d in (1, 3, 9)])
        self.last = nn.LayerNorm(inner)
        self.out = nn.Linear(inner, labels)
        self.register_buffer("buckets", distance_buckets(reach), persistent=False)

    def forward(self, states, window, start, end, dropout=0.0):
        """states B x T x H; window, start, end: C integers. Gives C x 2 reach x labels and the valid positions."""
        t = states.shape[1]
        place = start[:, None] + torch.arange(-self.reach, self.reach, device=states.device)[None, :]
        valid = (place >= 0) & (place < t)
        c = mean_state(states, window, start, end)
        a, g = self.token(states).chunk(2, -1)
        b, s = self.cue(c).chunk(2, -1)
        at = (window[:, None], place.clamp(0, t - 1))
        inside = ((place >= start[:, None]) & (place < end[:, None])).to(a.dtype)[..., None]
        z = a[at] + b[:, None] + self.distance(self.buckets)[None] + g[at] * s[:, None] + inside * self.inside
        z = F.gelu(self.first(z)) * valid[..., None].to(a.dtype)
        for mix in self.mixes:
            z = mix(z)
        return self.out(F.gelu(self.last(z))), valid


def mean_state(states, window, start, end):
    """The mean of the states of pieces start … end of each row `window`."""
    steps = torch.arange(states.shape[1], device=states.device)[None, :]
    span = ((steps >= start[:, None]) & (steps < end[:, None])).to(states.dtype)
    return torch.bmm(span[:, None, :], states[window])[:, 0] / (end - start)[:, None].to(states.dtype)


class Events(nn.Module):
    """Triggers on every piece; for one trigger its kind (type and mode), its realis, and the roles around it."""

    def __init__(self, width, inner):
        super().__init__()
        # outside, begin, inside of an event; the same of any happening at all
        self.trigger = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, 6))
        self.facts = nn.Sequential(nn.Linear(width, 256), nn.GELU(), nn.Linear(256, EVENT_KINDS + REALIS))
        self.roles = Roles(width, inner, True, EVENT_REACH, EVENT_LABELS)

    def told(self, states, window, start, end):
        """Scores of the kinds and of realis for each trigger."""
        return self.facts(mean_state(states, window, start, end)).split((EVENT_KINDS, REALIS), -1)


class Reader(nn.Module):
    def __init__(self, encoder, width, inner, wide=False):
        super().__init__()
        self.encoder = encoder
        self.cue_any = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, 3))
        self.cue_outer = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, 3))
        self.roles = Roles(width, inner, wide)
        self.names = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, NAME_LAYERS * NAME_LABELS))
        self.events = Events(width, inner)

    def forward(self, ids, shapes, quotes, mask):
        """Token states; scores of both cue outputs B x T x 3; of names B x T x layers x labels; of triggers B x T x 2 x 3."""
        states = self.encoder(ids, shapes, quotes, mask)
        names = self.names(states).unflatten(-1, (NAME_LAYERS, NAME_LABELS))
        return states, self.cue_any(states), self.cue_outer(states), names, self.events.trigger(states).unflatten(-1, (2, 3))


def minilm_empty(inner=128, dropout=0.1, wide=False, shared=True):
    """A network of MiniLM's shape with random weights."""
    return Reader(Encoder(30522, 384, 6, 12, 1536, 512, 1e-12, dropout=dropout, shared=shared), 384, inner, wide)


def minilm(tensors, inner=128, dropout=0.1, wide=False, shared=True):
    """MiniLM-L6 with the token-type row added into the positions."""
    reader = minilm_empty(inner, dropout, wide, shared)
    e = reader.encoder
    t = {k.removeprefix("bert."): v for k, v in tensors.items()}
    with torch.no_grad():
        e.words.weight.copy_(t["embeddings.word_embeddings.weight"])
        e.positions.weight.copy_(t["embeddings.position_embeddings.weight"] + t["embeddings.token_type_embeddings.weight"][0])
        copy_norm(e.norm, t, "embeddings.LayerNorm")
        for i, layer in enumerate(e.layers):
            p = f"encoder.layer.{i}."
            fill_layer(layer, t, p, [p + "attention.self." + n for n in ("query", "key", "value")],
                       p + "attention.output.dense", p + "attention.output.LayerNorm")
    return reader


def mpnet(tensors, inner=256, dropout=0.1):
    """MPNet-base; its vocabulary is MiniLM's moved up by four places."""
    t = {k.removeprefix("mpnet."): v for k, v in tensors.items()}
    rows = t["embeddings.word_embeddings.weight"].shape[0]
    e = Encoder(rows, 768, 12, 12, 3072, 514, 1e-5, relative=True, dropout=dropout)
    with torch.no_grad():
        e.words.weight.copy_(t["embeddings.word_embeddings.weight"])
        e.positions.weight.copy_(t["embeddings.position_embeddings.weight"])
        e.relative.weight.copy_(t["encoder.relative_attention_bias.weight"])
        copy_norm(e.norm, t, "embeddings.LayerNorm")
        for i, layer in enumerate(e.layers):
            p = f"encoder.layer.{i}."
            fill_layer(layer, t, p, [p + "attention.attn." + n for n in "qkv"],
                       p + "attention.attn.o", p + "attention.LayerNorm")
    return Reader(e, 768, inner)


def copy_norm(norm, t, name):
    norm.weight.copy_(t[name + ".weight"])
    norm.bias.copy_(t[name + ".bias"])


def fill_layer(layer, t, p, qkv, out, norm1):
    layer.qkv.weight.copy_(torch.cat([t[n + ".weight"] for n in qkv]))
    layer.qkv.bias.copy_(torch.cat([t[n + ".bias"] for n in qkv]))
    for linear, name in ((layer.out, out), (layer.up, p + "intermediate.dense"), (layer.down, p + "output.dense")):
        linear.weight.copy_(t[name + ".weight"])
        linear.bias.copy_(t[name + ".bias"])
    copy_norm(layer.norm1, t, norm1)
    copy_norm(layer.norm2, t, p + "output.LayerNorm")
