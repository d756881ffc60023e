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
from groupspace.models import Lease, Organisation, Professional, Space
from groupspace.pace import keep_pace
from groupspace.telling import tell_answered

if TYPE_CHECKING:
    from groupspace.actor import Actor

#: The version of the text on the duty of care that a private tenant says yes to; raise it when the text changes.
CARE_VERSION = 1
TRIAL = timedelta(days=60)
TERM = timedelta(days=365)


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

    Raises PermissionDenied for another's lease or without the second step, ValidationError when it is used or over.
    """
    if lease.user_id != actor.user_id:
        raise PermissionDenied(str(policy.HIDDEN.reason))
    if not actor.verified:
        raise PermissionDenied(str(policy.VERIFY.reason))
    current = Lease.objects.select_for_update().filter(pk=lease.pk).to_be_opened().first()
    if current is None:
        raise ValidationError(_("Met deze toestemming kun je geen groep meer openen. Vraag opnieuw een ruimte aan."))
    kind = "private" if current.tenant == Lease.Tenant.PRIVATE else "group"
    space = found_space(
        actor, kind=kind, organisation=current.organisation, display_name=display_name, ends_on=current.until, **fields
    )
    current.space = space
    current.save(update_fields=["space"])
    return space


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
