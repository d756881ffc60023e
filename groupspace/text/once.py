"""A form is carried out once, however often it is sent."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from .models import Submission


class Claim:
    """The outcome of claiming a form: `first` says whether to write; `url` is where the result stands."""

    def __init__(self, *, first: bool, url: str = "") -> None:
        self.first = first
        self.url = url


@contextmanager
def once(user: Any, key: str | uuid.UUID) -> Iterator[Claim]:
    """Claim the form `key` of `user` and run the block in the same transaction.

    Use it round the write and set `claim.url` when `claim.first`::

        with once(request.user, ticket.key) as claim:
            if claim.first:
                claim.url = reply(actor, topic, body).get_absolute_url()
        return redirect(claim.url)

    An error in the block undoes the claim too, so the form can be sent again.
    """
    mine = Submission(user=user, key=uuid.UUID(str(key)))
    with transaction.atomic():
        # A second sending waits here until the first has ended, then finds its row.
        Submission.objects.bulk_create([mine], ignore_conflicts=True)
        kept = Submission.objects.only("result_url").get(user=user, key=mine.key)
        claim = Claim(first=kept.pk == mine.pk, url=kept.result_url)
        yield claim
        if claim.first:
            Submission.objects.filter(pk=mine.pk).update(result_url=claim.url)
