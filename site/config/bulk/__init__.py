"""Fills an empty database with made-up groups, people and what they wrote, to measure with.

Rows of conversations are written in bulk, past the actions, and obey the same rules: grants follow from roles, numbers
of posts have no gap, a topic knows its last post, and everything stands in the stream and in the search.
"""

from __future__ import annotations

import random

from django.db import connection, transaction

from config.bulk import people, talk, told, words
from groupspace.notify.database import gather_statistics
from groupspace.search import index

SPACES, PEOPLE, TOPICS = 500, 5_000, 20_000


@transaction.atomic
def load(scale: float = 1.0) -> None:
    """Write everything: all of it, or nothing.

    Args:
        scale: how much; 1 for 500 spaces, 5,000 people and 200,000 posts in 20,000 topics, half of them in one space.
    """
    spaces, persons, topics = (max(1, round(most * scale)) for most in (SPACES, PEOPLE, TOPICS))
    dice = random.Random(4)  # noqa: S311  the same in every run
    text = words.Text(dice)
    members = people.write(spaces, max(persons, 2 * spaces + 2), text, dice)
    newest = talk.write(members, topics, text, dice)
    told.write(members, newest)
    index.tidy()
    gather_statistics()
    if connection.vendor == "postgresql":  # as it does by itself after a while
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
