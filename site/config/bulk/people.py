"""Spaces, accounts, and who is in which space."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import timedelta
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Permission as StoredPermission
from django.utils import timezone

from config.bulk.words import Text
from groupspace.grants import due
from groupspace.models import Membership, Organisation, Space, SpaceGrant
from groupspace.permissions import FACILITATOR, PARTICIPANT

ORGANISATIONS = 20
BATCH = 1000
#: In how many groups the first two people are; all others are in one to three.
MANY, SOME = 200, 5
OPEN_FOR = timedelta(days=730)
#: Each space with its members; the facilitator comes last. In the order in which spaces are full: the first holds most.
Members = dict[UUID, list[Membership]]


def username(number: int) -> str:
    """The log-in name of a person, counted from 0."""
    return f"lid-{number}"


def write(spaces: int, persons: int, text: Text, dice: random.Random) -> Members:
    """Write so many spaces and accounts, and memberships with their grants."""
    user_model = get_user_model()
    nobody = make_password(None)
    users = user_model.objects.bulk_create(
        (user_model(username=username(number), password=nobody) for number in range(persons)), batch_size=BATCH
    )
    since = timezone.now() - OPEN_FOR
    made = _spaces(spaces, text)
    members: Members = {space.pk: [] for space in made}
    for number, inside in enumerate(_places(spaces, persons, dice)):
        for place in sorted(inside):
            space = made[place]
            role = FACILITATOR if number == persons - 1 - place else PARTICIPANT
            name = f"{text.some(1)[:25].capitalize()} {number}"
            member = Membership(space=space, user=users[number], role=role.code, display_name=name, since=since)
            members[space.pk].append(member)
    for found in members.values():
        found.sort(key=lambda member: member.role == FACILITATOR.code)
    Membership.objects.bulk_create((one for found in members.values() for one in found), batch_size=BATCH)
    _grant()
    return members


def _spaces(count: int, text: Text) -> list[Space]:
    organisations = Organisation.objects.bulk_create(
        Organisation(name=f"Organisatie {number}") for number in range(ORGANISATIONS)
    )
    opened = timezone.now() - OPEN_FOR
    return Space.objects.bulk_create(
        (
            Space(
                name=f"{text.some(2).capitalize()} {number}",
                theme=text.some(1),
                summary=text.sentence()[:300],
                about=text.sentence(),
                welcome=text.sentence(),
                organisation=organisations[number % ORGANISATIONS],
                visibility=Space.Visibility.LISTED,
                join_policy=Space.JoinPolicy.REQUEST,
                steering=number % 5 + 1,
                on_duty=text.sentence()[:200],
                created_at=opened,
                started_at=opened,
            )
            for number in range(count)
        ),
        batch_size=BATCH,
    )


def _places(spaces: int, persons: int, dice: random.Random) -> list[set[int]]:
    """In which spaces each person is, by number: every tenth is in the fullest, and the last ones lead one each."""
    found: dict[int, set[int]] = defaultdict(set)
    for number in range(persons):
        found[number] |= {dice.randrange(spaces) for _turn in range(dice.randint(1, 2))}
        if number % 10 == 0:
            found[number].add(0)
    found[0], found[1] = set(range(min(MANY, spaces))), set(range(min(SOME, spaces)))
    for place in range(spaces):
        found[persons - 1 - place].add(place)
    return [found[number] for number in range(persons)]


def _grant() -> None:
    stored = StoredPermission.objects.filter(content_type__app_label="groupspace", content_type__model="space")
    ids = dict(stored.values_list("codename", "pk"))
    members = Membership.objects.select_related("space").prefetch_related("exceptions")
    SpaceGrant.objects.bulk_create(
        (
            SpaceGrant(user_id=member.user_id, content_object_id=member.space_id, permission_id=ids[codename])
            for member in members.iterator(chunk_size=BATCH)
            for codename in sorted(due(member))
        ),
        batch_size=BATCH,
    )
