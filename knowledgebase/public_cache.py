"""One number for "what the public site looks like now", shared by all processes, and a memory that obeys it.

Whatever staff publish, move, delete or save in the settings changes the number; all that was made with an older
number is no longer used. It is a random word, not a counter: losing it can never bring an old page back.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Page, PageViewRestriction, Site

logger = logging.getLogger(__name__)

GENERATION_KEY = "knowledgebase:generation"
MEMORY_SIZE = 200

T = TypeVar("T")
_memory: dict[str, tuple[str, Any]] = {}


def generation() -> str | None:
    """The current generation; None when the shared cache does not answer, and then nothing may be kept."""
    try:
        current = cache.get(GENERATION_KEY)
        if current is None:
            # `add`: of several processes that start at once, one decides.
            cache.add(GENERATION_KEY, secrets.token_hex(8), None)
            current = cache.get(GENERATION_KEY)
    except Exception:
        logger.exception("The shared cache does not answer: public pages are made anew each time.")
        return None
    return current


def bump() -> None:
    """Start a new generation now."""
    try:
        cache.set(GENERATION_KEY, secrets.token_hex(8), None)
    except Exception:
        logger.exception("The shared cache does not answer: what was published shows when kept pages expire.")


def bump_on_commit() -> None:
    """Start a new generation as soon as what is being saved can be read by others."""
    transaction.on_commit(bump, robust=True)


def remember(name: str, make: Callable[[], T], current: str | None = None) -> T:
    """What `make()` gives, kept in this process for as long as the generation lasts.

    Args:
        current: the generation, for who has just asked for it.
    """
    current = current or generation()
    if current is None:
        return make()
    kept = _memory.get(name)
    if kept is not None and kept[0] == current:
        return kept[1]
    value = make()
    if len(_memory) >= MEMORY_SIZE:
        _memory.clear()
    _memory[name] = (current, value)
    return value


def site_id(request: HttpRequest, current: str | None = None) -> int | None:
    """The site this request is for: the same one, whatever port stands behind the name.

    Args:
        current: the generation, for who has just asked for it.
    """
    name, port = split_domain_port(request.get_host())[0], request.get_port()
    return remember(f"site:{name}:{port}", lambda: getattr(Site.find_for_request(request), "pk", None), current)


def language_of(page: Page) -> str:
    """The language code of a page."""
    return remember(f"language:{page.locale_id}", lambda: page.locale.language_code)


def is_restricted(page: Page) -> bool:
    """Whether not everyone may read this page: a limit lies on it, or on a page above it."""
    paths = remember("restricted", lambda: [*PageViewRestriction.objects.values_list("page__path", flat=True)])
    return any(page.path.startswith(path) for path in paths)
