"""What is promised about speed, and whether a run keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.load import BARE, PLAIN, Target

MOST_STATEMENTS = 12
LEAST_SHARE, AIM_SHARE = 12, 20  # per cent of the bare view's requests per second
MOST_CPU, AIM_CPU = 8, 5  # times the bare view's processor time
MOST_CPU_REPLY = 10
LEAST_PUBLIC = 1.5  # times the bare view's requests per second
LEAST_UNCACHED = 60  # per cent of the requests per second of a plain Wagtail page of the same length
MOST_SEARCH = 200  # milliseconds, for 95 of 100 searches


@dataclass(frozen=True)
class Measure:
    """One line of the report."""

    name: str
    figure: str
    goal: str
    holds: bool

    def __str__(self) -> str:
        return f"{self.name:<58} {self.figure:>14}   {self.goal:<26} {self.verdict}"

    @property
    def verdict(self) -> str:
        return "holds" if self.holds else "falls short"


def judge(pages: list[Target]) -> Iterator[Measure]:
    """All measures of a run; every figure but the counts is a ratio to the floor, the median of the rounds."""
    for page in pages:
        rps, cpu = page.median("of_floor_rps"), page.median("of_floor_cpu_ms")
        if page.floor == BARE and page.name.startswith("public"):
            yield Measure(f"{page.name}: requests/s", f"{rps:.2f} ×", f"≥ {LEAST_PUBLIC} ×", rps >= LEAST_PUBLIC)
        elif page.floor == PLAIN:
            goal = f"≥ {LEAST_UNCACHED} %"
            yield Measure(f"{page.name}: requests/s", f"{rps * 100:.0f} %", goal, rps * 100 >= LEAST_UNCACHED)
        elif page.name.startswith("search"):
            p95 = page.median("p95")
            yield Measure(f"{page.name}: p95", f"{p95:.0f} ms", f"< {MOST_SEARCH} ms", p95 < MOST_SEARCH)
        elif page.bodies:
            yield Measure(
                f"{page.name}: processor time", f"{cpu:.1f} ×", f"≤ {MOST_CPU_REPLY} ×", cpu <= MOST_CPU_REPLY
            )
        else:
            goal = f"≤ {MOST_CPU} × (aim {AIM_CPU} ×)"
            yield Measure(f"{page.name}: processor time", f"{cpu:.1f} ×", goal, cpu <= MOST_CPU)
            goal = f"≥ {LEAST_SHARE} % (aim {AIM_SHARE} %)"
            yield Measure(f"{page.name}: requests/s", f"{rps * 100:.0f} %", goal, rps * 100 >= LEAST_SHARE)
    counted = {page.name: page.statements for page in pages if page.statements is not None}
    for what in ("topic list", "topic page"):
        counts = [count for name, count in counted.items() if name.startswith(what)]
        if not counts:  # not among the pages to measure
            continue
        figure = "/".join(map(str, counts))
        holds = max(counts) <= MOST_STATEMENTS and len(set(counts)) == 1
        yield Measure(f"{what}: statements, all sizes", figure, f"≤ {MOST_STATEMENTS}, all the same", holds)
