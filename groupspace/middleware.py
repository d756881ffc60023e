"""Puts `request.actor` on every request; it is built when the first view or template asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.functional import SimpleLazyObject

from groupspace.actor import actor_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase


class ActorMiddleware:
    """Stands after the log-in and second-factor middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = SimpleLazyObject(lambda: actor_of(request))
        return self.get_response(request)
