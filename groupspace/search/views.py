"""The page on which a member searches in the spaces he or she is in."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from groupspace.folds import Folds
from groupspace.kinds import Line, all_kinds
from groupspace.models import Space
from groupspace.moments import spoken
from groupspace.names import shown_name
from groupspace.reading import ForReader
from groupspace.search.find import PER_PAGE, excerpt, find
from groupspace.search.models import Entry
from groupspace.text.sanitiser import from_plain
from groupspace.views import SIGNED_IN, PolicyView

LONGEST = 200


class SearchView(PolicyView):
    """What was found, newest first, in one space or in all of them."""

    action = SIGNED_IN
    template_name = "groupspace/search/search.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        question = request.GET.get("q", "").replace("\0", " ").strip()[:LONGEST]
        spaces = {space.pk: space for space in _my_spaces.objects(self.actor)}
        chosen = _uuid(request.GET.get("groep", ""))
        within = [chosen] if chosen in spaces else list(spaces)
        kind = request.GET.get("soort", "")
        kind = kind if kind in {one.slug for one in all_kinds()} else ""
        before = _number(request.GET.get("voor", ""))
        entries = find(self.actor, question, spaces=within, kind=kind, before=before)
        shown = entries[:PER_PAGE]
        return self.show(
            question=question,
            rows=self.rows(shown, spaces, question),
            spaces=spaces.values(),
            chosen=chosen if chosen in spaces else None,
            kinds=all_kinds(),
            kind=kind,
            older=shown[-1].pk if len(entries) > PER_PAGE else None,
            is_first=not before,
            breadcrumbs=[(_("Mijn groepen"), reverse("groupspace:mine")), (_("Zoeken in mijn groepen"), "")],
        )

    def rows(self, entries: list[Entry], spaces: dict[UUID, Space], question: str) -> list[dict[str, Any]]:
        """A line for each text whose item is still there, in one statement for each kind."""
        wanted: dict[str, set[UUID]] = defaultdict(set)
        for entry in entries:
            wanted[entry.kind].add(entry.item_id)
        lines: dict[UUID, Line] = {}
        kinds = {kind.slug: kind for kind in all_kinds()}
        for slug, ids in wanted.items():
            if slug in kinds:
                lines |= kinds[slug].lines(self.actor, ids)
        now = timezone.localtime()
        return [
            {
                "title": lines[entry.item_id].title,
                "url": kinds[entry.kind].url_of_part(lines[entry.item_id], entry.part_id)
                if entry.part_id != entry.item_id
                else lines[entry.item_id].url,
                "pieces": self.pieces(entry, question),
                "meta": f"{shown_name(entry.author_name, entry.author_user)} · {spaces[entry.space_id].name} · "
                f"{kinds[entry.kind].label} · {spoken(entry.at, now)}",
            }
            for entry in entries
            if entry.item_id in lines and entry.space_id in spaces
        ]

    def pieces(self, entry: Any, question: str) -> list[tuple[str, bool]]:
        """What is shown of a text: nothing of what would stand folded where it is read."""
        own = entry.author_id == self.actor.membership_in(entry.space_id)
        text = from_plain(entry.text) if entry.muted else ""
        folded = Folds(entry.muted).label(entry.note, text, own=own)
        return [(folded, False)] if folded else excerpt(entry.text, question)


_my_spaces = ForReader(lambda reader: Space.objects.visible_to(reader).only("name").order_by("name"))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
