"""Who is asking: built once per request, with everything the policy needs to answer without a further query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Aggregate, F, OuterRef, Q, TextField, Value
from django.utils import timezone

from groupspace.care import CARE_VERSION
from groupspace.kinds import role_of, space_kind
from groupspace.permissions import PROFESSIONAL, READING, SHUT, TALKING, WRITABLE, Permission
from groupspace.prepared import Prepared
from groupspace.querysets import active_membership

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet
    from django.http import HttpRequest

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Access:
    """What the actor may do in one space, after everything that narrows it."""

    membership_id: UUID
    role: str
    permissions: frozenset[str]
    #: The membership is there, but counts only after the second step of the log-in.
    needs_verification: bool = False
    #: The state of the space.
    state: str = "open"
    #: Under which name the actor is known there.
    display_name: str = ""
    #: The agreements changed: they are read, and said yes to, before the actor writes again.
    must_agree: bool = False
    #: The actor leads there, and did not say yes to the duty of care yet: until then as an ordinary member.
    must_care: bool = False
    #: The first explanation still stands on the home of the space.
    is_new: bool = False
    #: Slugs of the sorts of content that the facilitators switched off.
    kinds_off: frozenset[str] = NOTHING
    #: What members write there waits until somebody who moderates has read it.
    approve_first: bool = False
    #: How much is news to the actor there; known on pages about all spaces.
    news: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Actor:
    """A person, or nobody, in one session.

    Attributes:
        user_id: primary key of the account; None for a visitor who is not logged in.
        verified: the second step of the log-in was done in this session.
        spaces: what the actor may do in each space, by the space's id.
        news: how much is news to the actor in all spaces together, with the answers.
        answers: how many answers wait to what this account asked outside of all spaces.
    """

    user_id: Any = None
    verified: bool = False
    spaces: Mapping[UUID, Access] = field(default_factory=dict)
    news: int = field(default=0, compare=False)
    answers: int = field(default=0, compare=False)

    @property
    def is_authenticated(self) -> bool:
        return self.user_id is not None

    @cached_property
    def is_professional(self) -> bool:
        """A verified professional in a verified session. One query, and only when somebody asks."""
        return self.verified and _is_professional(self.user_id)

    def permissions_in(self, space_id: UUID) -> frozenset[str]:
        """Permissions in one space; empty for a stranger."""
        access = self.spaces.get(space_id)
        return access.permissions if access else NOTHING

    def membership_in(self, space_id: UUID) -> UUID | None:
        """The actor's own membership, under which it writes in this space."""
        access = self.spaces.get(space_id)
        return access.membership_id if access else None

    def name_in(self, space_id: UUID) -> str:
        """Under which name the others in this space know the actor; empty for a stranger."""
        access = self.spaces.get(space_id)
        return access.display_name if access else ""

    def spaces_with(self, permission: str) -> list[UUID]:
        """Ids of all spaces in which the actor has this permission."""
        return [space_id for space_id, access in self.spaces.items() if permission in access.permissions]


NOBODY = Actor()


def actor_of(request: HttpRequest, *, within: UUID | None = None) -> Actor:
    """The actor of a request; see `actor_for`."""
    is_verified = getattr(request.user, "is_verified", None)
    return actor_for(request.user, verified=bool(is_verified and is_verified()), within=within)


def actor_for(user: AbstractBaseUser | AnonymousUser, *, verified: bool = False, within: UUID | None = None) -> Actor:
    """Build the actor of an account in one query, whatever the number of spaces; two for who is in none of them.

    Args:
        user: the account, or Django's anonymous user.
        verified: whether the second step of the log-in was done. Fails closed: False unless told.
        within: leave out all spaces but this one. A page about one space needs no other, and can show no other.
    """
    if not (user.is_authenticated and user.is_active):
        return NOBODY
    now = timezone.now()
    rows = _within.rows(user.pk, now, within) if within else _everywhere.rows(user.pk, now)
    # Within one space the news of all spaces stands in its row; over all spaces, each row has its own.
    answers = rows[0][-2] if rows else _count_answers_of(user.pk)
    news = sum(row[-1] for row in rows) + answers
    spaces = _load_spaces(rows, user.pk, verified=verified)
    return Actor(user_id=user.pk, verified=verified, spaces=spaces, news=news, answers=answers)


def count_news_with(
    count: Callable[..., Any], count_answers: Callable[[Any], Any], count_answers_of: Callable[[Any], int]
) -> None:
    """Let an app above say how news is counted.

    Args:
        count: given the conditions for memberships, an expression with a number.
        count_answers: given an account, an expression with the number of answers that wait for it.
        count_answers_of: the same as a number, for who is in no space.
    """
    global _count_news, _count_answers, _count_answers_of
    _count_news, _count_answers, _count_answers_of = count, count_answers, count_answers_of


# Until an app says otherwise.


def _count_news(**_conditions: Any) -> Any:
    return Value(0)


def _count_answers(_user_id: Any, /) -> Any:
    return Value(0)


def _count_answers_of(_user_id: Any, /) -> int:
    return 0


def _load_spaces(rows: Iterable[Sequence[Any]], user_id: Any, *, verified: bool) -> dict[UUID, Access]:
    professional: bool | None = None
    spaces = {}
    for row in rows:
        space_id, kind_code, state, rules, off, first, *rest = row
        membership_id, role_code, name, agreed, cared, began, granted, _answers, news = rest
        kind, role = space_kind(kind_code), role_of(kind_code, role_code)
        if kind is None or role is None:
            continue
        permissions = _codenames(granted)
        needs_verification = not verified and (role.verified or kind.professionals_only)
        if kind.professionals_only and verified:
            professional = _is_professional(user_id) if professional is None else professional
            if not professional:
                continue
        if needs_verification:
            permissions = NOTHING
        elif not verified:
            permissions = permissions - PROFESSIONAL
        leads = role.leads or Permission.FACILITATE in permissions
        must_care = kind.duty_of_care and leads and cared < CARE_VERSION and not permissions.isdisjoint(PROFESSIONAL)
        if must_care:
            permissions = permissions - PROFESSIONAL
        permissions = _in_state(permissions, state)
        must_agree = agreed < rules and not permissions.isdisjoint(TALKING)
        if must_agree:
            permissions = permissions - TALKING
        spaces[space_id] = Access(
            membership_id,
            role_code,
            permissions,
            needs_verification,
            state,
            name,
            must_agree=must_agree,
            must_care=must_care,
            is_new=began is None,
            kinds_off=frozenset(off) if off else NOTHING,
            approve_first=bool(first),
            news=news,
        )
    return spaces


def _in_state(permissions: frozenset[str], state: str) -> frozenset[str]:
    """What remains of permissions in this state of the space: before the start only who facilitates writes."""
    if state in WRITABLE or (state == "recruiting" and Permission.FACILITATE in permissions):
        return permissions
    return permissions & READING


class _Joined(Aggregate):
    """The values of a group as one text with commas."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, database: Any, **options: Any) -> Any:
        template = "STRING_AGG(CAST(%(expressions)s AS text), ',')"
        return self.as_sql(compiler, database, template=template, **options)


def _granted(user_id: Any, now: datetime, **counted: Any) -> QuerySet[Any, Any]:
    """For each space what `_load_spaces` reads, in its order: the last are granted permissions, answers, news.

    Both the membership and the grants must be there. `counted`: in which memberships news is counted.
    """
    from groupspace.models import SpaceGrant

    member = "content_object__memberships__"
    held = active_membership(member, at=now) & Q(**{f"{member}user": F("user")})
    found = SpaceGrant.objects.filter(held, user=user_id).exclude(content_object__state__in=SHUT)
    of_space = ("kind", "state", "rules_version", "kinds_off", "approve_first")
    of_member = ("id", "role", "display_name", "rules_version", "care_version", "introduced_at")
    space = ("content_object", *(f"content_object__{name}" for name in of_space))
    columns = (*space, *(f"{member}{name}" for name in of_member))
    found = found.order_by().values(*columns).annotate(ids=_Joined("permission"))
    news = _count_news(user=user_id, at=now, **counted)
    found = found.annotate(answers=_count_answers(user_id), news=news)
    return found.values_list(*columns, "ids", "answers", "news")


_everywhere = Prepared(lambda user_id, now: _granted(user_id, now, space=OuterRef("content_object")))
_within = Prepared(lambda user_id, now, space_id: _granted(user_id, now).filter(content_object=space_id))


def _is_professional(user_id: Any) -> bool:
    from groupspace.models import Professional

    return Professional.objects.active().filter(user_id=user_id).exists()


@cache
def _codenames(joined_ids: str) -> frozenset[str]:
    """Codenames of the permissions with these ids; few different strings occur, so the cache stays small."""
    names = _codename_by_id()
    return frozenset(names[int(part)] for part in joined_ids.split(",") if int(part) in names)


@cache
def _codename_by_id() -> dict[int, str]:
    from django.contrib.auth.models import Permission as StoredPermission

    rows = StoredPermission.objects.filter(
        content_type__app_label="groupspace", content_type__model="space", codename__in=Permission.values
    )
    return dict(rows.values_list("id", "codename"))


def forget_permission_ids() -> None:
    """Forget which id each permission has; migrations and test databases change them."""
    _codename_by_id.cache_clear()
    _codenames.cache_clear()
