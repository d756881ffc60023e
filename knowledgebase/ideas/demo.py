"""Makes the ideas of the demo from data, and takes them away again."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils import timezone

from .models import Entry, Idea, Score, Selection, StatusChange, Support


@transaction.atomic
def load(data: dict[str, Any]) -> list[Idea]:
    """Make the ideas and the new entries that are not there yet. Returns the ideas that were made.

    Args:
        data: `ideas`, each with its words, `history`, `scores`, `entries` and the number of `supports`; `new`, entries
            that wait for staff. Times are days before today.
    """
    made = [make_idea(content) for content in data["ideas"] if not Idea.objects.filter(title=content["title"]).exists()]
    for content in data["new"]:
        make_entry(content)
    return made


@transaction.atomic
def purge(data: dict[str, Any]) -> None:
    """Take away what the demo made. An idea under which staff put an entry of a visitor stays."""
    titles = [content["title"] for content in data["ideas"]]
    entries = [*data["new"], *(entry for content in data["ideas"] for entry in content.get("entries", []))]
    Entry.objects.filter(ticket__in=[ticket_of(entry) for entry in entries]).delete()
    ideas = Idea.objects.filter(title__in=titles, entries=None)
    Selection.objects.filter(idea__in=ideas).delete()
    StatusChange.objects.filter(idea__in=ideas).delete()
    ideas.delete()


def make_idea(content: dict[str, Any]) -> Idea:
    """One idea with all that happened to it."""
    history = content["history"]
    words = {name: content.get(name, "") for name in ("title", "text", "for_whom", "region", "demand_note")}
    idea = Idea.objects.create(
        **words,
        demand=content.get("demand"),
        status=history[-1]["status"],
        made_at=days_ago(history[0]["days_ago"]),
        changed_at=days_ago(history[-1]["days_ago"]),
        group_label=content.get("group_label", ""),
        group_url=content.get("group_url", ""),
        pilot_ends_on=timezone.localdate() + dt.timedelta(days=content["pilot_days"])
        if "pilot_days" in content
        else None,
    )
    for step in history:
        StatusChange.objects.create(
            idea=idea, at=days_ago(step["days_ago"]), status=step["status"], reason=step["reason"]
        )
    Score.objects.bulk_create(
        Score(idea=idea, criterion=name, value=value, remark=remark)
        for name, (value, remark) in content.get("scores", {}).items()
    )
    Support.objects.bulk_create(
        Support(idea=idea, ticket=uuid5(idea.uuid, str(number))) for number in range(content.get("supports", 0))
    )
    for entry in content.get("entries", []):
        make_entry(entry, idea)
    if "selection" in content:
        Selection.objects.create(
            idea=idea,
            at=idea.changed_at,
            reason=content["selection"],
            compared=[{"title": idea.title, "total": idea.total}],
        )
    return idea


def make_entry(content: dict[str, Any], idea: Idea | None = None) -> None:
    """One entry of a visitor who does not exist."""
    received = days_ago(content["days_ago"])
    Entry.objects.get_or_create(
        ticket=ticket_of(content),
        defaults={
            **{name: content.get(name, "") for name in ("problem", "for_whom", "would_join", "region")},
            "received_at": received,
            "empty_on": received.date() + dt.timedelta(days=360),
            "state": Entry.State.JOINED if idea else Entry.State.NEW,
            "idea": idea,
        },
    )


def ticket_of(content: dict[str, Any]) -> UUID:
    """The same ticket for the same text, so that loading twice makes one entry."""
    return uuid5(NAMESPACE_URL, f"demo:{content['problem']}")


def days_ago(days: int) -> dt.datetime:
    """So many days before now."""
    return timezone.now() - dt.timedelta(days=days)
