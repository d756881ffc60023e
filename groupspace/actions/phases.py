"""The way of a space through time: start, round off, read only, erased."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry

from groupspace import grants
from groupspace.actions.common import require, signature
from groupspace.audit import log
from groupspace.kinds import all_kinds
from groupspace.lifetime.phases import CLOSING
from groupspace.lifetime.start import checklist, has_begun
from groupspace.lifetime.term import check_runs, rented_until
from groupspace.models import CrisisProtocol, Membership, RetentionRule, Space
from groupspace.storage.keeping import drop_space
from groupspace.text.purge import drop_place

if TYPE_CHECKING:
    from groupspace.actor import Actor

State = Space.State
#: How long a space can be read when staff have made no rule: half a year (domain 6.2).
KEEP_READ_ONLY = timedelta(days=182)

#: From which states one can go to which; staff may stop a space from any.
_WAYS: Mapping[str, frozenset[str]] = {
    State.OPEN: frozenset({State.RECRUITING, State.CLOSING, State.READ_ONLY}),
    State.CLOSING: frozenset({State.OPEN}),
    State.READ_ONLY: frozenset({State.OPEN, State.CLOSING, State.RECRUITING}),
    #: Only for what never began: nobody can do what stands in the checklist while there is only reading.
    State.RECRUITING: frozenset({State.READ_ONLY}),
}


@transaction.atomic
def write_crisis_protocol(actor: Actor, space: Space, **fields: str) -> CrisisProtocol:
    """Write down what the facilitators do when somebody is in danger."""
    require(actor, "facilitate", space)
    protocol = CrisisProtocol.objects.filter(space=space).first() or CrisisProtocol(space=space)
    for name, value in fields.items():
        setattr(protocol, name, value)
    protocol.changed_at = timezone.now()
    protocol.full_clean()
    protocol.save()
    log.record(
        "space.protocol", actor=signature(actor, space), space_id=space.pk, obj=space, authorisation="facilitate"
    )
    return protocol


@transaction.atomic
def go_to(actor: Actor, space: Space, state: str) -> None:
    """Bring a space to another state.

    Raises ValidationError when it cannot go there from where it is, when something must be done before the start, or
    when the lease is over.
    """
    require(actor, "change", space)
    locked = Space.objects.select_for_update().get(pk=space.pk)
    if locked.state not in _WAYS.get(state, ()):
        raise ValidationError(_("Dat kan nu niet. Kijk hoe de groep er nu voor staat, en probeer het dan weer."))
    if state in {State.OPEN, State.RECRUITING}:
        check_runs(locked)
    begun = has_begun(locked)
    if begun and state == State.RECRUITING:
        raise ValidationError(_("Deze groep is al begonnen. Kies “Ga weer verder”."))
    if not begun and (locked.state, state) == (State.READ_ONLY, State.OPEN):
        raise ValidationError(
            _(
                "Deze groep is nog niet begonnen. Ga eerst terug naar werven. Bij Verloop lees je wat er nog moet "
                "gebeuren."
            )
        )
    if state == State.OPEN and (locked.state == State.RECRUITING or not begun):
        missing = [step.title for step in checklist(locked) if step.required and not step.done]
        if missing:
            raise ValidationError(
                _("De groep kan nog niet beginnen. Doe eerst dit: %(steps)s.") % {"steps": "; ".join(missing)}
            )
    enter_state(locked, state)
    log.record(f"space.{state}", actor=signature(actor, locked), space_id=locked.pk, obj=locked, authorisation="change")


def enter_state(space: Space, state: str) -> None:
    """Set the state, and the day on which everything is erased."""
    if space.state == State.RECRUITING and state == State.OPEN:
        space.started_at = timezone.now()
    space.state = state
    kind = space.space_kind
    if kind is None or kind.lasts is None:  # a practice space is erased whatever its state
        space.erase_on = erasure_day() if state == State.READ_ONLY else None
    if state == State.OPEN and space.ends_on and space.ends_on <= timezone.localdate():
        space.ends_on = rented_until(space)  # it goes on: the old last day would end it again tonight
    if state == State.CLOSING and space.ends_on is None:
        space.ends_on = timezone.localdate()  # without a last day it would round off for ever
    space.save(update_fields=["state", "erase_on", "ends_on", "started_at"])


def erasure_day(start: date | None = None) -> date:
    """When what was read only since `start` (today) is erased, by the rule that staff made."""
    rule = RetentionRule.objects.filter(trigger=RetentionRule.Trigger.READ_ONLY).order_by("days").first()
    kept = timedelta(days=rule.days) if rule else KEEP_READ_ONLY
    return (start or timezone.localdate()) + kept


def keep_to_the_calendar() -> None:
    """Round off what reached its last day, close what rounded off or never began, erase what is due. A daily job.

    Each space in a transaction of its own, so that one that fails does not keep the others.
    """
    today = timezone.localdate()
    for pk in Space.objects.filter(state=State.OPEN, ends_on__lt=today).values_list("pk", flat=True):
        _step(pk, State.OPEN, State.CLOSING)
    for pk in Space.objects.filter(state=State.RECRUITING, lease__until__lt=today).values_list("pk", flat=True):
        _step(pk, State.RECRUITING, State.READ_ONLY)
    rounded_off = Space.objects.filter(state=State.CLOSING, ends_on__lt=today - CLOSING)
    for pk in rounded_off.values_list("pk", flat=True):
        _step(pk, State.CLOSING, State.READ_ONLY)
    due = Space.objects.filter(erase_on__lte=today).exclude(state=State.ERASED)
    for pk in due.values_list("pk", flat=True):
        _erase_when_due(pk, today)


@transaction.atomic
def _step(pk: Any, before: str, after: str) -> None:
    space = Space.objects.select_for_update().get(pk=pk)
    if space.state != before:
        return
    enter_state(space, after)
    log.record(f"space.{after}", actor="system", space_id=pk, obj=space, authorisation="calendar")


@transaction.atomic
def _erase_when_due(pk: Any, today: date) -> None:
    space = Space.objects.select_for_update().get(pk=pk)
    if space.state == State.ERASED or space.erase_on is None or space.erase_on > today:
        return
    erase(space)


def erase(space: Space) -> int:
    """Erase a space: everything in it, who was in it, and what it said about itself. The log keeps that it happened.

    Returns the number of items that are gone.
    """
    gone = sum(kind.erase_space(space) for kind in all_kinds())
    for membership in Membership.objects.filter(space=space).select_related("space"):
        membership.state = Membership.State.LEFT
        grants.sync(membership)
    for related in (space.join_requests, space.invitations, space.letters, space.questions, space.profile_fields):
        related.all().delete()
    CrisisProtocol.objects.filter(space=space).delete()
    space.memberships.all().delete()
    drop_space(space.pk)
    drop_place(space.pk)
    for field in ("name", "theme", "about", "welcome", "house_rules", "summary", "on_duty"):
        setattr(space, field, "")
    space.name = str(_("Gewiste groep"))
    space.visibility, space.state, space.capacity = Space.Visibility.HIDDEN, State.ERASED, None
    space.stopped_from = ""
    space.save()
    # What staff changed stands in Wagtail's own history, under the name that the space had then.
    ModelLogEntry.objects.for_instance(space).update(label=space.name)
    log.record("space.erased", actor="system", space_id=space.pk, obj=space, authorisation="retention")
    return gone
