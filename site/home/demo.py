"""Makes the public part of the demo from data, and takes it away again. What staff changed since is left alone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from itertools import zip_longest
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.models import Page, Site
from wagtail.rich_text import RichText

from groupspace.listing.models import GroupIndexPage
from knowledgebase.models import Domain, TopicIndexPage, TopicPage

from .models import ContentPage, HomePage, SiteNavigation
from .setup import ensure_home

#: The numbers in our texts, as people write them.
NUMBER = re.compile(r"(?<![\d-])(112|113|0800-\d{4}|088 \d{4} \d{3})(?!\d|\.\w)")
DOMAINS = {"psychisch": Domain.PSYCHOLOGICAL, "sociaal": Domain.SOCIAL, "maatschappelijk": Domain.SOCIETAL}


@transaction.atomic
def load_pages(data: dict[str, Any]) -> list[Page]:
    """Make the pages that are not there yet, and the menu and footer if they are empty.

    Returns the pages that were made. Raises KeyError when the data misses a part or links to a page it does not have.
    """
    home = ensure_home()
    before = {page.slug: page for page in home.get_descendants().specific()}
    pages = {"home": home, **before}
    fresh: list[tuple[Page, dict[str, Any]]] = []
    for parent, slug, model, content in planned(data):
        if slug not in pages:
            pages[slug] = pages[parent].add_child(instance=model(title=content["title"], slug=slug, live=False))
            fresh.append((pages[slug], content))
    # Only now that every page has an address can they point at each other.
    for page, content in fresh:
        fill(page, content, pages)
        publish(page)
    if not home.doors:
        fill_home(home, data["home"], pages)
        publish(home)
    fill_navigation(data, pages)
    return [page for page, _content in fresh]


@transaction.atomic
def purge_pages(data: dict[str, Any]) -> None:
    """Take away the demo's pages, and what it wrote on the home page and in menu and footer.

    A page of the demo under which somebody put a page of their own stays.
    """
    home = ensure_home()
    slugs = [slug for _parent, slug, _model, _content in planned(data)]
    for page in home.get_descendants().filter(slug__in=slugs).order_by("-depth"):
        if not page.get_children().exists():
            page.delete()
    home = HomePage.objects.get(pk=home.pk)
    home.doors, home.trust = [], []
    publish(home)
    SiteNavigation.objects.filter(site__root_page=home).delete()


def planned(data: dict[str, Any]) -> Iterable[tuple[str, str, type[Page], dict[str, Any]]]:
    """(slug of the parent, slug, page type, content) of every page, parents first."""
    index, groups = data["index"], data["group_index"]
    index_slug = index.get("slug", "lees")
    yield "home", index_slug, TopicIndexPage, index
    yield "home", groups.get("slug", "praat-mee"), GroupIndexPage, groups
    for topic in data["topics"]:
        yield index_slug, topic["slug"], TopicPage, topic
    for page in data["pages"]:
        yield page.get("parent", "home"), page["slug"], ContentPage, page


def publish(page: Page) -> None:
    """Save a page as a revision and publish it, as an editor would."""
    page.save_revision().publish()


def fill(page: Page, content: dict[str, Any], pages: dict[str, Page]) -> None:
    """Write the content into the fields of the page."""
    page.search_description = content.get("summary", content.get("intro", ""))
    if isinstance(page, TopicPage):
        fill_topic(page, content, pages)
    elif isinstance(page, ContentPage):
        page.body = [body_block(part) for part in content["body"]]
    else:
        page.intro = content["intro"]


def fill_topic(page: TopicPage, content: dict[str, Any], pages: dict[str, Page]) -> None:
    """Write the content of a topic into its page; `pages` are those it can link to."""
    page.summary = content["summary"]
    page.domain = DOMAINS[content["domain"]]
    page.content_note = content["content_note"]
    page.what = [paragraph(text) for text in content["what"]]
    page.recognise = [("item", text) for text in content["recognise"]]
    page.steps = [("step", step) for step in content["steps"]]
    page.seek_help = [paragraph(text) for text in content["seek_help"]]
    page.further = [
        ("link", {**link(item["link"], item["label"], pages), "text": item.get("text", "")})
        for item in content["further"]
    ]
    page.sources = [("source", {**source, "year": str(source.get("year") or "")}) for source in content["sources"]]
    page.checked_on = dt.date.fromisoformat(content["checked_on"])
    page.tags.set(content["tags"])


def fill_home(home: HomePage, content: dict[str, Any], pages: dict[str, Page]) -> None:
    """Write the content of the front page; `pages` are those it can link to."""
    trust = content["trust"]
    home.title, home.draft_title, home.intro = content["title"], content["title"], content["intro"]
    home.doors = [
        (
            "door",
            {
                "title": door["title"],
                "text": door["text"],
                "note": door.get("note", ""),
                "link": link(door["link"], door["title"], pages),
            },
        )
        for door in content["doors"]
    ]
    where = link(trust.get("link", "page:wie-kan-meelezen"), trust["link_label"], pages)
    home.trust = [("trust", {"title": trust["title"], "text": trust["text"], "link": where})]


def fill_navigation(data: dict[str, Any], pages: dict[str, Page]) -> None:
    """Fill menu and footer, unless staff did so already."""
    navigation = SiteNavigation.for_site(Site.objects.get(is_default_site=True))
    if not navigation.menu:
        navigation.menu = [("link", link(door["link"], door["title"], pages)) for door in data["home"]["doors"]]
    if not navigation.footer:
        navigation.footer = [("link", link(item["link"], item["label"], pages)) for item in data["footer"]]
    navigation.save()


def link(where: str, label: str, pages: dict[str, Page]) -> dict[str, Any]:
    """The value of a link block: `page:slug`, `search`, or an address."""
    if where.startswith("page:"):
        return {"label": label, "page": pages[where.removeprefix("page:")], "address": ""}
    return {"label": label, "page": None, "address": reverse("knowledgebase:search") if where == "search" else where}


def paragraph(text: str) -> tuple[str, Any]:
    """A text block of one paragraph."""
    return "text", RichText(format_html("<p>{}</p>", with_calls(text)))


def with_calls(text: str) -> SafeString:
    """The text, in which one tap calls a number: nobody in trouble should have to type it over."""
    parts = NUMBER.split(text)
    calls = (format_html('<a href="tel:{}">{}</a>', re.sub(r"\D", "", part), part) for part in parts[1::2])
    return format_html_join("", "{}{}", zip_longest(parts[::2], calls, fillvalue=""))


def body_block(part: dict[str, Any]) -> tuple[str, Any]:
    """One part of a plain page: {"heading": …}, {"text": …} or {"list": […]}."""
    if "heading" in part:
        return "heading", part["heading"]
    if "list" in part:
        items = format_html_join("", "<li>{}</li>", ((with_calls(item),) for item in part["list"]))
        return "text", RichText(format_html("<ul>{}</ul>", items))
    return paragraph(part["text"])
