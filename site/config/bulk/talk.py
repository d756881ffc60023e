"""Conversations: topics, posts, what is answered to them, and where they are told and found."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from config.bulk.people import BATCH, OPEN_FOR, Members
from config.bulk.words import Text
from groupspace.forum.finding import entry_of
from groupspace.forum.models import Follow, Post, Reaction, ReadMark, Topic
from groupspace.models import Membership
from groupspace.search.models import Entry
from groupspace.stream.models import Happening

#: How many posts topics have, in turn: ten on average, and every fifth fills a page.
LENGTHS = (3, 5, 10, 12, 20)
TOPICS_AT_A_TIME = 500
#: The newest topics of a space, of which its members are told and keep how far they read.
NEWEST = 20
BETWEEN = timedelta(minutes=40)
ANSWERS, REACTS = 0.1, 0.08

Newest = dict[UUID, deque[Topic]]


@dataclass
class _Rows:
    """What is written in one go."""

    topics: list[Topic] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)
    follows: list[Follow] = field(default_factory=list)

    def save(self) -> None:
        for rows in (self.topics, self.posts, self.reactions, self.follows):
            if rows:
                type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH)  # type: ignore[arg-type]  # each its own rows
        Happening.objects.bulk_create(map(_happening, self.posts), batch_size=BATCH)
        Entry.objects.bulk_create(filter(None, map(entry_of, self.posts)), batch_size=BATCH)


def write(members: Members, topics: int, text: Text, dice: random.Random) -> Newest:
    """Write so many topics, oldest first; every second one is in the first space. Return the newest of each space."""
    spaces = list(members)
    newest: Newest = {space: deque(maxlen=NEWEST) for space in spaces}
    start, step = timezone.now() - OPEN_FOR, (OPEN_FOR - timedelta(days=1)) / topics
    for first in range(0, topics, TOPICS_AT_A_TIME):
        rows = _Rows()
        for number in range(first, min(first + TOPICS_AT_A_TIME, topics)):
            # Of the others some are fuller than others.
            space = spaces[0 if number % 2 else int(len(spaces) * dice.random() ** 2)]
            length = LENGTHS[number // 2 % len(LENGTHS)]
            topic = _topic(members[space], start + number * step, length, rows, text, dice)
            newest[space].append(topic)
        rows.save()
    ReadMark.objects.bulk_create(_marks(members, newest, dice), batch_size=BATCH)
    return newest


def _topic(members: list[Membership], at: datetime, length: int, rows: _Rows, text: Text, dice: random.Random) -> Topic:
    authors = dice.sample(members, min(len(members), dice.randint(2, 7)))
    topic = Topic(
        space=members[0].space,
        author=authors[0],
        title=text.some(dice.randint(2, 6)).capitalize()[:120],
        created_at=at,
        last_post_at=at + (length - 1) * BETWEEN,
        last_number=length,
    )
    posts: list[Post] = []
    for number in range(1, length + 1):
        post = Post(
            topic=topic,
            number=number,
            author=authors[0] if number == 1 else dice.choice(authors),
            body=text.post(),
            created_at=at + (number - 1) * BETWEEN,
            quoted=dice.choice(posts) if number > 2 and dice.random() < ANSWERS else None,
        )
        if dice.random() < REACTS:
            reacting = dice.sample(members, min(len(members), dice.randint(1, 3)))
            words = [dice.choice(Reaction.Word.values) for _one in reacting]
            post.reaction_count = len(reacting)
            rows.reactions += [
                Reaction(post=post, membership=one, word=word, at=post.created_at)
                for one, word in zip(reacting, words, strict=True)
            ]
        posts.append(post)
    rows.topics.append(topic)
    rows.posts += posts
    wrote = {post.author_id for post in posts}
    rows.follows += [Follow(topic=topic, membership_id=pk, level=Follow.Level.FOLLOW) for pk in sorted(wrote)]
    return topic


def _happening(post: Post) -> Happening:
    """What `groupspace.forum.announcing` tells of a post."""
    return Happening(
        space_id=post.topic.space_id,
        author_id=post.author_id,
        kind="gesprekken",
        verb="started" if post.number == 1 else "replied",
        item_id=post.topic_id,
        part_id=None if post.number == 1 else post.pk,
        at=post.created_at,
        spread_at=post.created_at,
    )


def _marks(members: Members, newest: Newest, dice: random.Random) -> Iterator[ReadMark]:
    """Half of the newest topics are read to the end, most others in part, a few not at all."""
    for space, topics in newest.items():
        for member in members[space]:
            for topic in topics:
                read = topic.last_number if dice.random() < 0.5 else dice.randint(0, topic.last_number)
                if read:
                    yield ReadMark(topic=topic, membership=member, last_number=read)
