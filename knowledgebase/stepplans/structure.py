"""A step plan as data: made of what staff built, kept as a snapshot, and walked by the answers of one person."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.text import slugify

from knowledgebase import graph

from .blocks import Outcome, Track

LONGEST_KEY = 50


@dataclass(frozen=True)
class Option:
    """One answer at a choice moment."""

    key: str
    label: str
    consequence: str
    target: str


@dataclass(frozen=True)
class Step:
    """One screen. `target` is where a step without a choice leads; a choice moment has options instead."""

    key: str
    name: str
    track: str
    text: str
    prompt: str = ""
    target: str = ""
    question: str = ""
    options: tuple[Option, ...] = ()

    @property
    def is_choice(self) -> bool:
        return bool(self.options)

    @property
    def track_label(self) -> str:
        return str(Track(self.track).label) if self.track in Track.values else ""

    def option(self, key: str) -> Option | None:
        """The option with this key."""
        return next((option for option in self.options if option.key == key), None)


@dataclass(frozen=True)
class End:
    """A way in which the plan ends."""

    key: str
    name: str
    outcome: str
    text: str

    @property
    def is_promising(self) -> bool:
        return self.outcome == Outcome.PROMISING

    @property
    def outcome_label(self) -> str:
        return str(Outcome(self.outcome).label)


@dataclass(frozen=True)
class Factor:
    """Something that decides whether it succeeds."""

    key: str
    text: str


@dataclass(frozen=True)
class Plan:
    """A whole plan. Every target is the key of a step or an end."""

    title: str
    steps: tuple[Step, ...]
    ends: tuple[End, ...]
    factors: tuple[Factor, ...] = ()

    def step(self, key: str) -> Step | None:
        """The step with this key."""
        return next((step for step in self.steps if step.key == key), None)

    def end(self, key: str) -> End | None:
        """The end with this key."""
        return next((end for end in self.ends if end.key == key), None)

    def way(self, chosen: Mapping[str, str]) -> tuple[list[Step], End | None]:
        """The steps from the first one on, and the end when the answers lead that far.

        The last step is the one where the next answer is asked, unless there is an end.

        Args:
            chosen: the key of the option for each step that is done; "" for a step without a choice.
        """
        way: list[Step] = []
        step = self.steps[0]
        while step not in way:
            way.append(step)
            if step.key not in chosen:
                return way, None
            option = step.option(chosen[step.key])
            if step.is_choice and option is None:
                return way, None
            target = option.target if option else step.target
            if end := self.end(target):
                return way, end
            following = self.step(target)
            if following is None:
                break
            step = following
        return way, None  # cannot happen in a plan that was checked

    def dump(self) -> dict[str, Any]:
        """As JSON; `load` reads it."""
        return json.loads(json.dumps(asdict(self)))

    @property
    def fingerprint(self) -> str:
        """The same for two plans that say the same."""
        return hashlib.sha256(json.dumps(self.dump(), sort_keys=True).encode()).hexdigest()


def load(data: Mapping[str, Any]) -> Plan:
    """Read what `Plan.dump` wrote."""
    steps = [
        Step(**{**step, "options": tuple(Option(**option) for option in step["options"])}) for step in data["steps"]
    ]
    ends = [End(**end) for end in data["ends"]]
    factors = [Factor(**factor) for factor in data["factors"]]
    return Plan(data["title"], tuple(steps), tuple(ends), tuple(factors))


def key_of(block: Any, prefix: str, place: int) -> str:
    """The key of a step or end: chosen by staff, else made of its name."""
    value = block.value
    return slugify(value.get("key") or value.get("name") or "")[:LONGEST_KEY] or f"{prefix}-{place + 1}"


class Draft:
    """What staff built, finished or not. Jumps are looked up by name or by key."""

    def __init__(self, title: str, steps: Any, ends: Any, factors: Any = ()) -> None:
        self.title, self.steps, self.ends, self.factors = title, list(steps), list(ends), list(factors)
        self.step_keys = [key_of(block, "stap", place) for place, block in enumerate(self.steps)]
        self.end_keys = [key_of(block, "einde", place) for place, block in enumerate(self.ends)]
        self._keys: dict[str, str] = {}
        for block, key in zip([*self.steps, *self.ends], [*self.step_keys, *self.end_keys], strict=True):
            for name in (key, slugify(block.value.get("name") or "")):
                self._keys.setdefault(name, key)

    def jumps(self, place: int) -> list[str]:
        """Where the step at this place leads, as typed by staff."""
        block = self.steps[place]
        if block.block_type == "choice":
            return [option.value.get("target") or "" for option in block.value.get("options") or []]
        return [block.value.get("target") or ""]

    def resolve(self, target: str) -> str:
        """The key that goes with what staff typed; what was typed when there is none."""
        wanted = target.strip()
        return self._keys.get(slugify(wanted), wanted)

    def problems(self) -> list[graph.Problem]:
        """Everything that is wrong with the way through this plan."""
        steps = [
            graph.Step(key, tuple(self.resolve(target) for target in self.jumps(place)))
            for place, key in enumerate(self.step_keys)
        ]
        return graph.analyse(steps, self.end_keys)

    def plan(self) -> Plan:
        """The finished plan. Only for a draft without problems."""
        steps = tuple(self._step(place) for place in range(len(self.steps)))
        ends = tuple(
            End(key, block.value["name"], block.value["outcome"], source(block.value["text"]))
            for block, key in zip(self.ends, self.end_keys, strict=True)
        )
        factors = tuple(Factor(str(place + 1), str(block.value)) for place, block in enumerate(self.factors))
        return Plan(self.title, steps, ends, factors)

    def _step(self, place: int) -> Step:
        block, key = self.steps[place], self.step_keys[place]
        value = block.value
        following = self.step_keys[place + 1] if place + 1 < len(self.steps) else ""
        targets = [self.resolve(target) or following for target in self.jumps(place)]
        fields = {"key": key, "name": value["name"], "track": value["track"], "text": source(value["text"])}
        if block.block_type == "step":
            return Step(**fields, prompt=value.get("prompt") or "", target=targets[0])
        options = tuple(
            Option(str(number), option.value["label"], option.value["consequence"], target)
            for number, (option, target) in enumerate(zip(value["options"], targets, strict=True), start=1)
        )
        return Step(**fields, question=value["question"], options=options)


def source(text: Any) -> str:
    """Rich text as it is stored."""
    return getattr(text, "source", str(text or ""))
