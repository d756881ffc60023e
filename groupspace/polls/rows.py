"""Lines of the lists of polls, worked out once in Python."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypedDict

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from groupspace.authors import Author, Authors
from groupspace.models import Audience
from groupspace.moments import spoken
from groupspace.polls.results import is_over, voters_in_words

if TYPE_CHECKING:
    from groupspace.models import Space
    from groupspace.polls.models import Poll

NO_BREAK = "\u00a0"


class PollRow(TypedDict):
    """One line of a list."""

    url: str
    title: str
    meta: str
    tags: list[str]
    waits: bool
    author: Author


def poll_rows(space: Space, polls: Iterable[Any]) -> list[PollRow]:
    """Lines for these polls; they are asked for `with_author` and `with_voted`. `waits`: one can still vote."""
    base = reverse("groupspace:peilingen:list", args=[space.pk])
    authors = Authors(space)
    now = timezone.localtime()
    rows: list[PollRow] = []
    for poll in polls:
        poll.space = space
        author, over = authors.of(poll), is_over(poll)
        who = f"{author['name']} ({author['role']})" if author["role"] else author["name"]
        voted = [] if poll.deleted_at else [voters_in_words(poll).rstrip(".").replace(" ", NO_BREAK, 1)]
        parts = [who, spoken(poll.created_at, now), *voted]
        row = PollRow(
            url=f"{base}{poll.pk}/",
            title=poll.question,
            meta=f"{NO_BREAK}· ".join(parts),
            tags=poll_tags(poll),
            waits=not over and not poll.voted,
            author=author,
        )
        rows.append(row)
    return rows


def poll_tags(poll: Poll) -> list[str]:
    """What is special about a poll, in words."""
    tags = []
    if poll.deleted_at:
        tags.append(_("weggehaald"))
    elif poll.outcome:
        tags.append(_("uitkomst bekend"))
    elif is_over(poll):
        tags.append(_("gesloten"))
    if poll.held_at is not None and poll.prepared_for is None:
        tags.append(_("wacht op een begeleider"))
    if poll.audience != Audience.SPACE:
        tags.append(str(poll.get_audience_display()))
    return tags


def end_in_words(poll: Poll, now: datetime) -> str:
    """Until when one can vote, or when it ended."""
    if poll.closed_at or (poll.ends_at and poll.ends_at <= now):
        moment = min(one for one in (poll.closed_at, poll.ends_at) if one)
        return _("Gesloten: %(moment)s.") % {"moment": spoken(moment, now)}
    if is_over(poll):
        return _("Stemmen kan niet meer: deze groep is alleen nog te lezen.")
    if poll.ends_at:
        return _("Je kunt stemmen tot en met %(moment)s.") % {"moment": spoken(poll.ends_at, now)}
    return _("Je kunt stemmen tot iemand de peiling sluit.")
