"""Codes that let their holder in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from email.utils import formataddr, parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from groupspace import policy
from groupspace.actions.common import allow, own_membership, require, signature
from groupspace.actions.joining import let_in, settle_requests
from groupspace.audit import log
from groupspace.coming_in import codes
from groupspace.coming_in.admission import NOTHING_TOLD, Told
from groupspace.conf import conf
from groupspace.durations import in_words
from groupspace.kinds import space_kind
from groupspace.models import Invitation, Membership, Space
from groupspace.pace import keep_pace

if TYPE_CHECKING:
    from groupspace.actor import Actor


@transaction.atomic
def invite(
    actor: Actor, space: Space, *, role: str, label: str = "", for_group: bool = False, parents_agree: bool = False
) -> tuple[Invitation, str]:
    """Make a code that lets its holder in. The code is in the answer, and nowhere else.

    Args:
        role: code of the role the holder gets.
        label: the facilitator's own note.
        for_group: many people may use the code, for weeks; else one person, for three days.
        parents_agree: the facilitator spoke with the parents of this one person, where the space asks for that.

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
        parents_agree=parents_agree and not for_group,
        code_hash=code_hash,
        max_uses=500 if for_group else 1,
        expires_at=timezone.now() + lifetime,
    )
    log.record("invitation.made", actor=signature(actor, space), space_id=space.pk, obj=invitation)
    return invitation, code


@transaction.atomic
def invite_by_mail(actor: Actor, space: Space, addresses: Collection[str], *, role: str) -> int:
    """Mail each of these addresses a code of its own. The addresses are kept nowhere but in the outgoing mail.

    Returns how many were sent. Raises ValidationError when the role cannot be given, or for very many in one day.
    """
    for number, address in enumerate(addresses, start=1):
        keep_pace(actor, "INVITATION_MAILS")
        label = _("Per mail, nummer %(number)d") % {"number": number}
        _invitation, code = invite(actor, space, role=role, label=str(label))
        _mail(address, code)
    return len(addresses)


@dataclass(frozen=True)
class InvitationMail:
    """What a stranger reads: that there is something, and where. Not from whom, and not what for."""

    sender: str
    subject: str
    paragraphs: list[str]


def mail_with(code: str) -> InvitationMail:
    """The mail that brings somebody this code; who invites reads it beforehand."""
    link = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('groupspace:invitation')}#{code}"
    time = in_words(conf.INVITATION_LIFETIME)
    sender = formataddr((conf.NOTIFY.get("SENDER_NAME", ""), parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))
    return InvitationMail(
        sender,
        gettext("Er staat iets voor je klaar"),
        [
            gettext("Er staat een uitnodiging voor je klaar. Bekijk hem met deze link:"),
            link,
            gettext("De link werkt %(time)s, en één keer. Pas als je hem opent, zie je waar het om gaat.")
            % {"time": time},
            gettext("Verwacht je dit niet? Dan hoef je niets te doen."),
        ],
    )


def _mail(address: str, code: str) -> None:
    mail = mail_with(code)
    EmailMessage(mail.subject, "\n\n".join(mail.paragraphs) + "\n", mail.sender, [address]).send()


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
def accept_invitation(
    actor: Actor, invitation: Invitation, *, display_name: str, told: Told = NOTHING_TOLD
) -> Membership:
    """Use an invitation.

    Raises ValidationError when it was used up, withdrawn or has expired in the meantime, or for who does not fit.
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
        told=told,
        authorisation=invitation.way,
        parents_agree=current.parents_agree,
    )
    current.uses += 1
    current.save(update_fields=["uses"])
    settle_requests(invitation.space, actor.user_id)
    return membership
