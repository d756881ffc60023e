"""What stands in the groups of the demo beside conversations: agreements, pages, links, polls, and what comes later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from groupspace import actions
from groupspace.forum.scheduled import prepare
from groupspace.links import actions as links
from groupspace.models import Audience
from groupspace.pages import actions as pages
from groupspace.polls import actions as polls

if TYPE_CHECKING:
    from groupspace.actor import Actor
    from groupspace.models import Space

Acting = Callable[[str], "Actor"]


def arrange(leader: Actor, space: Space, data: Mapping[str, Any]) -> None:
    """What the founder arranges before anybody else comes in."""
    if "house_rules" in data:
        actions.change_space(
            leader,
            space,
            house_rules=data["house_rules"],
            icon=data["icon"],
            steering=data["steering"],
            on_duty=data.get("on_duty", ""),
        )
        actions.write_crisis_protocol(leader, space, **data["crisis_protocol"])


def fill(space: Space, data: Mapping[str, Any], acting: Acting) -> None:
    """Write everything else, under the names of the members, some days ago.

    Args:
        acting: from the name of a member to who that is.
    """
    for page in data.get("pages", []):
        pages.create_page(
            acting(page["author"]), space, title=page["title"], body=page["html"], at=_moment(page["days_ago"])
        )
    for link in data.get("links", []):
        links.add_link(
            acting(link["author"]),
            space,
            title=link["title"],
            url=link["url"],
            description=link["html"],
            at=_moment(link["days_ago"]),
        )
    for conversation in data.get("prepared", []):
        prepare(
            acting(conversation["author"]),
            space,
            title=conversation["title"],
            body=conversation["html"],
            sort=conversation["sort"],
            audience=Audience.SPACE,
            at=_moment(-conversation["days_ahead"]),
        )
    for poll in data.get("polls", []):
        _ask(space, poll, acting)


def _ask(space: Space, data: Mapping[str, Any], acting: Acting) -> None:
    asker = acting(data["author"])
    poll = polls.ask(asker, space, question=data["question"], options=data["options"], at=_moment(data["days_ago"]))
    options = list(poll.options.order_by("position"))
    for name, chosen in data["votes"].items():
        polls.vote(acting(name), poll, options=[options[number].pk for number in chosen])
    if "outcome" in data:
        polls.close_poll(asker, poll)
        poll.refresh_from_db()
        polls.decide(asker, poll, outcome=data["outcome"])


def _moment(days_ago: int) -> datetime:
    """Ten in the morning, so many days ago."""
    day = timezone.localtime() - timedelta(days=days_ago)
    return day.replace(hour=10, minute=0, second=0, microsecond=0)
