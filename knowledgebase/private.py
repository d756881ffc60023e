"""Pages of the public site that are about one visitor."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views import View


class PrivateView(View):
    """A page that is nobody else's business: kept nowhere, found by no search engine."""

    template_name: ClassVar[str] = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"
        return response

    def show(self, *, status: int = 200, **context: Any) -> HttpResponse:
        """Render the page of this view."""
        return render(self.request, self.template_name, context, status=status)
