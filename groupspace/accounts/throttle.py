"""Counting wrong tries, and everything django-axes is to this project: replacing axes means changing this file.

Axes' own handlers store names, addresses and posted forms, passwords included (trap A5). This one stores a hash and
a number. What counts is one name from one address, so that nobody can lock somebody else out (trap A6).
"""

from __future__ import annotations

import math
from datetime import timedelta
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Any

from axes.handlers.base import AxesHandler
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from groupspace.accounts import seal
from groupspace.accounts.conf import accounts_conf
from groupspace.accounts.models import Tries
from groupspace.durations import in_words


class Wait(Exception):
    """Too many tries. `seconds`: how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def key(*parts: str) -> str:
    """Name what is being tried, without keeping it."""
    return seal.digest("tries", *parts)


def seconds_blocked(key: str, limit: int | None = None) -> int:
    """How long nothing more may be tried; 0 when one may."""
    row = Tries.objects.filter(key=key, count__gte=limit or accounts_conf().TRIES, until__gt=timezone.now()).first()
    return max(1, math.ceil((row.until - timezone.now()).total_seconds())) if row else 0


def refuse_if_blocked(*keys: str, limit: int | None = None) -> None:
    """Raise Wait when one of these was tried too often."""
    if seconds := max(seconds_blocked(key, limit) for key in keys):
        raise Wait(seconds)


@transaction.atomic
def count(key: str, within: timedelta | None = None) -> None:
    """Count one try. The wait runs from the first of a series, so it cannot be stretched from outside.

    Args:
        within: how long the series lasts; else the setting WAIT.
    """
    now = timezone.now()
    until = now + (within or accounts_conf().WAIT)
    row, created = Tries.objects.select_for_update().get_or_create(key=key, defaults={"count": 1, "until": until})
    if created:
        return
    if row.until <= now:
        Tries.objects.filter(key=key).update(count=1, until=until)
    else:
        Tries.objects.filter(key=key).update(count=F("count") + 1)


def clear(key: str) -> None:
    """Forget the wrong tries after a right one."""
    Tries.objects.filter(key=key).delete()


def purge_tries() -> int:
    """Delete old traces of wrong tries; a periodic job."""
    return Tries.objects.filter(until__lt=timezone.now() - accounts_conf().KEEP_TRIES).delete()[0]


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, believing only the proxies the settings name.

    An IPv6 address is cut to its network: whoever has one has 2^64 of them, a new one for each try.
    """
    proxies = accounts_conf().PROXIES
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if proxies and len(forwarded) >= proxies:
        return _network(forwarded[-proxies])
    return _network(request.META.get("REMOTE_ADDR", ""))


def _network(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv4Address):
        return address
    return str(parsed.ipv4_mapped or ip_network((int(parsed) >> 64 << 64, 64)))


def address_key(request: HttpRequest) -> str:
    """Names all tries from one address."""
    return key("address", address_of(request))


def name_key(request: HttpRequest, username: str) -> str:
    """Names the tries for one log-in name from one address."""
    return key("name", username.casefold(), address_of(request))


class Handler(AxesHandler):
    """What axes asks before a log-in and tells after it; set as AXES_HANDLER."""

    def is_allowed(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        username = (credentials or {}).get("username") or ""
        return not self._seconds(request, username)

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        if request is None:
            return
        username = credentials.get("username") or ""
        if not self._seconds(request, username):
            count(name_key(request, username))
            count(address_key(request))
        if seconds := self._seconds(request, username):
            request.axes_locked_out = True
            request.gs_wait = seconds

    def user_logged_in(self, sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
        clear(name_key(request, user.get_username()))

    def _seconds(self, request: HttpRequest, username: str) -> int:
        per_address = accounts_conf().TRIES_PER_ADDRESS
        return max(seconds_blocked(name_key(request, username)), seconds_blocked(address_key(request), per_address))


def client_ip(request: HttpRequest) -> str:
    """For AXES_CLIENT_IP_CALLABLE: axes must not see an address, it would put it in its log lines."""
    return ""


def lockout_response(request: HttpRequest, original: HttpResponse | None = None, *args: Any) -> HttpResponse:
    """For AXES_LOCKOUT_CALLABLE: the page that says how long to wait."""
    return wait_response(request, getattr(request, "gs_wait", 60))


def wait_response(request: HttpRequest, seconds: int) -> HttpResponse:
    """Say in plain words how long to wait."""
    crumbs = [(_("Start"), "/"), (_("Even wachten"), None)]
    context = {"wait": in_words(timedelta(seconds=seconds)), "breadcrumbs": crumbs}
    response = render(request, ["429.html", "groupspace/accounts/wait.html"], context, status=429)
    response["Retry-After"] = str(seconds)
    return response
