"""What waits until somebody who moderates has read it, in spaces where one reads first: of every kind, in one way.

An action asks `held_from` when it makes something. The policy shows what waits to its author and to whoever moderates;
the stream and the search pass over it, and so no notice tells of it. `groupspace.actions.release` lets it through.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import F, IntegerField, Max, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace import policy
from groupspace.kinds import Kind, Waits, all_kinds, kinds_in
from groupspace.models import Audience, Space
from groupspace.permissions import SHUT, Permission

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from groupspace.actor import Actor

#: The columns of `waiting`.
COLUMNS = (
    "w_sort",
    "pk",
    "w_title",
    "w_text",
    "w_files",
    "w_since",
    "author_id",
    "author_name",
    "author_role",
    "author_user",
)


def held_from(
    actor: Actor, space: Space, *, audience: str = Audience.SPACE, under: Any = None, at: datetime | None = None
) -> datetime | None:
    """Since when what this member makes waits; None when others may read it at once.

    Args:
        audience: what only facilitators or its author read need not wait for them.
        under: the item under which it hangs; what hangs under something that waits, waits too.
        at: when it is made, when that is not now.
    """
    access = actor.spaces[space.pk]
    waits = access.approve_first and audience == Audience.SPACE and Permission.MODERATE not in access.permissions
    return (at or timezone.now()) if waits or (under is not None and under.held_at is not None) else None


def waiting(actor: Actor, space: Space) -> Any:
    """What waits in a space, of all kinds, as far as this actor may read it: rows of `COLUMNS`, the oldest first.

    One statement.
    """
    found = [_part(actor, space, sort) for sort in sorts(space)]
    return found[0].union(*found[1:], all=True).order_by("w_since", "pk")


def newest_by_author(until: datetime) -> dict[UUID, dict[UUID, datetime]]:
    """Of each space in which something waits: since when the newest does, by the membership that wrote it.

    One statement for all spaces, and one for the spaces themselves when anything waits. For a job that tells who reads
    first; it says nothing of what waits.

    Args:
        until: what came later is left out.
    """
    found = [_newest(waits, until) for _kind, waits in _all()]
    rows = list(found[0].union(*found[1:], all=True))
    spaces = Space.objects.exclude(state__in=SHUT).in_bulk({space for _sort, space, _author, _since in rows})
    newest: dict[UUID, dict[UUID, datetime]] = {}
    for sort, space, author, since in rows:
        if space in spaces and sort_of(sort)[0] in kinds_in(spaces[space]):
            by_author = newest.setdefault(space, {})
            by_author[author] = max(since, by_author.get(author, since))
    return newest


def _newest(waits: Waits, until: datetime) -> Any:
    through = policy.policy_of(waits.model).through
    has_stubs = any(field.name == "deleted_at" for field in waits.model._meta.fields)
    found: Any = waits.model._default_manager.filter(held_at__lte=until, **({"deleted_at": None} if has_stubs else {}))
    if policy.can_be_prepared(waits.model):
        found = found.filter(prepared_for=None)
    place = F(f"{through}__space" if through else "space")
    found = found.order_by().annotate(n_sort=Value(_number(waits), IntegerField()), n_space=place)
    grouped = found.values("n_sort", "n_space", "author").annotate(newest=Max("held_at"))
    return grouped.values_list("n_sort", "n_space", "author", "newest")


def count_waiting(actor: Actor, space: Space) -> int:
    """How much waits for this moderator; asked only where a facilitator reads first."""
    if not (space.approve_first and policy.can(actor, "moderate", space)):
        return 0
    count: int = waiting(actor, space).count()
    return count


def sorts(space: Space) -> list[Waits]:
    """All that can wait in a space."""
    return [waits for kind in kinds_in(space) for waits in kind.waits]


def _there(waits: Waits, space: Space) -> QuerySet[Any]:
    """What there is of one sort, whoever asks; without what was taken away."""
    model = waits.model
    through = policy.policy_of(model).through
    found = model._default_manager.filter(**{f"{through}__space" if through else "space": space})
    if policy.can_be_prepared(model):  # that waits for its moment, and not for a reader
        found = found.filter(prepared_for=None)
    has_stubs = any(field.name == "deleted_at" for field in model._meta.fields)
    return found.filter(deleted_at=None) if has_stubs else found


def _part(actor: Actor, space: Space, waits: Waits) -> QuerySet[Any, Any]:
    found: Any = policy.visible(actor, _there(waits, space).filter(held_at__isnull=False))
    columns = {
        "w_sort": Value(_number(waits), IntegerField()),
        "w_title": Cast(F(waits.title), TextField()),
        "w_text": Cast(F(waits.text), TextField()),
        "w_files": Cast(F(waits.files) if waits.files else Value(0), IntegerField()),
        "w_since": F("held_at"),
    }
    rows: QuerySet[Any, Any] = found.order_by().with_author().annotate(**columns).values_list(*COLUMNS)
    return rows


def _all() -> Iterator[tuple[Kind, Waits]]:
    return ((kind, waits) for kind in all_kinds() for waits in kind.waits)


@cache
def _number(waits: Waits) -> int:
    return [one for _kind, one in _all()].index(waits)


def sort_of(number: int) -> tuple[Kind, Waits]:
    """The kind and the sort to which a row of `waiting` belongs."""
    return list(_all())[number]


def find(actor: Actor, space: Space, pk: UUID) -> Any:
    """What can wait and has this id, as far as this actor may read it; None when there is no such thing."""
    found = [
        policy.visible(actor, _there(waits, space).filter(pk=pk))
        .order_by()
        .values_list(Value(_number(waits), IntegerField()), flat=True)
        for waits in sorts(space)
    ]
    number = next(iter(found[0].union(*found[1:], all=True)), None)
    return None if number is None else load(sort_of(number)[1].model, pk, space)


def check_nothing_waits(space: Space) -> None:
    """Raises ValidationError when something waits: where nobody reads first any more, nobody would see it."""
    if any(_there(waits, space).filter(held_at__isnull=False).exists() for waits in sorts(space)):
        raise ValidationError({"approve_first": _("Er wacht nog iets. Lees dat eerst. Zet dit daarna uit.")})


def load(model: type[Model], pk: UUID, space: Space) -> Any:
    """A row with the item under which it hangs, as the policy needs it."""
    through = policy.policy_of(model).through
    thing: Any = model._default_manager.select_related(*([through] if through else [])).get(pk=pk)
    (getattr(thing, through) if through else thing).space = space
    return thing


def kind_holding(model: type[Model]) -> Kind:
    """The kind of which rows of this model can wait."""
    return next(kind for kind, waits in _all() if waits.model is model)
