"""Fixtures for all tests."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings

from tests.cast import as_actor, cast

__all__ = ["as_actor", "cast"]

# How long an example takes to make or to try tells what else this machine does.
settings.register_profile("kring", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kring")


@pytest.fixture(autouse=True)
def _permission_ids() -> Iterator[None]:
    """Each test database gives permissions other ids."""
    from groupspace.actor import forget_permission_ids

    forget_permission_ids()
    yield
    forget_permission_ids()


@pytest.fixture(autouse=True)
def _own_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Test databases give people the same ids again, and the cache outlives a test."""
    monkeypatch.setattr("groupspace.pace.KEY", f"pace:{uuid4()}")


@pytest.fixture
def _log_may_be_emptied(transactional_db: None) -> Iterator[None]:
    """Lets the test database be emptied after a test that commits: on SQLite the log's own trigger refuses that."""
    yield
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER IF EXISTS groupspace_audit_entry_no_delete")
