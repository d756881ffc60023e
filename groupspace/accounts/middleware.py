"""Decides at every request what a session may still do. Deny by default: what is not said here is not open."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils import timezone, translation

from groupspace.accounts import session
from groupspace.accounts.conf import accounts_conf
from groupspace.accounts.throttle import Wait, wait_response

#: Where somebody may go who must set up the second step first.
SETUP_URLS = frozenset({"account:setup", "account:qr", "account:codes", "account:logout", "safety:exit"})


class AccountMiddleware:
    """Stands after `OTPMiddleware`. Costs no query: what it needs to know, the session knows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.shared_computer = False
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not session.is_logged_in(request):
            return _to_login(request) if _is_cms(request) else self._respond(request)
        if not request.user.is_authenticated:  # the account is gone, or its password changed elsewhere
            request.session.flush()
            return _to_login(request) if _is_cms(request) else self._respond(request)

        known, now = session.data(request), time.time()
        verified = request.user.is_verified()
        if session.has_expired(known, now):
            return self._log_out(request, "idle")
        if now - known["seen"] >= accounts_conf().TOUCH_EVERY.total_seconds() and not _is_silent(request):
            session.refresh(request)
            known = session.data(request)
        if known["factor"] and not verified:  # a session from a side door (trap A1)
            return self._log_out(request, "unverified")
        if known["required"] and not verified and _name(request) not in SETUP_URLS:
            return redirect(f"{reverse('account:setup')}?{urlencode({'next': request.get_full_path()})}")
        if _is_cms(request) and not (verified and request.user.has_perm("wagtailadmin.access_admin")):
            raise Http404

        request.shared_computer = known["shared"]
        language = known["language"] or translation.get_language()
        zone = known["zone"] or timezone.get_current_timezone()
        with translation.override(language), timezone.override(zone):
            response = self._respond(request)
        response["Cache-Control"] = "private, no-store"
        if not session.is_logged_in(request):
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return wait_response(request, exception.seconds) if isinstance(exception, Wait) else None

    def _respond(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def _log_out(self, request: HttpRequest, why: str) -> HttpResponse:
        """End the session and go on as a visitor, so that a form that was being sent can still be rescued."""
        logout(request)
        request.session["gs_why"] = why
        response = _to_login(request) if _is_cms(request) else self._respond(request)
        response["Cache-Control"] = "private, no-store"
        return response


def _to_login(request: HttpRequest) -> HttpResponse:
    return redirect_to_login(request.get_full_path(), reverse("account:login"))


def _is_cms(request: HttpRequest) -> bool:
    prefix = _cms_prefix()
    return bool(prefix) and request.path_info.startswith(prefix)


@cache
def _cms_prefix() -> str:
    try:
        return reverse("wagtailadmin_home")
    except NoReverseMatch:
        return ""


def _name(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""


def _is_silent(request: HttpRequest) -> bool:
    return getattr(request, "gs_silent", False) or _name(request).rpartition(":")[2] in accounts_conf().SILENT_URLS
