"""A whole site as its own processes, with the demo: for tests in a browser, and for tests that kill it."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

from config.supervisor import die_with
from tests.tools import template

ROOT = Path(__file__).parents[1]
# What the tests set for themselves, or a person for a site of their own, must not steer this site.
FOREIGN = {"DATABASE_URL", "DEBUG", "DJANGO_SETTINGS_MODULE", "EMAIL_URL", "KRING_VAR", "REDIS_URL", "SITE_URL"}
ACCOUNTS = {row["username"]: row for row in json.loads((ROOT / "fixtures/demo_accounts.json").read_text())}


def manage(*arguments: str, var: Path, **extra: str) -> subprocess.Popen[bytes]:
    """Start manage.py in a process group of its own; its output goes to `log` in the folder `var`."""
    environment = {key: value for key, value in os.environ.items() if key not in FOREIGN}
    environment |= {"KRING_VAR": str(var), **extra}
    parent = os.getpid()
    with (var / "log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, ROOT / "manage.py", *arguments],
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=lambda: die_with(parent),  # nothing is left behind when the tests are stopped
        )


def load_demo(var: Path, **extra: str) -> None:
    """Put the demo into a database in which all migrations ran."""
    process = manage("load_demo", "-v0", var=var, **extra)
    assert process.wait(timeout=180) == 0, (var / "log").read_text()


def demo_copy(shared: Path, target: Path) -> Path:
    """Return `target`, a copy of the site's folder with the demo. It is made once for all processes of a test run."""
    original = shared / "kring-demo"
    with (shared / "kring-demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (original / "ready").exists():
            shutil.rmtree(original, ignore_errors=True)
            original.mkdir(parents=True)
            template.copy_sqlite(original / "db.sqlite3")
            load_demo(original)
            (original / "ready").touch()
    shutil.copytree(original, target)
    return target


class Site:
    """A running site: `manage.py serve` with web server and worker, set up as in production."""

    def __init__(self, var: Path, **extra: str) -> None:
        self.var = var
        self.extra = extra
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until pages are answered."""
        self.process = manage("serve", "--port", str(self.port), var=self.var, **self.extra)
        end = time.monotonic() + 90
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=5):  # noqa: S310 our own address
                    return
            except (urllib.error.URLError, OSError):
                assert self.process.poll() is None, (self.var / "log").read_text()[-3000:]
                time.sleep(0.05)
        raise AssertionError((self.var / "log").read_text()[-3000:])

    def stop(self) -> None:
        """Ask everything to end, and wait."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=60)

    def kill(self) -> None:
        """Kill -9 the supervisor, the web server, the worker and all that they started, at one moment."""
        assert self.process
        family = descendants(self.process.pid)
        for pid in (self.process.pid, *family):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait(timeout=20)

    def rows(self, statement: str, *values: object) -> list[tuple]:
        """Read from the site's SQLite database, past the site."""
        database = sqlite3.connect(f"file:{self.var / 'db.sqlite3'}?mode=ro", uri=True, timeout=20)
        try:
            return database.execute(statement, values).fetchall()
        finally:
            database.close()

    def pk(self, statement: str, *values: object) -> uuid.UUID:
        """The one id a statement finds."""
        return uuid.UUID(self.rows(statement, *values)[0][0])


def descendants(pid: int) -> list[int]:
    """All processes below a process."""
    found = []
    for path in Path("/proc").glob(f"{pid}/task/*/children"):
        for child in map(int, path.read_text().split()):
            found += [child, *descendants(child)]
    return found
