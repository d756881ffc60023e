"""Turns an issue into the two texts of a mail: simple HTML without anything to load, and plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from django.template.loader import render_to_string
from django.utils import translation
from wagtail.rich_text import RichText, expand_db_html

from .letter import letter_of
from .links import on_site

if TYPE_CHECKING:
    from .models import IssuePage

#: Stands where each subscriber's own link comes.
LEAVE_LINK = "https://afmelden.invalid/8f14e45f"
LINES = re.compile(r"\n{3,}")


def as_html(issue: IssuePage) -> str:
    """The HTML part of the mail. All links are whole, as a mail has no site to start from."""
    return whole_links(_render("knowledgebase/newsletter/mail/issue.html", issue))


def as_text(issue: IssuePage) -> str:
    """The plain text part of the mail."""
    return LINES.sub("\n\n", _render("knowledgebase/newsletter/mail/issue.txt", issue)).strip() + "\n"


def _render(template: str, issue: IssuePage) -> str:
    with translation.override(issue.locale.language_code):
        context = {"letter": letter_of(issue), "leave_link": LEAVE_LINK, "issue_url": issue.url or ""}
        return render_to_string(template, {**context, "language": issue.locale.language_code})


def whole_links(html: str) -> str:
    """Give every link in a document the address of this site in front, where it had none."""
    soup = BeautifulSoup(html, "html.parser")
    for link in soup.find_all("a"):
        if link.get("href"):
            link["href"] = urljoin(on_site("/"), link["href"])
    return str(soup)


def plain(body: RichText) -> str:
    """Rich text as plain text: paragraphs, lists with dashes, and the address behind each link."""
    soup = BeautifulSoup(expand_db_html(body.source), "html.parser")
    return "\n\n".join(part for node in soup.children if (part := _block(node)))


def _block(node: object) -> str:
    if isinstance(node, Tag) and node.name in {"ul", "ol"}:
        points = [_inline(point) for point in node.find_all("li", recursive=False)]
        marks = ["-" if node.name == "ul" else f"{number}." for number in range(1, len(points) + 1)]
        return "\n".join(f"{mark} {point}" for mark, point in zip(marks, points, strict=True))
    return _inline(node)


def _inline(node: object) -> str:
    if isinstance(node, NavigableString):
        return str(node)
    if not isinstance(node, Tag):
        return ""
    if node.name == "br":
        return "\n"
    text = "".join(_inline(child) for child in node.children).strip(" " if node.name in {"a", "b", "i"} else None)
    if node.name == "a" and node.get("href"):
        return f"{text} ({urljoin(on_site('/'), str(node['href']))})"
    return text
