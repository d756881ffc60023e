"""What whoever manages members is offered: nothing that would be refused."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from groupspace.models import Space
from tests.cast import Cast, add_member, make_space, make_user
from tests.logged_in import logged_in


@pytest.mark.parametrize(("who", "makes_leaders"), [("anna", True), ("carla", False)])
def test_only_leaders_are_offered_to_make_leaders(cast: Cast, who: str, makes_leaders: bool) -> None:
    browser = logged_in(getattr(cast, who), verified=True)
    member = reverse("groupspace:member", args=[cast.space.pk, cast.members["ben"].pk])

    for page in (member, reverse("groupspace:invitations", args=[cast.space.pk])):
        offered = [
            option["value"] for option in BeautifulSoup(browser.get(page).content, "html.parser").select("[value]")
        ]
        assert "co_facilitator" in offered
        assert ("facilitator" in offered) is makes_leaders
    assert browser.post(member, {"role": "facilitator"}).status_code == (302 if makes_leaders else 422)


def test_only_leaders_are_offered_to_manage_a_leader(cast: Cast) -> None:
    leader = reverse("groupspace:member", args=[cast.space.pk, cast.members["anna"].pk])
    for who, offered, status in (("carla", False, 403), ("frank", False, 404)):
        browser = logged_in(getattr(cast, who), verified=True)
        members = browser.get(reverse("groupspace:members", args=[cast.space.pk])).content.decode()
        assert (f'href="{leader}"' in members) is offered
        assert browser.get(leader).status_code == status
        for verb in ("remove", "suspend", "resume"):
            address = reverse(f"groupspace:member-{verb}", args=[cast.space.pk, cast.members["anna"].pk])
            assert browser.post(address).status_code == status
    cast.members["anna"].refresh_from_db()
    assert cast.members["anna"].state == "active"


def test_removing_somebody_is_asked_once_more(cast: Cast) -> None:
    browser = logged_in(cast.anna, verified=True)
    member = reverse("groupspace:member", args=[cast.space.pk, cast.members["ben"].pk])
    remove = reverse("groupspace:member-remove", args=[cast.space.pk, cast.members["ben"].pk])

    question = BeautifulSoup(browser.get(member).content, "html.parser").select_one("details.gs-details")
    name = cast.members["ben"].name
    assert not question.has_attr("open")
    assert f"Weet je zeker dat {name} uit de groep moet?" in question.get_text()
    assert f"Wat {name} schreef, blijft staan." in question.get_text()
    assert question.select_one(f"form[action='{remove}'] button").get_text() == f"Ja, verwijder {name}"
    assert browser.get(remove).status_code == 405

    browser.post(remove)
    cast.members["ben"].refresh_from_db()
    assert cast.members["ben"].state == "removed"


class TestOrganiser:
    """Arranges, and does not lead the conversation: no page offers what is refused after that."""

    @pytest.fixture
    def new(self, db: None) -> Space:
        return make_space(state="recruiting")

    @pytest.fixture
    def browser(self, new: Space) -> Client:
        user = make_user()
        add_member(new, user, "Regelaar", "organiser")
        return logged_in(user, verified=True)

    def test_is_not_told_to_write_before_the_start(self, new: Space, browser: Client) -> None:
        for name in ("space", "phase"):
            page = browser.get(reverse(f"groupspace:{name}", args=[new.pk])).content.decode()
            assert "Jij kunt al schrijven" not in page
            assert "Schrijven kan na de start" in page

    def test_every_link_of_the_checklist_opens(self, new: Space, browser: Client) -> None:
        page = BeautifulSoup(browser.get(reverse("groupspace:phase", args=[new.pk])).content, "html.parser")
        steps = page.select_one("[aria-labelledby=voor-de-start]")

        links = [link["href"] for link in steps.select("a")]

        assert len(links) == 3  # a welcome, agreements and who is on duty; two people are there already
        assert all(browser.get(link).status_code == 200 for link in links)
        assert steps.get_text().count("Dit doet een begeleider van de groep.") == 2

    def test_hands_over_no_lead(self, new: Space, browser: Client) -> None:
        member = add_member(new, make_user(), "Ben")

        page = browser.get(reverse("groupspace:member", args=[new.pk, member.pk]))

        address = reverse("groupspace:hand-over", args=[new.pk, member.pk])
        assert page.status_code == 200
        assert "Draag de leiding over" not in page.content.decode()
        assert (browser.get(address).status_code, browser.post(address).status_code) == (403, 403)
        founder = new.memberships.get(role="facilitator").user
        assert logged_in(founder, verified=True).get(address).status_code == 200
