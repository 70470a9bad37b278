"""What the scripts of this folder share: the program, the texts, and Markdown tables."""
import gzip
import importlib.util
import json
import os
import platform
import subprocess
import sys
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEV = "data/polnear/dev.jsonl.gz"


def arguments(parser, out):
    parser.add_argument("data", type=Path, help="the folder that holds data/, evals/ and gold/")
    parser.add_argument("--sayso", type=Path, help="the program; without it, a release build of this checkout")
    parser.add_argument("--out", type=Path, default=ROOT / out, help=f"where the page is written (default: {out})")


def program(given):
    """The path of the program, built where none is given."""
    if given:
        return given.resolve()
    subprocess.run(["cargo", "build", "--release", "--quiet", "--package", "sayso"], cwd=ROOT, check=True)
    command = ["cargo", "metadata", "--no-deps", "--format-version", "1"]
    found = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return Path(json.loads(found.stdout)["target_directory"]) / "release" / "sayso"


def documents(path):
    """The records of a JSON Lines file, also a gzipped one."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def write_texts(records, path):
    """The records' texts and what is known about them as JSON Lines, without their labels."""
    keys = ("id", "text", "title", "publisher", "published", "url")
    with path.open("w", encoding="utf-8") as out:
        for record in records:
            kept = {k: record[k] for k in keys if record.get(k) is not None}
            out.write(json.dumps(kept, ensure_ascii=False) + "\n")


def read(sayso, path, *more):
    """What `sayso read --json` gives for a file, with more arguments."""
    command = [sayso, "read", "--json", "--quiet", *more, path]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    return [json.loads(line) for line in done.stdout.split("\n") if line]


def words(text):
    """Words as everywhere in this project's figures: what white space separates."""
    return len(text.split())


def module(path):
    """A script as a module, such as a scorer."""
    spec = importlib.util.spec_from_file_location(f"{path.parent.name}_{path.stem}", path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def table(head, rows):
    """A Markdown table; every cell a string."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def machine():
    """The processor's name."""
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":")[1].strip()
    return platform.processor() or "an unknown processor"


def golden_stories(folder):
    """The golden stories as JSON Lines."""
    path = folder / "stories.jsonl"
    with path.open("w", encoding="utf-8") as out:
        subprocess.run([sys.executable, ROOT / "golden/stories.py"], stdout=out, check=True)
    return path


class Served:
    """A case at a port of this machine, until the block ends."""

    def __init__(self, sayso, case, token, *more):
        environment = {**os.environ, "SAYSO_TOKEN": token}
        command = [sayso, "serve", case, "--port", "0", *more]
        self.child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        self.port = urllib.parse.urlsplit(self.child.stdout.readline().strip()).port

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.terminate()
        self.child.wait()
