"""What a page tells search engines, and apps in which somebody shares it.

A heavy subject tells nothing (docs/decisions/0121-heavy-subjects-are-not-announced.md). Every address here is made
from the address that staff gave the site, never from the one a visitor asked at: the page is kept for others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import escapejs_filter
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps.views import sitemap as wagtail_sitemap
from wagtail.models import Page, Site

from . import conf, public_cache

LONGEST_DESCRIPTION = 200
PICTURE_SIZE = "fill-1200x630|format-jpeg"  # what apps ask that show a picture with a link

Data = dict[str, Any]


@dataclass(frozen=True)
class PageMeta:
    """What one page says of itself. Empty fields are not said."""

    address: str
    title: str = ""
    description: str = ""
    language: str = ""
    site_name: str = ""
    picture: str = ""
    picture_alt: str = ""
    published: datetime | None = None
    changed: datetime | None = None
    kind: str = "WebPage"

    @property
    def is_article(self) -> bool:
        """Whether it is something that somebody wrote, and not a list or a form."""
        return self.kind.endswith("Article")

    @property
    def is_quiet(self) -> bool:
        """Whether the page keeps to itself what it is about."""
        return not self.title

    def thing(self, kind: str) -> Data:
        """What schema.org wants to know of anything."""
        return {
            "@type": kind,
            "url": self.address,
            "name": self.title,
            "description": self.description,
            "image": self.picture,
        }

    def work(self) -> Data:
        """What schema.org wants to know of something that was written."""
        return {
            **self.thing(self.kind),
            "headline": self.title if self.is_article else "",
            "inLanguage": self.language,
            "datePublished": self.published,
            "dateModified": self.changed,
            "publisher": {"@type": "Organization", "name": self.site_name},
        }


def address(request: HttpRequest, path: str) -> str:
    """The whole address of a path of this site, or of an address that is whole already."""
    site = Site.find_for_request(request)
    return urljoin(f"{site.root_url}/" if site else "", path)


def meta_for(page: Page, request: HttpRequest, *, site_name: str = "", subpath: str = "") -> PageMeta:
    """What this page says of itself.

    Args:
        site_name: as it stands around the page; otherwise the name that Wagtail knows.
        subpath: what comes after the address of the page, for a page with more addresses than one.
    """
    where = address(request, page.get_url(request) or "/") + subpath
    if getattr(page, "wants_neutral_title", False):
        return PageMeta(where)
    site = Site.find_for_request(request)
    picture, alt = picture_of(page)
    said = page.search_description or getattr(page, "summary", "") or getattr(page, "intro", "")
    return PageMeta(
        where,
        title=page.seo_title or page.title,
        description=Truncator(" ".join(said.split())).chars(LONGEST_DESCRIPTION),
        language=public_cache.language_of(page),
        site_name=site_name or (site.site_name if site else ""),
        picture=address(request, picture) if picture else "",
        picture_alt=alt,
        published=page.first_published_at,
        changed=page.last_published_at,
        kind=getattr(page, "schema_type", "WebPage"),
    )


def picture_of(page: Page) -> tuple[str, str]:
    """(address, description) of what is shown with a link to this page: its own picture, or that of the site."""
    if getattr(page, "picture_id", None):
        return page.picture.get_rendition(PICTURE_SIZE).url, page.picture_alt
    own: str = conf.get("SHARE_PICTURE")
    return (static(own), "") if own else ("", "")


def structured_data(
    page: Page, meta: PageMeta, request: HttpRequest, breadcrumbs: Iterable[tuple[str, str]]
) -> Data | None:
    """What the page is, in the words of schema.org; nothing for a page that keeps quiet.

    A page type names its kind in `schema_type`, or says all by itself in `get_structured_data(meta)`.
    """
    if meta.is_quiet:
        return None
    site = Site.find_for_request(request)
    graph: list[Data] = []
    if site and site.root_page_id == page.pk:
        root = {"name": meta.site_name or meta.title, "url": f"{site.root_url}/"}
        graph += [
            {"@type": "WebSite", **root, "inLanguage": meta.language, "description": meta.description},
            {"@type": "Organization", **root},
        ]
    elif hasattr(page, "get_structured_data"):
        graph.append(page.get_structured_data(meta))
    else:
        graph.append(meta.work())
    if crumbs := list(breadcrumbs):
        items = [
            {
                "@type": "ListItem",
                "position": place,
                "name": label,
                "item": address(request, url) if url else meta.address,
            }
            for place, (label, url) in enumerate(crumbs, start=1)
        ]
        graph.append({"@type": "BreadcrumbList", "itemListElement": items})
    return {"@context": "https://schema.org", "@graph": graph}


def as_json(value: Any) -> SafeString:
    """Write JSON that can stand between script tags: no letter in it can end the script or begin a tag.

    What is empty is left out. Raises TypeError for what JSON does not know.
    """
    if isinstance(value, Mapping):
        parts = ((as_json(name), as_json(part)) for name, part in value.items() if part not in ("", None))
        return format_html("{{{}}}", format_html_join(",", "{}:{}", parts))
    if isinstance(value, list | tuple):
        return format_html("[{}]", format_html_join(",", "{}", ((as_json(part),) for part in value)))
    if isinstance(value, datetime):
        return as_json(value.isoformat())
    if isinstance(value, int) and not isinstance(value, bool):
        return format_html("{}", value)
    if isinstance(value, str):
        return format_html('"{}"', escapejs_filter(value))
    raise TypeError(f"{type(value).__name__} cannot be written as JSON here.")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The addresses of all public pages, for search engines; the same for everyone, so it may be kept."""
    response = wagtail_sitemap(request).render()
    response.public_cacheable = True
    return response
