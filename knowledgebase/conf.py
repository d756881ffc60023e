"""The settings of this app: one dict, KNOWLEDGEBASE, with a default for each key."""

from __future__ import annotations

from typing import Any

from django.conf import settings

DEFAULTS: dict[str, Any] = {
    # How long a public page may be kept, in seconds. Publishing ends it at once; this is only the safety net.
    "CACHE_SECONDS": 600,
    # Cookies that may come along with a request for a cached page. Any other cookie means: ask the real page.
    "CACHE_HARMLESS_COOKIES": ("csrftoken",),
    # Beginnings of paths that are never looked up: what must answer without the cache and without the database.
    "CACHE_NEVER": (),
}


def get(name: str) -> Any:
    """The value of setting `name`. Raises KeyError for a name that does not exist."""
    return {**DEFAULTS, **getattr(settings, "KNOWLEDGEBASE", {})}[name]
