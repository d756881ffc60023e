"""Names people write under: free to choose, but never one that deceives the others."""

from __future__ import annotations

import secrets
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

#: Letters and signs that show nothing, beside the categories that are refused.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
#: Scripts with letters that look the same: a name takes its letters from one of them.
_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK"})
#: Words that would make a member look like someone with power over others.
_OFFICIAL = ("begeleider", "beheerder", "moderator", "admin", "redactie", "oud-deelnemer")
_FIRST = ("Stille", "Blije", "Dappere", "Zachte", "Wijze", "Vrije", "Lieve", "Rustige", "Sterke", "Groene")
_SECOND = ("Vlinder", "Mus", "Beer", "Eik", "Golf", "Ster", "Vos", "Wolk", "Roos", "Uil", "Kiezel", "Merel")


def shown_name(display_name: str, user_id: object) -> str:
    """What others read as the author: the chosen name, or "oud-deelnemer" when the account is gone."""
    return display_name if user_id else str(_("oud-deelnemer"))


def validate_display_name(value: str) -> None:
    """Raises ValidationError for characters nobody sees or that imitate others, and for names that claim a role."""
    hidden = {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}
    if any(unicodedata.category(character) in hidden or character in _BLANK for character in value):
        raise ValidationError(_("In deze naam staat een teken dat niet kan. Gebruik letters, cijfers en spaties."))
    scripts = {unicodedata.name(character, "").partition(" ")[0] for character in value if character.isalpha()}
    if len(scripts & _ALIKE) > 1:
        raise ValidationError(_("In deze naam staan letters uit twee alfabetten. Kies er een."))
    folded = likeness(value)
    if any(likeness(word) in folded for word in _OFFICIAL):
        raise ValidationError(_("Met deze naam lijkt het of je een begeleider of beheerder bent. Kies een andere."))


def likeness(name: str) -> str:
    """What a quick reader sees of a name: two names with the same likeness are one name to the others."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    letters = "".join(character for character in folded if character.isalnum())
    return letters.translate(str.maketrans("01i", "oll")) or folded.replace("\ufe0f", "")


def suggest() -> str:
    """A friendly name that says nothing about the person."""
    return f"{secrets.choice(_FIRST)} {secrets.choice(_SECOND)}"
