"""Nobody takes a name that others read as somebody else's, or as a role."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from groupspace import actions, names
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name",
    ["anna", "ANNA", "A n n a", "Anna.", "Ａｎｎａ", "Anna\u00a0", "An\u2009na", "An-na", "\U0001d400nna"],
)
def test_a_name_that_looks_like_the_leaders_is_taken(cast: Cast, name: str) -> None:
    with pytest.raises(ValidationError):
        actions.rename_self(cast.actor("ben"), cast.space, display_name=name)


@pytest.mark.parametrize(
    "name",
    [
        "Anna\u3164",  # a filler that nobody sees
        "An\u034fna",
        "Ann\u0430",  # a Cyrillic letter
        "Anna\u2800",
        "\u202eannA",
        "Be-ge-lei-der",
        "BegeIeider Jan",
        "beg3leider 0ud-deelnemer",
        "M0derator",
    ],
)
def test_a_name_that_deceives_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        names.validate_display_name(name)


@pytest.mark.parametrize(
    "name", ["Stille Mus", "Zoë", "Ömer", "Ольга", "小明", "❤️", "🌻🌻", "Jan-Piet 2", "d'Arc", "ليلى"]
)
def test_an_ordinary_name_is_fine(name: str) -> None:
    names.validate_display_name(name)

    assert names.likeness(name)


def test_names_of_different_people_stay_different() -> None:
    assert names.likeness("Mus") != names.likeness("Mees")
    assert names.likeness("❤️") != names.likeness("🌻")
