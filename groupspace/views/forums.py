"""The list of open forums, for everybody: by theme, and within a theme by age."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from groupspace.coming_in.ages import in_words
from groupspace.kinds import space_kinds
from groupspace.models import Space
from groupspace.views import SIGNED_IN, PolicyView

if TYPE_CHECKING:
    from groupspace.actor import Actor
    from groupspace.querysets import SpaceQuerySet


class ForumIndexView(PolicyView):
    """What a stranger may know of each forum: its card, and not a word that was said. Visitors find their way here."""

    action = SIGNED_IN
    template_name = "groupspace/forum_index.html"

    def check(self) -> None:
        """Everyone may look; the policy says which forums that are."""

    def get(self, request: HttpRequest) -> HttpResponse:
        forums = list(open_forums(self.actor).with_member_count())
        for forum in forums:
            forum.ages = in_words(forum.min_age, forum.max_age)
            forum.is_mine = forum.pk in self.actor.spaces
        forums.sort(key=lambda forum: (forum.theme.casefold(), forum.min_age or 0, forum.name.casefold()))
        themes = [
            (next(iter(group)).theme, group)
            for group in (list(found) for _theme, found in groupby(forums, key=lambda forum: forum.theme.casefold()))
        ]
        crumbs = [(_("Start"), "/"), (_("Forum"), "")]
        return self.show(themes=themes, breadcrumbs=crumbs)


def open_forums(actor: Actor) -> SpaceQuerySet:
    """The open forums of which this actor may know; a visitor who is not logged in too."""
    kinds = [kind.code for kind in space_kinds() if kind.open_to_all]
    return Space.objects.listed_to(actor).filter(kind__in=kinds).order_by("theme", "min_age", "name")
