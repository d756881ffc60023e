"""What happens with ideas: visitors send and support them, staff word, weigh and choose them, everybody can follow.

Each action is one transaction. A change of status and a choice are written down in a log that nothing changes later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from . import mails
from .models import FINAL, Address, Entry, Idea, Score, Selection, Status, StatusChange, Support

#: The permission to read and handle what visitors send, and to change the public words and the status of ideas.
HANDLE = "knowledgebase_ideas.change_idea"
WORDS = ("title", "text", "for_whom", "region")
GROUP = ("group_label", "group_url", "pilot_ends_on")
DEMAND = ("demand", "demand_note")


def receive(ticket: UUID, *, keep_months: int, email: str = "", **fields: Any) -> Entry:
    """Keep what a visitor sent; the address apart from it.

    Args:
        ticket: the number of the form as it was shown; a second post with it gives the first entry again.
        keep_months: how long the form said that text and address are kept.
        fields: what was typed, by the names of the model.
    """
    until = timezone.localdate() + dt.timedelta(days=30 * keep_months)
    if existing := Entry.objects.filter(ticket=ticket).first():
        return existing
    try:
        with transaction.atomic():
            entry = Entry.objects.create(ticket=ticket, empty_on=until, **fields)
            if email:
                Address.objects.create(entry=entry, email=email, delete_on=until)
    except IntegrityError:
        # Two posts of one form at the same moment: the other one was first.
        return Entry.objects.get(ticket=ticket)
    return entry


def support(idea: Idea, ticket: UUID) -> bool:
    """Count one "Ik ook". Returns whether it is a new one; the same form counts once."""
    try:
        with transaction.atomic():
            return Support.objects.get_or_create(idea=idea, ticket=ticket)[1]
    except IntegrityError:
        return False


@transaction.atomic
def word(actor: Any, entry: Entry, **words: Any) -> Idea:
    """Make a public idea of an entry, in the words of staff. Raises ValidationError when words are missing."""
    _require(actor)
    entry = _new(entry)
    idea = Idea(**words)
    idea.full_clean()
    idea.save()
    with translation.override(settings.LANGUAGE_CODE):  # visitors read it, whatever language the CMS speaks
        reason = _("Dit idee kwam binnen van een bezoeker.")
    StatusChange.objects.create(idea=idea, by=actor, status=Status.RECEIVED, reason=reason)
    _join(actor, entry, idea)
    return idea


@transaction.atomic
def join(actor: Any, entry: Entry, idea: Idea) -> Entry:
    """Say that this is the same idea as one that is already public."""
    _require(actor)
    entry = _new(entry)
    _join(actor, entry, idea)
    return entry


@transaction.atomic
def set_aside(actor: Any, entry: Entry, answer: str = "") -> Entry:
    """Lay an entry aside: no idea for a group.

    Args:
        answer: what to mail to who gave an address; the address is gone after it.
    """
    _require(actor)
    entry = _new(entry)
    entry.state, entry.handled_by = Entry.State.ASIDE, actor
    entry.save(update_fields=["state", "handled_by"])
    for address in Address.objects.filter(entry=entry):
        if answer:
            mails.send_answer(address, answer)
        address.delete()
    return entry


@transaction.atomic
def reword(actor: Any, idea: Idea, **fields: Any) -> Idea:
    """Change the public words, the link to the group or the estimate of the demand. Raises ValidationError."""
    _require(actor)
    if not fields.keys() <= {*WORDS, *GROUP, *DEMAND}:
        raise TypeError("A status has its own action.")
    for name, value in fields.items():
        setattr(idea, name, value)
    idea.full_clean()
    idea.save(update_fields=fields.keys())
    return idea


@transaction.atomic
def change_status(actor: Any, idea: Idea, status: str, reason: str) -> Idea:
    """Give an idea another status, and tell who asked for mail. Raises ValidationError without a reason.

    An idea becomes a group by `choose`, which keeps why it was this one.
    """
    if status == Status.GROUP:
        raise ValidationError(_("Kies een idee in de vergelijking. Dan staat erbij waarom het dit idee werd."))
    return _change(actor, idea, status, reason)


@transaction.atomic
def choose(
    actor: Any, idea: Idea, *, reason: str, public_reason: str, beside: Iterable[Idea] = (), **group: Any
) -> Selection:
    """Choose an idea: it becomes a group.

    Args:
        reason: why this one, for colleagues of later.
        public_reason: the same for everyone.
        beside: the ideas it was compared with; their scores of today are kept along.
        group: the fields of the idea that lead to the group or the pilot.

    Raises ValidationError without reasons, or when it was chosen already.
    """
    _require(actor)
    if not reason.strip():
        raise ValidationError({"reason": _("Zeg waarom je dit idee kiest.")})
    if Idea.objects.select_for_update().get(pk=idea.pk).status == Status.GROUP:
        raise ValidationError(_("Dit idee is al gekozen."))
    reword(actor, idea, **group)
    others = [other for other in beside if other.pk != idea.pk]
    selection = Selection.objects.create(
        idea=idea, by=actor, reason=reason, compared=[_as_it_stands(each) for each in (idea, *others)]
    )
    _change(actor, idea, Status.GROUP, public_reason)
    return selection


@transaction.atomic
def score(actor: Any, idea: Idea, scores: Mapping[str, tuple[int | None, str]]) -> None:
    """Write down the scores of an idea: criterion to (0–3 or None for not yet, remark)."""
    _require(actor)
    for criterion, (value, remark) in scores.items():
        if value is None:
            Score.objects.filter(idea=idea, criterion=criterion).delete()
        else:
            Score.objects.update_or_create(idea=idea, criterion=criterion, defaults={"value": value, "remark": remark})


def _require(actor: Any) -> None:
    if not actor.has_perm(HANDLE):
        raise PermissionDenied


def _new(entry: Entry) -> Entry:
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    if entry.state != Entry.State.NEW:
        raise ValidationError(_("Een collega heeft deze inzending al afgehandeld."))
    return entry


def _join(actor: Any, entry: Entry, idea: Idea) -> None:
    entry.idea, entry.state, entry.handled_by = idea, Entry.State.JOINED, actor
    entry.save(update_fields=["idea", "state", "handled_by"])


def _change(actor: Any, idea: Idea, status: str, reason: str) -> Idea:
    _require(actor)
    reason = reason.strip()
    if status not in Status.values or not reason:
        raise ValidationError({"reason": _("Geef een reden. Iedereen leest die.")})
    current = Idea.objects.select_for_update().get(pk=idea.pk)
    last = current.changes.first()
    if last and (last.status, last.reason) == (status, reason):
        return current  # pressed twice
    current.status, current.changed_at = status, timezone.now()
    current.save(update_fields=["status", "changed_at"])
    StatusChange.objects.create(idea=current, by=actor, status=status, reason=reason)
    addresses = Address.objects.filter(entry__idea=current)
    for address in addresses:
        mails.send_news(address, current)
    if status in FINAL:
        addresses.delete()
    return current


def _as_it_stands(idea: Idea) -> dict[str, Any]:
    return {
        "idea": str(idea.uuid),
        "title": idea.title,
        "demand": idea.demand,
        "total": idea.total,
        "scores": {name: [score.value, score.remark] for name, score in idea.scored.items()},
    }
