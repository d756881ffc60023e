"""A database that is away for a while comes back to the place where it was."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from django.db.utils import ConnectionHandler

from groupspace.notify import database


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
