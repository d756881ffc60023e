"""What is promised about speed, and whether a run keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.load import BARE, PLAIN, Target

MOST_STATEMENTS = 12
LEAST_SHARE, AIM_SHARE = 10, 20  # per cent of the bare view's requests per second
MOST_CPU, AIM_CPU = 10, 5  # times the bare view's processor time
STRICTER = {"topic list": (12, 8), "topic page": (12, 8)}  # the least share and the most time of pages read all day
MOST_P95 = 300  # milliseconds, for 95 of 100 requests of 16 clients at once
MOST_GROWTH = 1.3  # times the processor time at one hundredth of the volume
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
            yield from _of_member_page(page, rps * 100, cpu)
    by_sort: dict[str, list[Target]] = {}
    for page in pages:
        if page.statements is not None:
            by_sort.setdefault(page.name.split(",")[0], []).append(page)
    for what, found in by_sort.items():
        counts = [page.statements or 0 for page in found]
        holds = max(counts) <= MOST_STATEMENTS and counts[0] == counts[1]
        goal = f"≤ {MOST_STATEMENTS}, at 1 % as at 100 %"
        yield Measure(f"{what}: statements", "/".join(map(str, counts)), goal, holds)
        # The same account at both volumes; the one in very many groups is there at the full volume alone.
        small, full, *_others = (page.median("of_floor_cpu_ms") for page in found)
        goal = f"≤ {MOST_GROWTH} × at 1 %"
        yield Measure(f"{what}: full volume", f"{full / small:.2f} ×", goal, full / small <= MOST_GROWTH)


def _of_member_page(page: Target, share: float, cpu: float) -> Iterator[Measure]:
    least, most = STRICTER.get(page.name.split(",")[0], (LEAST_SHARE, MOST_CPU))
    yield Measure(f"{page.name}: processor time", f"{cpu:.1f} ×", f"≤ {most} × (aim {AIM_CPU} ×)", cpu <= most)
    goal = f"≥ {least} % (aim {AIM_SHARE} %)"
    yield Measure(f"{page.name}: requests/s", f"{share:.0f} %", goal, share >= least)
    p95 = page.median("p95")
    yield Measure(f"{page.name}: p95", f"{p95:.0f} ms", f"< {MOST_P95} ms", p95 < MOST_P95)
