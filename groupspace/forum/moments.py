"""Moments as people say them: "vandaag 21.14 uur"."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def spoken(moment: datetime, today: datetime | None = None) -> str:
    """Return a moment in words. `today` is the local now; give it when there are many moments."""
    now = today or timezone.localtime()
    local = moment.astimezone(now.tzinfo)
    time = f"{local:%H.%M}"
    if local.date() == now.date():
        return _("vandaag %(time)s uur") % {"time": time}
    if local.date() == now.date() - timedelta(days=1):
        return _("gisteren %(time)s uur") % {"time": time}
    day = date_format(local, "j F" if local.year == now.year else "j F Y")
    return _("%(day)s, %(time)s uur") % {"day": day, "time": time}
