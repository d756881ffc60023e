"""What is new on the public site: one list for the page, the feed and whoever writes the newsletter."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.http import HttpRequest
from django.utils.translation import gettext as _

from ..announced import announced
from ..kinds import kind_label
from ..models import PublicPage


class Change(NamedTuple):
    """A page that is new, or that somebody checked again since."""

    page: PublicPage
    on: dt.date
    is_new: bool

    @property
    def month(self) -> dt.date:
        """The first day of the month, under which it is listed."""
        return self.on.replace(day=1)

    @property
    def kind(self) -> str:
        """What kind of page it is, as readers call it."""
        model = self.page.specific_class
        return str((model and kind_label(model)) or _("Pagina"))


def latest(request: HttpRequest, most: int, *, quiet: bool = False) -> list[Change]:
    """The pages that were published or checked last, the latest first.

    Args:
        quiet: leave out heavy subjects. For what shows up without being asked for: a feed, a mail.
    """
    pages = announced(PublicPage.objects.shown_on(request), quiet=quiet)
    return [Change(page, page.on, page.on == page.first) for page in pages[:most]]
