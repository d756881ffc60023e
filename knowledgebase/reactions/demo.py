"""Makes the reactions of the demo from data, and takes them away again."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from knowledgebase import public_cache
from knowledgebase.models import PublicPage

from .models import Reaction, State


@transaction.atomic
def load(data: dict[str, Any]) -> None:
    """Make the reactions that are not there yet.

    Args:
        data: `reactions`, each with `page` (slug), `account`, `name`, `text`, `state` and `days_ago`.
    """
    users = get_user_model()._default_manager
    for content in data["reactions"]:
        writer = users.filter(username=content["account"]).first()
        page = PublicPage.objects.filter(slug=content["page"]).first()
        if writer is None or page is None:
            continue
        sent_at = timezone.now() - dt.timedelta(days=content["days_ago"])
        decided_at = None if content["state"] == State.WAITING else sent_at + dt.timedelta(hours=20)
        words = {name: content[name] for name in ("name", "text", "state")}
        Reaction.objects.get_or_create(
            writer=writer,
            ticket=ticket_of(content),
            defaults={**words, "page": page, "sent_at": sent_at, "decided_at": decided_at},
        )
    public_cache.bump_on_commit()


@transaction.atomic
def purge(data: dict[str, Any]) -> None:
    """Take away what the demo made."""
    Reaction.objects.filter(ticket__in=[ticket_of(content) for content in data["reactions"]]).delete()


def ticket_of(content: dict[str, Any]) -> UUID:
    """The same ticket for the same text, so that loading twice makes one reaction."""
    return uuid5(NAMESPACE_URL, f"demo:{content['text']}")
