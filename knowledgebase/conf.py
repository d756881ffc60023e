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
    # The static file that apps show with a link to a page without a picture of its own. Empty: none.
    "SHARE_PICTURE": "",
    # Dotted path to a function (request, theme) that gives the next steps for a theme: see knowledgebase.doors.
    "DOORS": None,
    # Dotted path to a function that gives groups of words that mean the same, for the search.
    "SYNONYMS": None,
    # Dotted path to the class that forms for visitors are made of, so that they look like the other forms of the site.
    "FORM_BASE": "django.forms.Form",
    # How many forms of one kind may come in from one visitor, or one school: (seconds, most), each limit counts.
    "VISITOR_PACE": ((60, 30), (3600, 120)),
    # And from all visitors together: far more than one sender can reach, else he would close the form for everybody.
    "VISITORS_PACE": ((60, 300), (3600, 3000)),
    # Dotted path to a function (user) that says whether somebody works in the field. None: nobody does.
    "IS_PROFESSIONAL": None,
    # Counts of page views are written after so many seconds (0: only when told to), or sooner after so many views.
    "REACH_FLUSH_SECONDS": 30,
    "REACH_FLUSH_VIEWS": 500,
    # For so many years there is a count for each day; older ones are merged for each month.
    "REACH_YEARS_PER_DAY": 2,
    # Links to other sites: how many are tried in one run, and after how many days again.
    "LINKS_PER_RUN": 100,
    "LINKS_AGAIN_DAYS": 7,
    # Numbers of the newsletter: see knowledgebase.newsletter.conf.
    "NEWSLETTER": {},
    # Only for tests on this machine: never true for a site on the internet.
    "LINKS_PRIVATE_ADDRESSES": False,
}


def get(name: str) -> Any:
    """The value of setting `name`. Raises KeyError for a name that does not exist."""
    return {**DEFAULTS, **getattr(settings, "KNOWLEDGEBASE", {})}[name]
