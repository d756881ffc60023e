"""What people see when something does not work: one design, plain words, a next step."""

from __future__ import annotations

import sys
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.utils.translation import gettext as _

from groupspace.text.views import csrf_failure as csrf_failure_of_members
from knowledgebase.public_forms import give_back


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: says why, in the words of the policy when it gave them."""
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    return page(request, HTTPStatus.FORBIDDEN, _("Dit mag niet"), reason=reason)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the same for what does not exist and for what one may not know of."""
    return page(request, HTTPStatus.NOT_FOUND, _("Niet gevonden"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form with an old token: a visitor gets all that was typed back, a member a sealed copy or plain words."""
    return give_back(request) or csrf_failure_of_members(request, reason)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the database is away: without database, session or context processors, which may be broken."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = broken(HTTPStatus.SERVICE_UNAVAILABLE)
        response["Retry-After"] = "60"
        return response
    return broken(HTTPStatus.INTERNAL_SERVER_ERROR)


def page(request: HttpRequest, status: HTTPStatus, title: str, **context: object) -> HttpResponse:
    """An error page inside the site."""
    breadcrumbs = [(_("Start"), "/"), (title, "")]
    content = render_to_string(f"{status}.html", {"breadcrumbs": breadcrumbs, **context}, request)
    return HttpResponse(content, status=status, headers={"Cache-Control": "no-store"})


def broken(status: HTTPStatus) -> HttpResponse:
    """An error page that stands on its own, and plain words when even that cannot be made."""
    try:
        content = get_template(f"{status}.html").render()
    except (TemplateDoesNotExist, ValueError):  # ValueError: a static file is missing from the manifest
        content = "Er ging iets mis. Probeer het over een paar minuten opnieuw. Direct gevaar? Bel 112."
    return HttpResponse(content, status=status, headers={"Cache-Control": "no-store"})
