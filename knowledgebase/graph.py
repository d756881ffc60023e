"""What is wrong with a branching plan, looked at as a graph. It knows positions and keys; no words, no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple


class Fault(Enum):
    """What can be wrong with a step, with one of its jumps, or with an end."""

    SAME_NAME = auto()  # an earlier step or end has the same key
    NO_TARGET = auto()  # a jump to what does not exist
    DEAD_END = auto()  # nothing comes after this step
    LOOP = auto()  # a jump back to a step that led here
    UNREACHABLE = auto()  # no way leads to this step
    END_UNREACHABLE = auto()  # no way leads to this end


class Step(NamedTuple):
    """A step: its key, and where one can go from it. An empty target is the next step in the list."""

    key: str
    targets: tuple[str, ...] = ("",)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        fault: what.
        at: position of the step, or of the end for what is wrong with an end.
        jump: position of the jump in its step, where it is about one.
        is_end: whether `at` counts ends instead of steps.
        other: position of the step that is gone back to, in a loop.
    """

    fault: Fault
    at: int
    jump: int | None = None
    is_end: bool = False
    other: int | None = None


def analyse(steps: Sequence[Step], ends: Sequence[str]) -> list[Problem]:
    """Everything that is wrong with this plan, in the order in which staff see it.

    A plan without problems leads from its first step to an end in every way, and every step and end can be reached.

    Args:
        steps: in order; one starts at the first.
        ends: the keys of the ends.
    """
    if not steps:
        return []
    places = _places(steps, ends)
    onward = [[_resolve(place, target, steps, places) for target in step.targets] for place, step in enumerate(steps)]
    reached = _reached(onward)
    problems = [*_same_names(steps, ends), *_nowhere(steps, onward), *_loops(onward)]
    problems += [Problem(Fault.UNREACHABLE, place) for place in range(len(steps)) if place not in reached]
    problems += [
        Problem(Fault.END_UNREACHABLE, place, is_end=True)
        for place in range(len(ends))
        if len(steps) + place not in reached
    ]
    return sorted(problems, key=lambda problem: (problem.is_end, problem.at))


def _places(steps: Sequence[Step], ends: Sequence[str]) -> dict[str, int]:
    """Where each key stands; ends are counted on after the steps. Of two with the same key the first counts."""
    places: dict[str, int] = {}
    for place, key in enumerate([*(step.key for step in steps), *ends]):
        places.setdefault(key, place)
    return places


def _resolve(place: int, target: str, steps: Sequence[Step], places: dict[str, int]) -> int | None:
    """Where a jump of the step at `place` leads; None for nowhere."""
    if target:
        return places.get(target)
    return place + 1 if place + 1 < len(steps) else None


def _same_names(steps: Sequence[Step], ends: Sequence[str]) -> list[Problem]:
    seen: set[str] = set()
    problems = []
    for place, key in enumerate([*(step.key for step in steps), *ends]):
        if key in seen:
            is_end = place >= len(steps)
            problems.append(Problem(Fault.SAME_NAME, place - len(steps) if is_end else place, is_end=is_end))
        seen.add(key)
    return problems


def _nowhere(steps: Sequence[Step], onward: Sequence[Sequence[int | None]]) -> list[Problem]:
    """Jumps to what is not there, and steps after which nothing comes."""
    problems = []
    for place, (step, found) in enumerate(zip(steps, onward, strict=True)):
        if not found:
            problems.append(Problem(Fault.DEAD_END, place))
        for jump, (target, to) in enumerate(zip(step.targets, found, strict=True)):
            if to is None:
                problems.append(Problem(Fault.NO_TARGET if target else Fault.DEAD_END, place, jump))
    return problems


def _reached(onward: Sequence[Sequence[int | None]]) -> set[int]:
    """Everything one can come to from the first step."""
    reached, todo = set(), [0]
    while todo:
        place = todo.pop()
        if place not in reached:
            reached.add(place)
            if place < len(onward):
                todo += [to for to in onward[place] if to is not None]
    return reached


def _loops(onward: Sequence[Sequence[int | None]]) -> list[Problem]:
    """The jumps that lead back. Without them no way goes round: each loop holds at least one of them."""
    problems, finished = [], set()
    for start in range(len(onward)):
        if start in finished:
            continue
        way, todo = [start], [iter(enumerate(onward[start]))]
        while way:
            jump, to = next(todo[-1], (-1, None))
            if jump < 0:
                finished.add(way.pop())
                todo.pop()
            elif to in way:
                problems.append(Problem(Fault.LOOP, way[-1], jump, other=to))
            elif to is not None and to < len(onward) and to not in finished:
                way.append(to)
                todo.append(iter(enumerate(onward[to])))
    return problems
