"""Becoming a professional: a person uses the code that an organisation's invitation gave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace import policy
from groupspace.audit import log
from groupspace.coming_in import codes
from groupspace.models import Professional, ProfessionalInvitation

if TYPE_CHECKING:
    from groupspace.actor import Actor


def find_invitation(code: str) -> ProfessionalInvitation | None:
    """The usable invitation of a code, however it was typed; None for any other code, without saying why."""
    found = ProfessionalInvitation.objects.usable().filter(code_hash=codes.hash_of(code))
    return found.select_related("organisation").first()


def finish_introduction(actor: Actor) -> None:
    """A coordinator read the explanation at the first visit. Raises PermissionDenied for anybody else."""
    if policy.coordinated_by(actor) is None:
        raise PermissionDenied(str(policy.NOT_ALLOWED.reason))
    Professional.objects.filter(user_id=actor.user_id, introduced_at=None).update(introduced_at=timezone.now())


@transaction.atomic
def redeem(actor: Actor, invitation: ProfessionalInvitation) -> Professional:
    """Become a professional of the organisation that invited, or come back as one.

    Raises PermissionDenied before the second step of the log-in is done; ValidationError when the code was used or
    expired in the meantime, when the person is a professional already, or for an account that enters the CMS.
    """
    if not actor.is_authenticated:
        raise PermissionDenied(str(policy.LOG_IN.reason))
    if not actor.verified:
        raise PermissionDenied(str(policy.VERIFY.reason))
    if Professional.objects.active().filter(user_id=actor.user_id).exists():
        raise ValidationError(_("Je bent al professional op deze site. De code is niet gebruikt."))
    if get_user_model().objects.get(pk=actor.user_id).has_perm("wagtailadmin.access_admin"):
        # Who makes the codes would let themselves in.
        raise ValidationError(
            _(
                "Met dit account werk je aan de site zelf. Maak een ander account voor je werk met groepen. "
                "De code is niet gebruikt."
            )
        )
    current = ProfessionalInvitation.objects.select_for_update().usable().filter(pk=invitation.pk).first()
    if current is None:
        raise ValidationError(_("Deze code is al gebruikt of niet meer geldig. Vraag een nieuwe."))
    current.used_at = timezone.now()
    current.save(update_fields=["used_at"])
    professional, _created = Professional.objects.update_or_create(
        user_id=actor.user_id,
        defaults={"organisation_id": current.organisation_id, "since": timezone.localdate(), "until": None},
    )
    log.record(
        "professional.joined", actor=f"user:{actor.user_id}", obj=professional, authorisation="professional invitation"
    )
    return professional
