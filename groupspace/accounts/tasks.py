"""The tasks and periodic jobs of accounts."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from groupspace.accounts import actions
from groupspace.accounts.models import OneTimeLink, ResetRequest
from groupspace.accounts.sessions import SessionStore
from groupspace.accounts.throttle import purge_tries
from groupspace.notify import periodic


@task()
def send_reset(request_id: str) -> None:
    """Answer one request for a new password. The job carries an id and no address."""
    actions.answer_reset(request_id)


def purge_sessions() -> None:
    """Delete sessions that are over."""
    SessionStore.clear_expired()


def purge_links() -> None:
    """Delete links and requests that are too old to be used."""
    OneTimeLink.objects.filter(expires_at__lt=timezone.now()).delete()
    ResetRequest.objects.filter(created_at__lt=timezone.now() - timedelta(days=1)).delete()


periodic.register("accounts.purge_sessions", every=timedelta(hours=1), function=purge_sessions)
periodic.register("accounts.purge_links", every=timedelta(hours=1), function=purge_links)
periodic.register("accounts.purge_tries", every=timedelta(hours=6), function=purge_tries)
