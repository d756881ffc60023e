"""Calls: open, full or closed, and how people pass them on."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client

from tests.knowledgebase.news.pages import at, make_call, make_whats_new

pytestmark = pytest.mark.django_db
SIGN_UP = ("link", {"label": "Doe mee", "page": None, "address": "/contact/"})


def soup(client: Client, url: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(url).content, "html.parser")


def test_open_call_tells_whom_it_seeks_and_takes_sign_ups(client: Client) -> None:
    call = make_call(wanted="begeleiders", maximum=8, closes_on=dt.date(2026, 9, 1), sign_up=[SIGN_UP])

    with time_machine.travel(at(2026, 9, 1, 23)):
        page = soup(client, call.url).main

    facts = [" ".join(fact.text.split()) for fact in page.select("dd")]
    assert facts == ["begeleiders", "Hooguit 8", "dinsdag 1 september 2026"]
    assert page.find("a", string="Doe mee")
    assert not page.select(".gs-alert")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"is_full": True, "full_text": "De werkgroep is nu vol."}, "De werkgroep is nu vol."),
        ({"is_full": True}, "Deze oproep is vol. Dank voor alle reacties."),
        ({"closes_on": dt.date(2026, 8, 31)}, "Deze oproep is gesloten."),
    ],
)
def test_call_that_is_over_says_so_and_offers_to_stay_informed(client: Client, fields, words: str) -> None:
    later = make_whats_new()
    call = make_call(sign_up=[SIGN_UP], keep_informed=later, **fields)

    with time_machine.travel(at(2026, 9, 1)):
        page = soup(client, call.url).main

    assert page.select_one(".gs-alert__title").text == words
    assert not page.find("a", string="Doe mee")
    assert page.find("a", string="Hou me op de hoogte")["href"] == later.url


def test_call_never_leads_to_a_page_that_is_not_for_everyone(client: Client) -> None:
    closed = make_whats_new()
    closed.view_restrictions.create(restriction_type="login")

    page = soup(client, make_call(keep_informed=closed).url).main

    assert not page.find("a", string="Hou me op de hoogte")


def test_call_is_passed_on_without_asking_anybody_anything(client: Client) -> None:
    call = make_call(title="Doe mee & help")

    page = soup(client, call.url)
    share = page.select_one("[data-kb-share]")

    address = f"http://localhost{call.url}"
    assert share.select_one("input[readonly]")["value"] == address
    assert share.select_one("a[href^='mailto:']")["href"].startswith("mailto:?subject=Doe%20mee%20%26%20help&body=http")
    assert all(button.has_attr("hidden") for button in share.select("button"))
    networks = share.select("a[href^='https://']")
    assert [link.text for link in networks] == ["WhatsApp", "LinkedIn", "Facebook"]
    assert {" ".join(link["rel"]) for link in networks} == {"noreferrer nofollow"}
    assert not page.select("iframe, [src^='http'], [srcset*='http'], link[rel=preconnect]")


def test_call_on_a_heavy_subject_names_nothing_when_passed_on(client: Client) -> None:
    call = make_call(title="Lotgenoten gezocht", slug="gezocht", content_note="Dit gaat over misbruik.")

    share = soup(client, call.url).select_one("[data-kb-share]")

    assert not share.select("a[href^='https://']")
    assert share.select_one("a[href^='mailto:']")["href"].startswith("mailto:?subject=Een%20pagina%20voor%20jou&")
    assert share["data-title"] == "Een pagina voor jou"
