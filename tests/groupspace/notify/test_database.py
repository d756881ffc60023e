"""A database that is away for a while comes back to the place where it was."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.db.utils import ConnectionHandler

from groupspace.notify import database, periodic


def test_absent_file_is_refused_and_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "mijn kring.sqlite3")}
    absent = ConnectionHandler({"default": settings})["default"]
    monkeypatch.setattr(database, "connection", absent)

    database.never_make_file()

    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        absent.connect()
    assert list(tmp_path.iterdir()) == []

    (tmp_path / "mijn kring.sqlite3").touch()
    absent.connect()
    absent.close()


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="a job for SQLite alone: PostgreSQL does it by itself")
def test_sqlite_knows_how_its_rows_lie_after_the_daily_job():
    job = periodic._table["notify.statistics"]
    assert job.every == timedelta(days=1)

    job.function()

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1")
        assert cursor.fetchone()[0] > 0
