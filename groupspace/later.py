"""What somebody prepared for a later moment: of every kind that can be prepared, in one way.

An action that makes an item calls `groupspace.actions.put_by`. Until its moment it is held (`groupspace.held`), so that
the stream, the search and the notices pass over it; `policy.visible` shows it to nobody, `policy.prepared` to its
author and to who leads. `groupspace.actions.preparing` lets it come.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Count, F, IntegerField, Q, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace import policy
from groupspace.ids import uuid7
from groupspace.kinds import Kind, Line, Waits, all_kinds, kinds_in
from groupspace.models import Stuck

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from groupspace.actor import Actor
    from groupspace.models import Space, SpaceContent

#: Words of longer ago are not placed by themselves any more: the group is elsewhere by then.
STILL_FITS = timedelta(days=14)
#: What can pass by itself; then it is tried again.
PASSING = (Stuck.AGREE, Stuck.PAUSED, Stuck.SHUT, Stuck.OFF)
#: Nobody prepares further ahead: groups end before it, and no calendar goes on for ever.
FURTHEST = timedelta(days=366)
PREPARED = _("Het staat klaar. Tot dat moment ziet de groep er niets van.")
PAST = _("Dit moment is al voorbij. Kies een later moment.")
TOO_FAR = _("Dit moment is te ver weg. Kies een moment binnen een jaar.")
#: The columns of `prepared_in`.
COLUMNS = (
    "p_kind",
    "pk",
    "p_title",
    "p_for",
    "p_stuck",
    "author_id",
    "author_name",
    "author_role",
    "author_user",
)


def check_moment(kind: Kind, item: SpaceContent, at: datetime) -> None:
    """Raises ValidationError when an item cannot come at this moment."""
    if why := why_not(at):
        raise ValidationError({"later": why})
    kind.check_moment(item, at)


def why_not(at: datetime) -> StrOrPromise:
    """Why nothing can be prepared for this moment; empty when it can."""
    ahead = at - timezone.now()
    if ahead <= timedelta(0):
        return PAST
    return TOO_FAR if ahead > FURTHEST else ""


def prepared_in(actor: Actor, space: Space, pk: UUID | None = None) -> list[Any]:
    """What waits for its moment in a space, of all kinds, as far as this actor may see it, the first to come on top.

    One statement; each has the `COLUMNS`, and its `kind`.

    Args:
        pk: only the one with this id.
    """
    only = {} if pk is None else {"pk": pk}
    parts = [
        _part(actor, space, number, kind, only) for number, kind in enumerate(_preparing()) if kind in kinds_in(space)
    ]
    if not parts:
        return []
    rows = parts[0].union(*parts[1:], all=True).order_by("p_for", "pk")
    found = [SimpleNamespace(**dict(zip(COLUMNS, row, strict=True))) for row in rows]
    for one in found:
        one.kind = _preparing()[one.p_kind]
        one.why = Stuck(one.p_stuck).label if one.p_stuck else ""
    return found


def count_prepared(actor: Actor, space: UUID) -> Any:
    """How much `prepared_in` gives, as a column of another question; what a space switched off is not counted."""
    count: Any = Value(0)
    for kind in _preparing():
        found: Any = policy.prepared(actor, model_of(kind)._default_manager.filter(space=space))
        number = found.order_by().values("space").annotate(number=Count("pk")).values("number")
        count += Coalesce(Subquery(number), 0)
    return count


def find(actor: Actor, space: Space, pk: UUID) -> tuple[Kind, Any] | None:
    """What waits for its moment and has this id, with its kind, as far as this actor may see it."""
    for row in prepared_in(actor, space, pk):
        item = row.kind.prepares.model._default_manager.select_related("author").get(pk=pk)
        item.space = space
        return row.kind, item
    return None


def due() -> list[tuple[Kind, UUID]]:
    """What has to be placed now, with its kind; a statement for each kind."""
    return [
        (kind, pk) for kind in _preparing() for pk in due_of(kind).order_by("prepared_for").values_list("pk", flat=True)
    ]


def due_of(kind: Kind) -> QuerySet[Any]:
    """What of a kind has to be placed now: its moment came, and nothing stands in its way for good."""
    now = timezone.now()
    again = Q(stuck__in=PASSING, prepared_for__gt=now - STILL_FITS)
    return model_of(kind)._default_manager.filter(Q(stuck="") | again, prepared_for__lte=now)


def stuck_lines(actor: Actor, kind: Kind, ids: Iterable[UUID]) -> dict[UUID, Line]:
    """What among these was not placed, and why, for who may see it; one statement."""
    found = policy.prepared(actor, model_of(kind)._default_manager.filter(pk__in=list(ids))).exclude(stuck="")
    found = found.annotate(p_title=F(what_of(kind).title))
    return {
        one.pk: Line(
            f"{one.p_title}. {one.get_stuck_display()}", reverse("groupspace:later-item", args=[one.space_id, one.pk])
        )
        for one in found
    }


def renew_id(item: SpaceContent) -> None:
    """Give an item, and all that hangs under it, an id of this moment: lists are in the order of ids.

    For what nobody but its author and who leads has seen; its old address leads nowhere any more.
    """
    old, new, model = item.pk, uuid7(), type(item)
    model._base_manager.filter(pk=old).update(id=new)
    for relation in model._meta.related_objects:
        key = relation.field.name
        relation.related_model._base_manager.filter(**{key: old}).update(**{key: new})
    item.pk = new


def what_of(kind: Kind) -> Waits:
    """What of this kind is prepared. Raises LookupError when nothing of it can be."""
    if kind.prepares is None:
        raise LookupError(f"Nothing of {kind.slug} can be prepared.")
    return kind.prepares


def model_of(kind: Kind) -> Any:
    """The model of which rows of this kind are prepared."""
    return what_of(kind).model


def _preparing() -> list[Kind]:
    return [kind for kind in all_kinds() if kind.prepares]


def _part(actor: Actor, space: Space, number: int, kind: Kind, only: dict[str, UUID]) -> Any:
    found: Any = policy.prepared(actor, model_of(kind)._default_manager.filter(space=space, **only))
    columns = {
        "p_kind": Value(number, IntegerField()),
        "p_title": Cast(F(what_of(kind).title), TextField()),
        "p_for": F("prepared_for"),
        "p_stuck": F("stuck"),
    }
    return found.order_by().with_author().annotate(**columns).values_list(*COLUMNS)
