"""Search over the public pages. What people search for is neither logged nor stored."""

from __future__ import annotations

import re

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from .models import TopicIndexPage

PER_PAGE = 10
LONGEST_QUERY = 100
WORDS = re.compile(r"\w+")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Pages that everyone may read and that contain the words of `q`."""
    typed = request.GET.get("q", "")[:LONGEST_QUERY]
    query = "".join(letter for letter in typed if letter.isprintable()).strip()
    results = find(request, WORDS.findall(query)) if query else None
    response = render(
        request,
        "knowledgebase/search.html",
        {
            "query": query,
            "results": results,
            "all_topics": None if results else TopicIndexPage.objects.live().public().first(),
            "breadcrumbs": [(_("Start"), "/"), (_("Zoeken"), "")],
            "neutral_title": True,
        },
    )
    patch_cache_control(response, private=True, no_store=True)
    return response


def find(request: HttpRequest, words: list[str]) -> PaginatorPage:
    """The page of results that the request asks for; the first or last one when it asks for nonsense.

    Only whole words go to the database: quotes and signs mean something in its own language for searching.
    """
    pages = Page.objects.live().public().defer_streamfields()
    if site := Site.find_for_request(request):
        pages = pages.descendant_of(site.root_page, inclusive=True)
    found = Paginator(pages.search(" ".join(words), operator="and") if words else [], PER_PAGE).get_page(
        request.GET.get("page")
    )
    found.object_list = [page.specific_deferred for page in found.object_list]
    return found
