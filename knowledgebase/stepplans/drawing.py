"""A drawing of a plan for the editor: a row for each step and end, and a line for each jump."""

from __future__ import annotations

from typing import Any, NamedTuple

from .structure import Draft

ROW, BOX_HEIGHT, BOX_WIDTH, LANE, CORNER = 56, 40, 400, 16, 8
LONGEST_NAME = 42


class Row(NamedTuple):
    """One step or end. `kind` is step, choice, promising or not_promising; `jumps` are (answer, where it leads)."""

    number: str
    name: str
    kind: str
    y: int
    jumps: list[tuple[str, str]]

    @property
    def short(self) -> str:
        """As much of the name as fits."""
        return self.name if len(self.name) <= LONGEST_NAME else f"{self.name[: LONGEST_NAME - 1]}…"

    @property
    def middle(self) -> int:
        return self.y + BOX_HEIGHT // 2

    @property
    def text_y(self) -> int:
        return self.middle + 5


class Line(NamedTuple):
    """A jump from one row to another; `is_back` when it leads to an earlier one."""

    path: str
    is_back: bool


class Drawing:
    """Rows and lines, ready for a template. A jump to nowhere has no line: the sentences tell of it."""

    box_width, box_height = BOX_WIDTH, BOX_HEIGHT

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.blocks = [*draft.steps, *draft.ends]
        keys = [*draft.step_keys, *draft.end_keys]
        self.places = {key: place for place, key in reversed(list(enumerate(keys)))}
        self.rows = [self.row(place) for place in range(len(self.blocks))]
        self.lanes = 0
        self.lines = [line for place in range(len(draft.steps)) for line in self.lines_from(place)]
        self.width = BOX_WIDTH + LANE * (self.lanes + 2)
        self.height = ROW * len(self.blocks)

    def number(self, place: int) -> str:
        """Steps count 1, 2, 3; ends A, B, C."""
        steps = len(self.draft.steps)
        return str(place + 1) if place < steps else chr(ord("A") + place - steps)

    def name(self, place: int) -> str:
        """What staff call it."""
        return self.blocks[place].value.get("name") or "?"

    def row(self, place: int) -> Row:
        """The step or end at this place."""
        block = self.blocks[place]
        if place >= len(self.draft.steps):
            return Row(self.number(place), self.name(place), block.value.get("outcome") or "", place * ROW, [])
        jumps = [
            (label, "?" if to is None else f"{self.number(to)}. {self.name(to)}") for label, to in self.jumps(place)
        ]
        return Row(self.number(place), self.name(place), block.block_type, place * ROW, jumps)

    def jumps(self, place: int) -> list[tuple[str, int | None]]:
        """(answer, where it leads) for each way on from a step."""
        block: Any = self.blocks[place]
        labels = [""]
        if block.block_type == "choice":
            labels = [option.value.get("label") or "?" for option in block.value.get("options") or []]
        return [(label, self.to(place, target)) for label, target in zip(labels, self.draft.jumps(place), strict=True)]

    def to(self, place: int, target: str) -> int | None:
        """The place where a jump leads."""
        if target:
            return self.places.get(self.draft.resolve(target))
        return place + 1 if place + 1 < len(self.draft.steps) else None

    def lines_from(self, place: int) -> list[Line]:
        """A line for each row that this step leads to: straight to the next one, round the side to others."""
        found = []
        for to in sorted({to for _label, to in self.jumps(place) if to is not None}):
            start, stop = self.rows[place].middle, self.rows[to].middle
            if to == place + 1:
                x = BOX_WIDTH // 2
                found.append(Line(f"M{x} {start + BOX_HEIGHT // 2}V{stop - BOX_HEIGHT // 2}", is_back=False))
                continue
            self.lanes += 1
            x, down = BOX_WIDTH + LANE * (self.lanes + 1), CORNER if to > place else -CORNER
            # Leave below the middle and arrive above it, so that coming and going can be told apart.
            start, stop = start + 6, stop - 6
            path = f"M{BOX_WIDTH} {start}H{x - CORNER}Q{x} {start} {x} {start + down}"
            path += f"V{stop - down}Q{x} {stop} {x - CORNER} {stop}H{BOX_WIDTH + 2}"
            found.append(Line(path, is_back=to <= place))
        return found
