"""On PostgreSQL only what touches the database runs again: the rest gave its answer in the SQLite part."""

from __future__ import annotations

import os

import pytest

TOUCHES_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect tests without the database when the suite says that they ran already."""
    if os.environ.get("KRING_TEST_PART") != "PostgreSQL":
        return
    again = [item for item in items if _touches_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(again)])
    items[:] = again


def _touches_database(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("django_db") or TOUCHES_DATABASE & set(getattr(item, "fixturenames", ())))
