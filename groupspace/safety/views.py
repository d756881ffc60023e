"""Leaving, and the two plain pages about leaving and about help."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from .current import safety


class ExitView(View):
    """End the session and lead to a neutral site.

    It works as a plain link, so it answers GET. Another site could make a visitor load it; that is why only a request
    that comes from here, or that was typed or bookmarked, ends the session. A browser that fetches it ahead gets
    nothing.
    """

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        if "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", "")):
            return leave_no_trace(HttpResponse(status=503))
        if not asked_by_another_site(request):
            logout(request)
        settings = safety()
        target = settings["spare_exit_url"] if request.GET.get("naar") == "2" else settings["exit_url"]
        return leave_no_trace(HttpResponseRedirect(target))


def asked_by_another_site(request: HttpRequest) -> bool:
    """Whether another site made the visitor's browser ask for this.

    Browsers of before 2020 (on iPhones 2023) do not say it; then the address of a foreign page tells. No address at
    all counts as ours: our link sends none, and on an old phone the exit must work.
    """
    if told := request.headers.get("Sec-Fetch-Site"):
        return told == "cross-site"
    source = request.headers.get("Origin") or request.headers.get("Referer")
    return bool(source) and source.split("/")[2:3] != [request.get_host()]


def leave_no_trace(response: HttpResponse) -> HttpResponse:
    """Ask the browser to forget what it kept of this site, and to tell the next site nothing."""
    response["Cache-Control"] = "no-store"
    response["Clear-Site-Data"] = '"cache"'
    response["Referrer-Policy"] = "no-referrer"
    return response


class SafetyPage(TemplateView):
    """A plain page that is the same for everyone."""

    title = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            safety=safety(), title=self.title, breadcrumbs=[(_("Start"), "/"), (self.title, "")], **kwargs
        )


class HowView(SafetyPage):
    """What quick exit does, and what it cannot do."""

    template_name = "groupspace/safety/exit_how.html"
    title = _("Zo werkt ‘Weg van deze site’")


class HelpView(SafetyPage):
    """All lines of help, for whom and when."""

    template_name = "groupspace/safety/help_now.html"
    title = _("Hulp nu")
