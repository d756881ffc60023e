"""What an issue says, as plain data: the page, the mail and the plain text are made from the same items."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wagtail.models import Page
from wagtail.rich_text import RichText

from ..announced import announced
from ..models import PublicPage

if TYPE_CHECKING:
    from .models import IssuePage

MOST_NEW = 12


@dataclass(frozen=True)
class Item:
    """One item of an issue. What an item does not have is empty."""

    kind: str
    title: str = ""
    lead: str = ""
    note: str = ""
    summary: str = ""
    body: RichText | None = None
    starts: dt.datetime | None = None
    place: str = ""
    url: str = ""
    link: str = ""
    picture: Any = None
    alt: str = ""
    pages: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Letter:
    """An issue, ready to be shown."""

    title: str
    intro: str
    items: tuple[Item, ...]


def letter_of(issue: IssuePage) -> Letter:
    """Read an issue. A page that is gone, or not for everybody, is left out; of a date only the link to it goes."""
    blocks = list(issue.items)
    chosen = {page.pk for block in blocks if (page := _page_in(block)) is not None}
    shown: dict[int, PublicPage] = (
        PublicPage.objects.filter(pk__in=chosen).live().public().select_related("picture").in_bulk() if chosen else {}
    )
    return Letter(issue.title, issue.summary, tuple(_items(blocks, shown, issue)))


def _page_in(block: Any) -> Page | None:
    return block.value.get("page") if block.block_type in {"page", "date", "poll"} else None


def _items(blocks: list[Any], shown: dict[int, PublicPage], issue: IssuePage) -> Iterator[Item]:
    for block in blocks:
        value, named = block.value, _page_in(block)
        page = shown.get(named.pk) if named is not None else None
        if block.block_type == "page" and page:
            yield _of_page(page, lead=value["lead"])
        elif block.block_type == "date":
            yield from _of_date(value, page)
        elif block.block_type == "poll" and page:
            yield Item("poll", value["question"], url=page.url or "", link=value["label"])
        elif block.block_type == "text":
            yield Item("text", value["title"], body=value["text"])
        elif block.block_type == "new" and (pages := _new_pages(value["since"], value["until"], issue)):
            yield Item("new", value["title"], pages=pages)


def _of_date(value: Any, page: PublicPage | None) -> Iterator[Item]:
    happening = page.specific if page else None
    title, starts = value["title"] or getattr(page, "title", ""), value["starts"] or getattr(happening, "start", None)
    if title and starts:
        place = value["place"] or getattr(happening, "place", "")
        yield Item("date", title, starts=starts, place=place, url=page.url or "" if page else "")


def _of_page(page: PublicPage, lead: str = "") -> Item:
    alt = page.picture_alt
    return Item(
        "page", page.title, lead, page.content_note, page.summary, url=page.url or "", picture=page.picture, alt=alt
    )


def _new_pages(since: dt.date | None, until: dt.date | None, issue: IssuePage) -> tuple[Item, ...]:
    """The pages that came onto the site or were checked again on these days, the latest first; no heavy subjects."""
    if not (since and until):  # the preview of a draft
        return ()
    elsewhere = PublicPage.objects.live().public().not_descendant_of(issue.get_parent(), inclusive=True)
    pages = announced(elsewhere, quiet=True).filter(on__gte=since, on__lte=until)
    return tuple(_of_page(page) for page in pages.select_related("picture")[:MOST_NEW])
