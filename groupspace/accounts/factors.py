"""The second factor of an account: making it, checking its codes, taking it away."""

from __future__ import annotations

import base64
import time
from binascii import Error as DecodeError
from typing import Any
from urllib.parse import quote, urlencode

from django.db import transaction
from django_otp.oath import TOTP
from django_otp.util import random_hex

from groupspace.accounts import recovery, seal, session, throttle
from groupspace.accounts.conf import accounts_conf
from groupspace.accounts.models import Authenticator

DIGITS = 6
_STEP = 30
#: two_factor looks for a device with this name.
_NAME = "default"


def new_secret() -> str:
    """Make a secret for an authenticator app, in base32."""
    return base64.b32encode(bytes.fromhex(random_hex(20))).decode()


def otpauth_uri(user: Any, secret: str) -> str:
    """The address that an authenticator app reads from the QR code."""
    issuer = accounts_conf().ISSUER
    label = quote(f"{issuer}:{user.get_username()}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'digits': DIGITS, 'issuer': issuer})}"


def device_of(user: Any) -> Authenticator | None:
    """The second factor of an account."""
    return Authenticator.objects.filter(user=user, confirmed=True).first()


def has_second_factor(user: Any) -> bool:
    """Whether an account has a second factor that can be used: the only question that counts (trap A11)."""
    return Authenticator.objects.filter(user=user, confirmed=True).exists()


@transaction.atomic
def add_totp(user: Any, secret: str, *, last_step: int = -1, keep_session: str | None = None) -> Authenticator:
    """Give an account its second factor and log it out everywhere.

    Args:
        secret: base32, as authenticator apps show it.
        last_step: the time step of a code that was used already, to prove that the app has the secret.
        keep_session: the session key that stays logged in.

    Raises ValueError when the secret is not base32, IntegrityError when there is a second factor already.
    """
    secret = secret.replace(" ", "").upper()
    try:
        base64.b32decode(secret)
    except DecodeError as error:
        raise ValueError("The secret is not base32.") from error
    device = Authenticator.objects.create(
        user=user, name=_NAME, secret=seal.seal(secret, _context(user.pk)), last_step=last_step
    )
    session.end_all(user, but=keep_session)
    return device


@transaction.atomic
def remove(user: Any, *, keep_session: str | None = None) -> None:
    """Take the second factor of an account away and log it out everywhere else."""
    Authenticator.objects.filter(user=user).delete()
    session.end_all(user, but=keep_session)


def matching_step(secret: str, code: str, after: int = -1) -> int | None:
    """The time step to which a code belongs, or None. A code is good for 30 seconds before and after its own.

    Args:
        after: steps up to this one were used.
    """
    code = code.replace(" ", "")
    if not (code.isascii() and code.isdigit() and len(code) == DIGITS):
        return None
    totp = TOTP(base64.b32decode(secret), _STEP, digits=DIGITS)
    totp.time = time.time()
    return totp.t() if totp.verify(int(code), tolerance=1, min_t=after + 1) else None


def check_code(device: Authenticator, code: str) -> bool:
    """Whether a code is right, and not used before; it is used up then.

    Raises SealError when the secret cannot be opened: nobody gets in then.
    """
    step = matching_step(seal.unseal(device.secret, _context(device.user_id)), code, device.last_step)
    if step is None:
        return False
    # Two requests with the same code: the row can be moved forward once.
    taken = Authenticator.objects.filter(pk=device.pk, last_step=device.last_step).update(last_step=step)
    device.last_step = step
    return bool(taken)


def verify(user: Any, code: str) -> Authenticator | None:
    """Check a code from the app. Wrong tries count against the account.

    Raises throttle.Wait after too many wrong tries.
    """
    return _counted(user, lambda device: check_code(device, code))


def verify_recovery(user: Any, code: str) -> Authenticator | None:
    """Check a recovery code in place of the app; it is used up then.

    Raises throttle.Wait after too many wrong tries.
    """
    return _counted(user, lambda device: recovery.use(user, code))


def _counted(user: Any, check: Any) -> Authenticator | None:
    key = throttle.key("code", str(user.pk))
    throttle.refuse_if_blocked(key)
    device = device_of(user)
    if device is not None and check(device):
        throttle.clear(key)
        return device
    throttle.count(key)
    return None


def _context(user_pk: Any) -> str:
    return f"{Authenticator._meta.db_table}.secret:{user_pk}"
