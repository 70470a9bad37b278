"""What the Rust reader must agree with: the tokenizer's pieces, and the network's own probabilities.

Writes `crates/sayso-encode/tests/data/pieces.json` and `probabilities.json`.
"""
import json

import torch

from . import data

TEXTS = [
    "The ministry said on Monday: “We deny it.” Nobody, it added, was hurt.",
    "Café owners in Tōkyō, naïve or not, didn't pay €1,200.50 (about $1,400).",
    "ﬁne ligature; soft\u00adhyphen; zero\u200bwidth; no\u00a0break; tab\tand\u2028line",
    "MCCAIN: ''NO''—said McCain's iPhone at 5:30 p.m. on Nov. 3rd/4th, 2020…",
    "北京 and 서울 and Ω and Straße and İstanbul and ÅNGSTRÖM and e\u0301tat",
    "«Niet», „nein“, ‘no’, \"no\" ``no'' and 🚀 rockets \ufffd \u0000 end",
    "antidisestablishmentarianism " + "x" * 101 + " al-Araby al-Jadeed @KataibHezbollah #Iraq http://t.me/x?y=1&z=2",
    "\n\n“First paragraph.\n\n“Second,” he said.\n   indented\r\nwindows",
]
SAMPLE = (
    "Militia threatens new strikes, minister says\n\n"
    "The defence minister, Layla Haddad, told reporters on Tuesday that “nobody will be left behind,” and denied that any of her "
    "soldiers had crossed the river. According to a post on a Telegram channel, the group claimed it had fired four rockets. "
    "“We are ready,” the post said, “and they know it.”"
)


def write(reader, tokenizer, folder):
    folder.mkdir(parents=True, exist_ok=True)
    records = []
    for text in TEXTS + [SAMPLE]:
        ids, shapes, quotes, offsets = data.pieces(tokenizer, text)
        records.append({"text": text, "ids": ids.tolist(), "shapes": shapes.tolist(), "quotes": quotes.tolist(), "offsets": offsets.tolist()})
    (folder / "pieces.json").write_text(json.dumps(records, ensure_ascii=True, indent=0) + "\n")
    ids, shapes, quotes, _ = data.pieces(tokenizer, SAMPLE)
    inputs = [torch.from_numpy(a)[None] for a in (ids, shapes, quotes)]
    with torch.no_grad():
        _, any_, outer, names, happen = reader(*inputs, torch.ones(1, len(ids), dtype=torch.bool))
    outputs = (("any", any_.softmax(-1)), ("outer", outer.softmax(-1)), ("names", names.softmax(-1).flatten(2)),
               ("happen", happen.softmax(-1).flatten(2)))
    rounded = {name: [[round(p, 5) for p in row] for row in rows[0].tolist()] for name, rows in outputs}
    (folder / "probabilities.json").write_text(json.dumps({"text": SAMPLE, **rounded}, ensure_ascii=True) + "\n")
