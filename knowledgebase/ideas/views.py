"""A single idea with its history, the button "Ik ook", and the end of mails about an idea."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledgebase.visitors import keep_pace, sender_of

from . import actions, mails
from .models import Idea, IdeasPage


@require_safe
def idea(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One idea: all of it is public."""
    found = get_object_or_404(Idea.objects.with_support(), uuid=uuid)
    context = {"idea": found, "support_ticket": uuid4(), "supported": request.GET.get("dank") == "1"}
    return page(request, "idea.html", found.title, context)


@require_POST
def support(request: HttpRequest) -> HttpResponse:
    """Count one "Ik ook" and go to the idea. Raises Http404 when there is no such idea."""
    try:
        chosen, ticket = UUID(request.POST.get("idee", "")), UUID(request.POST.get("ticket", ""))
    except ValueError as error:
        raise Http404 from error
    found = get_object_or_404(Idea.objects.with_support(), uuid=chosen)
    try:
        keep_pace("support", sender_of(request))
    except ValidationError as refusal:
        context = {"idea": found, "support_ticket": ticket, "error": " ".join(refusal.messages)}
        return page(request, "idea.html", found.title, context, status=422)
    actions.support(found, ticket)
    return redirect(f"{found.get_absolute_url()}?dank=1")


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether an address may go, and delete it. An old or broken address gets the same answer: it is gone."""
    address = mails.address_of(token)
    if request.method == "POST" and address:
        address.delete()
        address = None
    return page(request, "stop.html", _("Geen mail meer"), {"address": address, "token": token, "neutral_title": True})


def page(request: HttpRequest, template: str, title: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page below Denk mee: its form has a token, so nobody keeps it."""
    above = IdeasPage.objects.shown_on(request).first()
    breadcrumbs = [(_("Start"), "/"), *([(above.title, above.get_url(request))] if above else []), (title, "")]
    context = {"breadcrumbs": breadcrumbs, "ideas_page": above, **context}
    response = render(request, f"knowledgebase/ideas/{template}", context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response
