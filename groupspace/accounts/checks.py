"""System checks: what a host forgot, said before anything runs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

_MIDDLEWARE = "groupspace.accounts.middleware.AccountMiddleware"


@register()
def check_accounts(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The session engine, the middleware and axes' handler are ours."""
    problems: list[CheckMessage] = []
    if settings.SESSION_ENGINE != "groupspace.accounts.sessions":
        problems.append(Error('Set SESSION_ENGINE = "groupspace.accounts.sessions".', id="groupspace.accounts.E001"))
    if _MIDDLEWARE not in settings.MIDDLEWARE:
        problems.append(Error(f"Add {_MIDDLEWARE} after OTPMiddleware.", id="groupspace.accounts.E002"))
    if getattr(settings, "AXES_HANDLER", "") != "groupspace.accounts.throttle.Handler":
        problems.append(
            Error('Set AXES_HANDLER = "groupspace.accounts.throttle.Handler".', id="groupspace.accounts.E003")
        )
    if getattr(settings, "WAGTAIL_PASSWORD_RESET_ENABLED", True):
        problems.append(Error("Set WAGTAIL_PASSWORD_RESET_ENABLED = False.", id="groupspace.accounts.E004"))
    if getattr(settings, "TWO_FACTOR_REMEMBER_COOKIE_AGE", None):
        problems.append(Error("Remembering a browser's second step is off.", id="groupspace.accounts.E005"))
    return problems
