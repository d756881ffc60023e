"""Encrypts the few secrets that the log-in must be able to read back, bound to the row they belong to."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from groupspace.conf import conf

_VERSION = "v1"


class SealError(Exception):
    """The text was changed, belongs to another row, or was sealed with another key. There is no fall-back."""


def seal(text: str, context: str) -> str:
    """Encrypt `text`.

    Args:
        context: table, column and row it belongs to; it opens only with the same context.
    """
    nonce = os.urandom(12)
    sealed = nonce + AESGCM(_keys()[0]).encrypt(nonce, text.encode(), context.encode())
    return f"{_VERSION}.{base64.urlsafe_b64encode(sealed).decode()}"


def unseal(sealed: str, context: str) -> str:
    """Decrypt what `seal` made. Raises SealError for anything else."""
    version, _, body = sealed.partition(".")
    if version != _VERSION:
        raise SealError("Unknown version of sealed text.")
    try:
        raw = base64.urlsafe_b64decode(body)
    except ValueError as error:
        raise SealError("Sealed text is damaged.") from error
    for key in _keys():
        try:
            return AESGCM(key).decrypt(raw[:12], raw[12:], context.encode()).decode()
        except (InvalidTag, ValueError):
            continue
    raise SealError("Sealed text cannot be opened.")


def digest(purpose: str, *parts: str) -> str:
    """Keyed hash of what must be recognised again but never read back."""
    message = "\x1f".join(parts).encode()
    return hmac.new(conf.key(f"accounts.{purpose}"), message, hashlib.sha256).hexdigest()


def _keys() -> list[bytes]:
    """The present key first, then those of earlier values of SECRET_KEY."""
    materials = [conf.KEY] if conf.KEY else [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
    return [hmac.new(m.encode(), b"groupspace:accounts.seal", hashlib.sha256).digest() for m in materials]
