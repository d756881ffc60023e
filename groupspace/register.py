"""What staff do from outside: keep the register of organisations, spaces and professionals.

Nothing here reads or changes content, memberships or grants. Each action is one transaction with a line in the
access log, and counts only in a session with the second step done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.actions import leases
from groupspace.actions.members import has_leader
from groupspace.actions.phases import erasure_day
from groupspace.audit import log
from groupspace.coming_in import codes
from groupspace.conf import conf
from groupspace.models import Lease, Organisation, Professional, ProfessionalInvitation, Region, RetentionRule, Space

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from groupspace.actor import Actor

#: What staff can change about a space: only what everyone may read, and whether it is stopped.
PUBLIC_FIELDS = ("name", "theme", "summary", "about", "organisation", "state")

#: The permission that keeps the register of spaces and of professionals.
REGISTER = "register_spaces"


def may(user: Any, codename: str) -> bool:
    """Whether this account has a staff permission of this app. It opens no space: only members are let in there."""
    return bool(user.is_active and user.has_perm(f"groupspace.{codename}"))


@transaction.atomic
def create_organisation(actor: Actor, **fields: Any) -> Organisation:
    """Add an organisation. Raises ValidationError when the name is taken."""
    _require(actor, "add_organisation")
    organisation = Organisation(**fields)
    organisation.full_clean()
    organisation.save(force_insert=True)
    _record("organisation.created", actor, organisation, "add_organisation")
    return organisation


@transaction.atomic
def change_organisation(actor: Actor, organisation: Organisation, **fields: Any) -> Organisation:
    """Change an organisation. One that takes part no longer vouches for nobody, from that moment."""
    _require(actor, "change_organisation")
    _set(organisation, fields)
    _record("organisation.changed", actor, organisation, "change_organisation")
    return organisation


@transaction.atomic
def change_space(actor: Actor, space: Space, *, partners: Iterable[Organisation] | None = None, **fields: Any) -> Space:
    """Change what everyone may read about a space, with whom it is run, or stop it and let it go on.

    Args:
        fields: of `PUBLIC_FIELDS`; a state is one of `states_for_staff`.
        partners: the other organisations; their coordinators see numbers and dates of it, and its members read who.

    Raises PermissionDenied for any other field, ValidationError for another state, and when a partner is the
    organisation itself.
    """
    _require(actor, REGISTER)
    if not fields.keys() <= set(PUBLIC_FIELDS):
        raise PermissionDenied(str(_("Dit regelen de begeleiders van de groep zelf.")))
    state = fields.pop("state", None)
    if state is not None:
        _stop_or_let_go_on(actor, space, state)
    _set(space, fields)
    log.record("space.changed", actor=_name(actor), space_id=space.pk, obj=space, authorisation=REGISTER)
    if partners is not None:
        _set_partners(actor, space, set(partners))
    return space


def states_for_staff(space: Space) -> list[str]:
    """The states that staff can choose for a space: as it is, stopped, and back to what it was."""
    if space.state == Space.State.CLOSED:
        # Of what was stopped before we remembered, nobody can write until its leader lets it go on.
        # Where nobody leads any more it does not run again: it is read only, and erased on its day.
        back = space.stopped_from if has_leader(space) else ""
        return [Space.State.CLOSED, back or Space.State.READ_ONLY]
    return [space.state] if space.state == Space.State.ERASED else [space.state, Space.State.CLOSED]


def _stop_or_let_go_on(actor: Actor, space: Space, state: str) -> None:
    """Stop a space, or bring back the state it was stopped from. A day of erasure that members were told stays."""
    stood = Space.objects.select_for_update().get(pk=space.pk)
    if state not in states_for_staff(stood):
        raise ValidationError(
            {
                "state": _(
                    "Je kunt een groep alleen stilzetten, of weer laten gaan zoals hij was. Kijk hoe hij nu staat."
                )
            }
        )
    space.state, space.stopped_from, space.erase_on = stood.state, stood.stopped_from, stood.erase_on
    if state == stood.state:
        return
    if state == Space.State.CLOSED:
        space.state, space.stopped_from = state, stood.state
    else:
        space.state, space.stopped_from = state, ""
        if state == Space.State.READ_ONLY and space.erase_on is None:
            space.erase_on = erasure_day()
    space.save(update_fields=["state", "stopped_from", "erase_on"])
    event = "space.stopped" if state == Space.State.CLOSED else "space.goes_on"
    log.record(event, actor=_name(actor), space_id=space.pk, obj=space, authorisation=REGISTER)


def _set_partners(actor: Actor, space: Space, partners: set[Organisation]) -> None:
    if space.organisation in partners:
        raise ValidationError(
            {"partners": _("%(name)s staat er al bij. Kies hier alleen de andere.") % {"name": space.organisation}}
        )
    if partners != set(space.partners.all()):
        space.partners.set(partners)
        log.record("space.partners", actor=_name(actor), space_id=space.pk, obj=space, authorisation=REGISTER)


@transaction.atomic
def invite_professional(actor: Actor, organisation: Organisation) -> tuple[ProfessionalInvitation, str]:
    """Make a code that one person can use once. The code is in the answer, and nowhere else."""
    _require(actor, REGISTER)
    if not organisation.is_active:
        raise ValidationError({"organisation": _("Deze organisatie doet niet mee. Zet haar eerst aan.")})
    code, code_hash = codes.make()
    invitation = ProfessionalInvitation.objects.create(
        organisation=organisation, code_hash=code_hash, expires_at=timezone.now() + conf.INVITATION_LIFETIME
    )
    _record("professional.invited", actor, invitation, REGISTER)
    return invitation, code


@transaction.atomic
def withdraw_invitation(actor: Actor, invitation: ProfessionalInvitation) -> None:
    """Make a code useless from now on. Raises ValidationError when it was used in the meantime."""
    _require(actor, REGISTER)
    current = ProfessionalInvitation.objects.select_for_update().filter(pk=invitation.pk, used_at=None).first()
    if current is None:
        raise ValidationError(_("Deze code is al gebruikt. Kies bij de professional een laatste dag."))
    _record("professional.withdrawn", actor, current, REGISTER)
    current.delete()


@transaction.atomic
def change_professional(
    actor: Actor, professional: Professional, *, until: date | None, is_coordinator: bool
) -> Professional:
    """Say until which day the organisation vouches for this professional, and whether he or she coordinates its groups.

    Args:
        until: None takes the end away.
    """
    _require(actor, REGISTER)
    if is_coordinator != professional.is_coordinator:
        _record(
            "professional.coordinates" if is_coordinator else "professional.leads_off", actor, professional, REGISTER
        )
    _set(professional, {"until": until, "is_coordinator": is_coordinator})
    _record("professional.ended" if until else "professional.continued", actor, professional, REGISTER)
    return professional


@transaction.atomic
def decide_lease(actor: Actor, lease: Lease, *, state: str, answer: str, until: date | None = None) -> Lease:
    """Say yes or no to renting a space.

    Args:
        state: granted or refused.
        answer: what whoever asked reads.
        until: the last day; the usual term when empty.

    Raises ValidationError without an answer, or when somebody else decided in the meantime.
    """
    _require(actor, REGISTER)
    if state not in {Lease.State.GRANTED, Lease.State.REFUSED}:
        raise ValidationError({"state": _("Kies: goedgekeurd of niet goedgekeurd.")})
    if not answer.strip():
        raise ValidationError({"answer": _("Schrijf een antwoord. Wie het vroeg, leest dit.")})
    if until and until <= timezone.localdate():
        raise ValidationError({"until": _("Kies een dag die nog komt.")})
    term = (until or leases.term_of(lease)) if state == Lease.State.GRANTED else None
    settled = leases.settle(lease, state=state, answer=answer, until=term)
    _record(f"lease.{state}", actor, settled, REGISTER)
    return settled


@transaction.atomic
def prolong_lease(actor: Actor, lease: Lease, *, answer: str, until: date | None = None) -> Lease:
    """Let somebody rent the same space for longer, before or after the end, or say that it cannot be.

    Args:
        answer: what whoever asked reads.
        until: the new last day; the day as it stands is a no, and empty is a year more.

    Raises ValidationError without an answer, for an earlier day, or when the space is erased.
    """
    _require(actor, REGISTER)
    if not answer.strip():
        raise ValidationError({"answer": _("Schrijf een antwoord. Wie het vroeg, leest dit.")})
    settled, longer = leases.prolong(lease, until=until, answer=answer)
    _record("lease.prolonged" if longer else "lease.not_prolonged", actor, settled, REGISTER)
    return settled


@transaction.atomic
def change_retention(actor: Actor, rule: RetentionRule, **fields: Any) -> RetentionRule:
    """Change how long something is kept. Spaces that were closed before keep the day that their members were told."""
    _require(actor, REGISTER)
    _set(rule, fields)
    _record("retention.changed", actor, rule, REGISTER)
    return rule


@transaction.atomic
def write_region(actor: Actor, region: Region | None = None, **fields: Any) -> Region:
    """Add a region, or change one. Raises ValidationError for a name that is taken, and for no range of postcodes.

    Who came in before keeps the region that was stored then.
    """
    _require(actor, REGISTER)
    event = "region.changed" if region else "region.created"
    region = region or Region()
    for name, value in fields.items():
        setattr(region, name, value)
    region.full_clean()
    region.save()
    _record(event, actor, region, REGISTER)
    return region


def _require(actor: Actor, codename: str) -> None:
    user = get_user_model()._default_manager.filter(pk=actor.user_id).first() if actor.verified else None
    if user is None or not may(user, codename):
        raise PermissionDenied(str(_("Dit kan alleen wie het register bijhoudt, na inloggen met de tweede stap.")))


def _set(obj: Any, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(obj, name, value)
    obj.full_clean()
    obj.save(update_fields=fields.keys())


def _name(actor: Actor) -> str:
    return f"user:{actor.user_id}"


def _record(event: str, actor: Actor, obj: Any, authorisation: str) -> None:
    log.record(event, actor=_name(actor), obj=obj, authorisation=authorisation)
