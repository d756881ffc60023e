"""Recovery codes: for whoever forgot the password or lost the phone.

A code has 123 bits, so a keyed hash keeps it safe and finds it in one look-up (decision 0021).
"""

from __future__ import annotations

import secrets
from typing import Any

from django.db import transaction

from groupspace.accounts import seal
from groupspace.accounts.models import RecoveryCode

COUNT = 8
#: No letters that look like digits, or like each other.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH = 25
_GROUP = 5


@transaction.atomic
def renew(user: Any) -> list[str]:
    """Give an account new recovery codes; the old ones stop working. The codes can be read only now."""
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH)) for _ in range(COUNT)]
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(user, code)) for code in codes)
    return ["-".join(code[i : i + _GROUP] for i in range(0, _LENGTH, _GROUP)) for code in codes]


def left(user: Any) -> int:
    """How many codes an account still has."""
    return RecoveryCode.objects.filter(user=user).count()


def matches(user: Any, code: str) -> bool:
    """Whether a code is one of the account's, without using it up."""
    return RecoveryCode.objects.filter(user=user, digest=_digest(user, _plain(code))).exists()


def use(user: Any, code: str) -> bool:
    """Whether a code is one of the account's; it is gone then, also when two requests bring it at once."""
    return RecoveryCode.objects.filter(user=user, digest=_digest(user, _plain(code))).delete()[0] > 0


def _plain(code: str) -> str:
    return "".join(code.upper().replace("-", " ").split())


def _digest(user: Any, code: str) -> str:
    return seal.digest("recovery", str(user.pk), code)
