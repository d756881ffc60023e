"""Answers the editor: how does this text read? Texts come and go; they are neither stored nor logged."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from . import advice, words
from .alternatives import difficult_words
from .rules import Text, report

#: The longest page that anyone should write fits in many times; above this the body is not even read.
MOST_BYTES = 300_000
MOST_TEXTS = 1_000


@require_POST
@sensitive_variables()
def check(request: HttpRequest) -> JsonResponse:
    """Hold the texts in the body, `{"texts": [{"place": "…", "words": "…"}]}`, to the rules.

    Returns `verdict`, one line, and `html` with what was found. 400 for another body, 413 for one that is too long.
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return JsonResponse({"verdict": _("Deze tekst is te lang om na te kijken."), "html": ""}, status=413)
    try:
        texts = [read(entry) for entry in json.loads(request.body)["texts"]]
    except (ValueError, LookupError, TypeError, RecursionError):
        return JsonResponse({"verdict": _("De schrijfhulp begrijpt dit niet."), "html": ""}, status=400)
    found = report(texts[:MOST_TEXTS], difficult_words(), words.everyday())
    context = {"report": found, "numbers": advice.numbers(found), "parts": advice.parts(found, texts)}
    html = render_to_string("knowledgebase/plainlanguage/findings.html", context, request) if found.words else ""
    return JsonResponse({"verdict": advice.verdict(found), "level": found.level.name.lower(), "html": html})


def read(entry: Any) -> Text:
    """One text of the body. Raises TypeError or LookupError for what is none."""
    if not isinstance(entry["words"], str) or not isinstance(entry["place"], str):
        raise TypeError
    return Text(entry["words"], entry["place"][:100])
