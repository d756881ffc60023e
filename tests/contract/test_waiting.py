"""What waits is nowhere to be seen for the others, until its moment."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from groupspace import actions, held, policy
from groupspace.actions.phases import erase
from groupspace.notices.models import Notice, Wish
from groupspace.notices.telling.spread import spread
from groupspace.search.models import Entry as Findable
from groupspace.stream.models import Happening
from tests.contract.subject import (
    OUTSIDERS,
    WORD,
    addresses,
    both,
    everything,
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


def test_what_is_prepared_is_nowhere_until_its_moment(kind, people, cast):
    if kind.prepares is None:
        return
    people("reader")
    for member in (cast.members["ben"], cast.space.memberships.get(user=people.accounts["reader"])):
        Wish.objects.create(membership=member, kind="", level="all")  # wants to hear everything
    now, before = timezone.now(), type(cast.space).objects.get(pk=cast.space.pk)
    one = kind.make_example(cast.members["anna"], f"{WORD} van anna", later=now + timedelta(days=1))
    its_own = f"/groep/{cast.space.pk}/klaar/{one.pk}/"
    places = [list_of(kind, cast.space), home_of(cast.space), reverse("groupspace:stream:space", args=[cast.space.pk])]
    news = [reverse("groupspace:stream:mine"), reverse("groupspace:notices:list")]
    search = reverse("groupspace:search") + "?q=" + WORD

    for who in ("ben", "ellen", "reader", *OUTSIDERS):
        browser = people(who)
        for address in (*places, *news, search, its_own.rsplit("/", 2)[0] + "/"):
            assert not re.search(f"{WORD} van|{one.pk}", browser.get(address).content.decode()), (who, address)
        for address in (its_own, kind.url_of_prepared(one)):
            assert {response.status_code for response in both(browser, address)} == {404}, (who, address)
        for act in ("plaats/", "weghalen/"):
            assert browser.post(its_own + act).status_code == 404
    for name in ("ben", "anna", "carla"):  # nor for who may know of it, in any list of what is there
        assert not any(shows(people(name).get(place), f"{WORD} van") for place in (*places, *news, search)), name
        assert not policy.visible(cast.actor(name), kind.prepares.model.objects.filter(pk=one.pk)).exists()
        assert not kind.lines(cast.actor(name), [one.pk])
    assert not held.waiting(cast.actor("anna"), cast.space)
    assert not held.newest_by_author(timezone.now() + timedelta(days=9))
    held.check_nothing_waits(cast.space)
    assert WORD not in str([kind.export(cast.members[name]) for name in ("ben", "ellen", "carla")])
    assert WORD in str(kind.export(cast.members["anna"]))
    for model in (Findable, Happening, Notice):
        assert not model.objects.filter(item_id=one.pk).exists()
    after = type(cast.space).objects.get(pk=cast.space.pk)
    assert (after.last_activity_at, after.counted_at) == (before.last_activity_at, before.counted_at)
    for name in ("anna", "carla"):
        assert shows(people(name).get(its_own.rsplit("/", 2)[0] + "/"))
        assert shows(people(name).get(its_own))
        assert shows(people(name).get(kind.url_of_prepared(one)))

    with time_machine.travel(now + timedelta(hours=12)):
        kind.make_example(cast.members["ben"], "Hinkelsteen van ben")
        assert actions.place_due() == 0
    with time_machine.travel(now + timedelta(days=1, minutes=1), tick=False) as clock:
        assert (actions.place_due(), actions.place_due()) == (1, 0)
        told = Happening.objects.get(author=cast.members["anna"])
        assert told.at == timezone.now()
        assert type(cast.space).objects.get(pk=cast.space.pk).last_activity_at == timezone.now()
        item = kind.model.objects.get(pk=told.item_id)
        assert (item.author, item.created_at) == (cast.members["anna"], timezone.now())
        text = people("ben").get(list_of(kind, cast.space)).content.decode()
        assert -1 < text.index(f"{WORD} van anna") < text.index("Hinkelsteen van ben")  # as if it was made just now
        assert all(shows(people("ellen").get(place)) for place in places if kind.home_template)
        assert kind.url_of(item) in people("ellen").get(search).content.decode()
        clock.shift(timedelta(minutes=2))
        spread()
        assert {n.membership for n in Notice.objects.filter(item_id=item.pk)} >= {cast.members["ben"]}
        assert not shows(people("anna").get(its_own.rsplit("/", 2)[0] + "/"))


def test_prepared_items_leave_with_their_author_and_their_space(kind, people, cast):
    if kind.prepares is None:
        return
    later = timezone.now() + timedelta(days=1)
    kind.make_example(cast.members["anna"], f"{WORD} een", later=later)
    assert WORD in everything()
    kind.erase(cast.members["anna"])
    assert WORD not in everything()

    kind.make_example(cast.members["carla"], f"{WORD} twee", later=later)
    erase(cast.space)
    assert WORD not in everything()
