"""A coordinator sees numbers and dates of the own organisation's groups; silence shows to who facilitates."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from groupspace import actions, policy, register
from groupspace.forum import actions as forum
from groupspace.forum import lounge
from groupspace.models import Organisation, Professional, Space, SpaceGrant
from groupspace.permissions import Permission
from groupspace.text.sanitiser import from_plain
from tests.cast import Cast, make_professional, make_user, unverified, verified
from tests.logged_in import logged_in
from tests.stood import stood

URL = reverse("groupspace:organisation")


@pytest.fixture
def coordinator(cast: Cast) -> Any:
    """A colleague of anna who is in no group."""
    user = make_professional("cora", cast.space.organisation)
    Professional.objects.filter(user=user).update(is_coordinator=True)
    return user


def test_a_coordinator_sees_numbers_of_the_own_organisation_and_no_word(cast: Cast, coordinator: Any) -> None:
    actions.change_space(cast.actor("anna"), cast.space, welcome="Geheimwelkom", about="Geheimover", theme="slapen")
    page = logged_in(coordinator, verified=True).get(URL).content.decode()

    assert "Rust in je hoofd" in page
    assert "Een andere groep" not in page
    for private in ("Geheimwelkom", "Geheimover", "Beer", "Anna", "Carla", "Ellen"):
        assert private not in page
    (row,) = BeautifulSoup(page, "html.parser").select("tbody tr")
    assert [cell.get_text() for cell in row.select("td")][1:3] == ["4", "1"]


def test_a_coordinator_finds_the_page_and_others_no_link_to_it(cast: Cast, coordinator: Any) -> None:
    mine = reverse("groupspace:mine")
    assert f'href="{URL}"' in logged_in(coordinator, verified=True).get(mine).content.decode()
    for browser in (logged_in(coordinator), logged_in(cast.anna, verified=True), logged_in(cast.ben)):
        assert f'href="{URL}"' not in browser.get(mine).content.decode()


def test_a_coordinator_gets_into_no_group_by_it(cast: Cast, coordinator: Any) -> None:
    browser = logged_in(coordinator, verified=True)
    assert not policy.can(verified(coordinator), "view", cast.space)
    for name in ("space", "members", "phase", "space-log"):
        assert browser.get(reverse(f"groupspace:{name}", args=[cast.space.pk])).status_code == 404


def test_partners_see_the_group_too(cast: Cast) -> None:
    user = make_professional("partner")
    Professional.objects.filter(user=user).update(is_coordinator=True)
    assert "Rust in je hoofd" not in logged_in(user, verified=True).get(URL).content.decode()
    cast.space.partners.add(user.groupspace_professional.organisation)
    assert "Rust in je hoofd" in logged_in(user, verified=True).get(URL).content.decode()


def test_nobody_else_and_not_without_the_second_step(cast: Cast, coordinator: Any) -> None:
    assert policy.coordinated_by(unverified(coordinator)) is None
    for user in (cast.anna, cast.ben, cast.operator):
        assert logged_in(user, verified=True).get(URL).status_code == 403
    Professional.objects.filter(user=coordinator).update(until=timezone.localdate() - timedelta(days=1))
    assert logged_in(coordinator, verified=True).get(URL).status_code == 403


def test_staff_make_a_coordinator_and_nobody_else_does(cast: Cast) -> None:
    staff = make_user("beheer")
    staff.groups.add(Group.objects.get(name="Beheer"))
    anna = cast.anna.groupspace_professional
    with pytest.raises(PermissionDenied):
        register.change_professional(cast.actor("anna"), anna, until=None, is_coordinator=True)
    register.change_professional(verified(staff), anna, until=None, is_coordinator=True)
    assert policy.coordinated_by(verified(cast.anna)) == cast.space.organisation


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_costs_a_constant_number(coordinator: Any, number: int, django_assert_num_queries: Any) -> None:
    organisation = coordinator.groupspace_professional.organisation
    Space.objects.bulk_create(Space(name=f"G{n}", summary="x", organisation=organisation) for n in range(number))
    browser = logged_in(coordinator, verified=True)
    browser.get(URL)
    with django_assert_num_queries(9):  # one of them: answers, for a coordinator who is in no group
        browser.get(URL)


@pytest.mark.parametrize(("steering", "days", "shows"), [(3, 8, True), (3, 6, False), (1, 8, False), (5, 4, True)])
def test_silence_shows_to_who_facilitates_by_how_the_group_is_steered(
    cast: Cast, steering: int, days: int, shows: bool
) -> None:
    Space.objects.filter(pk=cast.space.pk).update(steering=steering, counted_at=timezone.now() - timedelta(days=days))
    url = reverse("groupspace:space", args=[cast.space.pk])
    assert (f"Al {days} dagen stil" in logged_in(cast.anna, verified=True).get(url).content.decode()) is shows
    assert "stil" not in logged_in(cast.ben).get(url).content.decode()


def test_a_group_that_leads_itself_gives_members_more_and_takes_it_back(cast: Cast) -> None:
    def prepares() -> bool:
        rows = SpaceGrant.objects.filter(user=cast.ben, content_object=cast.space)
        granted = rows.filter(permission__codename=Permission.PREPARE).exists()
        assert granted == (Permission.PREPARE in cast.actor("ben").permissions_in(cast.space.pk))
        return granted

    assert not prepares()
    actions.change_space(cast.actor("anna"), cast.space, steering=1, on_duty="Anna, op werkdagen")
    assert prepares()
    actions.change_space(cast.actor("anna"), Space.objects.get(pk=cast.space.pk), steering=3)
    assert not prepares()


@pytest.fixture
def staff(cast: Cast) -> Any:
    """Somebody who keeps the register."""
    user = make_user("beheer")
    user.groups.add(Group.objects.get(name="Beheer"))
    return user


def test_staff_choose_with_whom_a_group_is_run(cast: Cast, staff: Any) -> None:
    """In the CMS; the members read with whom, and a coordinator of the partner still gets into nothing."""
    partner, user = Organisation.objects.create(name="Welzijn Noord"), make_user("noor")
    Professional.objects.create(user=user, organisation=partner, is_coordinator=True)
    browser, noor = logged_in(staff, verified=True), logged_in(user, verified=True)
    address = f"/cms/register/ruimtes/edit/{cast.space.pk}/"
    form = {name: getattr(cast.space, name) for name in ("name", "theme", "summary", "about", "state")}
    form["organisation"] = str(cast.space.organisation_id)

    assert f'value="{partner.pk}"' in browser.get(address).content.decode()
    assert browser.post(address, {**stood(browser, address), **form, "partners": [str(partner.pk)]}).status_code == 302
    assert list(cast.space.partners.all()) == [partner]
    page = noor.get(URL).content.decode()
    assert "Rust in je hoofd" in page
    assert f"samen met {cast.space.organisation.name}" in page
    for private in ("Beer", "Anna", "Carla", "Ellen"):
        assert private not in page
    for name in ("space", "members", "phase", "space-log", "own-place"):
        assert noor.get(reverse(f"groupspace:{name}", args=[cast.space.pk])).status_code == 404
    members = reverse("groupspace:members", args=[cast.space.pk])
    assert "Welzijn Noord" in logged_in(cast.ben).get(members).content.decode()
    log = reverse("groupspace:space-log", args=[cast.space.pk])
    told = "veranderde met welke organisaties de groep samenwerkt"
    assert told in logged_in(cast.anna, verified=True).get(log).content.decode()

    browser.post(address, {**stood(browser, address), **form})
    assert "Rust in je hoofd" not in noor.get(URL).content.decode()
    assert "Welzijn Noord" not in logged_in(cast.ben).get(members).content.decode()


def test_an_organisation_is_not_its_own_partner_and_leaders_choose_none(cast: Cast, staff: Any) -> None:
    with pytest.raises(ValidationError):
        register.change_space(verified(staff), cast.space, partners=[cast.space.organisation])
    with pytest.raises(PermissionDenied):
        register.change_space(cast.actor("anna"), cast.space, partners=[cast.other.organisation])
    assert not cast.space.partners.exists()


def test_visitors_of_a_listed_group_read_with_whom(cast: Cast) -> None:
    actions.change_space(cast.actor("anna"), cast.space, visibility="listed")
    cast.space.partners.add(cast.other.organisation)
    page = logged_in(cast.dora).get(reverse("groupspace:space", args=[cast.space.pk])).content.decode()
    assert f"samen met {cast.other.organisation.name}" in page


def test_a_coffee_corner_counts_nowhere(cast: Cast, coordinator: Any, staff: Any) -> None:
    """Neither in the number that staff see, nor in the last day on which something happened."""
    topic = forum.start_topic(cast.actor("ben"), cast.space, title="Koffie", body=from_plain("Hoi")).topic
    register_page = "/cms/register/ruimtes/"
    browser = logged_in(staff, verified=True)
    assert "1 gesprekken" in browser.get(register_page).content.decode()

    lounge.set_lounge(cast.actor("carla"), topic, is_lounge=True)
    Space.objects.filter(pk=cast.space.pk).update(counted_at=timezone.now() - timedelta(days=30))
    topic.refresh_from_db()
    forum.reply(cast.actor("ellen"), topic, body=from_plain("Nog een kopje"))
    assert "1 gesprekken" not in browser.get(register_page).content.decode()
    row = logged_in(coordinator, verified=True).get(URL).content.decode().partition("Rust in je hoofd")[2]
    assert "stil" in row[: row.index("</tr>")]

    forum.start_topic(cast.actor("ben"), cast.space, title="Slapen", body=from_plain("Hoe doe jij dat?"))
    row = logged_in(coordinator, verified=True).get(URL).content.decode().partition("Rust in je hoofd")[2]
    assert "stil" not in row[: row.index("</tr>")]


def test_on_a_phone_each_number_says_of_what_it_is(cast: Cast, coordinator: Any) -> None:
    table = BeautifulSoup(logged_in(coordinator, verified=True).get(URL).content, "html.parser").select_one("table")

    heads = [cell.get_text() for cell in table.select("thead th")]
    for row in table.select("tbody tr"):
        assert [cell["data-label"] for cell in row.select("td")] == heads[1:]
        assert {cell["role"] for cell in row.select("td")} == {"cell"}
