"""Pages of what happened: over all my spaces, and in one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groupspace.kinds import all_kinds, kinds_in
from groupspace.stream.questions import WINDOW, Cursor, Place, my_places, newest, place
from groupspace.stream.rows import rows_of
from groupspace.stream.visits import note, previous
from groupspace.views import SIGNED_IN, PolicyView, SpaceView

#: Whose doing one wants to see; nothing chosen is everybody's.
BY = [("deelnemers", gettext_lazy("Van deelnemers"))]


class StreamPage(PolicyView):
    """What both pages have: filters on the kind and on who did it, and older rows by keyset."""

    abstract = True

    def stream(self, places: list[Place], chosen: dict[str, str], since: datetime | None = None) -> dict[str, Any]:
        """Rows of these places, and the address of older ones.

        Args:
            chosen: the filters that are on.
            since: what happened later is new to the reader.
        """
        before = self.before()
        participants = "van" in chosen
        found = newest(self.actor, places, kind=chosen.get("soort", ""), participants=participants, before=before)
        complete = len(found) <= WINDOW
        by_id = {one.pk: one for one in places}
        rows, cursor = rows_of(self.actor, found[:WINDOW], by_id, complete=complete, since=since)
        older = urlencode({**chosen, "voor": str(cursor)}) if cursor else ""
        return {"rows": rows, "older": older, "is_first": before is None, "chosen": chosen, "by": BY}

    def before(self) -> Cursor | None:
        text = self.request.GET.get("voor")
        try:
            return Cursor.read(text) if text else None
        except ValueError:
            raise Http404 from None

    def kind_choices(self, kinds: list[Any]) -> list[tuple[str, str]]:
        return [(kind.slug, str(kind.label_plural).capitalize()) for kind in kinds]

    def choose(self, name: str, choices: Sequence[tuple[str, Any]]) -> dict[str, str]:
        """The filter in the address, when it is one of the choices; anything else is no filter."""
        value = self.request.GET.get(name, "")
        return {name: value} if value in dict(choices) else {}


class MyStreamView(StreamPage):
    """What is new, in all my spaces together."""

    action = SIGNED_IN
    template_name = "groupspace/stream/mine.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        places, look = my_places(self.actor)
        since = previous(*look)
        spaces = sorted(((str(one.pk), one.name) for one in places), key=lambda choice: choice[1].casefold())
        kinds = self.kind_choices(all_kinds())
        chosen = self.choose("groep", spaces) | self.choose("soort", kinds) | self.choose("van", BY)
        if "groep" in chosen:
            places = [one for one in places if str(one.pk) == chosen["groep"]]
        whole = not chosen and self.before() is None
        if whole and not request.headers.get("Sec-Purpose", "").startswith("prefetch"):
            note(self.actor.user_id, *look)
        crumbs = [(_("Mijn groepen"), reverse("groupspace:mine")), (_("Wat is nieuw"), "")]
        return self.show(spaces=spaces, kinds=kinds, breadcrumbs=crumbs, **self.stream(places, chosen, since))


class SpaceStreamView(StreamPage, SpaceView):
    """What happened in one space."""

    action = "view"
    template_name = "groupspace/stream/space.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        kinds = self.kind_choices(kinds_in(self.space))
        chosen = self.choose("soort", kinds) | self.choose("van", BY)
        crumbs = self.crumbs((_("Wat er gebeurt"), ""))
        return self.show(kinds=kinds, breadcrumbs=crumbs, **self.stream([place(self.space)], chosen))
