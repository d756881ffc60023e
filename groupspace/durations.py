"""How long something takes, in words."""

from __future__ import annotations

import math
from datetime import timedelta

from django.utils.translation import ngettext

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def in_words(duration: timedelta) -> str:
    """Say how long, rounded up: "15 minuten", "24 uur", "3 dagen"."""
    if duration > 2 * _DAY:
        days = math.ceil(duration / _DAY)
        return ngettext("%(n)d dag", "%(n)d dagen", days) % {"n": days}
    if duration > _HOUR:
        hours = math.ceil(duration / _HOUR)
        return ngettext("%(n)d uur", "%(n)d uur", hours) % {"n": hours}
    minutes = math.ceil(duration / timedelta(minutes=1))
    return ngettext("%(n)d minuut", "%(n)d minuten", minutes) % {"n": minutes}
