"""Everything that writes the plans that people make. What is written twice is kept once."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from .models import Answer, Approval, PlanVersion, StepPlanPage, Walk
from .structure import Step


class NotReady(Exception):
    """This step plan cannot be walked: it has loose ends."""


@transaction.atomic
def start(page: StepPlanPage, ticket: UUID) -> Walk:
    """Begin to walk a step plan as it is now. The same ticket gives the same walk.

    Raises NotReady when the plan does not lead to an end in every way.
    """
    if walk := Walk.objects.filter(ticket=ticket, owner=None).first():
        return walk
    draft = page.draft
    if not draft.steps or draft.problems():
        raise NotReady
    plan = draft.plan()
    version, _made = PlanVersion.objects.get_or_create(
        page=page, fingerprint=plan.fingerprint, defaults={"content": plan.dump()}
    )
    now = timezone.now()
    walk, _made = Walk.objects.get_or_create(
        ticket=ticket, defaults={"version": version, "started_at": now, "changed_at": now}
    )
    return walk


@transaction.atomic
def answer(walk: Walk, step: Step, *, option: str = "", judgement: str = "", reason: str = "", go_on: bool) -> None:
    """Keep what somebody chose and wrote at a step.

    Args:
        go_on: they are done here; otherwise they only look back, and what they typed is kept.
    """
    given, made = Answer.objects.get_or_create(walk=walk, step=step.key)
    before = (given.option, given.judgement, given.reason, given.is_done)
    given.option, given.judgement, given.reason = option, judgement, reason
    given.is_done = given.is_done or go_on
    if before == (given.option, given.judgement, given.reason, given.is_done):
        return
    given.save()
    if made:
        walk.__dict__.pop("answers_by_step", None)
    else:
        walk.answers_by_step[step.key] = given
    touch(walk)


def describe(
    walk: Walk,
    *,
    name: str,
    responsible: str,
    planned_on: dt.date | None,
    review_on: dt.date | None,
    ticked: list[str],
) -> None:
    """Keep what the plan is called, who answers for it, its dates, and what is there already."""
    given = {
        "name": name,
        "responsible": responsible,
        "planned_on": planned_on,
        "review_on": review_on,
        "ticked": ticked,
    }
    if any(getattr(walk, field) != value for field, value in given.items()):
        for field, value in given.items():
            setattr(walk, field, value)
        walk.save(update_fields=[*given])
        touch(walk)


def touch(walk: Walk) -> None:
    """Note that the plan changed now."""
    walk.changed_at = timezone.now()
    walk.save(update_fields=["changed_at"])


def keep(user: Any, walk: Walk) -> None:
    """Give the plan to an account: from now on it opens for this person alone, and goes when the account goes."""
    Walk.objects.filter(pk=walk.pk, owner=None).update(owner=user)
    walk.refresh_from_db(fields=["owner"])


@transaction.atomic
def copy(walk: Walk, ticket: UUID, *, name: str) -> Walk:
    """A second plan of the same owner with the same answers, to try other choices (requirement 004-13).

    The same ticket gives the same copy. The decision of a board is about the first plan and stays there.
    """
    now = timezone.now()
    fields = ("version", "owner", "responsible", "planned_on", "review_on", "ticked")
    given = {field: getattr(walk, field) for field in fields}
    twin, made = Walk.objects.get_or_create(
        ticket=ticket, defaults={**given, "name": name, "started_at": now, "changed_at": now}
    )
    if made:
        answers = walk.answers.all()
        Answer.objects.bulk_create(
            Answer(
                walk=twin, **{name: getattr(one, name) for name in ("step", "is_done", "option", "judgement", "reason")}
            )
            for one in answers
        )
    return twin


def approve(walk: Walk, *, verdict: str, decided_by: str, decided_on: dt.date, remark: str) -> Approval:
    """Keep the decision of a board about this plan; a later decision takes the place of an earlier one."""
    decision = {"verdict": verdict, "decided_by": decided_by, "decided_on": decided_on, "remark": remark}
    approval, _made = Approval.objects.update_or_create(walk=walk, defaults={**decision, "recorded_at": timezone.now()})
    return approval


def forget(walk: Walk) -> None:
    """Delete a plan and everything in it."""
    walk.delete()


def purge() -> int:
    """Delete plans that nobody kept or changed for long, and versions that nobody walks. Returns how many plans."""
    forgotten = Walk.objects.forgotten()
    count = forgotten.count()
    forgotten.delete()
    PlanVersion.objects.filter(walks=None, made_at__lt=timezone.now() - dt.timedelta(days=1)).delete()
    return count
