"""Codes that staff hand out: made to be read aloud or mailed, kept only as a hash."""

from __future__ import annotations

import hashlib
import secrets

#: Digits and letters that nobody mixes up when reading them aloud.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16  # 80 bits


def make() -> tuple[str, str]:
    """Make a code. Returns it in groups of four, and the hash to keep."""
    code = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))
    return "-".join(code[place : place + 4] for place in range(0, LENGTH, 4)), hash_of(code)


def hash_of(typed: str) -> str:
    """The hash of a code as somebody typed it: in any case, with spaces and dashes, with letters mixed up."""
    letters = "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())
    return hashlib.sha256(letters.translate(str.maketrans("OIL", "011")).encode()).hexdigest()
