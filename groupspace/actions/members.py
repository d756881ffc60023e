"""Being a member: names, roles, pauses and going."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace import grants, policy
from groupspace.actions.common import allow, check_name, own_membership, require, signature
from groupspace.audit import log
from groupspace.coming_in import admission
from groupspace.kinds import all_kinds, space_kind
from groupspace.models import Invitation, Lease, Membership, PermissionException, Space
from groupspace.permissions import SHUT
from groupspace.text.purge import drop_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import QuerySet

    from groupspace.actor import Actor
    from groupspace.kinds import SpaceKind
    from groupspace.permissions import Role


@transaction.atomic
def rename_self(actor: Actor, space: Space, *, display_name: str) -> None:
    """Take another name in this space. What was written before shows the new name too."""
    require(actor, "rename_self", space)
    Space.objects.select_for_update().get(pk=space.pk)  # of two who take one name, one hears that it is taken
    check_name(space, actor.user_id, display_name)
    Membership.objects.filter(pk=own_membership(actor, space)).update(display_name=display_name)


@transaction.atomic
def leave(actor: Actor, space: Space) -> None:
    """Leave a space. Raises ValidationError when nobody would be left to lead it."""
    require(actor, "leave", space)
    membership = _locked(space.pk, own_membership(actor, space))
    _keep_a_leader(membership)
    _end(membership, Membership.State.LEFT)
    log.record("member.left", actor=f"member:{membership.pk}", space_id=space.pk, obj=membership)


@transaction.atomic
def remove(actor: Actor, membership: Membership) -> None:
    """Take someone out of a space. It holds from their next request."""
    locked = _locked(membership.space_id, membership.pk)
    require(actor, "manage_members", locked)
    _keep_a_leader(locked)
    _end(locked, Membership.State.REMOVED)
    _log_member("member.removed", actor, locked)


@transaction.atomic
def set_role(actor: Actor, membership: Membership, *, role: str) -> None:
    """Give a member another role; personal exceptions end with the old one.

    Raises ValidationError for an unknown role, or when nobody would be left to lead the space.
    """
    locked = _locked(membership.space_id, membership.pk)
    require(actor, "manage_members", locked)
    kind = space_kind(locked.space.kind)
    role_data = kind.roles.get(role) if kind else None
    if role_data is None:
        raise ValidationError({"role": _("Deze rol bestaat niet in deze groep.")})
    allow(policy.may_give(actor, role_data, locked.space))
    if not role_data.leads:
        _keep_a_leader(locked)
    _give(locked, role_data)
    _log_member("member.role_changed", actor, locked)


@transaction.atomic
def hand_over(actor: Actor, membership: Membership, *, step_back_to: str) -> None:
    """Make another member the leader, and step back oneself: one act, so that somebody always leads.

    Args:
        step_back_to: the role one has from then on.

    Raises ValidationError when the other does not take part now, or for a role that leads or does not exist.
    """
    require(actor, "hand_over", membership)
    mine = _locked(membership.space_id, own_membership(actor, membership.space))
    other = Membership.objects.active().select_related("space").filter(pk=membership.pk).first()
    kind, leading = space_kind(mine.space.kind), mine.role_data
    if other is None:
        raise ValidationError(_("Dit lid doet nu niet mee."))
    if kind is None or leading is None or not leading.leads:
        raise ValidationError(_("Overdragen kan alleen wie de groep begeleidt."))
    next_role = kind.roles.get(step_back_to)
    if next_role is None or next_role.leads:
        raise ValidationError({"step_back_to": _("Kies wat jij daarna doet.")})
    _give(other, leading)
    _give(mine, next_role)
    _log_member("member.handed_over", actor, other)


@transaction.atomic
def set_exceptions(actor: Actor, membership: Membership, changes: Mapping[str, bool | None]) -> None:
    """Give one member permissions beside the role's (True), take some away (False), or go back to the role (None).

    Raises ValidationError for what this sort of space does not have.
    """
    require(actor, "set_permissions", membership)
    locked = _locked(membership.space_id, membership.pk)
    kind = space_kind(locked.space.kind)
    for permission, granted in changes.items():
        if granted and (kind is None or permission not in kind.permissions):
            raise ValidationError(_("Dit bestaat niet in deze soort groep."))
        if granted is None:
            locked.exceptions.filter(permission=permission).delete()
        else:
            PermissionException(membership=locked, permission=permission, granted=granted).clean_fields()
            locked.exceptions.update_or_create(permission=permission, defaults={"granted": granted})
    grants.sync(locked)
    _log_member("member.permission_changed", actor, locked)


@transaction.atomic
def suspend(actor: Actor, membership: Membership) -> None:
    """Keep a member out for a while; the place and the name stay theirs."""
    locked = _locked(membership.space_id, membership.pk)
    require(actor, "manage_members", locked)
    if locked.state != Membership.State.ACTIVE:  # resuming would bring back who left
        raise ValidationError(_("Dit lid doet nu niet mee."))
    _keep_a_leader(locked)
    locked.state = Membership.State.SUSPENDED
    locked.save(update_fields=["state"])
    grants.sync(locked)
    _log_member("member.suspended", actor, locked)


@transaction.atomic
def resume(actor: Actor, membership: Membership) -> None:
    """Let a suspended member in again."""
    locked = _locked(membership.space_id, membership.pk)
    require(actor, "manage_members", locked)
    if locked.state != Membership.State.SUSPENDED:
        raise ValidationError(_("Dit lid staat niet op pauze."))
    locked.state = Membership.State.ACTIVE
    locked.save(update_fields=["state"])
    grants.sync(locked)
    _log_member("member.resumed", actor, locked)


@transaction.atomic
def forget_user(user: AbstractBaseUser, *, erase_words: bool = False) -> None:
    """End all memberships of an account that is deleted in the same transaction.

    What was written stays, without a name. What belongs to the account itself goes with its row; a lease of a space
    that is there stays without its tenant, because the term binds the space.

    Args:
        erase_words: take away what this person wrote too; what others wrote stays in its place.

    Raises ValidationError when a space would be left without somebody to lead it.
    """
    from groupspace.personal import forget_member

    theirs = Membership.objects.filter(user_id=user.pk).order_by("space_id")
    locked = {space.pk for space in _lock_all(theirs.values("space"))}
    # From here nobody comes in with this account: a new membership waits for the row of its account.
    get_user_model()._default_manager.select_for_update().filter(pk=user.pk).first()
    memberships = list(theirs.select_related("space"))
    if {membership.space_id for membership in memberships} - locked:
        raise ValidationError(_("Er veranderde net iets in je groepen. Probeer het nog eens."))
    if led_alone(user):
        raise ValidationError(
            _("Je leidt nog een groep waar niemand anders begeleidt. Draag hem eerst over, of sluit hem af.")
        )
    for membership in memberships:
        if membership.state in {Membership.State.ACTIVE, Membership.State.SUSPENDED}:
            _end(membership, Membership.State.LEFT)
            log.record("member.left", actor=f"member:{membership.pk}", space_id=membership.space_id, obj=membership)
        forget_member(membership)
        if erase_words:
            for kind in all_kinds():
                kind.erase(membership)
        membership.display_name = f"oud-deelnemer {membership.pk.hex[-12:]}"
        membership.user = None
        membership.age_band, membership.region, membership.parents_agreed_on = "", None, None
        membership.quiet_until = membership.introduced_at = None
        told = ("age_band", "region", "parents_agreed_on", "quiet_until", "introduced_at")
        membership.save(update_fields=["display_name", "user", *told])
    rented = Lease.objects.filter(user_id=user.pk)
    rented.filter(Q(space=None) | Q(space__state=Space.State.ERASED)).delete()
    rented.update(user=None, purpose="", answer="", longer_asked_at=None)


def led_alone(user: AbstractBaseUser) -> list[Space]:
    """The spaces that this person cannot go away from: nobody else leads them, and they go on."""
    mine = Membership.objects.active().filter(user_id=user.pk).select_related("space").order_by("space__name")
    return [membership.space for membership in mine if _leads_alone(membership)]


def has_leader(space: Space) -> bool:
    """Whether somebody leads a space at this moment."""
    return _leaders(space).exists()


def _give(locked: Membership, role: Role) -> None:
    """Give a role, with what belongs to it. Raises ValidationError in a space where this member cannot hold it."""
    if not admission.may_hold(locked, role):
        raise ValidationError(
            {"role": _("Deze groep is voor wie jonger is dan 16. Wie ouder is, kan hier alleen begeleiden.")}
        )
    locked.role = role.code
    locked.save(update_fields=["role"])
    locked.exceptions.all().delete()
    grants.sync(locked)
    kind = space_kind(locked.space.kind)
    if not role.leads and kind:
        _withdraw_leading_codes(locked, kind)


def _locked(space_id: UUID, membership_id: UUID) -> Membership:
    """A membership, read while its space is locked: changes of members in one space take turns."""
    Space.objects.select_for_update().get(pk=space_id)
    return Membership.objects.select_related("space").get(pk=membership_id, space_id=space_id)


def _lock_all(space_ids: QuerySet[Any, Any]) -> list[Space]:
    """Spaces, each read while it is locked; in one order, so that two who lock several do not wait for each other."""
    return list(Space.objects.select_for_update().filter(pk__in=space_ids).order_by("pk"))


def _leaders(space: Space) -> QuerySet[Membership]:
    kind = space_kind(space.kind)
    return Membership.objects.active().filter(space=space, role__in=kind.leading_roles if kind else ())


def _leads_alone(membership: Membership) -> bool:
    """Whether a space needs this leader: nobody else leads it, and it is not stopped, nor read by this one alone."""
    space, role = membership.space, membership.role_data
    if role is None or not role.leads or space.state in SHUT:
        return False
    if _leaders(space).exclude(pk=membership.pk).exists():
        return False
    others = Membership.objects.active().filter(space=space).exclude(pk=membership.pk)
    return space.state != Space.State.READ_ONLY or others.exists()


def _keep_a_leader(membership: Membership) -> None:
    if _leads_alone(membership):
        raise ValidationError(
            _(
                "Dit is de laatste begeleider. Maak eerst iemand anders begeleider. Moet de groep stoppen? "
                "Vraag dan wie deze site beheert om de groep te sluiten."
            )
        )


def _withdraw_leading_codes(maker: Membership, kind: SpaceKind) -> None:
    """Codes that make their holder a leader were given out by a leader, and this member no longer is one."""
    codes_left = Invitation.objects.filter(created_by=maker, role__in=kind.leading_roles, revoked_at=None)
    codes_left.update(revoked_at=timezone.now())


def _end(membership: Membership, state: str) -> None:
    membership.state = state
    membership.until = timezone.now()
    membership.save(update_fields=["state", "until"])
    membership.exceptions.all().delete()
    drop_of(membership.user_id, membership.space_id)
    membership.profile.all().delete()  # told to the others here, and not for who comes after
    grants.sync(membership)


def _log_member(event: str, actor: Actor, membership: Membership) -> None:
    log.record(
        event,
        actor=signature(actor, membership.space),
        space_id=membership.space_id,
        obj=membership,
        authorisation="manage_members",
    )
