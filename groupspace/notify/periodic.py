"""The table of periodic jobs: apps register theirs in `tasks.py`, the worker runs them.

When a job runs next stands in the database, so that of several workers one runs it, and a restart neither
forgets nor repeats it. A clock set forward runs a job once, a clock set back does not silence it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone, translation

from groupspace.notify.conf import notify_conf
from groupspace.notify.database import patiently
from groupspace.notify.engine import Holding
from groupspace.notify.leases import backoff
from groupspace.notify.models import PeriodicJob

logger = logging.getLogger(__name__)
FIRST_PAUSE = timedelta(seconds=30)


@dataclass(frozen=True)
class Job:
    """One line of the table."""

    name: str
    every: timedelta
    function: Callable[[], object]
    when: Callable[[], object] | None = None


_table: dict[str, Job] = {}
#: When this process last looked whether a job has work.
_looked: dict[Job, datetime] = {}


def register(
    name: str, every: timedelta, function: Callable[[], object], when: Callable[[], object] | None = None
) -> None:
    """Add a job. It must bear a second run, and look at `lifecycle.stopping` when it takes long.

    Args:
        name: unique and stable, such as "notify.purge".
        every: the pause between the end of one run and the next.
        function: takes no arguments.
        when: tells whether there is work, without writing. A job without work is not run, and nothing is written.

    Raises ValueError for a name that is taken or a pause that is not positive.
    """
    if name in _table and _table[name].function is not function:
        raise ValueError(f"There is already a periodic job called {name}.")
    if every <= timedelta(0):
        raise ValueError("A periodic job needs a pause between two runs.")
    _table[name] = Job(name, every, function, when)


def run_next(holding: Holding) -> bool:
    """Run one job that is due; return whether there was one.

    Args:
        holding: keeps the lease of a row alive while its work is being done.
    """
    now = timezone.now()
    next_run = dict(PeriodicJob.objects.filter(name__in=_table).values_list("name", "due_at"))
    for job in _table.values():
        due_at = next_run.get(job.name)
        if due_at is None:
            PeriodicJob.objects.get_or_create(name=job.name)
        elif due_at > now + job.every:  # the clock was set back, or the job became more frequent
            PeriodicJob.objects.filter(name=job.name, due_at=due_at).update(due_at=now)
        elif due_at > now:
            continue
        if not _has_work(job, now):
            continue
        row = PeriodicJob.objects.filter(name=job.name).claim(notify_conf().TASK_LEASE)
        if row is not None:
            with holding(row):
                _run(job, row)
            return True
    return False


def _has_work(job: Job, now: datetime) -> bool:
    """Whether a job that is due has something to do; looked at no more often than it would run."""
    if job.when is None:
        return True
    if now - job.every < _looked.get(job, now - job.every) <= now:
        return False
    _looked[job] = now
    return bool(job.when())


def _run(job: Job, row: PeriodicJob) -> None:
    try:
        with translation.override(settings.LANGUAGE_CODE), timezone.override(None):
            job.function()
    except Exception as error:  # noqa: BLE001  (whatever it is, the other jobs go on)
        kind = type(error).__name__
        pause = min(backoff(row.attempts, FIRST_PAUSE), job.every)
        logger.error("periodic job %s failed: %s", job.name, kind)
        patiently(lambda: row.retry(pause, kind))
    else:
        patiently(lambda: row.again(job.every))
