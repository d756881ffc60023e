"""Measures the site as it runs in production and says which promises about speed hold.

`--quick` is less exact, `--only=search` measures the pages with that in their name. SQLite, or PostgreSQL with
BENCH_DB=postgresql. The answer is always 0 unless something could not be measured.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path

from tests.bench import servers
from tests.bench.data import FULL
from tests.bench.load import PLAIN, Target
from tests.bench.measures import Measure, judge
from tests.bench.servers import VAR
from tests.tools import postgres

SCALES = (0.01, FULL)  # of what `manage.py load_bulk` writes
ROUNDS, SECONDS, CONNECTIONS = 5, 2, 8


def main(arguments: list[str]) -> int:
    """Prepare, measure in rounds over all pages in turn, print and write the report."""
    if not shutil.which("wrk"):
        print("Nothing can be measured: wrk is missing. On Debian: apt-get install wrk")
        return 1
    rounds = 2 if "--quick" in arguments else ROUNDS
    only = next((one.removeprefix("--only=") for one in arguments if one.startswith("--only=")), "")
    VAR.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        database, extra_pids = databases(stack, SCALES)
        print("Preparing data …", flush=True)
        pages: list[Target] = []
        for scale in SCALES:
            pages += start_site(stack, scale, database, extra_pids)
        length = next(page for page in pages if page.floor == PLAIN).length()
        floors = _start_floor(stack, database, extra_pids, length)
        pages = [page for page in pages if only in page.name]
        wrong = [problem for page in [*floors.values(), *pages] if (problem := page.check())]
        if wrong:
            print("\n".join(wrong))
            return 1
        for number in range(rounds + 1):
            print(f"Round {number} of {rounds} …" if number else "Warming up …", flush=True)
            for page in pages:
                # The floor anew beside each page: what else this machine does, changes from one moment to the next.
                floor = floors[page.floor]
                clients = page.clients or CONNECTIONS
                floor.load(1, max(clients, CONNECTIONS), keep=number > 0)
                page.load(SECONDS if number else 1, clients, keep=number > 0)
                page.compare(floor)
    measures = list(judge(pages))
    print("\n" + "\n".join(map(str, measures)))
    everything = [page for page in (*floors.values(), *pages) if page.rounds]
    _write_report(everything, measures, rounds)
    failed = sum(int(found["errors"]) for page in everything for found in page.rounds)
    if failed:
        print(f"{failed} requests failed: these figures say nothing.")
    return 1 if failed else 0


def databases(stack: ExitStack, scales: Iterable[float]) -> tuple[Callable[[str], str], list[int]]:
    """How to name a database, and the processes of the database server."""
    if os.environ.get("BENCH_DB", "sqlite") != "postgresql":
        return (lambda name: f"sqlite:///{VAR / name}.sqlite3"), []
    import psycopg

    bin_dir = postgres.programs()
    if bin_dir is None:
        raise SystemExit("Nothing can be measured: PostgreSQL is missing. On Debian: apt-get install postgresql")
    url = stack.enter_context(postgres.throwaway_cluster(bin_dir))
    folder = Path(url.split("@/", 1)[1]).parent
    with psycopg.connect(host=str(folder), user="kring", dbname="postgres", autocommit=True) as connection:
        for name in ("bare", *map(_name, scales)):
            connection.execute(f'CREATE DATABASE "{name}"')
    pid = int((folder / "data" / "postmaster.pid").read_text().split()[0])
    return (lambda name: url.rpartition("/")[0] + f"/{name}"), [pid]


def _start_floor(
    stack: ExitStack, database: Callable[[str], str], extra_pids: list[int], length: int
) -> dict[str, Target]:
    """The bare project, with a plain page of `length` bytes."""
    environment = servers.bare_environment(database("bare"))
    found = servers.run("tests.bench.bare.data", environment, str(length))
    port, pid = stack.enter_context(servers.serve("tests.bench.bare.wsgi:application", environment))
    return {floor.name: floor for floor in servers.targets(found, port, [pid, *extra_pids])}


def start_site(stack: ExitStack, scale: float, database: Callable[[str], str], extra_pids: list[int]) -> list[Target]:
    name = _name(scale)
    var = VAR / name
    shutil.rmtree(var, ignore_errors=True)
    var.mkdir()
    environment = servers.site_environment(var, database(name))
    _manage(environment, "collectstatic", "--noinput")
    if extra_pids:
        _fill(environment, scale)
    else:
        _copy_of_filled(name, scale)
        _manage(environment, "migrate", "--noinput")
    found = servers.run("tests.bench.data", environment, "targets", str(scale))
    port, pid = stack.enter_context(servers.serve("config.wsgi:application", environment))
    pages = servers.targets(found, port, [pid, *extra_pids], **servers.PROXY)
    return [page for page in pages if not page.name.startswith("public") or scale == SCALES[0]]


def _name(scale: float) -> str:
    return f"site-{scale:.0%}".rstrip("%")


def _copy_of_filled(name: str, scale: float) -> None:
    """A run writes in a copy, so that the next run finds the same data; the filled file is kept."""
    filled, working = VAR / f"{name}-filled.sqlite3", VAR / f"{name}.sqlite3"
    if not filled.exists():
        unfinished = VAR / f"{name}-unfinished.sqlite3"
        unfinished.unlink(missing_ok=True)
        _fill(servers.site_environment(VAR / name, f"sqlite:///{unfinished}"), scale)
        unfinished.rename(filled)
    for rest in VAR.glob(f"{name}.sqlite3*"):
        rest.unlink()
    shutil.copyfile(filled, working)


def _fill(environment: dict[str, str], scale: float) -> None:
    print(f"Writing {scale:.0%} of the volume …", flush=True)
    _manage(environment, "migrate", "--noinput")
    servers.run("tests.bench.data", environment, "fill", str(scale))


def _manage(environment: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, "manage.py", *arguments, "--verbosity", "0"]
    subprocess.run(command, cwd=servers.ROOT, env=environment, check=True)


def _write_report(pages: list[Target], measures: list[Measure], rounds: int) -> None:
    lines = [
        f"{os.environ.get('BENCH_DB', 'sqlite')}, {rounds} rounds of {SECONDS} s over all pages in turn, each "
        f"after 1 s of its floor, "
        f"{CONNECTIONS} connections or what the page says, median round; load average at the end "
        f"{os.getloadavg()[0]:.1f}",
        "",
        "| measure | figure | goal | |",
        "|---|---|---|---|",
        *(f"| {one.name} | {one.figure} | {one.goal} | {one.verdict} |" for one in measures),
        "",
        "| page | requests/s | CPU ms | p50 ms | p95 ms | statements |",
        "|---|---|---|---|---|---|",
        *(
            f"| {page.name} | {page.median('rps'):.0f} | {page.median('cpu_ms'):.2f} | {page.median('p50'):.0f} | "
            f"{page.median('p95'):.0f} | {page.statements or ''} |"
            for page in pages
        ),
    ]
    (VAR / "report.md").write_text("\n".join(lines) + "\n")
    print(
        f"\nLoad average {os.getloadavg()[0]:.1f}. The rest stands in {(VAR / 'report.md').relative_to(servers.ROOT)}."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
