"""What whoever manages members is offered: nothing that would be refused."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.cast import Cast
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
