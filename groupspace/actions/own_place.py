"""What members arrange for themselves in one space: being listed, a pause, and what they tell about themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.actions.common import own_membership, require
from groupspace.models import Membership, ProfileAnswer, ProfileField, Space

if TYPE_CHECKING:
    from datetime import date

    from groupspace.actor import Actor


def finish_introduction(actor: Actor, space: Space) -> None:
    """The explanation at the first visit was read; it stays to be found at its own page."""
    require(actor, "view", space)
    mine = Membership.objects.filter(pk=own_membership(actor, space), introduced_at=None)
    mine.update(introduced_at=timezone.now())


@transaction.atomic
def arrange_own_place(
    actor: Actor,
    space: Space,
    *,
    is_listed: bool,
    quiet_until: date | None,
    profile: Mapping[int, tuple[str, str]] | None = None,
) -> None:
    """Say whether one stands in the list, until when nothing is sent, and what one tells.

    Args:
        profile: by the field's key the text and its audience; an empty text takes the answer away.

    Raises ValidationError for a pause that has passed already, or for a field of another space.
    """
    require(actor, "tell_about_self", space)
    if quiet_until and quiet_until < timezone.localdate():
        raise ValidationError({"quiet_until": _("Kies een dag die nog komt.")})
    membership_id = own_membership(actor, space)
    Membership.objects.filter(pk=membership_id).update(is_listed=is_listed, quiet_until=quiet_until)
    for field_id, (text, audience) in (profile or {}).items():
        field = ProfileField.objects.filter(pk=field_id, space=space).first()
        if field is None:
            raise ValidationError(_("Deze vraag is er niet meer."))
        if not text.strip():
            ProfileAnswer.objects.filter(field=field, membership=membership_id).delete()
            continue
        answer = ProfileAnswer.objects.filter(field=field, membership=membership_id).first()
        answer = answer or ProfileAnswer(field=field, membership_id=membership_id)
        answer.text, answer.audience = text, audience
        answer.clean_fields()
        answer.save()
