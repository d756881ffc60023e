"""Makes pages for tests: complete, live, and with as little to say as a page may have."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.text import slugify
from wagtail.models import Page
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import streamfield

from home.models import ContentPage
from home.setup import ensure_home
from knowledgebase.models import Domain, Theme, TopicIndexPage, TopicPage

#: What the editor sends for the fields that all public pages share, when nobody fills them in.
SHARED_FIELDS = {"related": streamfield([]), "attachments": streamfield([]), "audience": "everyone"}


def text(words: str) -> tuple[str, RichText]:
    return ("text", RichText(f"<p>{words}</p>"))


def theme(name: str = "Piekeren", domain: Domain = Domain.PSYCHOLOGICAL) -> Theme:
    return Theme.objects.get_or_create(slug=slugify(name), defaults={"name": name, "domain": domain})[0]


def topic_fields(**changes: Any) -> dict[str, Any]:
    """All that a topic needs besides its title."""
    return {
        "summary": "Piekeren is denken in een kringetje. Je kunt het kleiner maken.",
        "theme": theme(),
        "checked_on": date(2026, 1, 2),
        "what": [text("Je gedachten gaan steeds door.")],
        "recognise": [("item", f"Herkenning {number}") for number in range(1, 6)],
        "steps": [("step", {"title": f"Stap {number}", "text": "Iets kleins."}) for number in range(1, 4)],
        "seek_help": [text("Praat met je huisarts als het lang duurt.")],
        "sources": [("source", {"title": "Een bron", "publisher": "Een uitgever", "year": "2025", "url": ""})],
        **changes,
    }


def make_index(parent: Page | None = None, title: str = "Lees") -> TopicIndexPage:
    return (parent or ensure_home()).add_child(instance=TopicIndexPage(title=title, slug=slugify(title)))


def make_topic(index: TopicIndexPage, title: str = "Piekeren", *, live: bool = True, **changes: Any) -> TopicPage:
    page = TopicPage(title=title, slug=slugify(title), live=live, **topic_fields(**changes))
    index.add_child(instance=page)
    return page


def make_plain(title: str = "Over ons", words: str = "Wie wij zijn.", parent: Page | None = None) -> ContentPage:
    page = ContentPage(title=title, slug=slugify(title), body=[text(words)])
    (parent or ensure_home()).add_child(instance=page)
    return page
