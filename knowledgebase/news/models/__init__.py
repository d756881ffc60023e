"""The page types of this app."""

from .agenda import AgendaPage, EventPage
from .calls import CallPage
from .news import NewsIndexPage, NewsPage
from .whats_new import WhatsNewPage

__all__ = ["AgendaPage", "CallPage", "EventPage", "NewsIndexPage", "NewsPage", "WhatsNewPage"]
