"""Fills any page or snippet from plain data: which field it is decides how a value is read."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.models import Page
from wagtail.snippets.blocks import SnippetChooserBlock

from .words import rich_text

DAYS = re.compile(r"([+-]\d+)d(?: (\d\d):(\d\d))?").fullmatch
FILES = Path("fixtures") / "demo" / "files"


class Filler:
    """Writes data into models. `pages` are those that links can point at, by slug."""

    def __init__(self, pages: dict[str, Page]) -> None:
        self.pages = pages

    def fill(self, instance: models.Model, content: dict[str, Any], *, text_too: bool = True) -> None:
        """Set the fields that `content` names.

        Args:
            text_too: also what may point at other pages; these must exist by then.

        Raises:
            FieldDoesNotExist: for a name that the model does not know.
            LookupError: for a page, snippet or file that does not exist.
        """
        for name, value in content.items():
            field = instance._meta.get_field(name)
            if isinstance(field, StreamField):
                if text_too:
                    setattr(instance, name, json.dumps(self.raw(field.stream_block, value)))
            elif isinstance(field, RichTextField):
                if text_too:
                    setattr(instance, name, rich_text(value, self.page_id))
            elif isinstance(field, ClusterTaggableManager):
                if text_too:
                    getattr(instance, name).set(value)
            elif field.one_to_many:
                if text_too:
                    setattr(
                        instance,
                        name,
                        [self.child(field.related_model, number, row) for number, row in enumerate(value)],
                    )
            elif field.many_to_many:
                if text_too:
                    setattr(instance, name, [self.find(field.related_model, key) for key in value])
            elif field.is_relation:
                to_page = issubclass(field.related_model, Page)
                if text_too or not to_page:
                    setattr(instance, name, self.find(field.related_model, value))
            else:
                setattr(instance, name, self.plain(field, value))

    def child(self, model: type[models.Model], number: int, row: dict[str, Any]) -> models.Model:
        """A row that belongs to a page and is saved with it."""
        instance = model()
        self.fill(instance, row)
        if hasattr(instance, "sort_order"):
            instance.sort_order = number
        return instance

    def plain(self, field: models.Field, value: Any) -> Any:
        """A value without links: dates may be counted from today, "+14d" or "-3d 19:30"."""
        if isinstance(field, models.DateTimeField):
            return moment(value)
        if isinstance(field, models.DateField):
            return moment(value).date()
        return value

    def raw(self, block: blocks.Block, value: Any) -> Any:
        """The value of a block as Wagtail stores it."""
        match block:
            case blocks.BaseStreamBlock():
                return [{"type": kind, "value": self.raw(block.child_blocks[kind], part)} for kind, part in value]
            case ImageBlock():
                return {
                    "image": self.find(get_image_model(), value["image"]).pk,
                    "alt_text": value["alt"],
                    "decorative": False,
                }
            case blocks.BaseStructBlock():
                unknown = set(value) - set(block.child_blocks)
                if unknown:
                    raise LookupError(f"{type(block).__name__} has no {', '.join(sorted(unknown))}")
                return {name: self.raw(block.child_blocks[name], part) for name, part in value.items()}
            case blocks.ListBlock():
                return [{"type": "item", "value": self.raw(block.child_block, part)} for part in value]
            case blocks.RichTextBlock():
                return rich_text(value, self.page_id)
            case blocks.PageChooserBlock():
                return value and self.page_id(value.removeprefix("page:"))
            case DocumentChooserBlock():
                return self.find(get_document_model(), value).pk
            case ImageChooserBlock():
                return self.find(get_image_model(), value).pk
            case SnippetChooserBlock():
                return self.find(block.target_model, value).pk
            case blocks.DateBlock():
                return moment(value).date().isoformat()
            case blocks.DateTimeBlock():
                return moment(value).isoformat()
        return value

    def page_id(self, slug: str) -> int:
        """The id of a page of the demo, or of one that staff made. Raises KeyError when there is none."""
        return self.pages[slug].pk

    def find(self, model: type[models.Model], key: str) -> models.Model:
        """The page, file or snippet with this key. Raises LookupError when it does not exist."""
        if issubclass(model, Page):
            return self.pages[key.removeprefix("page:")]
        if key.startswith("file:"):
            return stored_file(model, key.removeprefix("file:"))
        for name in ("slug", "name"):
            if name in {field.name for field in model._meta.fields} and (
                found := model.objects.filter(**{name: key}).first()
            ):
                return found
        raise LookupError(f"There is no {model._meta.label} called {key}.")


def stored_file(model: type[models.Model], name: str) -> models.Model:
    """A picture or document of the demo, stored once. Raises FileNotFoundError for one that the demo does not have."""
    title = f"Voorbeeld: {Path(name).stem.replace('-', ' ')}"
    if found := model.objects.filter(title=title).first():
        return found
    with (settings.REPO_DIR / FILES / name).open("rb") as content:
        return model.objects.create(title=title, file=File(content, name=name))


def moment(value: str) -> dt.datetime:
    """A date or a moment: as a calendar writes it, or so many days from today ("+14d", "-3d 19:30")."""
    if days := DAYS(value):
        day = timezone.localdate() + dt.timedelta(days=int(days[1]))
        return timezone.make_aware(dt.datetime.combine(day, dt.time(int(days[2] or 0), int(days[3] or 0))))
    found = parse_datetime(value) if len(value) > 10 else parse_date(value)
    if found is None:
        raise ValueError(f"{value} is not a date.")
    if not isinstance(found, dt.datetime):
        found = dt.datetime.combine(found, dt.time())
    return found if timezone.is_aware(found) else timezone.make_aware(found)
