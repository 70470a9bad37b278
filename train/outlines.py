#!/usr/bin/env python3
"""Makes data/outlines.bin: coasts and borders for maps, from Natural Earth.

usage: outlines.py [world-atlas-2.0.2.tgz]     without it, the package is fetched with npm

Natural Earth (1:50 million) is in the public domain; the package world-atlas (ISC) has it as a topology, in which each
line stands once: a line of one country is coast, a line of two is a border. Lines are thinned to some two kilometres.

The file: `SAYSOL01`, then the number of lines. Of each line: 0 for coast, 1 for a border, the number of its points, and
the points as longitude and latitude in hundredths of a degree, each less the one before. All numbers are LEB128, those
of points in zigzag.
"""
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "world-atlas-2.0.2"
SHA256 = "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97"
# Degrees by which a line may be off, and the size below which an island is left out.
TOLERANCE, SMALLEST = 0.02, 0.08


def fetched(folder):
    subprocess.run(["npm", "pack", "--silent", "world-atlas@2.0.2"], cwd=folder, check=True)
    return Path(folder) / f"{PACKAGE}.tgz"


def topology(path):
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != SHA256:
        sys.exit(f"{path}: its SHA-256 is {digest}, not that of {PACKAGE}")
    with tarfile.open(path) as package:
        return json.load(package.extractfile("package/countries-50m.json"))


def decoded(topology):
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        yield line


def uses(topology):
    """How many countries each line bounds."""
    out = [0] * len(topology["arcs"])

    def walk(arcs):
        for arc in arcs:
            if isinstance(arc, list):
                walk(arc)
            else:
                out[~arc if arc < 0 else arc] += 1

    for country in topology["objects"]["countries"]["geometries"]:
        walk(country.get("arcs", []))
    return out


def distance(point, a, b):
    (px, py), (ax, ay), (bx, by) = point, a, b
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    t = max(0.0, min(1.0, ((px - ax) * dx + (py - ay) * dy) / length)) if length else 0.0
    return ((px - ax - t * dx) ** 2 + (py - ay - t * dy) ** 2) ** 0.5


def thinned(line):
    """Douglas and Peucker (1973), without recursion."""
    keep, todo = {0, len(line) - 1}, [(0, len(line) - 1)]
    if line[0] == line[-1] and len(line) > 3:
        far = max(range(len(line)), key=lambda at: distance(line[at], line[0], line[0]))
        keep.add(far)
        todo = [(0, far), (far, len(line) - 1)]
    while todo:
        first, last = todo.pop()
        if last - first < 2:
            continue
        worst = max(range(first + 1, last), key=lambda at: distance(line[at], line[first], line[last]))
        if distance(line[worst], line[first], line[last]) > TOLERANCE:
            keep.add(worst)
            todo += [(first, worst), (worst, last)]
    return [line[at] for at in sorted(keep)]


def is_tiny(line):
    xs, ys = zip(*line)
    return line[0] == line[-1] and max(xs) - min(xs) < SMALLEST and max(ys) - min(ys) < SMALLEST


def without_seams(line):
    """The line without the cut of the map at 180 degrees and at the south pole, which are no coasts."""
    def is_seam(a, b):
        return (abs(a[0] - b[0]) > 180 or min(abs(a[0]), abs(b[0])) > 179.98 or max(a[1], b[1]) < -89.9)

    part = [line[0]]
    for a, b in zip(line, line[1:]):
        if is_seam(a, b):
            yield part
            part = []
        part.append(b)
    yield part


def number(value):
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes(out) + bytes([value])


def zigzag(value):
    return number(value << 1 if value >= 0 else (-value << 1) - 1)


def packed(lines):
    out = bytearray(b"SAYSOL01") + number(len(lines))
    for border, line in lines:
        x = y = 0
        out += number(border) + number(len(line))
        for lon, lat in line:
            out += zigzag(lon - x) + zigzag(lat - y)
            x, y = lon, lat
    return bytes(out)


def main():
    with tempfile.TemporaryDirectory() as folder:
        world = topology(Path(sys.argv[1]) if len(sys.argv) > 1 else fetched(folder))
    lines = []
    for line, used in zip(decoded(world), uses(world)):
        if used and not is_tiny(line):
            for part in without_seams(line):
                if len(part) > 1:
                    points = [(round(lon * 100), round(lat * 100)) for lon, lat in thinned(part)]
                    lines.append((int(used > 1), points))
    data = packed(lines)
    (ROOT / "data/outlines.bin").write_bytes(data)
    print(f"{len(lines)} lines, {sum(len(line) for _, line in lines)} points, {len(data)} bytes")


if __name__ == "__main__":
    main()
