"""Coming in: joining, asking, being let in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.actions.common import check_name, enter, require, signature
from groupspace.audit import log
from groupspace.kinds import space_kind
from groupspace.models import Invitation, JoinRequest, Membership, Space
from groupspace.pace import keep_pace

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from groupspace.actor import Actor

ON_PAUSE = _(
    "Je staat in deze groep op pauze. Je houdt je plek en je naam. Wil je weer meedoen? Vraag het de begeleider."
)


def pause_in(actor: Actor, space: Space) -> StrOrPromise:
    """What somebody who is on pause in this space reads; empty for anybody else.

    One query, for pages where people come in: an actor knows only the spaces in which it takes part now.
    """
    if not actor.is_authenticated:
        return ""
    on_pause = space.memberships.filter(user_id=actor.user_id, state=Membership.State.SUSPENDED)
    return ON_PAUSE if on_pause.exists() else ""


@transaction.atomic
def join(actor: Actor, space: Space, *, display_name: str) -> Membership:
    """Join a space that is open to all.

    Raises PermissionDenied when the space is not open, ValidationError when it is full or the name is taken.
    """
    require(actor, "join", space)
    if space.join_policy != Space.JoinPolicy.OPEN:
        raise PermissionDenied(str(_("Deze groep is niet open. Vraag eerst of je mee mag doen.")))
    return let_in(actor, space, user_id=actor.user_id, display_name=display_name, authorisation="open")


@transaction.atomic
def request_to_join(
    actor: Actor, space: Space, *, display_name: str, answers: Iterable[tuple[str, str]] = ()
) -> JoinRequest:
    """Ask to join. Asking twice gives the request that is still open.

    Raises ValidationError when the name is taken, when this person is on pause, or asked very often.
    """
    require(actor, "join", space)
    if pause := pause_in(actor, space):
        raise ValidationError(pause)
    if space.join_policy != Space.JoinPolicy.REQUEST:
        raise PermissionDenied(str(_("In deze groep kun je niet vragen of je mee mag doen.")))
    check_name(space, actor.user_id, display_name)
    join_request, created = JoinRequest.objects.get_or_create(
        space=space,
        user_id=actor.user_id,
        state=JoinRequest.State.OPEN,
        defaults={
            "display_name": display_name,
            "answers": [{"question": question, "answer": answer} for question, answer in answers],
        },
    )
    if created:
        keep_pace(actor, "JOIN_REQUESTS")
        log.record("join.requested", actor=signature(actor, space), space_id=space.pk, obj=join_request)
    return join_request


@transaction.atomic
def withdraw_request(actor: Actor, join_request: JoinRequest) -> None:
    """Take back one's own request."""
    require(actor, "withdraw", join_request)
    JoinRequest.objects.open().filter(pk=join_request.pk).update(
        state=JoinRequest.State.WITHDRAWN, answers=[], decided_at=timezone.now()
    )


@transaction.atomic
def admit(actor: Actor, join_request: JoinRequest) -> Membership:
    """Let someone in who asked.

    Raises ValidationError when the request was decided in the meantime, the space is full or the name is taken.
    """
    space = join_request.space
    require(actor, "manage_members", space)
    _decide(actor, join_request, JoinRequest.State.ADMITTED, "")
    return let_in(
        actor,
        space,
        user_id=join_request.user_id,
        display_name=join_request.display_name,
        authorisation="manage_members",
    )


@transaction.atomic
def refuse(actor: Actor, join_request: JoinRequest, *, reason: str) -> None:
    """Do not let someone in, and say why. Raises ValidationError without a reason."""
    require(actor, "manage_members", join_request.space)
    if not reason.strip():
        raise ValidationError({"reason": _("Schrijf in een paar woorden waarom. De ander leest dit.")})
    _decide(actor, join_request, JoinRequest.State.REFUSED, reason)
    log.record(
        "join.refused",
        actor=signature(actor, join_request.space),
        space_id=join_request.space_id,
        obj=join_request,
        authorisation="manage_members",
    )


@transaction.atomic
def purge_admissions() -> None:
    """Erase invitations that ended and requests that were decided 30 days ago: nobody needs them any more."""
    before = timezone.now() - timedelta(days=30)
    Invitation.objects.filter(expires_at__lt=before).delete()
    JoinRequest.objects.exclude(state=JoinRequest.State.OPEN).filter(decided_at__lt=before).delete()


def let_in(
    actor: Actor, space: Space, *, user_id: Any, display_name: str, authorisation: str, role: str = ""
) -> Membership:
    """Make someone a member: a new one, or one who comes back."""
    Space.objects.select_for_update().get(pk=space.pk)
    kind = space_kind(space.kind)
    if kind is None or not space.takes_members:
        raise ValidationError(_("Deze groep neemt geen nieuwe mensen aan."))
    membership = Membership.objects.filter(space=space, user_id=user_id).first()
    if membership:
        _check_return(membership, authorisation)
    if space.is_full():
        raise ValidationError(_("Deze groep is vol. Er kan nu niemand bij."))
    check_name(space, user_id, display_name)
    membership = membership or Membership(space=space, user_id=user_id)
    membership.role = role or kind.entry_role.code
    membership.display_name = display_name
    membership.state = Membership.State.ACTIVE
    membership.since, membership.until = timezone.now(), None
    enter(membership)
    log.record(
        "member.joined",
        actor=signature(actor, space),
        space_id=space.pk,
        obj=membership,
        authorisation=authorisation,
    )
    return membership


def _check_return(membership: Membership, authorisation: str) -> None:
    """May this former member come back this way? Whoever was removed needs the decision of a facilitator."""
    if membership.state == Membership.State.ACTIVE:
        raise ValidationError(_("Je zit al in deze groep."))
    if membership.state == Membership.State.SUSPENDED:
        if authorisation == "manage_members":  # whoever reads this decides about somebody else
            raise ValidationError(
                _("Wie dit vraagt, is al lid en staat op pauze. Kies bij Leden: Laat weer toe. Of zeg hier nee.")
            )
        raise ValidationError(ON_PAUSE)
    if membership.state == Membership.State.REMOVED and authorisation in {"open", "group code"}:
        raise ValidationError(_("Je kunt hier niet zelf weer instappen. Vraag het een begeleider van de groep."))


def _decide(actor: Actor, join_request: JoinRequest, state: str, reason: str) -> None:
    changed = (
        JoinRequest.objects.open()
        .filter(pk=join_request.pk)
        .update(
            state=state,
            reason=reason,
            decided_at=timezone.now(),
            decided_by_id=actor.membership_in(join_request.space_id),
        )
    )
    if not changed:
        raise ValidationError(_("Over deze aanvraag is al besloten."))
