"""The list of open forums, for whoever is logged in: by theme, and within a theme by age."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from groupspace.ages import in_words
from groupspace.kinds import space_kinds
from groupspace.models import Space
from groupspace.views import SIGNED_IN, PolicyView


class ForumIndexView(PolicyView):
    """All forums that this person may know of, and in which they take part already."""

    action = SIGNED_IN
    template_name = "groupspace/forum_index.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        open_kinds = [kind.code for kind in space_kinds() if kind.open_to_all]
        found = Space.objects.listed_to(self.actor).filter(kind__in=open_kinds).order_by("theme", "min_age", "name")
        forums = list(found.with_member_count())
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
