"""System checks: what a host forgot that would open a way round the log-in, said before anything runs."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from groupspace import settings as ours
from groupspace.accounts import backends
from groupspace.accounts.apps import StaffUsersConfig
from groupspace.checks import reachable

_AXES = "axes.backends.AxesStandaloneBackend"
#: Settings of others that must be ours, or passwords are kept, the second step is skipped or clients are locked out.
_FIXED = (
    "SESSION_ENGINE",
    "TWO_FACTOR_PATCH_ADMIN",
    "AXES_HANDLER",
    "AXES_LOCKOUT_CALLABLE",
    "AXES_CLIENT_IP_CALLABLE",
    "AXES_LOCKOUT_PARAMETERS",
    "AXES_SENSITIVE_PARAMETERS",
    "AXES_DISABLE_ACCESS_LOG",
    "WAGTAIL_PASSWORD_RESET_ENABLED",
    "WAGTAIL_PASSWORD_MANAGEMENT_ENABLED",
    "WAGTAIL_EMAIL_MANAGEMENT_ENABLED",
)


@register()
def check_settings(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The settings on which the log-in rests are ours."""
    problems: list[CheckMessage] = [
        Error(
            f"Set {name} = {getattr(ours, name)!r}, or import all of groupspace.settings in your settings.",
            id="groupspace.accounts.E001",
        )
        for name in _FIXED
        if getattr(settings, name, None) != getattr(ours, name)
    ]
    if settings.AUTHENTICATION_BACKENDS[0] != _AXES:
        problems.append(Error(f"Put {_AXES} first in AUTHENTICATION_BACKENDS.", id="groupspace.accounts.E002"))
    if backends.NAME not in settings.AUTHENTICATION_BACKENDS:
        problems.append(Error(f"Add {backends.NAME} to AUTHENTICATION_BACKENDS.", id="groupspace.accounts.E006"))
    if "axes.middleware.AxesMiddleware" not in settings.MIDDLEWARE:
        problems.append(Error("Add axes.middleware.AxesMiddleware to MIDDLEWARE.", id="groupspace.accounts.E003"))
    if getattr(settings, "TWO_FACTOR_REMEMBER_COOKIE_AGE", None):
        problems.append(
            Error("Remove TWO_FACTOR_REMEMBER_COOKIE_AGE: it skips the second step.", id="groupspace.accounts.E005")
        )
    return problems


@register()
def check_side_doors(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """No screen of another package reaches the accounts of clients."""
    problems: list[CheckMessage] = []
    if apps.is_installed("wagtail.users") and not isinstance(apps.get_app_config("wagtailusers"), StaffUsersConfig):
        problems.append(
            Error(
                'Put "groupspace.accounts.apps.StaffUsersConfig" in INSTALLED_APPS in the place of "wagtail.users": '
                "those screens set the password of a client.",
                id="groupspace.accounts.E006",
            )
        )
    if apps.is_installed("django.contrib.admin"):
        problems.append(
            Error(
                'Take "django.contrib.admin" out of INSTALLED_APPS and urls.py: it sets passwords and second steps.',
                id="groupspace.accounts.E007",
            )
        )
    if apps.is_installed("wagtail.api.v3"):
        problems.append(
            Error(
                'Take "wagtail.api.v3" out of INSTALLED_APPS and urls.py: its tokens are a log-in without second step '
                "that never ends.",
                id="groupspace.accounts.E008",
            )
        )
    return problems


@register(Tags.urls)
def check_addresses(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Our log-in can be reached, and Wagtail's cannot."""
    line = 'path("account/", include("groupspace.accounts.urls"))'
    problems = reachable("account:login", line, "groupspace.accounts.E004")
    for name in ("wagtailadmin_login", "wagtailcore_login"):
        try:
            address = reverse(name)
            found = resolve(address).view_name
        except (NoReverseMatch, Resolver404):
            continue
        if found == name:
            problems.append(
                checks.Warning(
                    f"Send {address} to account:login in your urls.py: this log-in knows no second step.",
                    id="groupspace.accounts.W001",
                )
            )
    return problems
