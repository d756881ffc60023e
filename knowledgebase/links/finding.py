"""Which links a page holds: in running text, in chosen pages and files, and in addresses that somebody typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import RichText

from ..blocks import LinkBlock

#: A text that is an address and nothing else.
ADDRESS = re.compile(r"(/|https?://)[^\s\\]*", re.IGNORECASE).fullmatch


@dataclass(frozen=True)
class Link:
    """One link on a page.

    Attributes:
        field: the name of the field it stands in.
        kind: "page", "document" or "address".
        target: the primary key as text, or the address; empty when what was chosen no longer exists.
        label: the words that a reader sees, as far as they are known.
    """

    field: str
    kind: str
    target: str
    label: str = ""


def links_of(page: models.Model) -> list[Link]:
    """All links in the fields of this page, each once for each field, in the order of the page."""
    found = links_in(values_of(page))
    for relation in get_all_child_relations(type(page)):
        name = relation.get_accessor_name()
        for child in getattr(page, name).all():
            found += [replace(link, field=name) for link in links_in(values_of(child))]
    return list(dict.fromkeys(found))


def values_of(thing: models.Model) -> dict[str, Any]:
    """Its fields that can hold links, with what is in them."""
    return {field.name: getattr(thing, field.name) for field in thing._meta.get_fields() if has_links(field)}


def links_in(values: dict[str, Any]) -> list[Link]:
    """All links in these values of fields, such as a form gives them."""
    found = [link for name, value in values.items() for link in walk(name, value)]
    return list(dict.fromkeys(found))


def has_links(field: Any) -> bool:
    """Whether somebody can write or choose a link in this field."""
    return isinstance(field, StreamField | RichTextField | models.URLField)


def walk(field: str, value: Any, block: blocks.Block | None = None) -> Iterator[Link]:
    """The links in one value, and in all that is in it."""
    match value:
        case blocks.StreamValue():
            for child in value:
                yield from walk(field, child.value, child.block)
        case blocks.StructValue():
            yield from walk_struct(field, value)
        case blocks.list_block.ListValue():
            for child in value.bound_blocks:
                yield from walk(field, child.value, child.block)
        case RichText():
            yield from links_in_html(field, value.source)
        case models.Model() if isinstance(block, blocks.PageChooserBlock):
            yield Link(field, "page", str(value.pk), str(value))
        case models.Model() if isinstance(block, DocumentChooserBlock):
            yield Link(field, "document", str(value.pk), str(value))
        case None if isinstance(block, blocks.PageChooserBlock) and block.required:
            yield Link(field, "page", "")
        case None if isinstance(block, DocumentChooserBlock) and block.required:
            yield Link(field, "document", "")
        case str() if ADDRESS(value.strip()):
            yield Link(field, "address", value.strip())
        case str() if "<a " in value:
            yield from links_in_html(field, value)


def walk_struct(field: str, value: blocks.StructValue) -> Iterator[Link]:
    """The links in a group of fields. A link with neither page nor address lost the page it led to."""
    label = value.get("label") or value.get("title") or ""
    label = label if isinstance(label, str) else ""
    if isinstance(value.block, LinkBlock) and not value.get("page") and not value.get("address"):
        yield Link(field, "page", "", label)
        return
    for name, child in value.bound_blocks.items():
        is_the_link = child.value is None or isinstance(child.value, models.Model | str)
        for link in walk(field, child.value, value.block.child_blocks[name]):
            yield replace(link, label=label) if is_the_link and label else link


def links_in_html(field: str, html: str) -> list[Link]:
    """The links in running text as Wagtail stores it."""
    reader = _Reader(field)
    reader.feed(html)
    reader.close()
    return reader.links


class _Reader(HTMLParser):
    def __init__(self, field: str) -> None:
        super().__init__()
        self.field = field
        self.links: list[Link] = []
        self.open: tuple[str, str] | None = None
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "a":
            return
        given = {name: value or "" for name, value in attrs}
        kind = {"page": "page", "document": "document"}.get(given.get("linktype", ""), "address")
        self.open = kind, given.get("href", "").strip() if kind == "address" else given.get("id", "")
        self.words = ""

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.open:
            self.links.append(Link(self.field, *self.open, " ".join(self.words.split())))
            self.open = None
