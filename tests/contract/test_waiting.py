"""What waits is nowhere to be seen for the others, until its moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from groupspace import held, policy
from groupspace.notices.models import Notice, Wish
from groupspace.notices.spread import spread
from groupspace.search.models import Entry as Findable
from groupspace.stream.models import Happening
from tests.contract.subject import (
    OUTSIDERS,
    WORD,
    addresses,
    home_of,
    list_of,
    shows,
)

pytestmark = pytest.mark.contract


def test_where_a_facilitator_reads_first_it_waits_for_one(kind, people, cast):
    type(cast.space).objects.filter(pk=cast.space.pk).update(approve_first=True)
    cast.space.refresh_from_db()
    people("reader")
    reader = cast.space.memberships.get(user=people.accounts["reader"])
    Wish.objects.create(membership=reader, kind="", level="all")  # wants to hear everything
    knowing, others = ("ben", "anna", "carla"), ("ellen", "reader", *OUTSIDERS)
    item = kind.make_example(cast.members["ben"], f"{WORD} van ben")
    places = [reverse("groupspace:stream:mine"), reverse("groupspace:notices:list"), list_of(kind, cast.space)]
    places += [reverse("groupspace:stream:space", args=[cast.space.pk]), home_of(cast.space)]

    for who in others:
        assert people(who).get(kind.url_of(item)).status_code == 404
        assert not any(shows(people(who).get(place)) for place in places), who
    assert not Findable.objects.filter(item_id=item.pk).exists()
    assert not Happening.objects.filter(item_id=item.pk).exists()
    assert all(shows(people(who).get(kind.url_of(item))) for who in knowing)
    assert all(shows(people(who).get(list_of(kind, cast.space))) for who in knowing)

    to_read = reverse("groupspace:waiting", args=[cast.space.pk])
    assert [people(who).get(to_read).status_code for who in ("ben", "ellen", "dora")] == [403, 403, 404]
    assert shows(people("anna").get(to_read))
    waits = list(held.waiting(cast.actor("anna"), cast.space))
    assert waits
    for row in waits:
        address = reverse("groupspace:release", args=[cast.space.pk, row[1]])
        assert people("ben").post(address).status_code == 403
        assert people("anna").post(address).status_code == 302
    assert not held.waiting(cast.actor("anna"), cast.space)

    assert shows(people("ellen").get(kind.url_of(item)))
    assert all(shows(people("ellen").get(place)) for place in places[2:4])
    assert Findable.objects.filter(part_id=item.pk, text__contains=WORD).exists()
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        spread()
    assert Notice.objects.get(item_id=item.pk, read_at=None).membership == reader  # the others saw it before
    item.refresh_from_db()
    for address in addresses(kind, item):
        rewords = getattr(policy.policy_of(type(address.subject)), "rewords", ())
        if address.subject != item.space and address.action in rewords:
            assert not policy.can(cast.actor("ben"), address.action, address.subject), address.path
