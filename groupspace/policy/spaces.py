"""Rules for a space itself: who may know of it, open it, and do what in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from groupspace.kinds import space_kind, space_kinds
from groupspace.permissions import SHUT, TALKING, Permission
from groupspace.policy.registry import can
from groupspace.policy.verdicts import (
    AGREE_FIRST,
    CARE_FIRST,
    HIDDEN,
    LOG_IN,
    NO_PROFESSIONAL,
    NOT_ALLOWED,
    NOT_STARTED,
    READ_ONLY,
    VERIFY,
    YES,
    Verdict,
    care_first,
    waits_for_start,
)
from groupspace.prepared import Prepared

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from groupspace.actor import Access, Actor
    from groupspace.kinds import SpaceKind
    from groupspace.models import Space

    Q_ = TypeVar("Q_", bound=QuerySet[Any])


class SpacePolicy:
    """Rules for a space itself. `needs` maps each action of a member to a permission."""

    needs: ClassVar[Mapping[str, str]] = {
        "view": Permission.VIEW_SPACE,
        "leave": Permission.VIEW_SPACE,
        "rename_self": Permission.VIEW_SPACE,
        "agree": Permission.VIEW_SPACE,
        "tell_about_self": Permission.VIEW_SPACE,
        "see_members": Permission.VIEW_SPACE,
        "post": Permission.POST,
        "upload": Permission.UPLOAD,
        "prepare": Permission.PREPARE,
        "moderate": Permission.MODERATE,
        "facilitate": Permission.FACILITATE,
        "manage_members": Permission.MANAGE_MEMBERS,
        "change": Permission.CHANGE_SPACE,
        "read_protocol": Permission.MODERATE,
        "see_log": Permission.FACILITATE,
    }
    #: What a listed space offers to someone who is not in it.
    for_outsiders: ClassVar[frozenset[str]] = frozenset({"preview", "read_about", "join"})

    def visible(self, actor: Actor, queryset: Q_) -> Q_:
        return queryset.filter(pk__in=actor.spaces_with(Permission.VIEW_SPACE))

    def can(self, actor: Actor, action: str, obj: Space) -> Verdict:
        access = actor.spaces.get(obj.pk)
        if action in self.for_outsiders:
            return self._for_outsider(actor, action, obj, access)
        if access is None:
            return HIDDEN
        if access.needs_verification:
            return VERIFY
        if Permission.VIEW_SPACE not in access.permissions:
            return HIDDEN
        if self.needs.get(action) in access.permissions:
            return YES
        if access.must_agree and self.needs.get(action) in TALKING:
            return AGREE_FIRST
        if care_first(access, self.needs.get(action, "")):
            return CARE_FIRST
        if action in {"post", "upload"} and access.state == "read_only":
            return READ_ONLY
        return NOT_STARTED if action in {"post", "upload"} and waits_for_start(access) else NOT_ALLOWED

    def _for_outsider(self, actor: Actor, action: str, space: Space, access: Access | None) -> Verdict:
        if not may_know_of(actor, space):
            return HIDDEN
        if action == "preview" or (action == "read_about" and space.visibility == "public"):
            return YES
        if action == "read_about":
            return NOT_ALLOWED
        if not actor.is_authenticated:
            return LOG_IN
        if access is not None:
            return Verdict(False, _("Je zit al in deze groep."))
        if not space.takes_members:
            return Verdict(False, _("Deze groep neemt geen nieuwe mensen aan."))
        return YES


def listed(actor: Actor, queryset: Q_) -> Q_:
    """Narrow spaces to those of which this actor may know that they exist."""
    kinds = [kind.code for kind in space_kinds() if is_for(actor, kind)]
    return queryset.exclude(visibility="hidden").filter(kind__in=kinds).exclude(state__in=SHUT)


def may_know_of(actor: Actor, space: Space) -> bool:
    """May this actor know that the space exists? The same rule as `listed`, for one object."""
    kind = space_kind(space.kind)
    if kind is None or space.visibility == "hidden" or space.state in SHUT:
        return False
    return is_for(actor, kind)


def may_name(actor: Actor, space: Space) -> bool:
    """May this actor read what the space is called now? Since somebody asked to join or was in it, it can have become
    hidden or closed, and have got another name."""
    return space.pk in actor.spaces or bool(can(actor, "preview", space))


def is_for(actor: Actor, kind: SpaceKind) -> bool:
    """Is this sort of space for people like this actor? Some are for professionals alone."""
    return not kind.professionals_only or actor.is_professional


def may_open(actor: Actor) -> Verdict:
    """May this actor open a space?"""
    return YES if actor.is_professional else NO_PROFESSIONAL


def coordinated_by(actor: Actor) -> Any:
    """The organisation whose groups this actor coordinates: sees how they are doing, and nothing of what is in them.

    None for anybody else. One query.
    """
    from groupspace.models import Professional

    if not actor.verified:
        return None
    found = Professional.objects.active().filter(user_id=actor.user_id, is_coordinator=True)
    coordinator = found.select_related("organisation").first()
    return coordinator.organisation if coordinator else None


def find_space(actor: Actor, pk: UUID) -> Space | None:
    """The space with this id, as far as this actor may know that it exists."""
    from groupspace.models import Space

    if pk in actor.spaces:
        return _space.first(pk)
    return listed(actor, Space.objects.filter(pk=pk)).first()


def _space_with(pk: UUID) -> QuerySet[Any]:
    from groupspace.models import Space

    # With what the head of its home shows of the organisation.
    return Space.objects.filter(pk=pk).annotate(organisation_name=F("organisation__name"))


def may_keep_words(actor: Actor, pk: UUID, *, to_join: bool) -> bool:
    """May what this actor types in a space, and did not send yet, be kept?

    Args:
        to_join: it is typed to come in; a stranger who may know of the space writes there for that alone.
    """
    space = find_space(actor, pk)
    return space is not None and bool(can(actor, "join" if to_join else "view", space))


_space = Prepared(_space_with)
