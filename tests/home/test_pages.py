"""The home page, plain pages and the sitemap."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from home.content.words import with_calls
from tests.knowledgebase.pages import make_index, make_topic
from tests.valid_html import faults

pytestmark = pytest.mark.django_db


def test_home_does_not_show_heavy_topics_or_drafts_as_news(client: Client) -> None:
    index = make_index()
    make_topic(index, "Rustig")
    make_topic(index, "Heftig", content_note="Dit gaat over geweld.")
    make_topic(index, "Concept", live=False)

    soup = BeautifulSoup(client.get("/").content, "html.parser")

    assert [link.text for link in soup.select("main .gs-list__title")] == ["Rustig"]


def test_home_without_content_still_greets(client: Client) -> None:
    assert faults(client.get("/").content) == []


def test_page_shows_its_place(client: Client) -> None:
    topic = make_topic(make_index())

    crumbs = BeautifulSoup(client.get(topic.url).content, "html.parser").select(".gs-crumbs li")

    assert [crumb.text.strip() for crumb in crumbs] == ["Start", "Lees", "Piekeren"]
    assert not crumbs[-1].select("a")


def test_sitemap_lists_public_pages_only(client: Client) -> None:
    index = make_index()
    shown, hidden = make_topic(index, "Zichtbaar"), make_topic(index, "Verborgen")
    make_topic(index, "Concept", live=False)
    hidden.view_restrictions.create(restriction_type="login")

    content = client.get("/sitemap.xml").content.decode()

    assert shown.url in content
    assert "verborgen" not in content
    assert "concept" not in content


def test_numbers_in_the_demo_are_called_with_one_tap():
    assert with_calls("Bel 113 of 0800-0113, of 088 0767 000. Chatten op 113.nl & <b>.") == (
        'Bel <a href="tel:113">113</a> of <a href="tel:08000113">0800-0113</a>, of '
        '<a href="tel:0880767000">088 0767 000</a>. Chatten op 113.nl &amp; &lt;b&gt;.'
    )
    assert with_calls("In 1125 of 20-113 staat niets.") == "In 1125 of 20-113 staat niets."
    assert with_calls("Geen nummer.") == "Geen nummer."
