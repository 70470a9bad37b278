#!/usr/bin/env python3
"""Asks the API of a served case what schemathesis makes up from its description, and fails on any mismatch.

usage: api.py --schemathesis PROGRAM [--sayso PROGRAM] [--examples 60] [--seed 7]

The golden stories become a case; it is served for this machine, and again for others, who have to bring the token. All
checks of schemathesis (https://schemathesis.io, 4.x: pip install schemathesis) are on. One half of the names that it asks
for are names of the case. What a question, a date or the token of a place in a list may be is more than a schema can say, so
operations that take these may refuse what fits the schema (400). What a field can be corrected to depends on the field, and
whether an entry can be undone on the entries behind it: decisions may be refused for that (422). All others may not.
"""
import argparse
import json
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

import common

TOKEN = "a-token-for-this-check-only"
# Parameters of which a schema cannot tell which values are fine.
OPEN = {"q", "as-of", "cursor", "published"}
# Operations that depend on what was decided before.
DECIDING = {"decide", "link"}
# What is right may still not be there, or be refused by the state of the case.
FINE = ["2xx", "304", "401", "403", "404", "409"]


class Served(common.Served):
    """The API of a served case."""

    def __init__(self, sayso, case, *more):
        super().__init__(sayso, case, TOKEN, *more)
        self.url = f"http://127.0.0.1:{self.port}/api/v1"

    def get(self, path):
        asked = urllib.request.Request(self.url + path, headers={"Authorization": f"Bearer {TOKEN}"})
        with urllib.request.urlopen(asked) as answer:
            return json.load(answer)


def decide(sayso, case, names):
    """Some decisions, so that the journals are not empty."""
    for who, action, item in (("lee", "--accept", "a1"), ("kim", "--reject", "a2")):
        subprocess.run([sayso, "review", case, action, f"{names[0]}#{item}", "--who", who], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def fields(schema):
    """The names of all fields of a schema, wherever they stand."""
    if isinstance(schema, list):
        return set().union(*map(fields, schema))
    if not isinstance(schema, dict):
        return set()
    return set(schema.get("properties", {})).union(*map(fields, schema.values()))


def settings(served, description):
    """The settings of schemathesis: real names, and which operations may refuse what fits their schema."""
    names = {
        "documents": [d["document"] for d in served.get("/documents?limit=200")["items"]],
        "claims": [c["id"] for c in served.get("/claims?limit=200")["items"]],
        "sources": [s["name"] for s in served.get("/sources?limit=200")["items"]],
        "days": ["2024-01-26", "2024-01", "2024-01-05/2024-01-07", "202X"],
        "questions": ["act:deny", "kirkuk", "event:ASSAULT killed>=1", "show:statements kind:anonymous", "(a OR b) -c", "foo:bar"],
    }
    lines = []
    for name, values in names.items():
        assert values, f"the case has no {name}"
        lines += [f"[dictionaries.{name}]", f"values = {json.dumps(values)}"]
    lines += [
        "[checks]",
        f"positive_data_acceptance.expected-statuses = {json.dumps(FINE)}",
    ]
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            bodies = list(operation.get("requestBody", {}).get("content", {}).values())
            taken = {p["name"] for p in operation["parameters"]}.union(*(fields(b["schema"]) for b in bodies))
            refused = ["400"] if taken & OPEN else []
            refused += ["422"] if operation["operationId"] in DECIDING else []
            own = [f"checks.positive_data_acceptance.expected-statuses = {json.dumps([*FINE, *refused])}"] if refused else []
            kind = "claims" if path.endswith("/claims/{id}") else "documents"
            bound = {"id": ("path.id", kind), "name": ("path.name", "sources"), "q": ("query.q", "questions"),
                     "story": ("query.story", "documents"), "document": ("query.document", "documents"), "published": ("body.published", "days")}
            given = {p["name"] for p in operation["parameters"]}.union(*(b["schema"].get("properties", {}) for b in bodies))
            for name in sorted(given & bound.keys()):
                key, dictionary = bound[name]
                own.append(f"parameters.{json.dumps(key)} = {{ dictionary = {json.dumps(dictionary)}, probability = 0.5 }}")
            if own:
                lines += ["[[operations]]", f"include-operation-id = {json.dumps(operation['operationId'])}", *own]
    return "\n".join(lines) + "\n"


def check(args, served, folder, *more):
    description = served.get("/openapi.json")
    config = folder / "schemathesis.toml"
    config.write_text(settings(served, description), encoding="utf-8")
    command = [args.schemathesis, "--config-file", config, "run", f"{served.url}/openapi.json", "--checks", "all",
               "--max-examples", str(args.examples), "--seed", str(args.seed), "--continue-on-failure", *more]
    return subprocess.run(command, check=False, cwd=folder).returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--schemathesis", default="schemathesis", help="the program schemathesis")
    parser.add_argument("--sayso", type=Path, help="the program; without it, a release build of this checkout")
    parser.add_argument("--examples", type=int, default=60, help="requests made up for each operation")
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    sayso = common.program(args.sayso)
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        case = folder / "golden.sayso"
        subprocess.run([sayso, "add", "--quiet", "--to", case, common.golden_stories(folder)], check=True)
        with Served(sayso, case) as served:
            decide(sayso, case, [d["document"] for d in served.get("/documents")["items"]])
            failed = check(args, served, folder)
        with Served(sayso, case, "--listen", "0.0.0.0") as served:
            failed += check(args, served, folder, "--header", f"Authorization: Bearer {TOKEN}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
