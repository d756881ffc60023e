"""Names people write under: free to choose, but never one that deceives the others."""

from __future__ import annotations

import secrets
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

#: Words that would make a member look like someone with power over others.
_OFFICIAL = ("begeleider", "beheerder", "moderator", "admin", "redactie", "oud-deelnemer")
_FIRST = ("Stille", "Blije", "Dappere", "Zachte", "Wijze", "Vrije", "Lieve", "Rustige", "Sterke", "Groene")
_SECOND = ("Vlinder", "Mus", "Beer", "Eik", "Golf", "Ster", "Vos", "Wolk", "Roos", "Uil", "Kiezel", "Merel")


def validate_display_name(value: str) -> None:
    """Raises ValidationError for characters nobody sees, and for names that claim a role."""
    if any(unicodedata.category(character) in {"Cc", "Cf", "Co", "Cn", "Zl", "Zp"} for character in value):
        raise ValidationError(_("In deze naam staat een teken dat niet kan. Gebruik letters, cijfers en spaties."))
    folded = unicodedata.normalize("NFKC", value).casefold()
    if any(word in folded for word in _OFFICIAL):
        raise ValidationError(_("Met deze naam lijkt het of je een begeleider of beheerder bent. Kies een andere."))


def suggest() -> str:
    """A friendly name that says nothing about the person."""
    return f"{secrets.choice(_FIRST)} {secrets.choice(_SECOND)}"
