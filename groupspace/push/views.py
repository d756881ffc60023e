"""The script that browsers keep for push and for when there is no internet.

It is the same for everybody, so it tells nothing about anybody; it keeps no page.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from groupspace.headers import policy
from groupspace.notify.conf import notify_conf

#: What it says, by the name in the script.
WORDS = {
    "news": _("Er is iets nieuws."),
    "again": _("Probeer het dan opnieuw"),
    "kept": _(
        "Wat je schreef, is nog niet verstuurd. Het staat hieronder. Laat deze pagina open tot je internet hebt."
    ),
    "label": _("Jouw tekst"),
    "send": _("Verstuur opnieuw"),
    "files": _("Een bestand kies je straks opnieuw."),
}


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """Serve the service worker from the root, so that it belongs to the whole site and its address says nothing."""
    style = render_to_string("groupspace/push/offline.css").encode()
    csp = policy(
        default_src="'none'",
        style_src=f"'sha256-{b64encode(hashlib.sha256(style).digest()).decode()}'",
        form_action="'self'",
        frame_ancestors="'none'",
        base_uri="'none'",
    )
    context = {
        "sender": notify_conf().SENDER_NAME,
        "address": reverse("groupspace:notices:list"),
        "exit": reverse("safety:exit"),
        "csp": csp,
        "words": WORDS,
    }
    response = render(request, "groupspace/push/worker.js", context, content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response
