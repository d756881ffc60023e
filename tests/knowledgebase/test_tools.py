"""Every page with a text to read can be read aloud and printed, and the buttons for it stay off the paper."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page

from home.setup import ensure_home
from knowledgebase.models import ArticlePage, CollectionItemPage, CollectionPage, MethodPage
from knowledgebase.news.models import CallPage, NewsIndexPage, NewsPage
from knowledgebase.plainlanguage.models import GlossaryPage
from tests.valid_html import faults

from .pages import make_index, make_plain, make_topic, text

pytestmark = pytest.mark.django_db

METHOD = dict.fromkeys(("vision", "aim", "target_group", "approach", "effect_research", "developer"), "Tekst.")


def pages() -> list[Page]:
    home = ensure_home()
    shelf = home.add_child(instance=CollectionPage(title="Online hulp", kind="directory"))
    news = home.add_child(instance=NewsIndexPage(title="Nieuws"))
    return [
        make_topic(make_index()),
        make_plain("Privacy"),
        home.add_child(instance=ArticlePage(title="Artikel", body=[text("Tekst.")])),
        home.add_child(instance=MethodPage(title="Methode", dated_on=date(2026, 1, 1), **METHOD)),
        shelf.add_child(instance=CollectionItemPage(title="Chat")),
        news.add_child(instance=NewsPage(title="Bericht", body=[text("Tekst.")])),
        home.add_child(instance=CallPage(title="Oproep", wanted="mensen", body=[text("Tekst.")])),
        home.add_child(instance=GlossaryPage(title="Woordenlijst")),
    ]


def test_page_with_a_text_can_be_read_aloud_and_printed(client: Client) -> None:
    for page in pages():
        content = client.get(page.url).content
        found = BeautifulSoup(content, "html.parser").select("[data-kb-tools]")

        assert faults(content) == [], page
        assert len(found) == 1, page
        tools = found[0]
        assert "gs-no-print" in tools["class"], page
        assert len(tools.select("[data-kb-read], [data-kb-print]")) == 2, page
