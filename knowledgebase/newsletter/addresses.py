"""One way to write an address, so that a person has one subscription."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.mail.message import sanitize_address
from django.utils.translation import gettext_lazy as _


def normalise(address: str) -> str:
    """The form in which an address is kept and looked up: capitals make no difference."""
    return address.strip().lower()


def check_deliverable(address: str) -> None:
    """Raise ValidationError for an address that looks right and cannot be put on an envelope."""
    try:
        sanitize_address(address, "utf-8")
    except (ValueError, UnicodeError) as error:
        raise ValidationError(_("Naar dit adres kunnen we niet mailen. Kijk of het klopt.")) from error
