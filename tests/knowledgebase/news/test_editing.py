"""What an editor can and cannot save in the CMS."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from home.setup import ensure_home
from home.staff import REDACTIE
from knowledgebase.news.models import EventPage, NewsPage
from tests.home.conftest import make_staff

from .pages import make_agenda, make_news_index

pytestmark = pytest.mark.django_db


@pytest.fixture
def redactie(db: None) -> Client:
    return make_staff("redacteur", REDACTIE)


def fields(**changes: Any) -> dict[str, Any]:
    """What the form of every public page sends."""
    empty = streamfield([])
    return {
        "title": "Titel",
        "slug": "titel",
        "summary": "Kort.",
        "audience": "everyone",
        "related": empty,
        "attachments": empty,
        **changes,
    }


def add(browser: Client, parent: Any, model: str, data: dict[str, Any]) -> Any:
    return browser.post(reverse("wagtailadmin_pages:add", args=["knowledgebase_news", model, parent.pk]), data)


@pytest.mark.parametrize("model", ["newsindexpage", "agendapage", "callpage", "whatsnewpage"])
def test_editor_gets_a_form_for_every_kind(redactie: Client, model: str) -> None:
    url = reverse("wagtailadmin_pages:add", args=["knowledgebase_news", model, ensure_home().pk])

    assert redactie.get(url).status_code == 200


def test_news_is_saved_as_a_draft_that_nobody_sees(redactie: Client, client: Client) -> None:
    index = make_news_index()
    body = streamfield([("text", rich_text("<p>Hallo.</p>"))])

    response = add(redactie, index, "newspage", nested_form_data(fields(date="2026-03-02", body=body)))

    assert response.status_code == 302
    item = NewsPage.objects.get()
    assert not item.live
    assert client.get("/nieuws/titel/").status_code == 404
    assert redactie.get(reverse("wagtailadmin_pages:view_draft", args=[item.pk])).status_code == 200


def test_event_that_ends_too_early_is_refused_beside_its_field(redactie: Client) -> None:
    times = {"start": "2026-07-16 10:00", "end": "2026-07-16 09:00"}
    data = nested_form_data(fields(**times, body=streamfield([]), sign_up=streamfield([])))

    response = add(redactie, make_agenda(), "eventpage", data)

    errors = BeautifulSoup(response.content, "html.parser").select("#panel-child-inhoud-end-errors, [id$='end-errors']")
    assert "Het einde komt na het begin. Kies een latere tijd." in " ".join(error.text for error in errors)
    assert not EventPage.objects.exists()
