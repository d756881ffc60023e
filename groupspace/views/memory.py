"""What a member takes along when a space ends: a page to print, and the same as a file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from groupspace.memory import memory_of
from groupspace.models import Membership
from groupspace.views import SpaceView

FILE = "herinnering.html"


class MemoryView(SpaceView):
    """Everything that the reader wrote in this space, with dates, and nothing that another wrote."""

    action = "view"
    template_name = "groupspace/memory.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        mine = Membership.objects.select_related("space").get(pk=self.actor.membership_in(self.space.pk))
        as_file = "bestand" in request.GET
        if as_file:
            self.template_name = "groupspace/memory_file.html"
        days = memory_of(mine)
        heading = _("Herinnering aan deze groep")
        page = self.show(days=days, mine=mine, heading=heading, breadcrumbs=self.crumbs((heading, "")))
        if as_file:
            page["Content-Disposition"] = f'attachment; filename="{FILE}"'
        return page
