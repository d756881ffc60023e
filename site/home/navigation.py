"""The menu, the footer and the names of a site: put together once per change, then read from memory."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any, NamedTuple

from django.http import HttpRequest
from wagtail.models import Page, Site

from knowledgebase.public_cache import generation, remember, site_id

from .models import SiteIdentity, SiteNavigation


class Link(NamedTuple):
    """A link in the menu or the footer."""

    label: str
    url: str


class OnPhone(NamedTuple):
    """The site as an app: its name there, the picture of the host, and a word that changes with that."""

    name: str
    picture: int | None
    version: str


class Structure(NamedTuple):
    """What stands around every page of a site."""

    name: str
    neutral_name: str
    on_phone: OnPhone
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
        plain = SiteIdentity()
        return Structure(plain.name, plain.neutral_name, _on_phone(plain), (), (), ())
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

    return Structure(identity.name, identity.neutral_name, _on_phone(identity), *(tuple(found(row)) for row in links))


def _on_phone(identity: SiteIdentity) -> OnPhone:
    picture = identity.app_picture
    stored = f"{picture.pk} {picture.file_hash or picture.file.name}" if picture else ""
    version = blake2b(stored.encode(), digest_size=4).hexdigest()
    return OnPhone(identity.app_name, picture.pk if picture else None, version)
