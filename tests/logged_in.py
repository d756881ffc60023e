"""Browsers that are logged in without going through the pages of the log-in."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY

from groupspace.accounts import factors

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def logged_in(user: Any, *, verified: bool = False, **options: Any) -> Client:
    """A browser of this person; `verified` when the second step was done too."""
    client = Client(**options)
    device = (factors.device_of(user) or factors.add_totp(user, SECRET)) if verified else None
    client.force_login(user)
    if device:
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session.save()
    return client
