"""Fixtures for all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.db import connection
from hypothesis import HealthCheck, settings

from tests.cast import as_actor, cast
from tests.tools import template

__all__ = ["as_actor", "cast"]

# How long an example takes to make or to try tells what else this machine does.
settings.register_profile("kring", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kring")


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The database of the tests is there already: a copy of one in which all migrations ran."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Lay the copy where Django looks for it."""
    if getattr(django_settings, "TESTS_MIGRATE", False):  # their own migrations are part of what is tried
        return
    database = django_settings.DATABASES["default"]
    database["TEST"]["MIGRATE"] = False
    if connection.vendor == "sqlite":
        template.copy_sqlite(Path(database["TEST"]["NAME"]))
    else:
        name = database["TEST"]["NAME"] = f"{database['TEST']['NAME'] or 'test_kring'}_{os.getpid()}"
        template.copy_postgres(os.environ["DATABASE_URL"], name)


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
