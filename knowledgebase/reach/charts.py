"""Where the lines and bars of a chart go. Only numbers: templates draw them, as SVG without script or style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: The part of the height that the names below the columns take, and the line above the highest.
ABOVE, BELOW = 8, 14
LABELS = 12


@dataclass(frozen=True)
class Bar:
    """One line of a chart that lies on its side.

    Attributes:
        count: None for a number that is not shown; then there is no bar.
        width: in per cent of the longest bar.
    """

    label: str
    count: int | None
    width: str


@dataclass(frozen=True)
class Column:
    """One column of a chart in time; places and sizes in per cent of the picture."""

    label: str
    count: int | None
    x: str
    y: str
    width: str
    height: str
    middle: str
    named: bool


@dataclass(frozen=True)
class Line:
    """A line behind the columns, with the number it stands for."""

    count: int
    y: str


@dataclass(frozen=True)
class Columns:
    """A whole chart in time."""

    columns: list[Column]
    lines: list[Line]


def bars(rows: Sequence[tuple[str, int | None]]) -> list[Bar]:
    """A bar for each (name, number)."""
    longest = max((count or 0 for _label, count in rows), default=0) or 1
    return [Bar(label, count, per_cent(100 * (count or 0) / longest)) for label, count in rows]


def columns(points: Sequence[tuple[str, int | None]]) -> Columns:
    """A column for each (name, number), in this order; of many names only some are written."""
    if not points:
        return Columns([], [])
    top = round_top(max(count or 0 for _label, count in points))
    room, step = 100 - ABOVE - BELOW, 100 / len(points)
    every = -(-len(points) // LABELS)
    drawn = []
    for place, (label, count) in enumerate(points):
        height = room * (count or 0) / top
        drawn.append(
            Column(
                label,
                count,
                x=per_cent(step * (place + 0.15)),
                y=per_cent(ABOVE + room - height),
                width=per_cent(step * 0.7),
                height=per_cent(height),
                middle=per_cent(step * (place + 0.5)),
                named=place % every == 0,
            )
        )
    return Columns(drawn, [Line(count, per_cent(ABOVE + room * (1 - count / top))) for count in (0, top // 2, top)])


def round_top(highest: int) -> int:
    """The first round number that is not below this: 2, 4, 10, 20, 40, 100 …, so that its half is a whole number."""
    size = 1
    while True:
        for top in (2 * size, 4 * size, 10 * size):
            if highest <= top:
                return top
        size *= 10


def per_cent(share: float) -> str:
    """As SVG wants it, whatever language the page has."""
    return f"{share:.2f}%"
