"""Makes polls known to the core: addresses, rules, block on the space's home, export and erasure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace import policy
from groupspace.actor import actor_for
from groupspace.comments.actions import add_comment
from groupspace.comments.export import comments_of
from groupspace.comments.kind import CommentedKind, comments_wait
from groupspace.comments.policy import CommentPolicy
from groupspace.kinds import Waits, register
from groupspace.own_words import Written
from groupspace.polls import actions
from groupspace.polls.models import Poll, PollComment, Vote
from groupspace.polls.policy import PollPolicy
from groupspace.polls.rows import poll_rows
from groupspace.reading import InSpace
from groupspace.text.sanitiser import from_plain, to_keep, to_plain

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from groupspace.actor import Actor
    from groupspace.models import Membership, Space

ON_HOME = 3
AFTER_ITS_END = _("Dan is de peiling al voorbij. Kies een eerder moment, of een latere einddag.")


class PollKind(CommentedKind):
    """Polls: what the group thinks, and what is done with it."""

    slug = "peilingen"
    label = _("peiling")
    label_plural = _("peilingen")
    icon = "check"
    model = Poll
    urls = "groupspace.polls.urls"
    home_template = "groupspace/polls/home_panel.html"
    verbs = {
        "asked": _("begon een peiling"),
        "ended": _("sloot een peiling"),
        "decided": _("schreef wat jullie met een peiling doen"),
        "commented": _("reageerde op een peiling"),
    }

    waits = (Waits(Poll, "question", "explanation"), comments_wait(PollComment, "item__question"))
    prepares = waits[0]
    prepare_at = "poll-create"

    def home_panel(self, actor: Actor, space: Space) -> Mapping[str, Any]:
        """The polls in which this member can still vote, the newest first; one statement."""
        found = list(_waiting.objects(actor, space.pk, timezone.now()))
        return {
            "rows": poll_rows(space, found[:ON_HOME]),
            "more": len(found) > ON_HOME,
            "list_url": reverse("groupspace:peilingen:list", args=[space.pk]),
            "new_url": reverse("groupspace:peilingen:poll-create", args=[space.pk]),
            "may_write": bool(policy.can(actor, "post", space)),
        }

    def make_example(self, author: Membership, title: str, later: datetime | None = None) -> Poll:
        actor = actor_for(author.user or AnonymousUser(), verified=True)
        poll = actions.ask(
            actor,
            author.space,
            question=title,
            options=[f"{title}: ja", f"{title}: nee"],
            explanation=from_plain(f"{title}: dit is een voorbeeld."),
            later=later,
        )
        if not later:
            add_comment(actor, PollComment, poll, body=from_plain(f"{title}: een reactie."))
        return poll

    def announce_item(self, item: Poll) -> None:
        actions.announce(item)

    def check_moment(self, item: Poll, at: datetime) -> None:
        """Nobody could vote in a poll that ends before it comes."""
        if item.ends_at is not None and item.ends_at <= at:
            raise ValidationError({"later": AFTER_ITS_END})

    def url_of(self, item: Poll) -> str:
        return reverse("groupspace:peilingen:poll", args=[item.space_id, item.pk])

    def title_of(self, item: Poll) -> str:
        return item.question

    def texts_of(self, item: Poll) -> Iterable[str]:
        yield from actions.texts_of(item)
        for comment in item.comments.filter(deleted_at=None):
            yield to_plain(comment.body)

    def written(self, membership: Membership) -> list[Written]:
        """One's own questions, outcomes and comments; never a result."""
        polls = Poll.objects.kept().filter(author=membership).prefetch_related("options").order_by("id")
        outcomes = Poll.objects.filter(outcome_by=membership, outcome_at__isnull=False).order_by("id")
        return [
            *(
                Written(
                    at=poll.created_at,
                    title=poll.question,
                    text=to_keep(poll.explanation),
                    more={_("keuzes"): [option.text for option in poll.options.all()]},
                    data={"peiling": str(poll.pk)},
                )
                for poll in polls
            ),
            *(
                Written(
                    at=poll.outcome_at,
                    title=_("Uitkomst"),
                    text=to_keep(poll.outcome),
                    data={"peiling": str(poll.pk)},
                )
                for poll in outcomes
            ),
            *comments_of(PollComment, membership),
        ]

    def chosen(self, membership: Membership) -> list[dict[str, Any]]:
        """One's own votes, never what others chose."""
        votes = Vote.objects.filter(membership=membership).select_related("option").order_by("poll", "option")
        return [{"peiling": str(vote.poll_id), "gekozen": vote.option.text} for vote in votes]  # what one said by it

    def erase(self, membership: Membership) -> int:
        return actions.erase_member(membership)


def _ask_waiting(reader: Actor, space: UUID, at: datetime) -> QuerySet[Any]:
    polls = Poll.objects.visible_to(reader).filter(space=space).kept().open(at).with_author()
    return polls.with_voted(reader.membership_in(space)).filter(voted=False).order_by("-id")[: ON_HOME + 1]


_waiting = InSpace(_ask_waiting)

register(PollKind())
policy.register(Poll, PollPolicy())
policy.register(PollComment, CommentPolicy())
