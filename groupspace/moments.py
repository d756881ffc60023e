"""Moments as people say them: "vandaag 21.14 uur", or under the heading of their day: "21.14 uur"."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def spoken(moment: datetime, today: datetime | None = None) -> str:
    """Return a moment in words. `today` is the local now; give it when there are many moments."""
    now = today or timezone.localtime()
    local = moment.astimezone(now.tzinfo)
    pattern = _day(local.date(), now.date(), get_language())
    return pattern % {"time": f"{local.hour:02}.{local.minute:02}"}


def day_and_time(moment: datetime, today: datetime) -> tuple[str, str]:
    """The heading of a day and the time on it, for lists that go day by day.

    Args:
        today: the local now.
    """
    local, language = moment.astimezone(today.tzinfo), get_language()
    heading, pattern = _heading(local.date(), today.date(), language)
    return heading, pattern % {"time": f"{local.hour:02}.{local.minute:02}"}


@lru_cache(maxsize=1000)
def _heading(day: date, today: date, _language: str | None) -> tuple[str, str]:
    """What stands above one day, and the words around each time on it."""
    if day == today:
        named = _("vandaag")
    elif day == today - timedelta(days=1):
        named = _("gisteren")
    else:
        named = date_format(day, "l j F" if day.year == today.year else "l j F Y")
    return capfirst(named), _("%(time)s uur").replace(" ", "\u00a0")


@lru_cache(maxsize=1000)
def _day(day: date, today: date, _language: str | None) -> str:
    """The words around the time: the same for all that was written on one day."""
    if day == today:
        return _("vandaag %(time)s uur")
    if day == today - timedelta(days=1):
        return _("gisteren %(time)s uur")
    named = date_format(day, "j F" if day.year == today.year else "j F Y")
    return _("%(day)s, %(time)s uur") % {"day": named, "time": "%(time)s"}
