"""Silence: one rule, for one space and for lists; shown to who leads, to the coordinator and to staff."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from groupspace import actions
from groupspace.actions.phases import enter_state
from groupspace.lifetime.silence import silent, silent_for
from groupspace.models import Space
from tests.cast import Cast, make_space
from tests.logged_in import logged_in

pytestmark = pytest.mark.django_db
DAYS = (None, 1, 2, 6, 8, 13, 15, 40)


def test_the_rule_for_one_space_and_for_a_list_say_the_same() -> None:
    now = timezone.now()
    ago = {days: now - timedelta(days=days) if days is not None else None for days in DAYS}
    states = [state for state in Space.State.values if state != "erased"]
    cases = itertools.product(states, range(1, 6), DAYS[1:], DAYS, (1, 15))
    Space.objects.bulk_create(
        Space(
            name="Groep",
            summary="x",
            state=state,
            steering=steering,
            counted_at=ago[counted],
            started_at=ago[started],
            created_at=now - timedelta(days=made),
        )
        for state, steering, counted, started, made in cases
    )
    listed = set(Space.objects.filter(silent(now)).values_list("pk", flat=True))
    spaces = list(Space.objects.all())
    assert listed == {space.pk for space in spaces if silent_for(space, now)}
    assert 0 < len(listed) < len(spaces)


def test_starting_a_group_begins_its_first_weeks_and_going_on_later_does_not(cast: Cast) -> None:
    space = cast.space
    began = timezone.now() - timedelta(days=40)
    Space.objects.filter(pk=space.pk).update(state="closing", started_at=began)
    actions.go_to(cast.actor("anna"), space, "open")
    space.refresh_from_db()
    assert space.started_at == began
    space.state = Space.State.RECRUITING
    enter_state(space, "open")
    assert Space.objects.get(pk=space.pk).started_at > began


def test_who_leads_reads_that_the_group_recruits_for_long_and_members_do_not(cast: Cast) -> None:
    old = timezone.now() - timedelta(days=15)
    Space.objects.filter(pk=cast.space.pk).update(state="recruiting", created_at=old)
    url = reverse("groupspace:space", args=[cast.space.pk])
    shown = logged_in(cast.anna, verified=True).get(url).content.decode()
    assert "aan het werven" in shown
    assert "Rond hem dan af" not in shown
    assert "aan het werven" not in logged_in(cast.ben).get(url).content.decode()


def test_the_coordinator_sees_a_group_that_never_begins(cast: Cast) -> None:
    professional = cast.anna.groupspace_professional
    professional.is_coordinator = True
    professional.save()
    space = make_space(cast.anna, name="Nooit begonnen", state="recruiting")
    browser = logged_in(cast.anna, verified=True)
    assert ">stil<" not in browser.get(reverse("groupspace:organisation")).content.decode()
    Space.objects.filter(pk=space.pk).update(created_at=timezone.now() - timedelta(days=15))
    assert ">stil<" in browser.get(reverse("groupspace:organisation")).content.decode()
