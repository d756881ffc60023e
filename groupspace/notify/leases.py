"""Rows that are work to do: claimed in the database by one process at a time, for a limited time."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)

#: No lease and no pause is longer. One that seems to be was written before the clock was set back.
LONGEST_LEASE = timedelta(minutes=30)
LONGEST_BACKOFF = timedelta(hours=1)


class State(models.TextChoices):
    """Where a piece of work stands."""

    WAITING = "waiting", _("wacht")
    DONE = "done", _("klaar")
    DEAD = "dead", _("mislukt")


def backoff(attempts: int, first: timedelta) -> timedelta:
    """Return the pause before the next attempt: `first`, then four times longer each time, at most an hour.

    Args:
        attempts: how many attempts have failed, at least 1.
        first: the pause after the first.
    """
    return min(first * 4 ** min(attempts - 1, 10), LONGEST_BACKOFF)


class LeasedQuerySet(models.QuerySet[Any]):
    """Claims by compare-and-swap: the same on SQLite and PostgreSQL, and no lock is held while working."""

    def claimable(self, now: datetime | None = None) -> Self:
        """Return the rows that are due and that no living process works on."""
        now = now or timezone.now()
        free = Q(leased_until=None) | Q(leased_until__lt=now) | Q(leased_until__gt=now + LONGEST_LEASE)
        return self.filter(free, state=State.WAITING, due_at__lte=now)

    def claim(self, lease_for: timedelta) -> Any | None:
        """Take the first claimable row, or return None if there is none.

        Args:
            lease_for: after this time another process may take the row, unless the lease is extended.
        """
        model: Any = self.model
        candidate: Any
        while candidate := self.claimable().first():
            interrupted = candidate.lease is not None  # whoever had it never settled it
            same = model.objects.filter(pk=candidate.pk, lease=candidate.lease).claimable()
            if interrupted and candidate.interruptions + 1 >= model.MOST_INTERRUPTIONS:
                same.update(state=State.DEAD, lease=None, finished_at=timezone.now(), error="Interrupted")
                logger.error("%s %s is a dead letter: its worker died every time", candidate._meta.label, candidate.pk)
                continue
            token, until = uuid4(), timezone.now() + lease_for
            taken = same.update(
                lease=token,
                leased_until=until,
                attempts=F("attempts") + 1,
                interruptions=F("interruptions") + int(interrupted),
            )
            if taken:
                candidate.lease, candidate.leased_until = token, until
                candidate.attempts += 1
                candidate.interruptions += int(interrupted)
                return candidate
        return None

    def revive(self) -> int:
        """Offer the dead letters once more; return how many."""
        fresh = {"state": State.WAITING, "due_at": timezone.now(), "finished_at": None, "attempts": 0}
        return self.filter(state=State.DEAD).update(**fresh, lease=None, leased_until=None, interruptions=0)

    def straighten(self) -> int:
        """Make retries due that a clock set back has put out of reach; return how many."""
        now = timezone.now()
        late = self.filter(state=State.WAITING, attempts__gt=0, due_at__gt=now + LONGEST_BACKOFF)
        return late.update(due_at=now)


class Leased(models.Model):
    """A row of work. Only the holder of the lease can settle it."""

    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    due_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, editable=False)
    lease = models.UUIDField(null=True, editable=False)
    leased_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveIntegerField(default=0, editable=False)
    interruptions = models.PositiveIntegerField(default=0, editable=False)
    #: What went wrong the last time: a class and a code, never a message, which could quote what people wrote.
    error = models.CharField(max_length=200, blank=True, editable=False)

    objects = LeasedQuerySet.as_manager()

    #: A row whose worker died this often is the likely cause of it.
    MOST_INTERRUPTIONS = 5

    class Meta:
        abstract = True

    def extend(self, lease_for: timedelta) -> bool:
        """Hold on to the row for longer; return whether it was still ours."""
        return self._update(leased_until=timezone.now() + lease_for)

    def finish(self, **values: Any) -> bool:
        """Mark the work as done; return whether it was still ours."""
        return self._settle(state=State.DONE, finished_at=timezone.now(), error="", **values)

    def retry(self, pause: timedelta, error: str) -> bool:
        """Try again after a pause; return whether it was still ours."""
        return self._settle(due_at=timezone.now() + pause, error=error[:200])

    def bury(self, error: str) -> bool:
        """Move the work to the dead letters; return whether it was still ours."""
        return self._settle(state=State.DEAD, finished_at=timezone.now(), error=error[:200])

    def _settle(self, **values: Any) -> bool:
        return self._update(lease=None, leased_until=None, **values)

    def _update(self, **values: Any) -> bool:
        lease: UUID | None = self.lease
        ours = lease is not None and bool(type(self)._default_manager.filter(pk=self.pk, lease=lease).update(**values))
        if ours:
            for name, value in values.items():
                setattr(self, name, value)
        return ours
