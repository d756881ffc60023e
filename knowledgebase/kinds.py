"""What visitors call the kinds of pages, in the facets of search, in "Wat is nieuw" and in its feed."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page


def kind_label(model: type[Page]) -> Any:
    """What visitors call pages of this type; empty for lists, forms and loose pages.

    A type says so itself (`reader_kind`) where that is not what editors call it.
    """
    own = getattr(model, "reader_kind", None)
    if own is not None:
        return own
    return model._meta.verbose_name if getattr(model, "subpage_types", None) == [] else ""
