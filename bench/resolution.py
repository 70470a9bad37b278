"""The part of the error sheet on who speaks: gold readings' fields, and names beside spaCy's."""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import common
from common import table

# figure of gold/score.py: its name, the share wanted
FIELDS = {
    "kind": ("kind of source", 85), "kind_macro": ("kind, mean over the kinds", 70), "anonymity": ("unnamed sources found and marked so, of all", 70),
    "entity": ("entity, where there is one", None), "entity_null": ("no entity, where there is none", None),
    "act": ("act", 80), "act_other": ("act, of those other than say", 70), "certainty": ("certainty", 85),
    "not_certain": ("certainty, of those not certain", None), "negated": ("negated", None), "quote": ("quote form", None),
    "nested_recall": ("nested found and put within the right one, of all nested", 55), "within_nested": ("within, of the nested", None),
    "chain_origin": ("chain: origin", 75), "chain_exact": ("chain: every hop", None),
    "chain_long_origin": ("chains of two and more hops: origin", 65), "chain_long_exact": ("chains of two and more hops: every hop", 50),
}
SETS = {"gum": "GUM dev", "re3d": "re3d dev"}


def number(value):
    return "–" if value is None else f"{value:.1f}"


def field_table(result):
    fields, rows = result["attribution_fields"], []
    for key, (name, wanted) in FIELDS.items():
        f = fields[key]
        reached = "" if wanted is None else "yes" if (f["accuracy"] or 0) >= wanted else "no"
        rows.append([name, f"{f['right']} of {f['asked']}", number(f["accuracy"]), "" if wanted is None else str(wanted), reached])
    for key, name, wanted in (("not_certain", "F1 of the class not certain", 55), ("negated", "F1 of the class negated", 70)):
        f1 = fields[key].get("f1")
        rows.append([name, "", number(f1), str(wanted), "yes" if (f1 or 0) >= wanted else "no"])
    return table(["field, over the matched", "right", "per cent", "wanted", "reached"], rows)


def peer_readings(python, texts):
    command = [python, Path(__file__).with_name("peers.py"), "--names", texts]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.split("\n") if line]


def scored(data, key, readings):
    """What the scorer prints; it runs by itself, since its folder has modules of the same names as this one."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        out.write("\n".join(map(json.dumps, readings)))
        out.flush()
        gold = data / f"data/{key}/dev.jsonl.gz"
        command = [sys.executable, data / "evals/score_entities.py", "--json", "--set", key, gold, out.name]
        return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def names_tables(data, sayso, python):
    """Names of GUM and re3d: ours and, with an interpreter that has it, spaCy's; and our coreference."""
    rows, chains = [], []
    for key, name in SETS.items():
        gold = common.documents(data / f"data/{key}/dev.jsonl.gz")
        with tempfile.TemporaryDirectory() as folder:
            texts = Path(folder) / "texts.jsonl"
            common.write_texts(gold, texts)
            sides = {"sayso": common.read(sayso, texts)}
            if python:
                sides["spaCy, small English model"] = peer_readings(python, texts)
        for program, readings in sides.items():
            m = scored(data, key, readings)
            low, high = m["exact"]["f1_95"]
            rows.append([name, program, number(m["exact"]["p"]), number(m["exact"]["r"]),
                         f"**{m['exact']['f1']:.1f}** ({low:.1f} to {high:.1f})", number(m["relaxed"]["f1"]),
                         *(number(m["exact_by_class"].get(c, {}).get("f1")) for c in ("person", "organization", "place"))])
            if program == "sayso" and "coreference" in m:
                c = m["coreference"]["head"]
                chains.append([name, *(number(c[k]["f1"]) for k in ("muc", "b_cubed", "ceaf_e")), number(c["conll"])])
    head = ["texts", "program", "P", "R", "exact F1 (95 %)", "relaxed F1", "person", "organization", "place"]
    return table(head, rows), table(["texts", "MUC", "B-cubed", "CEAF-e", "CoNLL"], chains)
