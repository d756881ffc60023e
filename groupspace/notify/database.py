"""Living with a database that is locked or away for a while."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Event, local
from typing import TypeVar

from django.db import connection
from django.db.utils import Error, OperationalError

T = TypeVar("T")
logger = logging.getLogger(__name__)
_seen = local()
_away = Event()


def never_make_file() -> None:
    """Let SQLite refuse an absent file in this process, also between a check and the opening.

    It would make an empty one, which nobody expects in the place of a database that comes back.
    """
    if connection.vendor == "sqlite" and not connection.is_in_memory_db():  # type: ignore[attr-defined]  # SQLite has it, the stubs do not
        settings = connection.settings_dict  # the same for the connections of all threads
        settings["OPTIONS"]["database"] = f"{Path(settings['NAME']).resolve().as_uri()}?mode=rw"


def ensure_present() -> None:
    """Check that the database file of SQLite is there and still the one we opened; nothing to do on PostgreSQL.

    A connection outlives a file that was replaced.

    Raises OperationalError when the file is absent.
    """
    if connection.vendor != "sqlite" or connection.is_in_memory_db():  # type: ignore[attr-defined]  # SQLite has it, the stubs do not
        return
    try:
        stat = Path(connection.settings_dict["NAME"]).stat()
    except FileNotFoundError as error:
        connection.close()
        raise OperationalError("the database file is absent") from error
    identity = (stat.st_dev, stat.st_ino)
    if getattr(_seen, "identity", identity) != identity:
        connection.close()
    _seen.identity = identity


def lost(error: Error) -> None:
    """Let go of the connection, and log one line for each time that the database goes away."""
    if not _away.is_set():
        logger.warning("the database cannot be used, waiting for it: %s", type(error).__name__)
    _away.set()
    connection.close()


def regained() -> None:
    """Log one line when the database is back."""
    if _away.is_set():
        logger.info("the database can be used again")
    _away.clear()


def patiently(write: Callable[[], T], patience: timedelta = timedelta(minutes=4)) -> T:
    """Repeat a small write until the database takes it: what has been done outside cannot be done again.

    Raises the database's error when patience has run out.
    """
    deadline = time.monotonic() + patience.total_seconds()
    while True:
        try:
            ensure_present()
            result = write()
        except Error as error:
            if connection.in_atomic_block or time.monotonic() > deadline:
                raise
            lost(error)
            time.sleep(0.5)
        else:
            regained()
            return result


def gather_statistics() -> None:
    """Let SQLite look how its rows lie, so that it goes by the shortest way; PostgreSQL does so by itself.

    Without it the same page of a group reads 60 rows of a small site, and 10,000 of a large one.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit=400")  # a second's work, also for a gigabyte
            cursor.execute("ANALYZE")
