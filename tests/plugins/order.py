"""Tests that take minutes begin first, so that all processes end together; those that empty the database run last."""

from __future__ import annotations

import pytest

EMPTIES_DATABASE = {"transactional_db", "live_server", "django_db_reset_sequences"}


def _empties_database(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    transactional = bool(marker and (marker.kwargs.get("transaction") or (marker.args and marker.args[0])))
    return transactional or bool(EMPTIES_DATABASE & set(getattr(item, "fixturenames", ())))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put them at the end: Django empties all tables after such a test, also of what migrations put there."""
    items.sort(key=lambda item: (_empties_database(item), not item.get_closest_marker("long")))
