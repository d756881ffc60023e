"""Opening a space, and changing what it says about itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace import policy
from groupspace.actions.common import enter, require, signature
from groupspace.audit import log
from groupspace.kinds import space_kind
from groupspace.models import Membership, Space

if TYPE_CHECKING:
    from groupspace.actor import Actor
    from groupspace.models import Organisation


@transaction.atomic
def create_space(
    actor: Actor, *, organisation: Organisation, display_name: str, questions: Iterable[str] = (), **fields: Any
) -> Space:
    """Open a space; whoever opens it leads it.

    Args:
        organisation: who is responsible; the actor must be one of its professionals.
        display_name: the name the founder writes under.
        questions: what people answer when they ask to join.
        fields: the space's own fields.

    Raises PermissionDenied unless the actor is a verified professional of that organisation.
    """
    if not policy.may_open(actor) or not organisation.professionals.active().filter(user_id=actor.user_id).exists():
        raise PermissionDenied(str(policy.NO_PROFESSIONAL.reason))
    return found_space(actor, organisation=organisation, display_name=display_name, questions=questions, **fields)


def found_space(
    actor: Actor,
    *,
    organisation: Organisation | None,
    display_name: str,
    questions: Iterable[str] = (),
    **fields: Any,
) -> Space:
    """Make a space and its first leader, for an action that has checked whether this actor may."""
    space = Space(organisation=organisation, **fields)
    kind = space_kind(space.kind)
    if kind is None:
        raise ValidationError({"kind": _("Deze soort ruimte bestaat niet.")})
    if "state" not in fields and kind.checklist:
        space.state = Space.State.RECRUITING
    if kind.lasts:
        space.erase_on = timezone.localdate() + kind.lasts
    space.full_clean()
    space.save(force_insert=True)
    membership = Membership(space=space, user_id=actor.user_id, role=kind.founder_role.code, display_name=display_name)
    enter(membership)
    _set_questions(space, questions)
    log.record("space.created", actor=f"member:{membership.pk}", space_id=space.pk, obj=space)
    return space


@transaction.atomic
def change_space(actor: Actor, space: Space, *, questions: Iterable[str] | None = None, **fields: Any) -> Space:
    """Change what a space says about itself and how people join it."""
    require(actor, "change", space)
    for name, value in fields.items():
        setattr(space, name, value)
    space.full_clean()
    space.save(update_fields=fields.keys())
    if questions is not None:
        _set_questions(space, questions)
    log.record("space.changed", actor=signature(actor, space), space_id=space.pk, obj=space, authorisation="change")
    return space


def _set_questions(space: Space, questions: Iterable[str]) -> None:
    space.questions.all().delete()
    for position, text in enumerate(questions):
        space.questions.create(text=text, position=position)
