"""The plan document: what somebody chose, why, and what comes of it; on the screen, on paper and as a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .models import Answer, Walk
from .structure import End, Option, Step


@dataclass(frozen=True)
class Line:
    """One step in a plan document."""

    step: Step
    answer: Answer | None
    option: Option | None

    @property
    def judgement(self) -> str:
        return self.answer.get_judgement_display() if self.answer else ""

    @property
    def reason(self) -> str:
        return self.answer.reason if self.answer else ""


class Document:
    """A plan as its reader sees it. Steps that are no longer on the way are left out."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.plan = walk.plan
        way, end = walk.way
        self.end: End | None = end
        self.lines = [self._line(step) for step in way]

    def _line(self, step: Step) -> Line:
        answer = self.walk.answers_by_step.get(step.key)
        return Line(step, answer, step.option(answer.option) if answer else None)

    @property
    def title(self) -> str:
        """What the plan is called."""
        return self.walk.name or self.plan.title

    @property
    def factors(self) -> list[tuple[str, bool]]:
        """(success factor, whether it is there already)."""
        return [(factor.text, factor.key in self.walk.ticked) for factor in self.plan.factors]

    @property
    def without_reason(self) -> list[Step]:
        """The choices for which nobody wrote why."""
        return [line.step for line in self.lines if line.step.is_choice and not line.reason]

    @property
    def approval(self) -> Any:
        """The decision about this plan, if there is one."""
        return getattr(self.walk, "approval", None)

    @property
    def filename(self) -> str:
        """What the PDF is called. Neutral: a list of downloads must not tell what somebody plans."""
        return f"stappenplan-{self.walk.changed_at:%Y-%m-%d}.pdf"


class Comparison:
    """Plans side by side: a row for each step that is in one of them."""

    def __init__(self, documents: list[Document]) -> None:
        self.documents = documents
        names: dict[str, str] = {}
        for document in documents:
            for line in document.lines:
                names.setdefault(line.step.key, line.step.name)
        by_step = [{line.step.key: line for line in document.lines} for document in documents]
        self.rows = [(name, [lines.get(key) for lines in by_step]) for key, name in names.items()]
