"""The script that browsers keep for push. It is the same for everybody, so it tells nothing about anybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from groupspace.notify.conf import notify_conf


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """Serve the service worker from the root, so that it belongs to the whole site and its address says nothing."""
    context = {"sender": notify_conf().SENDER_NAME, "address": reverse("groupspace:notices:list")}
    response = render(request, "groupspace/push/worker.js", context, content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response
