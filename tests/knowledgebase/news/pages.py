"""Makes news, events and calls for tests: published as staff do, through a revision."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.text import slugify
from wagtail.models import Page

from home.setup import ensure_home
from knowledgebase.news.models import AgendaPage, CallPage, EventPage, NewsIndexPage, NewsPage, WhatsNewPage
from tests.knowledgebase.pages import text

HERE = ZoneInfo("Europe/Amsterdam")


def at(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> dt.datetime:
    """A moment on a clock in the Netherlands."""
    return dt.datetime(year, month, day, hour, minute, tzinfo=HERE)


def publish(page: Page) -> Page:
    """Publish a page as it is; return it as it then stands in the database."""
    page.save_revision().publish()
    return page.specific_class.objects.get(pk=page.pk)


def put(parent: Page, page: Any, *, live: bool = True) -> Any:
    """Put a page in the tree, published or as a draft."""
    page.slug = page.slug or slugify(page.title)
    page.live = False
    parent.add_child(instance=page)
    return publish(page) if live else page


def make_news_index() -> NewsIndexPage:
    return put(ensure_home(), NewsIndexPage(title="Nieuws", summary="Wat er gebeurt."))


def make_news(parent: NewsIndexPage, title: str = "De eerste groep is begonnen", **fields: Any) -> NewsPage:
    live = fields.pop("live", True)
    fields = {"summary": "Er is een groep begonnen.", "date": dt.date(2026, 3, 2), "body": [text("Hallo.")], **fields}
    return put(parent, NewsPage(title=title, **fields), live=live)


def make_agenda() -> AgendaPage:
    return put(ensure_home(), AgendaPage(title="Agenda", summary="Wat er komt."))


def make_event(parent: AgendaPage, title: str = "Startbijeenkomst", **fields: Any) -> EventPage:
    live = fields.pop("live", True)
    fields = {
        "summary": "We maken kennis.",
        "start": at(2026, 7, 16, 10),
        "end": at(2026, 7, 16, 11, 30),
        "place": "Buurthuis, Utrecht",
        **fields,
    }
    return put(parent, EventPage(title=title, **fields), live=live)


def make_call(parent: Page | None = None, title: str = "Begeleiders gezocht", **fields: Any) -> CallPage:
    live = fields.pop("live", True)
    fields = {"summary": "We zoeken mensen.", "wanted": "begeleiders", "body": [text("Doe mee.")], **fields}
    return put(parent or ensure_home(), CallPage(title=title, **fields), live=live)


def make_whats_new() -> WhatsNewPage:
    return put(ensure_home(), WhatsNewPage(title="Wat is nieuw", summary="Het laatste."))
