"""Where the lines and bars of a chart go. Only numbers: templates draw them, as SVG without script or style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format

#: The part of the height that the names below the columns take, and the line above the highest.
ABOVE, BELOW = 8, 14
LABELS = 12
SHORT = 3


class Counted:
    """Something with a count; None stands for a number that is not shown."""

    count: int | None

    @property
    def number(self) -> str:
        """The count as people write it, with a point between the thousands."""
        return as_written(self.count) if self.count is not None else ""


@dataclass(frozen=True)
class Bar(Counted):
    """One line of a chart that lies on its side.

    Attributes:
        width: in per cent of the longest bar.
    """

    label: str
    count: int | None
    width: str


@dataclass(frozen=True)
class Column(Counted):
    """One column of a chart in time; places and sizes in per cent of the picture.

    Attributes:
        named: whether its name is written below it.
        small_too: whether it is on a small screen too, where fewer names fit.
    """

    label: str
    count: int | None
    x: str
    y: str
    width: str
    height: str
    middle: str
    named: bool
    small_too: bool


@dataclass(frozen=True)
class Line(Counted):
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
    fewer = 1 if all(len(label) <= SHORT for label, _count in points) else 4
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
                small_too=place % (every * fewer) == 0,
            )
        )
    return Columns(drawn, [Line(count, per_cent(ABOVE + room * (1 - count / top))) for count in (0, top // 2, top)])


def round_top(highest: int) -> int:
    """The first round number that is not below this: 2, 4, 6, 8, 10, 20 …, so that its half is a whole number."""
    size = 1
    while True:
        for top in range(2 * size, 11 * size, 2 * size):
            if highest <= top:
                return top
        size *= 10


def per_cent(share: float) -> str:
    """As SVG wants it, whatever language the page has."""
    return f"{share:.2f}%"


def as_written(count: int) -> str:
    """A number as people write it, with a point between the thousands."""
    return number_format(count, force_grouping=True)
