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
