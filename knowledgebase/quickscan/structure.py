"""A quick scan as data: made of what staff built, kept as a snapshot, and walked by the answers of one organisation."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from knowledgebase import graph
from knowledgebase.models import ProviderKind, Province

from .blocks import END, HIGHEST, LOWEST

LONGEST_KEY = 50
#: The key of the end, as a target.
END_KEY = slugify(END)
#: The two questions that every scan starts with.
KIND_KEY, PROVINCE_KEY = "soort-organisatie", "provincie"
WHOLE_COUNTRY = "landelijk"
#: Keys that no question of staff can have.
RESERVED = (END_KEY, KIND_KEY, PROVINCE_KEY)
SEVERAL = ("choices", "needs")
#: What somebody answered: chosen keys, or a text; nothing when the question was left open.
Answers = Mapping[str, list[str] | str]


@dataclass(frozen=True)
class Option:
    """One answer to choose. An empty target is that of the question."""

    key: str
    label: str
    target: str = ""


@dataclass(frozen=True)
class Question:
    """One screen. Every target is the key of a later question, or of the end."""

    key: str
    kind: str
    question: str
    target: str
    hint: str = ""
    required: bool = True
    options: tuple[Option, ...] = ()

    @property
    def is_text(self) -> bool:
        return self.kind == "text"

    @property
    def takes_several(self) -> bool:
        return self.kind in SEVERAL

    @property
    def targets(self) -> frozenset[str]:
        """Everywhere that somebody can go from here."""
        own = {option.target or self.target for option in self.options}
        return frozenset(own | ({self.target} if self.is_text or not self.required else set()))

    def after(self, answer: list[str] | str) -> str:
        """Where this answer leads: the first chosen option with a jump decides."""
        jumps = (option.target for option in self.options if option.key in answer and option.target)
        return next(jumps, self.target) if not self.is_text else self.target

    def in_words(self, answer: list[str] | str) -> list[str]:
        """The answer as people read it."""
        if self.is_text:
            return [str(answer)] if answer else []
        return [option.label for option in self.options if option.key in answer]


@dataclass(frozen=True)
class Scan:
    """A whole scan, as it was on some day."""

    title: str
    questions: tuple[Question, ...]

    def question(self, key: str) -> Question | None:
        """The question with this key."""
        return next((question for question in self.questions if question.key == key), None)

    def way(self, answers: Answers) -> tuple[list[Question], bool]:
        """The questions from the first one on, and whether these answers lead to the end.

        Unless they do, the last question is the one to answer next. Jumps only go forward, so this ends.
        """
        way: list[Question] = []
        key = self.questions[0].key
        while question := self.question(key):
            way.append(question)
            if question.key not in answers:
                return way, False
            key = question.after(answers[question.key])
        return way, True

    def most_left(self, question: Question) -> int:
        """How many questions can still come after this one, at most."""
        longest: dict[str, int] = {END_KEY: 0}
        for each in reversed(self.questions):
            longest[each.key] = 1 + max(longest[target] for target in each.targets)
        return longest[question.key] - 1

    @property
    def asked_of_all(self) -> frozenset[str]:
        """The keys of the questions that nobody can skip or leave open."""
        passed: set[str] = set()
        ahead = {self.questions[0].key}
        for each in self.questions:
            # Everybody is here when no way passes over this question.
            if ahead == {each.key} and each.required:
                passed.add(each.key)
            if each.key in ahead:
                ahead = (ahead - {each.key}) | each.targets
        return frozenset(passed)

    def dump(self) -> dict[str, Any]:
        """As JSON; `load` reads it."""
        return json.loads(json.dumps(asdict(self)))

    @property
    def fingerprint(self) -> str:
        """The same for two scans that ask the same."""
        return hashlib.sha256(json.dumps(self.dump(), sort_keys=True).encode()).hexdigest()


def load(data: Mapping[str, Any]) -> Scan:
    """Read what `Scan.dump` wrote."""
    return Scan(
        data["title"],
        tuple(
            Question(**{**question, "options": tuple(Option(**option) for option in question["options"])})
            for question in data["questions"]
        ),
    )


def fixed_questions(following: str) -> tuple[Question, Question]:
    """What every scan asks first: which kind of organisation this is, and where."""
    kinds = tuple(Option(kind.value, str(kind.label)) for kind in ProviderKind)
    provinces = tuple(Option(province.value, str(province.label)) for province in Province)
    country = Option(WHOLE_COUNTRY, str(_("Het hele land")))
    return (
        Question(KIND_KEY, "choice", str(_("Wat voor organisatie is het?")), PROVINCE_KEY, options=kinds),
        Question(
            PROVINCE_KEY,
            "choice",
            str(_("In welke provincie werken jullie?")),
            following,
            options=(*provinces, country),
        ),
    )


class Draft:
    """What staff built, finished or not. Jumps are looked up by name or by key."""

    def __init__(self, title: str, questions: Any) -> None:
        self.title, self.blocks = title, list(questions)
        self.keys = [key_of(block, place) for place, block in enumerate(self.blocks)]
        self._known = {END_KEY: END_KEY}
        for block, key in zip(self.blocks, self.keys, strict=True):
            for name in (key, slugify(block.value.get("name") or "")):
                self._known.setdefault(name, key)

    def resolve(self, target: str | None) -> str:
        """The key that goes with what staff typed; what was typed when there is none."""
        wanted = (target or "").strip()
        return self._known.get(slugify(wanted), wanted) if wanted else ""

    def jumps(self, place: int) -> list[str | None]:
        """Where this question leads as typed by staff: that of the question, then those of its answers."""
        value = self.blocks[place].value
        parts = [block.value for block in value.get("options") or value.get("skips") or []]
        return [value.get("target"), *(part.get("target") for part in parts)]

    def following(self, place: int) -> str:
        """The key of what comes next when nobody says otherwise."""
        return self.keys[place + 1] if place + 1 < len(self.keys) else END_KEY

    def problems(self) -> list[graph.Problem]:
        """Everything that is wrong with the ways through this scan. A jump that does not go forward is a loop."""
        found = []
        for place in range(len(self.keys)):
            for number, target in enumerate(self.targets(place)):
                if target in self.keys[: place + 1]:
                    earlier = self.keys.index(target)
                    found.append(graph.Problem(graph.Fault.LOOP, place, number, other=earlier))
                elif target not in ("", END_KEY, *self.keys):
                    found.append(graph.Problem(graph.Fault.NO_TARGET, place, number))
        doubles = [
            graph.Problem(graph.Fault.SAME_NAME, place)
            for place, key in enumerate(self.keys)
            if key in RESERVED or key in self.keys[:place]
        ]
        if doubles:  # a name that two have leads nowhere for sure: what is reached is looked at later
            return sorted(found + doubles, key=lambda problem: problem.at)
        steps = [graph.Step(key, tuple(self.ways_on(place))) for place, key in enumerate(self.keys)]
        faults = graph.analyse(steps, [END_KEY])
        found += [problem for problem in faults if problem.fault is graph.Fault.UNREACHABLE]
        return sorted(found, key=lambda problem: problem.at)

    def targets(self, place: int) -> list[str]:
        """The keys that go with the jumps of this question."""
        return [self.resolve(target) for target in self.jumps(place)]

    def ways_on(self, place: int) -> list[str]:
        """Everywhere that this question really leads. Its own target counts when some answer has no jump."""
        block = self.blocks[place]
        first, *own = self.targets(place)
        default = first or self.following(place)
        answers = HIGHEST - LOWEST + 1 if block.block_type == "scale" else len(own)
        some_without = not own or "" in own or len(own) < answers or not block.value.get("required")
        return [*(target or default for target in own), *([default] if some_without else [])]

    def doubles(self, place: int) -> list[int]:
        """The positions of answers of this question that stand there already: they could not be told apart."""
        value, seen, found = self.blocks[place].value, set(), []
        for number, part in enumerate(value.get("options") or value.get("skips") or []):
            key = part.value.get("number") or option_key(part.value.get("label") or "", number)
            if key in seen:
                found.append(number)
            seen.add(key)
        return found

    def scan(self) -> Scan:
        """The finished scan, with its two fixed questions. Only for a draft without problems."""
        own = tuple(self._question(place) for place in range(len(self.blocks)))
        return Scan(self.title, (*fixed_questions(self.keys[0]), *own))

    def _question(self, place: int) -> Question:
        block, value = self.blocks[place], self.blocks[place].value
        return Question(
            self.keys[place],
            block.block_type,
            value["question"],
            self.resolve(value.get("target")) or self.following(place),
            value.get("hint") or "",
            bool(value.get("required")),
            tuple(self._options(block)),
        )

    def _options(self, block: Any) -> list[Option]:
        value = block.value
        if block.block_type == "scale":
            jumps = {skip.value["number"]: self.resolve(skip.value["target"]) for skip in value.get("skips") or []}
            words = {LOWEST: value["low"], HIGHEST: value["high"]}
            return [
                Option(
                    str(number),
                    f"{number}: {words[number]}" if number in words else str(number),
                    jumps.get(str(number), ""),
                )
                for number in range(LOWEST, HIGHEST + 1)
            ]
        return [
            Option(
                option_key(option.value["label"], place),
                option.value["label"],
                self.resolve(option.value.get("target")),
            )
            for place, option in enumerate(value.get("options") or [])
        ]


def key_of(block: Any, place: int) -> str:
    """The key of a question: chosen by staff, else made of its name."""
    value = block.value
    return slugify(value.get("key") or value.get("name") or "")[:LONGEST_KEY] or f"vraag-{place + 1}"


def option_key(label: str, place: int) -> str:
    """The key of an answer: made of its words, so that answers keep their meaning when staff change the order."""
    return slugify(label)[:LONGEST_KEY] or f"antwoord-{place + 1}"
