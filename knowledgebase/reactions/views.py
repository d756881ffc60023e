"""Writing a reaction, following what happens with it, and taking it back: for its writer alone."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knowledgebase.models import PublicPage, TakesReactions

from . import actions
from .forms import ReactionForm
from .models import Reaction

#: More than this nobody reads below one page; the newest stay.
MOST_SHOWN = 100


def below(request: HttpRequest, page: Any) -> str:
    """What everybody reads at the end of a page; the same for all who are not logged in, so it may be cached."""
    newest = Reaction.objects.published().filter(page_id=page.pk).reverse().values("id", "name", "text", "sent_at")
    write_url = reverse("knowledgebase_reactions:write", args=[page.translation_key])
    user = getattr(request, "user", None)
    context = {
        "reactions": list(newest[:MOST_SHOWN])[::-1],
        "write_url": write_url,
        "login_url": login_url(write_url),
        "is_signed_in": user is not None and user.is_authenticated,
    }
    return render_to_string("knowledgebase/reactions/below.html", context)


def login_url(where: str) -> str:
    """The log-in page, which leads on to `where`."""
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': where}, safe='/')}"


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, page: UUID) -> HttpResponse:
    """The form for a page, and what this person sent in there. Raises Http404 where nobody can react."""
    found = PublicPage.objects.shown_on(request).filter(translation_key=page).first()
    about = found and found.specific
    if not isinstance(about, TakesReactions) or not about.is_open_to_reactions:
        raise Http404
    user = request.user
    if not user.is_authenticated and request.method != "POST":
        return redirect_to_login(request.path)
    form = ReactionForm(request.POST if request.method == "POST" else None, writer=user)
    if not user.is_authenticated:
        # Logged out while typing: nothing is kept, and nothing is lost.
        form.add_error(None, _("Je bent uitgelogd. Log in via de link hieronder en verstuur je reactie dan opnieuw."))
    elif form.is_valid():
        try:
            if not form.is_robot:
                words = {name: form.cleaned_data[name] for name in ("ticket", "name", "text")}
                actions.send(user, about, **words)
            return redirect(f"{request.path}?klaar=1")
        except ValidationError as refusal:
            form.add_error(None, refusal)
    context = {
        "page": about,
        "form": form,
        "done": request.GET.get("klaar") == "1",
        "login_url": "" if user.is_authenticated else login_url(request.path),
        "reactions": list(Reaction.objects.of(user).filter(page_id=about.pk)) if user.is_authenticated else [],
    }
    above = [(about.title, about.get_url(request))]
    return private(request, "write.html", _("Reageer"), context, above, status=422 if form.errors else 200)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """All that this person sent in, also below pages that are no longer there."""
    reactions = list(Reaction.objects.of(request.user).select_related("page"))
    gone = request.GET.get("ingetrokken") == "1"
    return private(request, "mine.html", _("Mijn reacties"), {"reactions": reactions, "withdrawn": gone})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, reaction: UUID) -> HttpResponse:
    """Ask whether a reaction may go, and delete it. Raises Http404 for one of somebody else."""
    found = get_object_or_404(Reaction.objects.of(request.user).select_related("page"), pk=reaction)
    if request.method == "POST":
        actions.withdraw(request.user, found)
        return redirect(f"{reverse('knowledgebase_reactions:mine')}?ingetrokken=1")
    above = [(_("Mijn reacties"), reverse("knowledgebase_reactions:mine"))]
    return private(request, "withdraw.html", _("Trek je reactie in"), {"reaction": found}, above)


def private(
    request: HttpRequest,
    template: str,
    title: str,
    context: dict[str, Any],
    above: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page for one person: kept nowhere, found by no search engine."""
    crumbs = [(_("Start"), "/"), *(above or []), (title, "")]
    context = {"title": title, "breadcrumbs": crumbs, **context}
    response = render(request, f"knowledgebase/reactions/{template}", context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
