"""Catches a form whose writer is no longer logged in, before any view can lose it or put it under another name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from . import sealed, ticket


class SealMiddleware:
    """Must stand after the middleware that sets `request.user` and ends old sessions."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        if request.method != "POST" or getattr(view, "answers_tickets", False):
            return None
        return rescue(request)


def rescue(request: HttpRequest, *, also_own: bool = False) -> HttpResponse | None:
    """Seal the posted form when its writer is not the one logged in; None when there is nothing to rescue.

    also_own: seal the form of the person who is logged in as well (their CSRF token was replaced).
    """
    found = ticket.read(request.POST)
    if found is None or (found.belongs_to(request.user) and not also_own):
        return None
    row = sealed.seal(found, request.POST)
    back = f"{found.path}?{urlencode({sealed.PARAMETER: row.pk})}"
    if found.belongs_to(request.user):
        return HttpResponseRedirect(back)
    if request.user.is_authenticated:
        return render(request, "groupspace/text/other_account.html", status=403)
    messages.info(request, _("Je was te lang weg. Je tekst is bewaard. Log in, dan staat hij er weer."))
    return redirect_to_login(back)
