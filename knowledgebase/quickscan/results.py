"""What organisations answered, counted: exactly for staff, and as everyone may see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledgebase import charts
from knowledgebase.suppression import ROUNDING, THRESHOLD, publish, rounded

from .models import QuickScanPage, Response
from .structure import KIND_KEY, PROVINCE_KEY, Question

#: In the place of an answer, for who was not asked or gave none.
NO_ANSWER = ""


@dataclass
class Tally:
    """One question, counted.

    Attributes:
        counts: how often each answer was chosen, by its words.
        texts: the own words of organisations; for staff only.
        answered: how many answered it.
        is_for_all: nobody could skip it or leave it open.
    """

    key: str
    kind: str
    question: str
    takes_several: bool
    is_for_all: bool
    counts: dict[str, int] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    answered: int = 0

    @property
    def bars(self) -> list[charts.Bar]:
        """The exact counts as bars."""
        return charts.bars(list(self.counts.items()))

    @property
    def average(self) -> float | None:
        """The average of a number from 1 to 5."""
        if self.kind != "scale" or not self.answered:
            return None
        return sum(int(label[0]) * count for label, count in self.counts.items()) / self.answered


def responses_of(page: QuickScanPage) -> list[Response]:
    """All that was sent, with the scan as it was then; in an order that tells nothing."""
    return list(Response.objects.filter(version__page=page).select_related("version").order_by("pk"))


def count(responses: Sequence[Response], counted: Sequence[Response] | None = None) -> list[Tally]:
    """Count the answers to each question, in the order of the newest scan.

    Answers to questions that staff took out later come after those that are still there.

    Args:
        responses: all of one scan; they say which questions there are.
        counted: those of them to count; None for all.
    """
    versions = {one.version_id: one.version for one in responses}
    tallies: dict[tuple[str, str], Tally] = {}
    labels: dict[tuple[str, str], dict[str, str]] = {}
    for version in sorted(versions.values(), key=lambda version: version.made_at, reverse=True):
        for question in version.scan.questions:
            same = (question.key, question.kind)
            tally = tallies.setdefault(same, tally_of(question, is_for_all=True))
            tally.is_for_all &= question.key in version.scan.asked_of_all
            for option in question.options:
                label = labels.setdefault(same, {}).setdefault(option.key, option.label)
                tally.counts.setdefault(label, 0)
    asked = {
        version.pk: {question.key: (question.key, question.kind) for question in version.scan.questions}
        for version in versions.values()
    }
    for same, tally in tallies.items():
        # Who answered an edition without this question was not asked it.
        tally.is_for_all &= all(questions.get(same[0]) == same for questions in asked.values())
    for one in responses if counted is None else counted:
        for key, answer in one.answers.items():
            add(tallies[asked[one.version_id][key]], answer, labels.get(asked[one.version_id][key], {}))
    for tally in tallies.values():
        tally.texts.sort()  # else the same place below two questions would mean the same organisation
    return list(tallies.values())


def is_of(response: Response, *, kind: str = "", province: str = "") -> bool:
    """Whether it was sent by an organisation of this kind, in this province; empty is any."""
    wanted = ((KIND_KEY, kind), (PROVINCE_KEY, province))
    return all(not value or value in response.answers.get(key, ()) for key, value in wanted)


def tally_of(question: Question, *, is_for_all: bool) -> Tally:
    """A question with nothing counted yet."""
    return Tally(question.key, question.kind, question.question, question.takes_several, is_for_all)


def add(tally: Tally, answer: list[str] | str, labels: dict[str, str]) -> None:
    """Count one answer."""
    if not answer:
        return
    tally.answered += 1
    if isinstance(answer, str):
        tally.texts.append(answer)
        return
    for key in answer:
        tally.counts[labels[key]] += 1


def to_publish(tallies: Iterable[Tally], total: int) -> dict[str, Any]:
    """The figures that may be shown to everyone, as JSON: no own words, none that is small or gives one away.

    Each list is weighed together with who did not answer, so that all lists have the same total; else a question for
    some would tell how many those are. An answer to choose beside others is a list of its own: chosen or not.
    """
    # Below twice the threshold there is always a list that gives its parts away: `publish` would hide its total.
    if total < 2 * THRESHOLD:
        return {"total": None, "questions": []}
    questions = []
    for tally in tallies:
        if tally.kind == "text":
            continue
        weigh = each_apart if tally.takes_several else together
        questions.append({"question": tally.question, "cells": weigh(tally, total)})
    return {"total": rounded(total, ROUNDING), "questions": questions}


def together(tally: Tally, total: int) -> list[tuple[str, int | None]]:
    """The answers of which one was chosen, weighed as one list."""
    counts = dict(tally.counts)
    if not tally.is_for_all:
        counts[NO_ANSWER] = total - tally.answered
    cells = publish(counts).cells
    return [(label, cells[label]) for label in tally.counts]


def each_apart(tally: Tally, total: int) -> list[tuple[str, int | None]]:
    """The answers of which several could be chosen, each weighed against who did not choose it."""
    return [(label, publish({True: count, False: total - count}).cells[True]) for label, count in tally.counts.items()]


@dataclass(frozen=True)
class PublishedQuestion:
    """One question as everyone sees it."""

    question: str
    rows: list[charts.Bar]

    @property
    def shown(self) -> list[charts.Bar]:
        return [bar for bar in self.rows if bar.count is not None]

    @property
    def hidden(self) -> int:
        """How many answers have a number that is not shown."""
        return len(self.rows) - len(self.shown)


@dataclass(frozen=True)
class Published:
    """The public figures of a closed scan; without a total there were too few answers."""

    total: int | None
    questions: list[PublishedQuestion]


def as_published(content: dict[str, Any]) -> Published:
    """Read what `to_publish` made."""
    return Published(
        content["total"],
        [
            PublishedQuestion(question["question"], charts.bars([(label, count) for label, count in question["cells"]]))
            for question in content["questions"]
        ],
    )
