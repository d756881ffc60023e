"""The plans that somebody keeps, as data to take along."""

from __future__ import annotations

from typing import Any

from .models import Walk
from .policy import walks_of


def plans(user: Any) -> list[dict[str, Any]]:
    """All plans of this person, with every answer: also those that are no longer on the way."""
    return [plan(walk) for walk in walks_of(user).prefetch_related("answers")]


def plan(walk: Walk) -> dict[str, Any]:
    """One plan."""
    approval = getattr(walk, "approval", None)
    factors = {factor.key: factor.text for factor in walk.plan.factors}
    return {
        "stappenplan": walk.plan.title,
        "naam": walk.name,
        "wie zorgt ervoor": walk.responsible,
        "datum": str(walk.planned_on or ""),
        "terugkijken op": str(walk.review_on or ""),
        "is er al": [factors[key] for key in walk.ticked if key in factors],
        "begonnen": walk.started_at.isoformat(),
        "veranderd": walk.changed_at.isoformat(),
        "antwoorden": [in_words(walk, given) for given in walk.answers.all()],
        "besluit": {
            "wat": str(approval.get_verdict_display()),
            "wie": approval.decided_by,
            "wanneer": str(approval.decided_on),
            "opmerking": approval.remark,
        }
        if approval
        else None,
    }


def in_words(walk: Walk, given: Any) -> dict[str, str]:
    """One answer, in the words of the plan as it was walked."""
    step = walk.plan.step(given.step)
    option = step.option(given.option) if step else None
    return {
        "stap": step.name if step else given.step,
        "keuze": option.label if option else given.option,
        "kansrijk": str(given.get_judgement_display()),
        "reden": given.reason,
    }
