"""Screens of this site in the CMS."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.admin import messages
from wagtail.models import Page

from .content.markdown import blocks_of, title_of
from .content.words import rich_text

MANUAL = "docs/handleiding-redactie.md"
#: For who keeps the register of groups.
REGISTER_MANUAL = "docs/handleiding-beheer.md"
NO_PAGES: Callable[[str], int] = dict[str, int]().__getitem__  # the manual links to no page


def may_take_offline(user: Any, page: Page) -> bool:
    """Whether this member of staff may take the page off the site. A home page and the root stay."""
    above_all = page.is_root() or page.sites_rooted_here.exists()
    return page.live and user.has_perm("home.take_page_offline") and not above_all


@require_http_methods(["GET", "POST"])
def take_offline(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask whether the page may go, and take it off the site; its text stays. Raises PermissionDenied, Http404."""
    page = get_object_or_404(Page.objects.live(), pk=page_id).specific
    if not may_take_offline(request.user, page):
        raise PermissionDenied
    if request.method == "POST":
        UnpublishPageAction(page, user=request.user).execute(skip_permission_checks=True)
        messages.success(request, _("“%(title)s” staat niet meer op de site.") % {"title": page.title})
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return render(request, "home/admin/take_offline.html", {"page": page})


@require_safe
def manual(request: HttpRequest) -> HttpResponse:
    """The manual for editors, as it stands in docs/: beside the work, and also where nobody loaded the demo.

    Whoever keeps the register finds the manual for that at the same place.
    """
    may_register = request.user.has_perm("groupspace.register_spaces")
    chosen = REGISTER_MANUAL if may_register and request.GET.get("over") == "groepen" else MANUAL
    text = (settings.REPO_DIR / chosen).read_text(encoding="utf-8")
    parts = [(kind, rich_text(words, NO_PAGES) if kind == "text" else words) for kind, words in blocks_of(text)]
    context = {"title": title_of(text), "parts": parts, "may_register": may_register, "is_register": chosen != MANUAL}
    return render(request, "home/admin/manual.html", context)
