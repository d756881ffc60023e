"""The English texts: complete, true to the Dutch in form, and shown to who asked for English."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import translation

from config.management.commands.messages import PACKAGES, catalogues
from groupspace.accounts.models import AccountSettings
from tests.cast import Cast
from tests.logged_in import logged_in

ROOT = Path(__file__).parents[1]
PO_FILES = [pytest.param(path, id=name.partition("/locale")[0]) for name, path in catalogues(ROOT)]

#: What a translation keeps: `%(name)s`, and the tags around words.
KEPT = re.compile(r"%\(\w+\)[sd]|%[sd]|<[^>]+>")

#: The same word in both languages.
SAME = frozenset(
    {
        *(
            "open forum",
            "account",
            "accounts",
            "checklist",
            "code",
            "codes",
            "doi",
            "letters",
            "link",
            "links",
            "log in",
            "menu",
            "online",
            "download",
            "film",
            "forum",
            "forums",
            "moderator",
            "postcodes",
            "trainer",
        ),
        *(
            "(open)",
            "open",
            "partner",
            "partners",
            "plan",
            "professional",
            "professionals",
            "scores",
            "software",
            "tip",
        ),
        *("website", "drenthe", "flevoland", "fryslân", "gelderland", "groningen", "limburg", "overijssel", "utrecht"),
        "zeeland",
    }
)

#: What is no language: placeholders, tags and addresses.
NO_WORDS = re.compile(rf"{KEPT.pattern}|https?://\S+|/\w+/")

#: Everyday Dutch words that are no English words. One of them gives a Dutch sentence away.
DUTCH = re.compile(
    r"\b(aan|alleen|bij|dan|dat|deze|dit|een|geen|gesprek|groep|heb|heeft|het|hier|iemand|jouw|kan|kun|mag|meedoen"
    r"|naar|naam|niet|nog|ook|je|jij|uit|van|voor|waar|wachtwoord|wat|wie|wil|zijn)\b",
    re.IGNORECASE,
)


class Entry(NamedTuple):
    """One text of a catalogue: the forms in Dutch, and those in English."""

    context: str
    dutch: list[str]
    english: list[str]
    fuzzy: bool


def read(path: Path) -> Iterator[Entry]:
    """Yield the entries of a .po file; the first one is its header."""
    for block in path.read_text().split("\n\n"):
        fields: dict[str, str] = {}
        flags, name = "", ""
        for line in block.splitlines():
            if line.startswith("#"):
                flags += line if line.startswith("#,") else ""
            elif line.startswith('"'):
                fields[name] += ast.literal_eval(line)
            else:
                name, _, text = line.partition(" ")
                fields[name] = ast.literal_eval(text)
        if fields:
            yield Entry(
                fields.get("msgctxt", ""),
                [fields[name] for name in ("msgid", "msgid_plural") if name in fields],
                [text for name, text in fields.items() if name.startswith("msgstr")],
                "fuzzy" in flags,
            )


def entries(path: Path) -> list[Entry]:
    return list(read(path))[1:]


@pytest.mark.parametrize("path", PO_FILES)
def test_header_says_language_and_plurals(path):
    header = next(read(path))

    assert header.dutch == [""]
    assert "Language: en\n" in header.english[0]
    assert "Plural-Forms: nplurals=2; plural=(n != 1);\n" in header.english[0]
    assert not header.fuzzy


@pytest.mark.parametrize("path", PO_FILES)
def test_every_text_is_translated(path):
    texts = entries(path)

    assert texts
    assert [e.dutch[0] for e in texts if e.fuzzy or not all(e.english) or len(e.english) != len(e.dutch)] == []


@pytest.mark.parametrize("path", PO_FILES)
def test_translations_keep_the_placeholders_and_tags(path):
    wrong = [
        dutch
        for entry in entries(path)
        for dutch, english in zip(entry.dutch, entry.english, strict=True)
        if sorted(KEPT.findall(dutch)) != sorted(KEPT.findall(english))
    ]

    assert wrong == []


@pytest.mark.parametrize("path", PO_FILES)
def test_no_translation_is_dutch(path):
    wrong = [
        english
        for entry in entries(path)
        for dutch, english in zip(entry.dutch, entry.english, strict=True)
        if DUTCH.search(NO_WORDS.sub("", english))
        or (dutch == english and dutch.lower() not in SAME and re.search(r"\w", NO_WORDS.sub("", dutch)))
    ]

    assert wrong == []


@pytest.mark.parametrize("path", PO_FILES)
def test_compiled_file_holds_what_the_text_file_says(path):
    expected = {}
    for entry in entries(path):
        key = f"{entry.context}\x04{entry.dutch[0]}" if entry.context else entry.dutch[0]
        plural = len(entry.dutch) > 1
        expected |= {((key, n) if plural else key): text for n, text in enumerate(entry.english)}

    with path.with_suffix(".mo").open("rb") as file:
        found = dict(gettext.GNUTranslations(file)._catalog)
    found.pop("")

    assert found == expected


def test_one_text_has_one_translation():
    """Two apps that share a text share its translation too: Django shows only one of them."""
    chosen: dict[tuple[str, ...], list[str]] = {}

    for _name, path in catalogues(ROOT):
        for entry in entries(path):
            key = (entry.context, *entry.dutch)
            assert chosen.setdefault(key, entry.english) == entry.english, key


def test_every_app_with_texts_has_a_catalogue():
    def package(path: Path) -> str:
        parts = path.relative_to(ROOT).parts
        return "/".join(parts[:2]) if parts[0] == "site" else parts[0]

    folders = ("groupspace", "knowledgebase", "intervision", "site")
    files = [path for folder in folders for kind in ("py", "html") for path in (ROOT / folder).glob(f"**/*.{kind}")]
    marks = re.compile(r"gettext|{% (block)?translate ")

    assert {package(path) for path in files if marks.search(path.read_text())} == set(PACKAGES)


def shown(response) -> str:
    """All words on a page, also the hidden ones; without what people or editors wrote."""
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.html["lang"] == "en"
    for part in soup.select("script, style, .gs-crisis li"):
        part.decompose()
    labels = [tag[name] for tag in soup.find_all() for name in ("aria-label", "placeholder", "alt") if tag.get(name)]
    return " ".join([soup.get_text(" "), *labels])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("account:login", "Log in"),
        ("account:signup", "Make an account"),
        ("account:reset", "Forgotten your password"),
        ("safety:how", "How ‘Leave this site’ works"),
    ],
)
def test_page_in_english_holds_no_dutch(name, heading):
    with translation.override("en"):
        response = Client().get(reverse(name))

    text = shown(response)
    assert BeautifulSoup(response.content, "html.parser").h1.get_text(" ", strip=True) == heading
    assert DUTCH.findall(text) == []


def test_log_in_page_speaks_plain_english(db):
    with translation.override("en"):
        text = shown(Client().get(reverse("account:login")))

    for phrase in ("Username", "Password", "Forgotten your password?", "This is a shared computer", "Help now"):
        assert phrase in text


def test_person_who_chose_english_reads_the_pages_of_the_group_in_english(cast: Cast):
    AccountSettings.objects.create(user=cast.ben, language="en")
    client = logged_in(cast.ben)

    for name in ("groupspace:space", "groupspace:members", "groupspace:leave", "groupspace:gesprekken:list"):
        response = client.get(reverse(name, args=[cast.space.pk]))

        assert response.status_code == 200
        text = shown(response)
        for written in (cast.space.name, cast.space.summary, cast.space.organisation.name):
            text = text.replace(written, "")
        assert DUTCH.findall(text) == [], name


def test_person_who_chose_nothing_reads_dutch(cast: Cast):
    response = logged_in(cast.ben).get(reverse("groupspace:mine"))

    assert BeautifulSoup(response.content, "html.parser").html["lang"] == "nl"
