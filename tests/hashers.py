"""The password hasher of production with the least work it can do, so that tests with many log-ins stay quick."""

from __future__ import annotations

from django.db import connection

from groupspace.accounts.hashers import Argon2Hasher


class QuickArgon2Hasher(Argon2Hasher):
    time_cost = 1
    memory_cost = 8
    parallelism = 1


class CountingHasher(QuickArgon2Hasher):
    """Notes each run: whether it was inside a transaction, where a slow hash keeps others from writing."""

    runs: list[bool] = []

    def encode(self, password: str, salt: str) -> str:
        self.runs.append(connection.in_atomic_block)
        return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        self.runs.append(connection.in_atomic_block)
        return super().verify(password, encoded)
