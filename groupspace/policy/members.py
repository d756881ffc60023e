"""Rules for who is in a space and who comes in: memberships, what members tell of themselves, invitations, requests."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groupspace.kinds import role_of, space_kinds
from groupspace.permissions import PROFESSIONAL, Permission
from groupspace.policy.registry import can
from groupspace.policy.verdicts import HIDDEN, NO_MESSAGES, ONLY_AUTHOR, YES, Verdict

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from groupspace.actor import Actor
    from groupspace.models import Membership, Space
    from groupspace.permissions import Role

    Q_ = TypeVar("Q_", bound=QuerySet[Any])


class MemberPolicy:
    """Rules for memberships: seen within the space unless hidden there, changed by whoever manages members.

    Who has power over others is always seen, and so is oneself.
    """

    #: What an action asks of the space; any other asks what managing somebody with that role does.
    asks: ClassVar[Mapping[str, str]] = {"view": "see_members", "set_permissions": "change", "hand_over": "change"}

    def visible(self, actor: Actor, queryset: Q_) -> Q_:
        shown = Q(is_listed=True, space__members_listed=True) | Q(role__in=roles_with_power())
        shown |= Q(pk__in=[access.membership_id for access in actor.spaces.values()])
        inside = Q(space__in=actor.spaces_with(Permission.VIEW_SPACE)) & shown
        return queryset.filter(inside | Q(space__in=actor.spaces_with(Permission.MANAGE_MEMBERS)))

    def can(self, actor: Actor, action: str, obj: Any) -> Verdict:
        if not self._shown(actor, obj):
            return HIDDEN
        verdict = can(actor, self.asks.get(action) or _managing(obj.role_data), obj.space)
        if verdict and action == "hand_over" and not _leads(actor, obj.space):
            return Verdict(False, _("Overdragen kan alleen wie de groep begeleidt."))
        if verdict and action != "view" and actor.membership_in(obj.space_id) == obj.pk:
            return Verdict(False, _("Je kunt je eigen rol niet veranderen. Vraag het een andere begeleider."))
        return verdict

    def _shown(self, actor: Actor, obj: Any) -> bool:
        access = actor.spaces.get(obj.space_id)
        if access is None or access.needs_verification:
            return True  # what the space answers says enough
        if obj.pk == access.membership_id or Permission.MANAGE_MEMBERS in access.permissions:
            return True
        return (obj.is_listed and obj.space.members_listed) or obj.role in roles_with_power()


class ProfilePolicy:
    """Rules for what members tell about themselves: the reader sees the member, and is among those it is told to."""

    def visible(self, actor: Actor, queryset: Q_) -> Q_:
        from groupspace.models import Membership

        told = Q(audience="space") | Q(membership__in=[access.membership_id for access in actor.spaces.values()])
        if led := actor.spaces_with(Permission.FACILITATE):
            told |= Q(audience="facilitators", membership__space__in=led)
        seen = MemberPolicy().visible(actor, Membership.objects.active()).values("pk")
        return queryset.filter(told, membership__in=seen)

    def can(self, actor: Actor, action: str, obj: Any) -> Verdict:
        member = obj.membership
        verdict = can(actor, "view", member)
        if not verdict:
            return verdict
        own = actor.membership_in(member.space_id) == member.pk
        leads = Permission.FACILITATE in actor.permissions_in(member.space_id)
        if not (own or obj.audience == "space" or (obj.audience == "facilitators" and leads)):
            return HIDDEN
        return YES if own or action == "view" else ONLY_AUTHOR


class AdmissionPolicy:
    """Rules for invitations: only whoever manages members sees and withdraws them."""

    def visible(self, actor: Actor, queryset: Q_) -> Q_:
        return queryset.filter(space__in=actor.spaces_with(Permission.MANAGE_MEMBERS))

    def can(self, actor: Actor, action: str, obj: Any) -> Verdict:
        verdict = can(actor, "manage_members", obj.space)
        return verdict if verdict or verdict.verify or verdict.agree else HIDDEN


class JoinRequestPolicy(AdmissionPolicy):
    """Rules for join requests: only whoever manages members sees and decides them; whoever asked can take it back."""

    def can(self, actor: Actor, action: str, obj: Any) -> Verdict:
        if action == "withdraw":
            return YES if actor.is_authenticated and obj.user_id == actor.user_id else HIDDEN
        return super().can(actor, action, obj)


def may_give(actor: Actor, role: Role, space: Space) -> Verdict:
    """May this actor give somebody this role in the space?"""
    return can(actor, _managing(role), space)


def _managing(role: Role | None) -> str:
    """What managing somebody with this role asks of the space: leaders are made and managed by leaders alone."""
    return "change" if role and role.leads else "manage_members"


def may_message(one: Membership, other: Membership) -> Verdict:
    """May these two write each other in private? One statement.

    Never when either is under 16, also when they said so in another group; the answer does not tell why.
    """
    from groupspace.coming_in.ages import MINOR
    from groupspace.models import Membership

    pair = (one, other)
    if one.pk == other.pk or one.space_id != other.space_id or any(m.state != "active" or not m.user_id for m in pair):
        return NO_MESSAGES
    known = Membership.objects.filter(user__in=[one.user_id, other.user_id], age_band__in=MINOR)
    apart = one.space.stands_apart and not all(m.role_data and m.role_data.verified for m in pair)
    return NO_MESSAGES if apart or known.exists() else YES


def _leads(actor: Actor, space: Space) -> bool:
    """Whether the actor's own role is one that a space cannot be without; to arrange it is not enough."""
    access = actor.spaces.get(space.pk)
    role = role_of(space.kind, access.role) if access else None
    return role is not None and role.leads


@cache
def roles_with_power() -> frozenset[str]:
    """The roles whose holders have power over others: people want to know who that is."""
    roles = (role for kind in space_kinds() for role in kind.roles.values())
    return frozenset(role.code for role in roles if role.permissions & PROFESSIONAL)
