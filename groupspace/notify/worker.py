"""The one supervised process beside the web server: it runs tasks and periodic jobs, and says that it lives.

Three threads. The main thread only watches: it receives signals, and ends the process when a task hangs, so that
whoever supervises it starts a new one. One thread works. One writes the heartbeat and extends the lease of the work
in hand; when the process is killed both stop, and another worker takes the work over.
"""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Thread
from types import FrameType

from django.db import close_old_connections, connection, reset_queries
from django.db.utils import Error
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import task_backends

from groupspace.notify import engine, periodic
from groupspace.notify.conf import notify_conf
from groupspace.notify.database import ensure_present, lost, regained
from groupspace.notify.leases import Leased
from groupspace.notify.lifecycle import stopping
from groupspace.notify.models import Heartbeat

logger = logging.getLogger(__name__)
FORGET_WORKER = timedelta(days=1)


def heartbeat_age() -> timedelta | None:
    """Return how long ago a worker last gave a sign of life, or None when none ever did.

    Reads the file where the database cannot be reached.
    """
    now = timezone.now()
    try:
        ensure_present()
        # A beat from the future was written before the clock was set back; a living worker has a newer one.
        beats = Heartbeat.objects.filter(beat_at__lte=now + timedelta(minutes=1))
        latest = beats.order_by("-beat_at").values_list("beat_at", flat=True).first()
        return None if latest is None else max(now - latest, timedelta(0))
    except Error:
        path = notify_conf().HEARTBEAT_FILE
        if path is None or not Path(path).exists():
            return None
        return timedelta(seconds=max(time.time() - Path(path).stat().st_mtime, 0))


class Worker:
    """Works until the process is told to stop."""

    def __init__(self) -> None:
        self.conf = notify_conf()
        self.worker_id = get_random_string(16)
        self.in_hand: Leased | None = None
        self.busy_since = 0.0

    def run(self) -> int:
        """Work until SIGTERM or SIGINT; return the exit code, which is not 0 when the process should be replaced."""
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, self._stop)
        work = Thread(target=self._work, name="work", daemon=True)
        pulse = Thread(target=self._pulse, name="pulse", daemon=True)
        work.start()
        pulse.start()
        logger.info("worker %s has started", self.worker_id)
        while work.is_alive() and pulse.is_alive() and not stopping.is_set():
            stopping.wait(1)
            if self._hangs():
                logger.error("worker %s ends: %r takes too long", self.worker_id, str(self.in_hand))
                return 70
        if not stopping.is_set():
            return 70  # a thread has died; it has said why
        work.join(self.conf.STOP_GRACE.total_seconds())
        if work.is_alive():
            logger.warning("worker %s stops in the middle of %r", self.worker_id, str(self.in_hand))
            return 1
        pulse.join(0.5)
        logger.info("worker %s has stopped", self.worker_id)
        return 0

    def _stop(self, _signum: int, _frame: FrameType | None) -> None:
        stopping.set()

    def _hangs(self) -> bool:
        busy = self.in_hand is not None
        return busy and time.monotonic() - self.busy_since > self.conf.TASK_TIME_LIMIT.total_seconds()

    @contextmanager
    def _holding(self, row: Leased) -> Iterator[None]:
        self.busy_since, self.in_hand = time.monotonic(), row
        try:
            yield
        finally:
            self.in_hand = None

    def _work(self) -> None:
        while not stopping.is_set():
            try:
                ensure_present()
                close_old_connections()
                worked = self._step()
                reset_queries()
            except Error as error:
                lost(error)
                worked = False
            except Exception:
                logger.exception("worker %s ends", self.worker_id)
                return
            else:
                regained()
            if not worked:
                stopping.wait(self.conf.POLL.total_seconds())
        connection.close()

    def _step(self) -> bool:
        # Jobs first: they are rare and short, and a long row of tasks must not keep them waiting.
        return periodic.run_next(self._holding) or (
            isinstance(task_backends["default"], engine.DatabaseBackend) and engine.run_next(self._holding)
        )

    def _pulse(self) -> None:
        while True:
            try:
                if self.conf.HEARTBEAT_FILE:
                    Path(self.conf.HEARTBEAT_FILE).touch(mode=0o600)
                ensure_present()
                close_old_connections()
                self._beat()
                reset_queries()
            except (Error, OSError):
                connection.close()  # the work thread says that the database is away
            if stopping.wait(self.conf.BEAT.total_seconds()):
                return  # what is in hand has its lease for longer than a stopping worker lives

    def _beat(self) -> None:
        now = timezone.now()
        Heartbeat.objects.update_or_create(worker_id=self.worker_id, defaults={"beat_at": now})
        Heartbeat.objects.filter(beat_at__lt=now - FORGET_WORKER).delete()
        if row := self.in_hand:
            row.extend(self.conf.TASK_LEASE)
