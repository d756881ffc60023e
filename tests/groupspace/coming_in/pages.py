"""What the tests of coming in share."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.urls import reverse

from groupspace.coming_in.admission import Told
from groupspace.coming_in.ages import AgeBand
from groupspace.models import Space
from tests.cast import make_space

TEEN, ADULT = Told(age_band=AgeBand.FROM_12), Told(age_band=AgeBand.ADULT)


def url(name: str, space: Space, *args: Any) -> str:
    return reverse(f"groupspace:{name}", args=[space.pk, *args])


def open_space(leader: Any, **fields: Any) -> Space:
    return make_space(leader, visibility="listed", join_policy="open", **fields)


def errors(response: Any) -> str:
    return " ".join(found.get_text(" ", strip=True) for found in soup(response).select(".gs-field__error"))


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")
