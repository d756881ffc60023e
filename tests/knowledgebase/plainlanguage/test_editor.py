"""The aid in the editor: who may ask it, what it answers, and that nothing of a text stays behind."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core import checks
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from knowledgebase.models import TopicIndexPage, TopicPage
from knowledgebase.plainlanguage.models import GlossaryTerm
from knowledgebase.plainlanguage.views import MOST_BYTES
from tests.home.conftest import make_staff

pytestmark = pytest.mark.django_db

HARD = "Teneinde dit te regelen."


def address() -> str:
    return reverse("knowledgebase_plainlanguage_check")


def ask(client: Client, *texts: str, **extra: Any) -> Any:
    body = {"texts": [{"place": "Samenvatting", "words": text} for text in texts]}
    return client.post(address(), json.dumps(body), content_type="application/json", **extra)


def test_editor_hears_how_a_text_reads(redactie: Client) -> None:
    answer = ask(redactie, HARD).json()

    assert answer["verdict"] == "Kan eenvoudiger: 1 moeilijk woord"
    assert answer["level"] == "could_be_simpler"
    found = BeautifulSoup(answer["html"], "html.parser")
    assert found.h3.get_text(" ", strip=True) == "Moeilijke woorden 1"
    spot = found.select_one("[data-kb-plain-go='0']").get_text(" ", strip=True)
    assert spot == "teneinde liever: om Ga naar Samenvatting"


def test_each_rule_has_its_own_words(redactie: Client) -> None:
    passive = "De straatlantaarnverlichting wordt gemaakt. "

    answer = ask(redactie, f"{'woord ' * 30}einde.", passive * 5).json()

    assert answer["verdict"] == "Moeilijk te lezen: 1 lange zin, veel lijdende zinnen, veel lange woorden"
    found = BeautifulSoup(answer["html"], "html.parser")
    assert [title.contents[0].strip() for title in found.select("h3")] == [
        "Lange zinnen",
        "Lijdende zinnen",
        "Lange woorden",
    ]
    assert "31 woorden" in found.get_text()


def test_empty_form_is_no_bad_text(redactie: Client) -> None:
    assert ask(redactie).json() == {"verdict": "Nog geen tekst", "level": "good", "html": ""}


def test_alternative_of_the_glossary_wins(redactie: Client) -> None:
    GlossaryTerm.objects.create(term="Teneinde", slug="teneinde", plain_alternative="zodat")

    assert "liever: zodat" in ask(redactie, HARD).json()["html"]


def test_text_is_shown_as_text(redactie: Client) -> None:
    answer = ask(redactie, f"&lt;script&gt;alert(1)&lt;/script&gt; {'nu ' * 30}einde.").json()

    assert "<script>" not in answer["html"]
    assert "&lt;script&gt;" in answer["html"]


@pytest.mark.parametrize(
    "body",
    ["", "x", "[]", "{}", '{"texts": 1}', '{"texts": ["x"]}', '{"texts": [{"words": 1, "place": ""}]}', "[" * 5000],
)
def test_another_body_is_refused(redactie: Client, body: str) -> None:
    response = redactie.post(address(), body, content_type="application/json")

    assert response.status_code == 400
    assert response.json()["verdict"] == "De schrijfhulp begrijpt dit niet."


def test_very_long_text_is_refused_unread(redactie: Client) -> None:
    response = ask(redactie, "a" * MOST_BYTES)

    assert response.status_code == 413
    assert response.json()["verdict"] == "Deze tekst is te lang om na te kijken."


def test_only_a_post_with_a_token_is_answered(redactie: Client) -> None:
    assert redactie.get(address()).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = redactie.cookies
    assert ask(strict, HARD).status_code == 403


def test_only_staff_of_the_cms_may_ask(client: Client) -> None:
    member = make_staff("lid", None)

    for visitor in (client, member):
        response = ask(visitor, HARD)
        assert response.status_code in (302, 403, 404)
        assert b"teneinde" not in response.content.lower()


def test_text_is_neither_stored_nor_logged(redactie: Client, caplog: pytest.LogCaptureFixture) -> None:
    with (
        caplog.at_level(logging.DEBUG),
        CaptureQueriesContext(
            connection,
        ) as queries,
    ):
        ask(redactie, f"{HARD} kanariegeel")

    assert "kanariegeel" not in caplog.text
    assert not [query for query in queries if "kanariegeel" in query["sql"]]
    assert not [query for query in queries if query["sql"].startswith("INSERT") and "session" not in query["sql"]]


def test_panel_stands_in_the_editor_beside_the_checks(redactie: Client, topic: TopicPage) -> None:
    urls = [
        reverse("wagtailadmin_pages:edit", args=[topic.pk]),
        reverse("wagtailadmin_pages:add", args=["knowledgebase", "topicpage", topic.get_parent().pk]),
    ]
    for url in urls:
        page = BeautifulSoup(redactie.get(url).content, "html.parser")
        panel = page.select_one("[data-side-panel=checks] [data-kb-plain]")
        assert panel["data-url"] == address()
        assert panel.select_one("[role=status]")
        assert page.select_one("[data-side-panel=checks] [data-checks-panel]"), "Wagtail's own checks are still there"
        assert not panel.select("script:not([src]), style, [style], [onclick]")


def test_panel_stands_in_no_page_for_visitors(client: Client, topic: TopicPage, index: TopicIndexPage) -> None:
    for page in (topic, index):
        assert b"kb-plain" not in client.get(page.url).content


def test_host_is_told_when_the_panel_cannot_show(monkeypatch: pytest.MonkeyPatch) -> None:
    def warned() -> bool:
        return any(found.id == "knowledgebase_plainlanguage.W001" for found in checks.run_checks())

    assert not warned()
    configs = list(apps.get_app_configs())
    configs.sort(key=lambda config: config.name != "wagtail.admin")
    monkeypatch.setattr(apps, "get_app_configs", lambda: configs)
    assert warned()
