"""Ties what we keep about a session to Django's log-in, whoever calls it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from groupspace.accounts import session


@receiver(user_logged_in, dispatch_uid="groupspace.accounts.start_session")
def start_session(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Begin what we keep about a session; also for a log-in that is not ours."""
    session.start(request, user)
