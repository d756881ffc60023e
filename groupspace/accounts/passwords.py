"""Rules for passwords after NIST SP 800-63B: long, not well known, and otherwise free."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import Any

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groupspace.accounts.conf import accounts_conf

#: What stands near at hand, so that a password made of nothing but these is guessed first.
_OBVIOUS = (
    "wachtwoord", "welkom", "geheim", "password", "passwoord", "welcome", "letmein", "admin", "inloggen", "groep",
    "account", "ikhouvanjou", "iloveyou", "schatje", "lieverd", "knuffel", "voetbal", "feyenoord",
    "correcthorsebatterystaple",
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december", "lente", "zomer", "herfst", "winter", "nederland", "amsterdam", "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop", "asdfghjkl", "zxcvbnm", "poiuytrewq", "lkjhgfdsa", "mnbvcxz", "qwerty", "azerty",
    "qaz", "wsx", "edc", "rfv", "tgb", "yhn", "ujm",
)  # fmt: skip
#: How people write a letter as another sign.
_DISGUISES = str.maketrans("013457@$!€", "oleastasie")
#: With fewer different signs than this, nothing of one's own is left.
_OWN_SIGNS = 4


class LengthValidator(MinimumLengthValidator):
    """Refuses a short password, in words of ours: the Dutch of Django 5.2 lacks this sentence."""

    def get_error_message(self) -> str:
        """Say how long it must be."""
        text = ngettext(
            "Dit wachtwoord is te kort. Maak het minstens %(least)d teken lang.",
            "Dit wachtwoord is te kort. Maak het minstens %(least)d tekens lang.",
            self.min_length,
        )
        return text % {"least": self.min_length}


class PredictableValidator:
    """Refuses a password with nothing of its own: one piece repeated, a row of keys, or only obvious words."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when the password is predictable."""
        text = "".join(unicodedata.normalize("NFKC", password).casefold().split())
        near = {*_OBVIOUS, *_words(accounts_conf().ISSUER)}
        if user is not None:
            near.update(_words(user.get_username()), _words(getattr(user, "email", "") or ""))
        disguised = text.translate(_DISGUISES)
        if _is_repeated(text) or _is_mostly_row(text) or min(_own(text, near), _own(disguised, near)) < _OWN_SIGNS:
            raise ValidationError(
                _("Dit wachtwoord is makkelijk te raden. Neem bijvoorbeeld vier woorden die niet bij elkaar horen."),
                code="password_predictable",
            )

    def get_help_text(self) -> str:
        """Say the rule in one sentence."""
        return _("Neem bijvoorbeeld vier woorden die niet bij elkaar horen.")


def _words(text: str) -> set[str]:
    parts = "".join(sign if sign.isalpha() else " " for sign in text.casefold()).split()
    return {part for part in parts if len(part) > 2}


def _own(text: str, near: set[str]) -> int:
    """How many different signs are left without the words near at hand, and the numbers people put behind them."""
    rest = "".join(filter(str.isalpha, text)) or text
    for word in sorted(near, key=len, reverse=True):
        rest = rest.replace(word, "")
    return len(set(rest))


def _is_repeated(text: str) -> bool:
    """Whether it is one piece again and again: it stands in its own double, at another place than the begin."""
    return text in (text + text)[1:-1]


def _is_mostly_row(text: str) -> bool:
    """Whether most signs are the one before it or its neighbour, as in "abcdefg", "98765" or "aaabbb"."""
    steps = [abs(ord(after) - ord(before)) <= 1 for before, after in pairwise(text)]
    return sum(steps) * 2 > len(steps)
