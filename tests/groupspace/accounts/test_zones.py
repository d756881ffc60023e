"""Choosing a time zone: known names first, the rest of the world below, nothing twice."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import translation

from groupspace.accounts import zones
from tests.cast import make_user
from tests.groupspace.accounts.people import log_in


def test_the_kingdom_comes_first_in_plain_dutch() -> None:
    title, first = zones.groups()[0]

    assert str(title) == "In het Koninkrijk"
    assert [str(name) for _code, name in first][:2] == ["Nederland", "Aruba"]


def test_every_zone_is_real_and_stands_there_once() -> None:
    codes = [code for _title, group in zones.groups() for code, _name in group]

    assert len(codes) == len(set(codes)) > 300
    assert all(ZoneInfo(code) for code in codes)
    assert max(map(len, codes)) <= 40
    assert all(group for _title, group in zones.groups())


def test_a_city_says_its_region() -> None:
    names = dict(next(group for title, group in zones.groups() if str(title) == "Amerika"))

    assert names["America/Argentina/Salta"] == "Salta (Argentina)"
    assert names["America/New_York"] == "New York"


def test_names_follow_the_language_of_the_reader() -> None:
    zones.groups()
    with translation.override("en"):
        assert str(zones.groups()[0][1][0][1]) == "The Netherlands"


@pytest.mark.django_db
def test_a_chosen_zone_is_kept_and_nonsense_refused() -> None:
    client = log_in(make_user("ben"))
    address = reverse("account:preferences")

    assert client.post(address, {"language": "", "time_zone": "America/Paramaribo"}).status_code == 302
    assert client.get(address).context["form"]["time_zone"].value() == "America/Paramaribo"
    assert client.post(address, {"language": "", "time_zone": "Mars/Olympus"}).status_code == 200
