"""What the links in mail lead to. Opening a link changes nothing: programs that check mail open them too."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from . import actions
from .links import PARAMETER, BadLink, OldLink, read_confirmation, read_farewell
from .models import NewsletterPage


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for one press on a button, and then confirm the address."""
    try:
        subscriber_id = read_confirmation(request.GET.get(PARAMETER, ""))
    except OldLink:
        return _page(request, "confirm", {"step": "old"}, status=410)
    except BadLink:
        return _page(request, "confirm", {"step": "bad"}, status=400)
    if request.method != "POST":
        return _page(request, "confirm", {"step": "ask"})
    if actions.confirm(subscriber_id):
        return _page(request, "confirm", {"step": "done"})
    return _page(request, "confirm", {"step": "old"}, status=410)


# Mail programs post here themselves when someone presses their button (RFC 8058): they have no cookie and so no CSRF
# token. It is safe without: nothing but the signed code in the address counts, and this view reads no cookie, so a
# foreign page can do no more than whoever holds the link. See docs/decisions/0100.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Show one button, and end the subscription when it is pressed."""
    try:
        subscriber_id = read_farewell(request.GET.get(PARAMETER, ""))
    except BadLink:
        return _page(request, "leave", {"step": "bad"}, status=400)
    if request.method != "POST":
        return _page(request, "leave", {"step": "ask"})
    actions.leave(subscriber_id)
    return _page(request, "leave", {"step": "done"})


def _page(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    context |= {
        "breadcrumbs": [(_("Start"), "/"), (_("Nieuwsbrief"), "")],
        "neutral_title": True,  # the browser's history tells nothing
        "newsletter": NewsletterPage.objects.live().public().first(),
    }
    response = render(request, f"knowledgebase/newsletter/{name}.html", context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response
