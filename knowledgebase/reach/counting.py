"""Counts in the memory of this process, and writes to the database now and then.

A page is never slowed or broken by it: counting adds one to a number in memory, and a thread of its own writes. When
the database does not answer, the numbers stay in memory until it does. What a process has counted and not yet written
is lost when it is killed (`kill -9`, power): at most REACH_FLUSH_SECONDS and REACH_FLUSH_VIEWS of views for each
process, while the database answers. A process that ends in order writes first.

What is held is a page, a day and a number. Nothing tells one view from another.
"""

from __future__ import annotations

import atexit
import datetime as dt
import logging
import os
import threading
from collections import Counter

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from .. import conf
from . import actions

logger = logging.getLogger(__name__)

#: How long the end of a process may wait for the last numbers to be written.
LAST_WAIT = 5
PATIENCE_MS = 2000


class ViewCounter:
    """The numbers of one process.

    Args:
        seconds: the pause between two writes; 0 writes only when told to.
        views: write sooner when there are this many.
    """

    def __init__(self, seconds: float, views: int) -> None:
        self.seconds = seconds
        self.full_at = views
        self.start_over()

    def start_over(self) -> None:
        """Forget everything. A process that is forked from another does so: the other keeps its own numbers."""
        self._lock = threading.Lock()
        self._views: Counter[tuple[int, dt.date]] = Counter()
        self._since_written = 0
        self._wake = threading.Event()
        self._ending = False
        self._thread: threading.Thread | None = None

    def add(self, page_id: int) -> None:
        """Count one view of this page, today."""
        day = timezone.localdate(timezone=timezone.get_default_timezone())
        with self._lock:
            self._views[page_id, day] += 1
            self._since_written += 1
            full = self._since_written == self.full_at
            if self.seconds and not self._ending and not (self._thread and self._thread.is_alive()):
                self._start()
        if full:
            self._wake.set()

    def pending(self) -> int:
        """How many views are not written yet."""
        with self._lock:
            return self._views.total()

    def write(self) -> None:
        """Write what was counted. Raises what the database raises; then nothing is lost."""
        with self._lock:
            views, self._views, self._since_written = self._views, Counter(), 0
        try:
            actions.add_views(views)
        except BaseException:
            with self._lock:
                self._views.update(views)
            raise

    def end(self) -> None:
        """Write the last numbers; the process ends. Python calls it, or a server that ends its processes otherwise."""
        self._ending = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(LAST_WAIT)

    def _start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="reach", daemon=True)
        self._thread.start()
        atexit.register(self.end)

    def _run(self) -> None:
        ending = False
        while not ending:
            self._wake.wait(self.seconds)
            self._wake.clear()
            ending = self._ending
            if not self.pending():
                continue
            try:
                let_others_go_first()
                self.write()
            except (DatabaseError, InterfaceError) as error:
                logger.warning("The counts of page views wait: the database says %s.", type(error).__name__)
            except Exception:
                logger.exception("The counts of page views wait.")
            finally:
                connection.close()


def let_others_go_first() -> None:
    """Do not wait long for the one writer of SQLite: this thread can come back, someone who saves a page cannot."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")


counter = ViewCounter(conf.get("REACH_FLUSH_SECONDS"), conf.get("REACH_FLUSH_VIEWS"))
os.register_at_fork(after_in_child=counter.start_over)
