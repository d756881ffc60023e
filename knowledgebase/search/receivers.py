"""Tells the index that a page changed. Nothing else hangs on these signals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from ..models import Theme
from . import actions


def _page_saved(
    sender: type[Model], instance: Model, update_fields: Any = None, raw: bool = False, **_kwargs: Any
) -> None:
    # Saving a draft stores a few fields of the page that nobody reads.
    if isinstance(instance, Page) and not raw and (update_fields is None or {"title", "live"} & set(update_fields)):
        _waiting().add(instance.pk)
        _after(_update_waiting)


def _waiting() -> set[int]:
    """The pages that were saved in this transaction: each is looked at once, however often it was saved.

    A page that stays in it because its saving was undone is looked at with the next ones, which does no harm.
    """
    pages: set[int] = transaction.get_connection().__dict__.setdefault("knowledgebase_search_waiting", set())
    return pages


def _update_waiting() -> None:
    waiting = _waiting()
    pages = frozenset(waiting)
    waiting.clear()
    if pages:
        actions.update_pages(pages)


def _page_moved(instance: Page, **_kwargs: Any) -> None:
    _after(lambda: actions.update_below(Page.objects.values_list("path", flat=True).get(pk=instance.pk)))


def _restriction_changed(instance: PageViewRestriction, **_kwargs: Any) -> None:
    _after(lambda: actions.update_below(instance.page.path))


def _theme_saved(instance: Theme, **_kwargs: Any) -> None:
    _after(lambda: actions.update_pages(instance.pages.values_list("pk", flat=True)))


def _after(work: Callable[[], None]) -> None:
    """When the change can be read by others. Should this fail, what was published stays published."""
    transaction.on_commit(work, robust=True)


def connect() -> None:
    """Listen; called once when Django starts."""
    post_save.connect(_page_saved, dispatch_uid="knowledgebase_search_saved")
    post_page_move.connect(_page_moved, dispatch_uid="knowledgebase_search_moved")
    for signal in (post_save, post_delete):
        signal.connect(_restriction_changed, sender=PageViewRestriction, dispatch_uid="knowledgebase_search_restricted")
    post_save.connect(_theme_saved, sender=Theme, dispatch_uid="knowledgebase_search_theme")
