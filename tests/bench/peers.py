"""Puts the topic list and the topic page beside those of other forum programs, in one run.

    python -m tests.bench.peers machina.json misago.json

Each file tells of one program that runs already, filled with 20,000 topics of 10 posts, on as many processes as ours:

    {"name": "misago", "base": "http://127.0.0.1:8103", "cookie": "sessionid=…", "pidfiles": ["misago.pid"],
     "pages": {"list": "/c/forum/3/", "topic": ["/t/a/1/", "/t/b/2/"]}, "expect": {"list": "…", "topic": "…"}}

Ours is the site at its full volume, as in `make bench`: BENCH_DB=postgresql when theirs is.
"""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench import __main__ as bench
from tests.bench.data import FULL, POSTS_BESIDE_OTHERS
from tests.bench.load import Target
from tests.bench.measures import Measure

ROUNDS, SECONDS, CONNECTIONS = 3, 4, 8
LEAST = 5  # times the requests per second of each of the others
OURS = {
    "list": "topic list, 100% volume, 5 groups",
    "topic": f"topic page of {POSTS_BESIDE_OTHERS} posts, 100% volume, 5 groups",
}


def main(files: list[str]) -> int:
    """Measure all programs in turn, page by page, and print what ours are to each of theirs."""
    bench.VAR.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        database, extra_pids = bench.databases(stack, [FULL])
        ours = {page.name: page for page in bench.start_site(stack, FULL, database, extra_pids)}
        sorts = {sort: [ours[name], *(_target(Path(file), sort) for file in files)] for sort, name in OURS.items()}
        everything = [page for pages in sorts.values() for page in pages]
        if wrong := [problem for page in everything if (problem := page.check())]:
            print("\n".join(wrong))
            return 1
        for number in range(ROUNDS + 1):
            for page in everything:
                page.load(SECONDS if number else 1, CONNECTIONS, keep=number > 0)
    for page in everything:
        figures = (f"{page.median(one):>9.1f} {unit}" for one, unit in (("rps", "req/s"), ("cpu_ms", "ms cpu")))
        print(f"{page.name:<40}", *figures)
    for mine, *theirs in sorts.values():
        for other in theirs:
            times = mine.median("rps") / other.median("rps")
            print(Measure(f"{mine.name} to {other.name}", f"{times:.1f} ×", f"≥ {LEAST} ×", times >= LEAST))
    return 0


def _target(file: Path, sort: str) -> Target:
    found = json.loads(file.read_text())
    paths = found["pages"][sort]
    port = urlsplit(found["base"]).port
    assert port, found["base"]
    return Target(
        name=f"{found['name']} {sort}",
        port=port,
        pids=[int(Path(one).read_text().split()[0]) for one in found["pidfiles"]],
        paths=[paths] if isinstance(paths, str) else paths,
        headers={"Cookie": found["cookie"]},
        expect=found["expect"][sort],
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
