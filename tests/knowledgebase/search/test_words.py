"""Words are compared without capitals, accents and endings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledgebase.search.words import LONGEST, fold, root, split, words

SAME = [
    "pesten gepest pest gepeste",
    "slapen slaap slaapt geslapen sliep",
    "piekeren gepiekerd piekert",
    "verslaving verslaafd verslaafden",
    "scheiding scheiden gescheiden",
    "opvoeden opvoeding opgevoed",
    "kind kinderen",
    "groep groepen groepje groepjes",
    "boos boze boosheid",
    "schuld schulden",
    "ruzie ruzies",
    "methode methodes methoden",
    "gevoel gevoelens",
    "gezond gezonde gezondheid",
    "praten praat gepraat",
    "cafe cafes",
]
DIFFERENT = [
    ("moe", "moed"),
    ("rouw", "vrouw"),
    ("geld", "geel"),
    ("gezin", "zin"),
    ("geweld", "wel"),
    ("gevoel", "vol"),
]


@pytest.mark.parametrize("forms", SAME)
def test_forms_of_a_word_have_one_root(forms: str) -> None:
    assert len({root(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_words_have_another_root(one: str, other: str) -> None:
    assert root(one) != root(other)


def test_accents_and_capitals_do_not_matter() -> None:
    assert fold("Café CRÈME") == "cafe creme"


def test_a_joined_word_is_also_its_parts() -> None:
    assert split("E-hulpverlening") == ["ehulpverlening", "hulpverlening"]


@given(st.text())
def test_any_text_gives_words_that_fit_the_index(text: str) -> None:
    for word in words(text):
        assert 0 < len(word) <= LONGEST
        assert 0 < len(root(word)) <= LONGEST
        assert "\x00" not in word
