"""The page where the sender of a message reads how it goes: with the code alone, which never stands in an address."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knowledgebase.visitors import tidy

from . import actions
from .forms import LONGEST
from .models import Message


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for the code; show the message of that code; take the objection of its sender."""
    typed = tidy(request.POST.get("code", ""))[:60]
    message = actions.find(typed) if typed else None
    context: dict[str, Any] = {"code": typed, "message": message, "error": ""}
    if request.method == "POST" and message is None:
        context["error"] = _("We kennen deze code niet. Kijk of je alle tekens hebt. Misschien is het bericht al weg.")
    elif message and "objection" in request.POST:
        context.update(take_objection(message, tidy(request.POST["objection"])))
    return answer(request, context)


def take_objection(message: Message, text: str) -> dict[str, Any]:
    """Keep the objection, or say what is wrong with it. Sending the same one twice keeps it once."""
    if any(step.is_objection and step.text == text for step in message.history):
        return {}
    if not text:
        error = _("Schrijf waarom je het er niet mee eens bent.")
    elif len(text) > LONGEST:
        error = _("Dit is te lang. Er passen %(most)d tekens in, nu zijn het er %(count)d.")
        error %= {"most": LONGEST, "count": len(text)}
    else:
        try:
            return {"message": actions.object_to(message, text)}
        except ValidationError as refusal:
            error = " ".join(refusal.messages)
    return {"error": error, "objection": text}


def answer(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The page, kept by nobody and with a title that tells nothing."""
    context |= {"breadcrumbs": [(_("Start"), "/"), (_("Je bericht"), "")], "neutral_title": True}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if context["error"] else HTTPStatus.OK
    response = render(request, "knowledgebase/contact/follow.html", context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response
