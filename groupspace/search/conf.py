"""The settings of the private search: the keys of `GROUPSPACE["SEARCH"]`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache

from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from groupspace.conf import conf


@dataclass(frozen=True)
class SearchConf:
    """What a host can change about searching."""

    #: Dotted path of a function from a folded word to what its forms share. A site that has one for its public search
    #: names it here, so that both search alike.
    ROOT: str = "groupspace.search.words.plain_root"


def search_conf() -> SearchConf:
    """Return the settings in force. Raises ImproperlyConfigured for a key that does not exist."""
    unknown = set(conf.SEARCH) - {f.name for f in fields(SearchConf)}
    if unknown:
        raise ImproperlyConfigured(f"GROUPSPACE['SEARCH'] has unknown keys: {', '.join(sorted(unknown))}.")
    return SearchConf(**conf.SEARCH)


@cache
def root_function(path: str) -> Callable[[str], str]:
    """The function with this path."""
    found: Callable[[str], str] = import_string(path)
    return found
