"""Takes a page off the list of links to mend as soon as it is published with good ones."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished


def _changed(instance: Page, **_kwargs: Any) -> None:
    from .actions import check_page

    transaction.on_commit(lambda: check_page(instance), robust=True)


def connect() -> None:
    """Listen; called once when Django starts."""
    for signal in (page_published, page_unpublished):
        signal.connect(_changed, dispatch_uid="knowledgebase_links")
