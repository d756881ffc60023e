"""The task of push."""

from __future__ import annotations

from django_tasks import task


@task()
def send(device_id: str) -> bool:
    """Send a sign to one browser; returns whether its service took it. The task carries an id and no address."""
    from groupspace.push import sending

    return sending.send(device_id)
