"""A real mail server, and real worker processes on the database of the test."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.db import connection

from groupspace.notify.models import QueuedTask

REPO_DIR = Path(__file__).resolve().parents[3]


def wait_until(condition: Callable[[], Any], seconds: float = 15) -> None:
    """Wait for something that another process does."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


class Inbox:
    """What the mail server took, and how it behaves."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, Message]] = []
        self.reply = "250 OK"
        self.refused: set[str] = set()
        self.seconds_each = 0.0
        self.taken_one = Event()
        self.hold = Event()

    @property
    def counts(self) -> Counter[tuple[str, str]]:
        """How often each message came for each recipient."""
        return Counter((recipient, message["Message-ID"]) for recipient, message in self.taken)

    async def handle_RCPT(self, *given: Any) -> str:  # noqa: N802  aiosmtpd calls it so
        _, _, envelope, address, _ = given
        if address in self.refused:
            return "550 No such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  aiosmtpd calls it so
        await asyncio.sleep(self.seconds_each)
        if self.reply.startswith("250"):
            self.taken += [(address, message_from_bytes(envelope.content)) for address in envelope.rcpt_tos]
            self.taken_one.set()
        while self.hold.is_set():  # accepted, but the client does not know yet
            await asyncio.sleep(0.02)
        return self.reply


class MailServer:
    """A mail server that can be stopped and started again on the same port."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.inbox = Inbox()
        self.controller: Controller | None = None

    def start(self) -> None:
        self.controller = Controller(self.inbox, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self) -> None:
        self.inbox.hold.clear()
        if self.controller:
            self.controller.stop()
            self.controller = None


@pytest.fixture(autouse=True)
def _no_other_work(db: None) -> None:
    """What migrations have queued is not the subject here."""
    QueuedTask.objects.all().delete()


@pytest.fixture
def mail_server(unused_port: int) -> Iterator[MailServer]:
    """A mail server that is up."""
    server = MailServer(unused_port)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def unused_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def outbox(settings: Any, mail_server: MailServer) -> Inbox:
    """Django's mail goes to the outbox in the database, and from there to the mail server of the test."""
    settings.EMAIL_BACKEND = "groupspace.notify.backend.OutboxBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = mail_server.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 5
    settings.DEFAULT_FROM_EMAIL = "noreply@example.org"
    settings.GROUPSPACE = {"NOTIFY": {"TRANSPORT": "django.core.mail.backends.smtp.EmailBackend"}}
    settings.TASKS = {"default": {"BACKEND": "groupspace.notify.engine.DatabaseBackend"}}
    return mail_server.inbox


class Worker:
    """`manage.py worker` as a process of its own."""

    def __init__(self, log: Path, given: dict[str, Any]) -> None:
        self.log = log
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.groupspace.notify.worker_settings",
            "WORKER_SETTINGS": json.dumps(given, default=str),
            "PYTHONPATH": str(REPO_DIR),
        }
        with log.open("ab") as output:
            command = [sys.executable, "-m", "django", "worker"]
            self.process = subprocess.Popen(command, cwd=REPO_DIR, env=environment, stdout=output, stderr=output)

    @property
    def lines(self) -> list[str]:
        """What it has logged."""
        return self.log.read_text().splitlines()

    def wait_for_line(self, text: str, seconds: float = 15) -> None:
        """Wait until it has logged something with this text."""
        wait_until(lambda: any(text in line for line in self.lines), seconds)

    def kill(self) -> None:
        """End it as the kernel would: at once, without a last word."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> tuple[int, float]:
        """Ask it to stop; return its exit code and how many seconds it took."""
        started = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20), time.monotonic() - started


@pytest.fixture
def start_worker(transactional_db: None, tmp_path: Path, mail_server: MailServer) -> Iterator[Callable[..., Worker]]:
    """A function that starts a worker on the database of the test, or on another one."""
    workers: list[Worker] = []

    def start(database: dict[str, Any] | None = None, **seconds: float) -> Worker:
        keys = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
        given = {
            "database": {key: connection.settings_dict[key] for key in keys} | (database or {}),
            "smtp_port": mail_server.port,
            "seconds": seconds,
            "heartbeat_file": tmp_path / "heartbeat",
        }
        worker = Worker(tmp_path / f"worker-{len(workers)}.log", given)
        workers.append(worker)
        worker.wait_for_line("has started")
        return worker

    yield start
    for worker in workers:
        if worker.process.poll() is None:
            worker.kill()
        sys.stdout.write(worker.log.read_text())
