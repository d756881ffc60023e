"""Renting a space: asking, deciding by staff, opening it, and coming to the end of the term."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace import policy
from groupspace.actions.spaces import found_space
from groupspace.audit import log
from groupspace.care import CARE_VERSION
from groupspace.models import Lease, Organisation, Professional, Space
from groupspace.pace import keep_pace
from groupspace.telling import tell_answered

if TYPE_CHECKING:
    from groupspace.actor import Actor

TRIAL = timedelta(days=60)
TERM = timedelta(days=365)
NOT_THEIRS = _("Dit kan alleen wie nu professional is van de organisatie die huurt. Vraag het een collega.")


@transaction.atomic
def request_lease(
    actor: Actor, *, tenant: str, theme: str, purpose: str, is_trial: bool = False, accepts_care: bool = False
) -> Lease:
    """Ask to rent a space. Asking twice gives the request that is still open.

    Args:
        tenant: an organisation (then the actor is one of its professionals) or a private person.
        accepts_care: yes to the duty of care; a private tenant must.

    Raises PermissionDenied for a visitor or for who is no professional, ValidationError without the yes.
    """
    if not actor.is_authenticated:
        raise PermissionDenied(str(policy.LOG_IN.reason))
    organisation: Organisation | None = None
    if tenant == Lease.Tenant.ORGANISATION:
        found = Professional.objects.active().filter(user_id=actor.user_id).select_related("organisation").first()
        if found is None or not actor.verified:
            raise PermissionDenied(str(policy.NO_PROFESSIONAL.reason))
        organisation = found.organisation
    elif not accepts_care:
        raise ValidationError({"accepts_care": _("Lees wat het leiden van een groep van je vraagt, en zeg ja.")})
    waiting = Lease.objects.filter(user_id=actor.user_id, state=Lease.State.REQUESTED).first()
    if waiting:
        return waiting
    keep_pace(actor, "JOIN_REQUESTS")
    lease = Lease(
        user_id=actor.user_id,
        tenant=tenant,
        organisation=organisation,
        theme=theme,
        purpose=purpose,
        is_trial=is_trial,
        care_version=CARE_VERSION if organisation is None else 0,
    )
    lease.full_clean()
    lease.save(force_insert=True)
    log.record("lease.requested", actor=f"user:{actor.user_id}", obj=lease)
    return lease


@transaction.atomic
def withdraw_lease(actor: Actor, lease: Lease) -> None:
    """Take back one's own request, as long as nobody decided."""
    if lease.user_id != actor.user_id:
        raise PermissionDenied(str(policy.HIDDEN.reason))
    deleted, _rows = Lease.objects.filter(pk=lease.pk, state=Lease.State.REQUESTED).delete()
    if not deleted:
        raise ValidationError(_("Over deze aanvraag is al besloten."))


@transaction.atomic
def open_leased_space(actor: Actor, lease: Lease, *, display_name: str, **fields: Any) -> Space:
    """Open the space of a lease; whoever asked for it leads it, and it ends with the term.

    Raises PermissionDenied for another's lease, without the second step, or for who no longer is a professional of the
    organisation that rents; ValidationError when it is used or over.
    """
    if lease.user_id != actor.user_id:
        raise PermissionDenied(str(policy.HIDDEN.reason))
    if not actor.verified:
        raise PermissionDenied(str(policy.VERIFY.reason))
    current = Lease.objects.select_for_update().filter(pk=lease.pk).to_be_opened().first()
    if current is None:
        raise ValidationError(_("Met deze toestemming kun je geen groep meer openen. Vraag opnieuw een ruimte aan."))
    _check_tenant(actor, current)
    space = found_space(
        actor,
        kind=current.kind,
        organisation=current.organisation,
        display_name=display_name,
        ends_on=current.until,
        **fields,
    )
    space.memberships.update(care_version=current.care_version)  # the tenant is the only one yet, and said yes before
    current.space = space
    current.save(update_fields=["space"])
    return space


@transaction.atomic
def ask_for_longer(actor: Actor, lease: Lease) -> None:
    """Ask to rent the same space for longer, also after the end. Asking twice is asking once.

    Raises PermissionDenied for another's lease, for who left the space, and for who no longer is a professional of the
    organisation that rents; ValidationError when there is nothing to go on with.
    """
    current = Lease.objects.filter(pk=lease.pk, user_id=actor.user_id, space__in=actor.spaces.keys()).first()
    if current is None:
        raise PermissionDenied(str(policy.HIDDEN.reason))
    _check_tenant(actor, current)
    if not Lease.objects.to_go_on().filter(pk=lease.pk).exists():
        raise ValidationError(_("Deze groep is er niet meer. Vraag een nieuwe ruimte aan."))
    if Lease.objects.filter(pk=lease.pk, longer_asked_at=None).update(longer_asked_at=timezone.now()):
        log.record("lease.longer_asked", actor=f"user:{actor.user_id}", obj=current)


def prolong(lease: Lease, *, until: date | None, answer: str) -> tuple[Lease, bool]:
    """Write the answer of staff, and the later last day if there is one, in the lease and in its space.

    Args:
        until: the last day as it stands is a no; empty is a year more.

    Returns the lease, and whether it was prolonged. A space that rounds off or is read only stays so until its leader
    goes on; one with an earlier last day of its own keeps that.
    """
    current = Lease.objects.select_for_update(of=("self",)).to_go_on().filter(pk=lease.pk).first()
    if current is None or current.until is None:
        raise ValidationError(_("Deze groep is er niet meer. De huur kan niet langer worden."))
    today, before = timezone.localdate(), current.until
    until = until or max(before, today) + TERM
    longer = until != before
    if longer and until <= max(before, today - timedelta(days=1)):
        raise ValidationError({"until": _("Kies een latere dag. Zeg je nee? Laat de dag dan staan.")})
    current.answer, current.longer_asked_at = answer, None
    if longer:
        current.until, current.state, current.is_trial = until, Lease.State.GRANTED, False
        space = Space.objects.select_for_update().get(pk=current.space_id)
        running = {Space.State.RECRUITING, Space.State.OPEN}
        if space.ends_on == before and (space.stopped_from or space.state) in running:
            space.ends_on = until
            space.save(update_fields=["ends_on"])
    current.save(update_fields=["answer", "longer_asked_at", "until", "state", "is_trial"])
    tell_answered(current)
    return current, longer


def _check_tenant(actor: Actor, lease: Lease) -> None:
    """Who asked for an organisation speaks for it as long as it vouches for them. Raises PermissionDenied."""
    if lease.tenant == Lease.Tenant.PRIVATE:
        return
    vouched = Professional.objects.active().filter(user_id=actor.user_id, organisation=lease.organisation_id)
    if not vouched.exists():
        raise PermissionDenied(str(NOT_THEIRS))


def term_of(lease: Lease, start: date | None = None) -> date:
    """The last day of a lease that begins on a day (today)."""
    return (start or timezone.localdate()) + (TRIAL if lease.is_trial else TERM)


def end_leases() -> None:
    """Leases whose term is over end; the space has its own last day and goes its way. A daily job."""
    Lease.objects.filter(state=Lease.State.GRANTED, until__lt=timezone.localdate()).update(state=Lease.State.ENDED)


def settle(lease: Lease, **fields: Any) -> Lease:
    """Write the decision of staff, once. Raises ValidationError when somebody else decided in the meantime."""
    changed = Lease.objects.filter(pk=lease.pk, state=Lease.State.REQUESTED).update(decided_at=timezone.now(), **fields)
    if not changed:
        raise ValidationError(_("Over deze aanvraag is al besloten."))
    lease.refresh_from_db()
    tell_answered(lease)
    return lease
