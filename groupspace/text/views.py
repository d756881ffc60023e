"""Saving a draft while somebody types, and the page for a form that the CSRF check refused."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from . import drafts, ticket
from .composer import VERSION_FIELD, read_version
from .middleware import rescue
from .sanitiser import strip_control

_NOT_TYPED = {"csrfmiddlewaretoken", ticket.FIELD, VERSION_FIELD, "gs-overwrite"}


@never_cache
@require_POST
def draft_save(request: HttpRequest) -> JsonResponse:
    """Keep what is in the form. Answers JSON: `message` for the status line, `version` for the next save."""
    found = ticket.read(request.POST)
    if found is None or not found.belongs_to(request.user):
        return _answer(_("Niet bewaard: je bent uitgelogd. Je tekst staat nog in dit venster."), status=403)
    if not drafts.may_keep(request, found):
        message = _("Niet bewaard: je kunt niet meer in deze groep schrijven. Je tekst staat nog in dit venster.")
        return _answer(message, status=403)
    names = [name for name in request.POST if name not in _NOT_TYPED and not name.startswith(ticket.UNKEPT)]
    typed = {name: request.POST[name] for name in names}
    values = {strip_control(name): strip_control(text) for name, text in typed.items()}
    if sum(len(name) + len(text) for name, text in values.items()) > drafts.MAX_BYTES:
        return _answer(_("Niet bewaard: je tekst is te lang."), status=413)
    try:
        draft = drafts.save(found, values, read_version(request.POST), overwrite="gs-overwrite" in request.POST)
    except drafts.DraftConflictError as conflict:
        message = _("Niet bewaard: je schrijft dit ook in een ander venster. Welke tekst wil je houden?")
        return _answer(message, status=409, version=conflict.version)
    if draft is None:
        return _answer(_("Dit bericht is al geplaatst."), version=0)
    at = date_format(timezone.localtime(draft.updated_at), "H.i")
    return _answer(_("Bewaard om %(at)s uur") % {"at": at}, version=draft.version)


draft_save.answers_tickets = True


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For `CSRF_FAILURE_VIEW`: give the typed text back, or say calmly what to do."""
    match = request.resolver_match
    if match and getattr(match.func, "answers_tickets", False):
        return _answer(
            _("Niet bewaard: je hebt intussen opnieuw ingelogd. Je tekst staat nog in dit venster."), status=403
        )
    rescued = rescue(request, also_own=True) if request.method == "POST" else None
    return rescued or render(request, "groupspace/text/csrf_failure.html", status=403)


def _answer(message: str, *, status: int = 200, **more: int) -> JsonResponse:
    return JsonResponse({"message": message} | more, status=status)
