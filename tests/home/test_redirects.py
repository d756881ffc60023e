"""A page that gets another address is still found at the old one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from home.setup import ensure_home
from knowledgebase.news.models import AgendaPage
from tests.knowledgebase.news.pages import make_agenda, make_event, make_news, make_news_index, publish, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def rename(django_capture_on_commit_callbacks: Callable[..., Any]) -> Callable[[Page, str], None]:
    """`rename(page, slug)`: give a page another address, as an approved change does."""

    def change(page: Page, slug: str) -> None:
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            publish(page)

    return change


def test_page_with_another_address_is_found_at_the_old_one(client: Client, rename: Callable[..., None]) -> None:
    rename(make_news(make_news_index(), slug="oud"), "nieuw")

    response = client.get("/nieuws/oud/")
    assert (response.status_code, response["Location"]) == (301, "/nieuws/nieuw/")
    assert client.get("/nieuws/nieuw/").status_code == 200


def test_what_lies_below_a_page_that_moves_is_found_too(client: Client) -> None:
    agenda = make_agenda()
    make_event(agenda, slug="avond")
    elsewhere = put(ensure_home(), AgendaPage(title="Elders", summary="Elders."))
    event = agenda.get_children().get().specific

    event.move(elsewhere, pos="last-child")

    assert client.get("/agenda/avond/")["Location"] == "/elders/avond/"
    assert client.get("/agenda/avond/kalender/")["Location"] == "/elders/avond/kalender/"


def test_who_subscribed_to_an_agenda_or_feed_keeps_it_when_the_page_moves(
    client: Client, rename: Callable[..., None]
) -> None:
    rename(make_agenda(), "bijeenkomsten")
    rename(make_news_index(), "berichten")

    assert client.get("/agenda/kalender/")["Location"] == "/bijeenkomsten/kalender/"
    assert client.get("/nieuws/feed/")["Location"] == "/berichten/feed/"
    assert client.get("/berichten/feed/").status_code == 200


def test_draft_that_moves_leaves_no_trace(client: Client) -> None:
    item = make_news(make_news_index(), slug="oud", live=False)

    item.slug = "nieuw"
    item.save_revision()

    assert not Redirect.objects.exists()
    assert client.get("/nieuws/oud/").status_code == 404


def test_redirect_never_hides_a_page(client: Client) -> None:
    item = make_news(make_news_index(), slug="bericht")
    Redirect.add_redirect(old_path=item.url, redirect_to="https://example.org/")

    assert client.get(item.url).status_code == 200


def test_redactie_manages_redirects(redactie: Client) -> None:
    page = make_news(make_news_index())

    assert redactie.get(reverse("wagtailredirects:index")).status_code == 200
    redactie.post(
        reverse("wagtailredirects:add"),
        {"old_path": "/folder", "site": "", "is_permanent": "on", "redirect_page": page.pk, "redirect_link": ""},
    )

    assert redactie.get("/folder/")["Location"] == page.url
