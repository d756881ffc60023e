"""The task of the newsletter."""

from __future__ import annotations

from django_tasks import task


@task()
def send_next(mailing_id: int) -> int:
    """Queue the next batch of an issue. Bears a second run: what was queued is marked in the same transaction."""
    from .sending import send_batch

    return send_batch(mailing_id)
