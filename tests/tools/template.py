"""Databases in which all migrations ran, to copy: running them takes longer than nearly all tests.

For SQLite the copy is kept until a migration changes, for PostgreSQL as long as the server of this run.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import psycopg
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".pytest_cache" / "databases"
KEPT = 4  # for other branches, and other sets of apps


def copy_sqlite(target: Path) -> None:
    """Make `target` a SQLite database in which all migrations of the installed apps ran."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    original = FOLDER / f"{_state()}.sqlite3"
    with _alone(FOLDER / "lock"):
        if not original.exists():
            making = FOLDER / f"making-{os.getpid()}.sqlite3"
            _migrate(f"sqlite:///{making}")
            with sqlite3.connect(making) as database:  # what stands in the log beside it goes into the file
                database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            database.close()
            making.rename(original)
            for old in sorted(FOLDER.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
                old.unlink()
        original.touch()
        shutil.copyfile(original, target)


def copy_postgres(server: str, name: str) -> None:
    """Make a database of this name, in which all migrations ran.

    Args:
        server: DATABASE_URL of a cluster that the test run started; its databases go with it.
    """
    folder, _slash, _name = server.removeprefix("postgres://kring@/").rpartition("/")
    original = f"all_{_state()}"
    with (
        _alone(Path(folder).with_suffix(".lock")),
        psycopg.connect(f"host={folder} user=kring dbname=postgres", autocommit=True) as database,
    ):
        if not database.execute("SELECT 1 FROM pg_database WHERE datname = %s", [original]).fetchone():
            database.execute("DROP DATABASE IF EXISTS making")
            database.execute("CREATE DATABASE making")
            _migrate(f"postgres://kring@/{folder}/making")
            database.execute(f'ALTER DATABASE making RENAME TO "{original}"')
        database.execute(f'DROP DATABASE IF EXISTS "{name}"')
        database.execute(f'CREATE DATABASE "{name}" TEMPLATE "{original}"')


def _state() -> str:
    """A name for what the migrations of all installed apps say now."""
    digest = hashlib.sha256()
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        module, _explicit = MigrationLoader.migrations_module(config.label)
        try:
            folder = Path(import_module(module).__file__ or "").parent if module else None
        except ImportError:
            continue
        for path in sorted(folder.glob("*.py")) if folder else ():
            digest.update(f"{config.label}/{path.name}:".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _migrate(url: str) -> None:
    environment = {**os.environ, "DATABASE_URL": url}
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "-v0"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One process at a time."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
