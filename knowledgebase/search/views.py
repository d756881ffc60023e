"""Search over the public pages. What people search for is neither logged nor stored."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..models import TopicIndexPage
from .actions import readable
from .facets import KIND, PLAIN_KIND, Chosen, chosen_in, narrow
from .find import Answer, find
from .models import Entry
from .shelf import Shelf, shelf_for
from .suggest import did_you_mean

PER_PAGE = 10
LONGEST_QUERY = 100
THEMES_OFFERED = 12
# What a result shows, and what Wagtail needs to give its address.
SHOWN = ("kind", "title", "summary", "content_note", "checked_on", "page__url_path", "page__locale__language_code")


class Chip(NamedTuple):
    """A choice that was made, and the address without it."""

    label: Any
    address: str


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The pages that everyone may read and that hold the words of `q`, narrowed by the facets in the address."""
    typed = request.GET.get("q", "")[:LONGEST_QUERY]
    query = "".join(letter for letter in typed if letter.isprintable()).strip()
    shelf = shelf_for(request)
    chosen = chosen_in(request.GET, shelf.labels)
    asked = bool(query or chosen)
    answer = _answer(shelf, query) if asked else Answer()
    fitting, groups = narrow(answer.pages, shelf, chosen)
    lacking = asked and not (fitting and answer.complete)
    other = did_you_mean(shelf, query, answer) if lacking else ""
    response = render(
        request,
        "knowledgebase/search/search.html",
        {
            "query": query,
            "results": _results(request, fitting, shelf) if asked else None,
            "complete": answer.complete,
            "found_without_facets": len(answer.pages),
            "marks": answer.marks,
            "groups": groups,
            "chips": _chips(query, chosen, shelf),
            "state": _address(query, chosen),
            "only_query": _address(query, {}),
            "did_you_mean": other,
            "did_you_mean_address": _address(other, chosen),
            "themes": [] if asked and fitting else _themes(shelf),
            "all_topics": None if asked and fitting else readable().type(TopicIndexPage).first(),
            "breadcrumbs": [(_("Start"), "/"), (_("Zoeken"), "")],
            "neutral_title": True,
        },
    )
    patch_cache_control(response, private=True, no_store=True)
    return response


def _answer(shelf: Shelf, query: str) -> Answer:
    """What was found; without words everything, by title."""
    if query:
        return find(shelf, query)
    return Answer(pages=list(shelf.cards))


def _results(request: HttpRequest, found: list[int], shelf: Shelf) -> PaginatorPage:
    """The page of results that the request asks for; the first or last one when it asks for nonsense."""
    results = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    # Asked once more whether everyone may read them: what was kept in memory never decides that.
    entries = Entry.objects.filter(pk__in=list(results), page__in=readable())
    entries = entries.select_related("page__locale").only(*SHOWN)
    by_key = {entry.pk: entry for entry in entries}
    for entry in by_key.values():
        entry.address = entry.page.get_url(request, current_site=shelf.site)
        entry.kind_label = "" if entry.kind == PLAIN_KIND else shelf.labels[KIND].get(entry.kind, "")
    results.object_list = [by_key[pk] for pk in results if pk in by_key]
    return results


def _address(query: str, chosen: Chosen) -> str:
    """What stands behind the question mark, ending with & when it is not empty: a page number may follow."""
    state = QueryDict(mutable=True)
    if query:
        state["q"] = query
    for facet, values in chosen.items():
        state.setlist(facet, values)
    return f"{state.urlencode()}&" if state else ""


def _chips(query: str, chosen: Chosen, shelf: Shelf) -> list[Chip]:
    return [
        Chip(shelf.labels[facet][value], _address(query, _without(chosen, facet, value)))
        for facet, values in chosen.items()
        for value in values
    ]


def _without(chosen: Chosen, facet: str, value: str) -> Chosen:
    return {**chosen, facet: [other for other in chosen[facet] if other != value]}


def _themes(shelf: Shelf) -> list[Chip]:
    """The themes that have most to read."""
    profiles = (shelf.profiles[card.profile] for card in shelf.cards.values())
    counts = Counter(theme for profile in profiles for theme in profile.get("thema", ()))
    return [
        Chip(shelf.labels["thema"].get(theme, theme), _address("", {"thema": [theme]}))
        for theme, _count in counts.most_common(THEMES_OFFERED)
    ]
