"""Where somebody goes after logging in: on their way, or where such a person starts."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


def landing_page(user: Any) -> str:
    """Staff without a space of their own start in the CMS, everybody else at LOGIN_REDIRECT_URL."""
    memberships = apps.get_model("groupspace", "Membership").objects
    if user.has_perm("wagtailadmin.access_admin") and not memberships.active().filter(user=user).exists():
        return resolve_url("wagtailadmin_home")
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def next_url(request: HttpRequest) -> str:
    """Where somebody was going: a path on this site, or nothing. Never a word, which `redirect` takes for a name."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    return url if url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None) else ""
