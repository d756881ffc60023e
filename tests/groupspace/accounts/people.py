"""Log-in as a person does it: through the pages, with a real code from a real secret."""

from __future__ import annotations

import base64
from typing import Any

from django.test import Client
from django.urls import reverse
from django_otp.oath import totp

from groupspace.accounts import factors
from groupspace.accounts.models import Authenticator
from tests.cast import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
OTHER_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def code_now(secret: str = SECRET, *, offset: int = 0) -> str:
    """The code that the app shows; `offset` in steps of 30 seconds."""
    return f"{totp(base64.b32decode(secret), drift=offset, t0=0):06d}"


def add_factor(user: Any, secret: str = SECRET) -> Any:
    return factors.add_totp(user, secret)


def post_password(client: Client, user: Any, password: str = PASSWORD, next_url: str = "", **extra: Any) -> Any:
    name = user if isinstance(user, str) else user.get_username()
    data = {"login_view-current_step": "auth", "auth-username": name, "auth-password": password, "next": next_url}
    return client.post(reverse("account:login"), {**data, **extra})


def post_code(client: Client, code: str, step: str = "token", next_url: str = "") -> Any:
    data = {"login_view-current_step": step, f"{step}-otp_token": code, "next": next_url}
    return client.post(reverse("account:login"), data)


def log_in(
    user: Any, *, secret: str = "", client: Client | None = None, password: str = PASSWORD, **extra: Any
) -> Client:
    """A browser in which this person is logged in; with `secret` in two steps."""
    client = client or Client()
    response = post_password(client, user, password, **extra)
    if secret:
        Authenticator.objects.update(last_step=-1)  # as if the last log-in was a while ago
        response = post_code(client, code_now(secret))
    assert response.status_code == 302, response.content.decode()[:3000]
    return client


def is_logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def is_verified(client: Client) -> bool:
    return "otp_device_id" in client.session
