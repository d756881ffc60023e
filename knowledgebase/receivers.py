"""Tells the public cache that something changed. Nothing else hangs on these signals."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.apps import AppConfig
from django.db.models import Model
from django.db.models.signals import post_delete, post_migrate, post_save
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from . import public_cache


@cache
def shows_in_public(model: type[Model]) -> bool:
    """Whether rows of this model can change what a visitor sees without a page being published."""
    from wagtail.contrib.settings.models import AbstractSetting
    from wagtail.documents import get_document_model
    from wagtail.images import get_image_model
    from wagtail.models import Locale, PageViewRestriction, Site
    from wagtail.snippets.models import get_snippet_models

    bases = (AbstractSetting, Locale, PageViewRestriction, Site, get_document_model(), get_image_model())
    return issubclass(model, (*bases, *get_snippet_models()))


@cache
def is_page(model: type[Model]) -> bool:
    """Whether rows of this model are pages: taking one away takes it out of lists."""
    from wagtail.models import Page

    return issubclass(model, Page)


def _saved(sender: type[Model], **_kwargs: Any) -> None:
    if shows_in_public(sender):
        public_cache.bump_on_commit()


def _deleted(sender: type[Model], **_kwargs: Any) -> None:
    if shows_in_public(sender) or is_page(sender):
        public_cache.bump_on_commit()


def _changed(**_kwargs: Any) -> None:
    public_cache.bump_on_commit()


def connect(app: AppConfig) -> None:
    """Listen; called once when Django starts. A migration counts as a change: templates may be new too."""
    post_save.connect(_saved, dispatch_uid="knowledgebase_saved")
    post_delete.connect(_deleted, dispatch_uid="knowledgebase_deleted")
    post_migrate.connect(_changed, sender=app, dispatch_uid="knowledgebase_migrated")
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(_changed, dispatch_uid="knowledgebase_changed")
