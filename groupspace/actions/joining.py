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
from groupspace.coming_in import admission
from groupspace.coming_in.admission import NOTHING_TOLD, Told
from groupspace.kinds import space_kind
from groupspace.models import Invitation, JoinRequest, Membership, Space
from groupspace.pace import keep_pace
from groupspace.telling import tell_answered, tell_asked

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from groupspace.actor import Actor

#: The spaces in which one can ask for a place: by themselves, or once they are full.
ASKED = frozenset({Space.JoinPolicy.REQUEST, Space.JoinPolicy.OPEN})

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


def place_for(actor: Actor, space: Space) -> bool:
    """Whether this actor can come in at once, or else asks for a place: who waited longer goes first."""
    mine = JoinRequest.objects.waiting().filter(space=space, user_id=actor.user_id).first()
    return has_place(space, mine)


def has_place(space: Space, mine: JoinRequest | None) -> bool:
    """The same, for who stands on the waiting list with this request, or does not (None). None without a limit."""
    free = space.free_places()
    if free is None:
        return True
    ahead = JoinRequest.objects.ahead_of(mine) if mine else JoinRequest.objects.waiting().filter(space=space)
    return free > 0 and ahead.count() < free


@transaction.atomic
def join(actor: Actor, space: Space, *, display_name: str, told: Told = NOTHING_TOLD) -> Membership:
    """Join a space that is open to all.

    Raises PermissionDenied when the space is not open, ValidationError when it is full, when others wait for the place,
    when this person does not fit, or the name is taken.
    """
    require(actor, "join", space)
    if space.join_policy != Space.JoinPolicy.OPEN:
        raise PermissionDenied(str(_("Deze groep is niet open. Vraag eerst of je mee mag doen.")))
    membership = let_in(actor, space, user_id=actor.user_id, display_name=display_name, told=told, authorisation="open")
    settle_requests(space, actor.user_id)
    return membership


@transaction.atomic
def request_to_join(
    actor: Actor, space: Space, *, display_name: str, answers: Iterable[tuple[str, str]] = (), told: Told = NOTHING_TOLD
) -> JoinRequest:
    """Ask to join; where there is no place, one comes on the waiting list. Asking twice gives the first request.

    Raises ValidationError when the name is taken, when this person does not fit, is on pause, or asked very often.
    """
    require(actor, "join", space)
    if pause := pause_in(actor, space):
        raise ValidationError(pause)
    Space.objects.select_for_update().get(pk=space.pk)  # the order of asking is the order of the waiting list
    if found := space.join_requests.pending().filter(user_id=actor.user_id).first():
        return found
    fits_in = place_for(actor, space)
    if space.join_policy not in ASKED or (fits_in and space.join_policy != Space.JoinPolicy.REQUEST):
        raise PermissionDenied(str(_("In deze groep kun je niet vragen of je mee mag doen.")))
    if kind := space.space_kind:
        admission.check(space, told, kind.entry_role, "request")
    check_name(space, actor.user_id, display_name)
    join_request = JoinRequest.objects.create(
        space=space,
        user_id=actor.user_id,
        state=JoinRequest.State.OPEN if fits_in else JoinRequest.State.WAITING,
        display_name=display_name,
        answers=[{"question": question, "answer": answer} for question, answer in answers],
        age_band=told.age_band,
        region_id=told.region_id,
        rules_version=told.rules_version,
    )
    keep_pace(actor, "JOIN_REQUESTS")
    log.record("join.requested", actor=signature(actor, space), space_id=space.pk, obj=join_request)
    tell_asked(join_request)
    return join_request


@transaction.atomic
def withdraw_request(actor: Actor, join_request: JoinRequest) -> None:
    """Take back one's own request, also from the waiting list."""
    require(actor, "withdraw", join_request)
    JoinRequest.objects.pending().filter(pk=join_request.pk).update(
        state=JoinRequest.State.WITHDRAWN, answers=[], note="", decided_at=timezone.now()
    )


@transaction.atomic
def admit(actor: Actor, join_request: JoinRequest, *, letter: str = "", parents_agree: bool = False) -> Membership:
    """Let someone in who asked, with a word of welcome; `parents_agree` where the space asks parents first.

    Raises ValidationError when the request was decided in the meantime, the space is full or the name is taken.
    """
    space = join_request.space
    require(actor, "manage_members", space)
    _decide(actor, join_request, JoinRequest.State.ADMITTED, letter)
    return let_in(
        actor,
        space,
        user_id=join_request.user_id,
        display_name=join_request.display_name,
        told=Told(join_request.age_band, join_request.region_id, join_request.rules_version),
        authorisation="manage_members",
        parents_agree=parents_agree,
    )


@transaction.atomic
def put_on_waiting_list(actor: Actor, join_request: JoinRequest, *, letter: str = "") -> None:
    """Keep a place in the queue for someone, by the moment of asking. Raises ValidationError when it was decided."""
    require(actor, "manage_members", join_request.space)
    _decide(actor, join_request, JoinRequest.State.WAITING, letter)
    log.record(
        "join.waiting",
        actor=signature(actor, join_request.space),
        space_id=join_request.space_id,
        obj=join_request,
        authorisation="manage_members",
    )


@transaction.atomic
def note_request(actor: Actor, join_request: JoinRequest, *, note: str) -> None:
    """Write down for the other facilitators what the decision hangs on. It goes when the decision is there."""
    require(actor, "manage_members", join_request.space)
    if not JoinRequest.objects.pending().filter(pk=join_request.pk).update(note=note):
        raise ValidationError(_("Over deze aanvraag is al besloten."))


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
    pending = [JoinRequest.State.OPEN, JoinRequest.State.WAITING]
    JoinRequest.objects.exclude(state__in=pending).filter(decided_at__lt=before).delete()


def settle_requests(space: Space, user_id: Any) -> None:
    """Close what somebody asked, who came in by another way."""
    JoinRequest.objects.pending().filter(space=space, user_id=user_id).update(
        state=JoinRequest.State.ADMITTED, note="", decided_at=timezone.now()
    )


def let_in(
    actor: Actor,
    space: Space,
    *,
    user_id: Any,
    display_name: str,
    authorisation: str,
    role: str = "",
    told: Told = NOTHING_TOLD,
    parents_agree: bool = False,
) -> Membership:
    """Make someone a member: a new one, or one who comes back.

    Whoever did not say yes to the agreements as they are now comes in too, and is asked before writing.
    """
    # As it is now: who steers or changes it at this moment does so before or after, never in between.
    space = Space.objects.select_for_update().get(pk=space.pk)
    kind = space_kind(space.kind)
    if kind is None or not space.takes_members:
        raise ValidationError(_("Deze groep neemt geen nieuwe mensen aan."))
    membership = Membership.objects.filter(space=space, user_id=user_id).first()
    if membership:
        _check_return(membership, authorisation)
    role_data = kind.roles[role] if role else kind.entry_role
    if space.is_full():
        raise ValidationError(_("Deze groep is vol. Er kan nu niemand bij."))
    if authorisation == "open" and not place_for(actor, space):
        raise ValidationError(_("Anderen wachten al langer op een plek. Zet je op de wachtlijst."))
    admission.check(space, told, role_data, authorisation, parents_agree=parents_agree)
    check_name(space, user_id, display_name)
    membership = membership or Membership(space=space, user_id=user_id)
    membership.role = role_data.code
    membership.age_band = told.age_band
    membership.region_id = told.region_id
    asked = admission.needs_parents(space, told.age_band)
    membership.parents_agreed_on = timezone.localdate() if asked else None
    membership.rules_version = (
        min(told.rules_version, space.rules_version) if space.house_rules.strip() else space.rules_version
    )
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
    """Answer a request. The waiting list is no decision yet: the note stays until there is one."""
    waits = state == JoinRequest.State.WAITING
    found = JoinRequest.objects.open() if waits else JoinRequest.objects.pending()
    changed = found.filter(pk=join_request.pk).update(
        state=state,
        reason=reason,
        decided_by_id=actor.membership_in(join_request.space_id),
        **({} if waits else {"decided_at": timezone.now(), "note": ""}),
    )
    if not changed:
        raise ValidationError(_("Over deze aanvraag is al besloten."))
    tell_answered(join_request)
