"""Starts what is measured: the site as in production, and the bare project, on the same kind of server."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bench.load import Target

ROOT = Path(__file__).parents[2]
VAR = ROOT / "var" / "bench"
PROXY = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.2"}
OURS = ("KRING_VAR", "DATABASE_URL", "REDIS_URL", "DEBUG", "SECRET_KEY", "DJANGO_SETTINGS_MODULE", "TZ")


def site_environment(var: Path, database: str) -> dict[str, str]:
    """The site as docs/hosting.md sets it up, behind a proxy that speaks https."""
    return environment(
        DJANGO_SETTINGS_MODULE="tests.bench.settings",
        KRING_VAR=str(var),
        DATABASE_URL=database,
        ALLOW_SQLITE="1",
        SECRET_KEY="bench-0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQ",
        SITE_URL="https://127.0.0.1",
        ALLOWED_HOSTS="127.0.0.1",
        TRUSTED_PROXIES="127.0.0.1",
        EMAIL_URL="smtp://127.0.0.1:1",
    )


def bare_environment(database: str) -> dict[str, str]:
    """The bare project."""
    return environment(DJANGO_SETTINGS_MODULE="tests.bench.bare.settings", DATABASE_URL=database)


def environment(**values: str) -> dict[str, str]:
    """Only what a server of the bench should know, whatever the caller has set."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    return {**kept, "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}", "WEB_PROCESSES": "2", **values}


def run(module: str, environment: dict[str, str], *arguments: str) -> Any:
    """Run a module in its own process and read the JSON it prints."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout) if done.stdout.strip() else None


@contextmanager
def serve(application: str, environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Run gunicorn with the settings of production; yield its port and process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = ROOT / "site" / "config" / "gunicorn.py"
    command = [sys.executable, "-m", "gunicorn", "-c", str(config), "-b", f"127.0.0.1:{port}", application]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _wait_for(port, server)
        yield port, server.pid
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            server.kill()


def targets(found: list[dict[str, Any]], port: int, pids: list[int], **headers: str) -> list[Target]:
    """What a data module printed, as pages of a running server."""
    return [Target(port=port, pids=pids, **{**one, "headers": {**one["headers"], **headers}}) for one in found]


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The web server did not start.")
