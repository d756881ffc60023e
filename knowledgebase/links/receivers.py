"""Takes a page or a menu off the list of links to mend as soon as it stands there with good ones."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.contrib.settings.registry import registry
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished


def _changed(instance: Page, **_kwargs: Any) -> None:
    from .actions import check_page

    transaction.on_commit(lambda: check_page(instance), robust=True)


def _saved(instance: BaseSiteSetting, *, raw: bool = False, **_kwargs: Any) -> None:
    from .actions import check_settings

    if not raw:
        transaction.on_commit(lambda: check_settings(instance), robust=True)


def connect() -> None:
    """Listen; called once when Django starts."""
    for signal in (page_published, page_unpublished):
        signal.connect(_changed, dispatch_uid="knowledgebase_links")
    for model in registry:
        if issubclass(model, BaseSiteSetting):
            post_save.connect(_saved, sender=model, dispatch_uid="knowledgebase_links")
