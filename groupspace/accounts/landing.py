"""Where somebody starts after logging in, when they were not on their way somewhere."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.shortcuts import resolve_url


def landing_page(user: Any) -> str:
    """Staff without a space of their own start in the CMS, everybody else at LOGIN_REDIRECT_URL."""
    memberships = apps.get_model("groupspace", "Membership").objects
    if user.has_perm("wagtailadmin.access_admin") and not memberships.filter(user=user, state="active").exists():
        return resolve_url("wagtailadmin_home")
    return resolve_url(settings.LOGIN_REDIRECT_URL)
