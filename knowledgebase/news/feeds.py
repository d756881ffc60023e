"""Feeds (RSS). A feed reader shows titles on lock screens and warns of nothing: heavy subjects stay out of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import escape

from ..sharing import address
from .latest import Change, latest

if TYPE_CHECKING:
    from .models import NewsPage

MOST = 30


def noon(day: dt.date) -> dt.datetime:
    """A moment on this day that is the same day all over the country."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


class PageFeed(Feed):
    """A feed that belongs to a page: it carries its title, and only addresses of the site itself.

    Feed readers take titles and descriptions for HTML: they are escaped once more than XML does.
    """

    item_guid_is_permalink = False

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.request = request
        return kwargs["page"]

    def title(self, page: Any) -> str:
        return page.title

    def description(self, page: Any) -> str:
        return page.summary

    def link(self, page: Any) -> str:
        return page.get_full_address(self.request)

    def feed_url(self, page: Any) -> str:
        return page.get_full_address(self.request, "feed/")


class NewsFeed(PageFeed):
    """The latest news items."""

    def items(self, page: Any) -> Any:
        return page.items().filter(content_note="")[:MOST]

    def item_title(self, item: NewsPage) -> str:
        return escape(item.title)

    def item_description(self, item: NewsPage) -> str:
        return escape(item.summary)

    def item_link(self, item: NewsPage) -> str:
        return address(self.request, item.get_url(self.request))

    def item_guid(self, item: NewsPage) -> str:
        return item.translation_key.urn

    def item_pubdate(self, item: NewsPage) -> dt.datetime:
        return noon(item.date)


class WhatsNewFeed(PageFeed):
    """New and changed pages of all kinds."""

    def items(self, page: Any) -> list[Change]:
        return latest(self.request, MOST, quiet=True)

    def item_title(self, item: Change) -> str:
        return escape(item.page.title)

    def item_description(self, item: Change) -> str:
        return escape(item.page.summary)

    def item_link(self, item: Change) -> str:
        return address(self.request, item.page.get_url(self.request))

    def item_guid(self, item: Change) -> str:
        # With the day: to a feed reader a changed page is a new message.
        return f"{item.page.translation_key.urn}:{item.on.isoformat()}"

    def item_pubdate(self, item: Change) -> dt.datetime:
        return noon(item.on)

    def item_categories(self, item: Change) -> tuple[str, ...]:
        return (item.kind,)
