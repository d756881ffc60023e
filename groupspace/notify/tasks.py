"""The tasks and periodic jobs of this service."""

from __future__ import annotations

from datetime import timedelta

from django_tasks import task

from groupspace.notify import database, delivery, engine, periodic
from groupspace.notify.models import Mail, QueuedTask


@task()
def send_outbox() -> int:
    """Send the mail that is due, and return how many messages the server took."""
    return delivery.deliver_due()


def sweep() -> None:
    """Send what no wake-up call came for: retries, and mail whose worker died."""
    for queue in (Mail, QueuedTask):
        queue.objects.straighten()
    delivery.deliver_due()


def purge() -> None:
    """Delete the rows of mail and tasks that have served."""
    delivery.purge()
    engine.purge()


periodic.register("notify.sweep", every=timedelta(seconds=30), function=sweep)
periodic.register("notify.purge", every=timedelta(hours=1), function=purge)
periodic.register("notify.statistics", every=timedelta(days=1), function=database.gather_statistics)
