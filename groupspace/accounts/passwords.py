"""Rules for passwords after NIST SP 800-63B: long, not well known, and otherwise free."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: Words so near at hand that a password made of nothing but them is guessed first.
_OBVIOUS = (
    "wachtwoord", "welkom", "geheim", "password", "passwoord", "welcome", "qwerty", "azerty", "qwertyuiop",
    "asdfghjkl", "zxcvbnm", "letmein", "admin", "inloggen", "kring", "groep", "account", "ikhouvanjou", "iloveyou",
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december", "lente", "zomer", "herfst", "winter", "nederland", "amsterdam", "abcdefghijklmnopqrstuvwxyz",
)  # fmt: skip


class PredictableValidator:
    """Refuses a password with nothing of its own: one piece repeated, a row of keys, or only obvious words."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when the password is predictable."""
        rest = password.casefold()
        if user is not None and user.get_username():
            for part in re.split(r"\W+", user.get_username().casefold()):
                rest = rest.replace(part, "") if len(part) > 2 else rest
        for word in sorted(_OBVIOUS, key=len, reverse=True):
            rest = rest.replace(word, "")
        rest = re.sub(r"[\W\d_]+", "", rest) or re.sub(r"\D+", "", password) * _is_long_number(password)
        if len(set(rest)) < 4 or re.fullmatch(r"(.{1,5})\1+", password.casefold()) or _is_row(password):
            raise ValidationError(
                _("Dit wachtwoord is makkelijk te raden. Neem bijvoorbeeld vier woorden die niet bij elkaar horen."),
                code="password_predictable",
            )

    def get_help_text(self) -> str:
        """Say the rule in one sentence."""
        return _("Neem bijvoorbeeld vier woorden die niet bij elkaar horen.")


def _is_long_number(password: str) -> bool:
    return password.isdigit() and len(set(password)) >= 4


def _is_row(password: str) -> bool:
    """Whether every character follows the one before it, as in "abcdefg" or "98765"."""
    steps = {(ord(b) - ord(a)) for a, b in pairwise(password)}
    return steps <= {1, -9} or steps <= {-1, 9}
