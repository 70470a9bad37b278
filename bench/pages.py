#!/usr/bin/env python3
"""Measures the pages and the API of a large case and writes docs/pages-speed.md.

usage: pages.py [--documents N] [--case FILE] [--sayso PROGRAM] [--asked N] [--decisions N] [--out PAGE]

The case is made and linked by crates/sayso-link/examples/link_bench.rs (synthetic documents in stories of five), or is the one that
--case names. The golden stories, which the reader read, are added. It is served for this machine, decisions of two reviewers are sent to it, and each kind of page is asked for
one after the other on one connection: the time is from the first byte sent to the last one received, so that it holds a little more than the
server's own.
"""
import argparse
import html
import http.client
import itertools
import json
import os
import random
import re
import subprocess
import tempfile
import time
import urllib.parse
from pathlib import Path

import common

TOKEN = "a-token-for-this-measure-only"
WANTED_MS, WANTED_BYTES = 50, 100_000
# Seconds between looking at a document and asking why.
READING = 2
PAGE = """# Pages of a large case: figures

Written by `bench/pages.py`; do not edit it. A case of {documents:,} synthetic documents of 300 to 500 words and the golden stories
({gib:.1f} GiB) with {decisions:,} decisions of two reviewers, on {machine}, {threads} threads. Each kind of page is asked for {asked} times, at as many addresses
where it has so many; time is between the first byte sent and the last one received, on one connection, with nobody else asking. Why something is
what it is is asked {reading} s after its document was looked at.

{pages}

Wanted: under {wanted_ms} ms at the 99th percentile and under {wanted_kb} kB for what a page needs at first. The style ({style:,} bytes) and the script
({script:,} bytes) are fetched once and come to the first page; bytes are as they are sent, uncompressed.{misses}

What is written waits for its answer, not for what follows from it: a decision on a reading takes {decide},
while those before it are linked beside; one on links, which shows in all pages when it is answered, {link} ms.

Lists of sources, who gets heard, agreement and errors are sums over the whole case: they are counted when the server starts and beside the
answering when the case has changed; the first of them was there {warm:.0f} s after the start.
"""


class Server(common.Served):
    """A served case and one connection to it."""

    def __init__(self, sayso, case):
        super().__init__(sayso, case, TOKEN)
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=150)
        self.head = {"Cookie": f"sayso-token-{self.port}={TOKEN}; sayso-who=kim"}

    def settle(self):
        """Waits until what was written is linked and counted: until the server has nothing to do."""
        def used():
            fields = Path(f"/proc/{self.child.pid}/stat").read_text().rsplit(")", 1)[1].split()
            return int(fields[11]) + int(fields[12])
        before = -1000
        while used() - before > 5:
            before = used()
            time.sleep(5)

    def ask(self, path, body=None):
        """Status, bytes and milliseconds."""
        head, method = dict(self.head), "GET"
        if body is not None:
            head.update({"Content-Type": "application/json", "Authorization": f"Bearer {TOKEN}"})
            method, body = "POST", json.dumps(body)
        began = time.perf_counter()
        self.connection.request(method, path, body=body, headers=head)
        answer = self.connection.getresponse()
        sent = answer.read()
        return answer.status, sent, 1000 * (time.perf_counter() - began)

    def page(self, path):
        status, sent, _ = self.ask(path)
        if status != 200:
            raise SystemExit(f"{path}: answered {status}: {sent[:300]!r}")
        return sent.decode()

    def data(self, path):
        return json.loads(self.page(path))

    def chain(self, first, many):
        """Addresses of a list, page by page, as its links to the next lead."""
        address = first
        for _ in range(many):
            yield address
            found = re.search(r'<a rel="next" href="([^"]*)"', self.page(address))
            if not found:
                return
            address = html.unescape(found.group(1))


def quoted(name):
    return urllib.parse.quote(name, safe="")


def decide(server, documents, many, names):
    """Decisions of two on what the first documents say, and some on links."""
    took, linked = [], []
    for n in range(many):
        who, document = ("kim", "lee")[n % 2], documents[n // 4]
        target = f"{document}#{('a1', 'a1', 'v1', 'a2')[n % 4]}"
        action = {"reject": {"target": target}} if n % 5 == 0 else {"accept": {"target": target}}
        status, sent, ms = server.ask("/api/v1/decisions", {"who": who, "second": n % 4 == 1, "action": action})
        if status != 201 and status != 200:
            raise SystemExit(f"a decision on {target} was answered {status}: {sent[:300]!r}")
        took.append(ms)
    for a, b in names:
        action = {"relate": {"kind": "source", "same": True, "a": a, "b": b}}
        status, sent, ms = server.ask("/api/v1/links", {"who": "kim", "action": action})
        if status not in (200, 201):
            raise SystemExit(f"one source {a}, {b} was answered {status}: {sent[:300]!r}")
        linked.append(ms)
    return took, linked


def addresses(server, count, real, many):
    """The addresses of each kind of page."""
    pick = random.Random(7)
    documents = [f"s:{pick.randrange(count)}" for _ in range(many)]
    questions = [line for line in (common.ROOT / "bench/case-questions.txt").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    ask = lambda path, pairs: f"{path}?{urllib.parse.urlencode(pairs)}"
    listed = lambda path, kinds: [a for kind in kinds for a in server.chain(f"{path}{kind}", -(-many // len(kinds)))]
    claims, stories = listed("/claims", ["", "?order=newest"]), listed("/stories", ["", "?order=largest"])
    labels = re.findall(r'href="(/claims\?[^"]*label=[^"]*)"', server.page("/claims"))
    links = lambda pages, pattern: list(dict.fromkeys(link for page in pages for link in re.findall(pattern, server.page(page))))
    claim = links(claims, r'href="(/claim/[^"#?]*)"')
    story = links(stories, r'href="(/story/[^"#?]*)"')
    # as people come to them: from the document, after a while
    whys = [links([f"/document/{quoted(d)}"], r'href="(/why/[^"#?]*)"') for d in real]
    pages = {
        "start": ["/"],
        "search, first page": [ask("/search", {"q": q}) for q in questions],
        "search, as of a day": [ask("/search", {"q": q, "as-of": "2100-01-01"}) for q in questions],
        "search, further": [a for q in questions[:10] for a in itertools.islice(server.chain(ask("/search", {"q": q}), -(-many // 10)), 1, None)],
        "document": [f"/document/{quoted(d)}" for d in documents],
        "why": [why for of_one in whys for why in of_one[:8]],
        "claims": claims + [html.unescape(label) for label in labels],
        "claim": pick.sample(claim, min(many, len(claim))) + links([f"/document/{quoted(d)}" for d in documents[:20]], r'href="(/claim/[^"#?]*)"')[:20],
        "stories": stories,
        "story": pick.sample(story, min(many, len(story))),
        "sources": listed("/sources", [""]),
        "source": [],
        "heard": ["/heard"] + [f"/heard?story={quoted(d)}" for d in documents],
        "coding, by mention": [ask("/coding", {"profile": p, "q": q}) for p in ("acled", "ucdp", "plover") for q in questions if "event:" in q and "act:" not in q],
        "coding, by claim": listed("/coding?rows=claims&profile=", ["acled", "ucdp", "plover"]),
        "agreement": ["/coding/agreement"],
        "errors": ["/errors"],
        "map of a question": [ask("/map", {"q": q}) for q in questions if "event:" in q and "act:" not in q],
        "map of a story": [a.replace("/story/", "/map?story=") for a in pick.sample(story, min(many, len(story)))],
        "review": listed("/review", ["", "?q=show:events+reviewed:no"]) + [f"/review/a1/{quoted(d)}" for d in documents[:20]],
        "second look": ["/review?second=1"],
        "journal": listed("/journal", [""]),
        "relate": ["/relate", "/relate?kind=claim", "/relate?kind=story"],
        "add": ["/add"],
    }
    names = [s["name"] for a in pages["sources"][:20] for s in server.data(a.replace("/sources", "/sources.json", 1))["sources"]]
    pages["source"] = [ask("/source", {"name": n}) for n in pick.sample(names, min(many, len(names)))]
    api = {
        "API: info": ["/info"], "API: documents": ["/documents"], "API: document": [f"/documents/{quoted(d)}" for d in documents],
        "API: claims": ["/claims", "/claims?order=newest"], "API: stories": ["/stories"], "API: sources": ["/sources"],
        "API: ask": [ask("/ask", {"q": q}) for q in questions], "API: decisions": ["/decisions"], "API: links": ["/links"],
        "API: second": ["/second?who=kim"], "API: agreement": ["/agreement"], "API: heard": ["/heard"],
    }
    for kind, paths in api.items():
        pages[kind] = [f"/api/v1{path}" for path in paths]
    return pages


def measured(server, paths, many):
    """Milliseconds and bytes of each address, in turn anew where there are few; the fastest first."""
    took, before = [], None
    for path in itertools.islice(itertools.cycle(paths), max(many, len(paths))):
        of = path.rsplit("/", 1)[-1]
        if path.startswith("/why/") and of != before:
            server.page(f"/document/{of}")
            time.sleep(READING)
        before = of
        status, sent, ms = server.ask(path)
        if status != 200:
            raise SystemExit(f"{path}: answered {status}: {sent[:300]!r}")
        took.append((ms, len(sent), path))
    return sorted(took)


def at(sorted_values, share):
    return sorted_values[min(int(share * len(sorted_values)), len(sorted_values) - 1)]


def made(args, folder):
    """The case to measure."""
    if args.case and args.case.exists():
        return args.case
    case = args.case or Path(folder) / "large.sayso"
    build = ["cargo", "build", "--release", "--quiet", "--package", "sayso-link", "--example", "link_bench"]
    subprocess.run(build, check=True, cwd=common.ROOT)
    subprocess.run([common.ROOT / "target/release/examples/link_bench", case, str(args.documents)], check=True, stdout=subprocess.DEVNULL)
    return case


def add_golden(sayso, case, folder):
    """Adds the golden stories; the names of their documents."""
    path = common.golden_stories(folder)
    subprocess.run([sayso, "add", "--quiet", "--to", case, path], check=True)
    return [record["id"] for record in common.documents(path)]


def told(took):
    took = sorted(took)
    return f"{at(took, 0.5):.0f} ms at the median and {at(took, 0.99):.0f} ms at the 99th percentile"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=200_000)
    parser.add_argument("--case", type=Path, help="the case; made there where there is none")
    parser.add_argument("--sayso", type=Path, help="the program; without it, a release build of this checkout")
    parser.add_argument("--asked", type=int, default=200, help="how often each kind is asked for")
    parser.add_argument("--decisions", type=int, default=1000)
    parser.add_argument("--out", type=Path, default=common.ROOT / "docs/pages-speed.md")
    args = parser.parse_args()
    sayso = common.program(args.sayso)
    with tempfile.TemporaryDirectory() as folder:
        case = made(args, folder)
        real = add_golden(sayso, case, Path(folder))
        began = time.perf_counter()
        with Server(sayso, case) as server:
            server.page("/sources")
            warm = time.perf_counter() - began
            count = server.data("/api/v1/info")["documents"] - len(real)
            there = server.data("/api/v1/info")["reviews"]
            named = [source["name"] for source in server.data("/sources.json")["sources"]]
            took, linked = decide(server, [f"s:{n}" for n in range(there, count)], args.decisions, [named[-2:]])
            server.settle()
            rows, misses = [], []
            for kind, paths in addresses(server, count, real, args.asked).items():
                times = measured(server, paths, args.asked)
                ms, size = [t for t, _, _ in times], max(b for _, b, _ in times)
                print(f"{kind}: {len(times)} asked, {at(ms, 0.5):.1f} {at(ms, 0.99):.1f} {ms[-1]:.1f} ms, {size} bytes; slowest {times[-1][2]}", flush=True)
                rows.append([kind, str(len(times)), f"{at(ms, 0.5):.1f}", f"{at(ms, 0.99):.1f}", f"{ms[-1]:.1f}", f"{size / 1000:.0f}"])
                if at(ms, 0.99) > WANTED_MS or size > WANTED_BYTES and not kind.startswith("API"):
                    misses.append(kind)
            style, script = (len(server.page(f"/look/{name}").encode()) for name in ("style.css", "script.js"))
    head = ["page", "asked", "median, ms", "99th percentile, ms", "slowest, ms", "largest, kB"]
    args.out.write_text(PAGE.format(
        documents=count, gib=case.stat().st_size / 2**30, decisions=there + len(took), machine=common.machine(), threads=os.cpu_count(),
        asked=args.asked, reading=READING, pages=common.table(head, rows), wanted_ms=WANTED_MS, wanted_kb=WANTED_BYTES // 1000, style=style, script=script,
        misses=f" Over it: {', '.join(misses)}." if misses else " None is over it.",
        decide=told(took), link=f"{linked[0]:,.0f}", warm=warm), encoding="utf-8")


if __name__ == "__main__":
    main()
