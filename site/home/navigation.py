"""The menu, the footer and the names of a site: put together once per change, then read from memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.http import HttpRequest
from wagtail.models import Page, Site

from knowledgebase.public_cache import generation, remember, site_id

from .models import SiteIdentity, SiteNavigation


class Link(NamedTuple):
    """A link in the menu or the footer."""

    label: str
    url: str


class Structure(NamedTuple):
    """What stands around every page of a site."""

    name: str
    neutral_name: str
    menu: tuple[Link, ...]
    footer: tuple[Link, ...]
    buttons: tuple[Link, ...]


def structure(request: HttpRequest) -> Structure:
    """The structure of the site that this request is for; no query while nothing has changed."""
    current = generation()
    return remember(f"home:structure:{site_id(request, current)}", lambda: build(request), current)


def build(request: HttpRequest) -> Structure:
    """Read the settings and the pages they point at. A page that is not public gets no link."""
    site = Site.find_for_request(request)
    if site is None:
        return Structure(SiteIdentity().name, SiteIdentity().neutral_name, (), (), ())
    identity, navigation = SiteIdentity.for_site(site), SiteNavigation.for_site(site)
    streams = (navigation.menu, navigation.footer, navigation.buttons)
    # What is stored, not the blocks: these would fetch the pages of each stream on their own.
    links = [[block["value"] for block in stream.raw_data] for stream in streams]
    chosen = {link.get("page") for row in links for link in row} - {None}
    public = Page.objects.filter(pk__in=chosen).live().public().in_bulk()

    def found(row: list[dict[str, Any]]) -> Iterator[Link]:
        for link in row:
            page = link.get("page")
            url = link.get("address") if page is None else page in public and public[page].get_url(request)
            if url:
                yield Link(link["label"], url)

    return Structure(identity.name, identity.neutral_name, *(tuple(found(row)) for row in links))
