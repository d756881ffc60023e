"""How passwords are kept: argon2id, and in each process one at a time (decision 0024)."""

from __future__ import annotations

import threading
import unicodedata

from django.contrib.auth.hashers import Argon2PasswordHasher

_turn = threading.Lock()


class Argon2Hasher(Argon2PasswordHasher):
    """Django's argon2, with a bound on its memory, and the same for every way in which a keyboard writes a letter."""

    def encode(self, password: str, salt: str) -> str:
        with _turn:
            return super().encode(_normal(password), salt)

    def verify(self, password: str, encoded: str) -> bool:
        with _turn:
            return super().verify(_normal(password), encoded)


def _normal(password: str) -> str:
    """An é is one sign on some keyboards and two on others (NIST SP 800-63B, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)
