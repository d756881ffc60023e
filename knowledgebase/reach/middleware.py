"""Counts the public pages that people open, outside the page cache: without a session, without the database."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from .counting import counter
from .visits import is_read


class ReachMiddleware:
    """Looks whether the answer says which public page it is, and counts it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        page_id = getattr(response, "public_page_id", None)
        if page_id is not None and is_read(request, response):
            counter.add(page_id)
        return response
