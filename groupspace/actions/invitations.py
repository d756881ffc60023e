"""Codes that let their holder in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace import codes, policy
from groupspace.actions.common import allow, own_membership, require, signature
from groupspace.actions.joining import let_in
from groupspace.audit import log
from groupspace.conf import conf
from groupspace.kinds import space_kind
from groupspace.models import Invitation, JoinRequest, Membership, Space

if TYPE_CHECKING:
    from groupspace.actor import Actor


@transaction.atomic
def invite(
    actor: Actor, space: Space, *, role: str, label: str = "", for_group: bool = False
) -> tuple[Invitation, str]:
    """Make a code that lets its holder in. The code is in the answer, and nowhere else.

    Args:
        role: code of the role the holder gets.
        label: the facilitator's own note.
        for_group: many people may use the code, for weeks; else one person, for three days.

    Raises ValidationError when the role does not exist in this space, or when many would get a role with power.
    """
    require(actor, "manage_members", space)
    kind = space_kind(space.kind)
    role_data = kind.roles.get(role) if kind else None
    if kind is None or role_data is None:
        raise ValidationError({"role": _("Deze rol bestaat niet in deze groep.")})
    if for_group and role_data != kind.entry_role:
        raise ValidationError({"role": _("Een groepscode geldt alleen voor gewone leden. Kies een persoonlijke code.")})
    allow(policy.may_give(actor, role_data, space))
    code, code_hash = codes.make()
    lifetime: timedelta = conf.GROUP_CODE_LIFETIME if for_group else conf.INVITATION_LIFETIME
    invitation = Invitation.objects.create(
        space=space,
        created_by_id=own_membership(actor, space),
        role=role,
        label=label,
        code_hash=code_hash,
        max_uses=500 if for_group else 1,
        expires_at=timezone.now() + lifetime,
    )
    log.record("invitation.made", actor=signature(actor, space), space_id=space.pk, obj=invitation)
    return invitation, code


@transaction.atomic
def revoke(actor: Actor, invitation: Invitation) -> None:
    """Make an invitation useless from now on."""
    require(actor, "manage_members", invitation.space)
    Invitation.objects.filter(pk=invitation.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())
    log.record(
        "invitation.revoked", actor=signature(actor, invitation.space), space_id=invitation.space_id, obj=invitation
    )


def is_meant_for(actor: Actor, invitation: Invitation) -> bool:
    """Whether this actor may learn what the invitation is for: some sorts of spaces are for professionals alone."""
    kind = space_kind(invitation.space.kind)
    return kind is not None and policy.is_for(actor, kind)


def find_invitation(code: str) -> Invitation | None:
    """The usable invitation of a code, however it was typed; None for any other code, without saying why."""
    found = (
        Invitation.objects.usable().filter(code_hash=codes.hash_of(code)).select_related("space", "space__organisation")
    )
    invitation = found.first()
    return invitation if invitation and invitation.space.takes_members else None


@transaction.atomic
def accept_invitation(actor: Actor, invitation: Invitation, *, display_name: str) -> Membership:
    """Use an invitation.

    Raises ValidationError when it was used up, withdrawn or has expired in the meantime.
    """
    if not actor.is_authenticated:
        raise PermissionDenied(str(policy.LOG_IN.reason))
    if not is_meant_for(actor, invitation):
        raise PermissionDenied(str(policy.HIDDEN.reason))
    current = Invitation.objects.select_for_update(of=("self",)).usable().filter(pk=invitation.pk).first()
    if current is None:
        raise ValidationError(_("Deze uitnodiging is al gebruikt of niet meer geldig. Vraag een nieuwe."))
    membership = let_in(
        actor,
        invitation.space,
        user_id=actor.user_id,
        display_name=display_name,
        role=invitation.role,
        authorisation="group code" if invitation.max_uses > 1 else "invitation",
    )
    current.uses += 1
    current.save(update_fields=["uses"])
    JoinRequest.objects.open().filter(space=invitation.space, user_id=actor.user_id).update(
        state=JoinRequest.State.ADMITTED, decided_at=timezone.now()
    )
    return membership
