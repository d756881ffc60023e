"""Codes that let their holder in: made to be read aloud, kept only as a hash."""

from __future__ import annotations

import hashlib
import secrets

#: Letters and digits that nobody mixes up when reading a code aloud (Crockford's base 32).
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 16  # 80 bits


def make() -> tuple[str, str]:
    """Make a code. Returns it as people read it, in groups of four, and the hash to keep."""
    code = "".join(secrets.choice(_ALPHABET) for _i in range(_LENGTH))
    return "-".join(code[i : i + 4] for i in range(0, _LENGTH, 4)), hash_of(code)


def hash_of(typed: str) -> str:
    """The hash of a code as a person typed it: any case, with spaces and dashes, and with letters mixed up."""
    letters = "".join(c for c in typed.upper() if c.isalnum())
    return hashlib.sha256(letters.translate(str.maketrans("OIL", "011")).encode()).hexdigest()
