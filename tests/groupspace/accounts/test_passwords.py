"""Which passwords are taken (NIST SP 800-63B), and that each counts as a whole."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import translation

from groupspace.accounts.forms import NewPasswordForm
from tests.cast import make_user
from tests.groupspace.accounts.people import is_logged_in, log_in

pytestmark = pytest.mark.django_db
LONGEST = "Kd8#pLq2vN7!zR tw" * 60

REFUSED = {
    "nothing": "",
    "only spaces": " " * 20,
    "one too short": "zebra kano lip",
    "longer than any password manager makes": LONGEST[:1001],
    "one sign": "aaaaaaaaaaaaaaaaaaaa",
    "one picture": "🚲" * 15,
    "a few signs repeated": "abcabcabcabcabcabc",
    "a long piece twice": "zebra fietstzebra fietst",
    "row of digits": "123456789012345678",
    "row of letters back": "zyxwvutsrqponmlkji",
    "rows in groups": "1111 2222 3333 4444",
    "row of keys": "qwertyuiopasdfghjkl",
    "columns of keys": "1qaz2wsx3edc4rfv5tgb",
    "row of keys back": "poiuytrewqlkjhgfdsa",
    "well known in Dutch": "wachtwoordwachtwoord",
    "well known in Dutch, with a year": "Welkomwelkom2026!",
    "well known in English": "iloveyoupassword1",
    "well known with spaces": "w a c h t w o o r d 1 2 3",
    "well known in disguise": "P@ssw0rd_W3lk0m_2026",
    "a comic everybody knows": "correct horse battery staple",
    "season and month": "zomer-augustus-2026",
    "log-in name": "rode-eik-1234-rode",
    "name of the site": "Kring kring account 1",
    "address": "b.devries@example.org",
}
TAKEN = {
    "just long enough": "zebra kano lipt",
    "as long as can be": LONGEST[:1000],
    "only lower case": "zeven groene fietsen dansen",
    "only capitals": "ZEVEN GROENE FIETSEN",
    "only digits": "8305172649150387",
    "only punctuation": "(*&^<:~|%+_=?>;{",
    "only pictures": "🚲🌧☕🐈🎹🚂🌵🦊🍐🎈🧭🪁🐌🌙🧦",
    "accents": "ñandú über straße éé",
    "another script": "我喜欢在湖边散步听音乐看书喝热茶",
    "spaces in front and behind": "  kano zebra lamp  ",
    "an obvious word among others": "welkom bij de paarse zebra",
}


def errors(password: str) -> list[str]:
    user = get_user_model()(username="rode-eik-1234", email="b.devries@example.org")
    return NewPasswordForm({"password": password}, user=user).errors.get("password", [])


@pytest.mark.parametrize("password", REFUSED.values(), ids=REFUSED)
def test_password_that_is_guessed_first_is_refused(password: str) -> None:
    assert errors(password)


@pytest.mark.parametrize("password", TAKEN.values(), ids=TAKEN)
def test_password_is_taken_whatever_it_is_made_of(password: str) -> None:
    assert not errors(password)


def test_every_sign_of_a_long_password_counts() -> None:
    ben = make_user("ben")
    ben.set_password(LONGEST[:1000])

    assert ben.check_password(LONGEST[:1000])
    assert not ben.check_password(LONGEST[:999] + "?")
    assert not ben.check_password(LONGEST[:999])


def test_spaces_and_capitals_count() -> None:
    ben = make_user("ben")
    ben.set_password("  kano zebra lamp  ")

    assert not ben.check_password("kano zebra lamp")
    assert not ben.check_password("  Kano zebra lamp  ")


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKD"])
def test_a_letter_is_the_same_from_every_keyboard(form: Any) -> None:
    ben = make_user("ben")
    ben.set_password(unicodedata.normalize("NFC", "ñandú über ﬁets éé"))
    ben.save()

    assert is_logged_in(log_in(ben, password=unicodedata.normalize(form, "ñandú über ﬁets éé")))


def test_a_short_password_is_refused_in_the_language_of_the_reader() -> None:
    for language, words in (("nl", "te kort. Maak het minstens 15 tekens lang."), ("en", "at least 15 characters")):
        with translation.override(language), pytest.raises(ValidationError) as refusal:
            validate_password("Kort!7")
        assert words in " ".join(refusal.value.messages)
