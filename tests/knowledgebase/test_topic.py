"""Topics: what a reader sees, and what an editor may and may not leave out."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import translation
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError
from wagtail.models import Locale

from knowledgebase import public_cache
from knowledgebase.blocks import LinkBlock, RecogniseStreamBlock, SourceBlock
from knowledgebase.models import TopicIndexPage, TopicPage

from .pages import make_plain, make_topic

pytestmark = pytest.mark.django_db


def soup(client: Client, url: str) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_topic_stands_in_the_order_of_someone_under_stress(client: Client, topic: TopicPage) -> None:
    page = soup(client, topic.url)

    headings = [heading.text for heading in page.select("main h2")]
    assert headings == ["Wat is het?", "Herken je dit?", "Wat kun je zelf doen?", "Wanneer hulp zoeken?", "Bronnen"]
    assert page.select_one(".kb-answer").text == topic.summary
    assert len(page.select(".kb-checks li")) == 5
    assert len(page.select(".kb-steps__step")) == 3


def test_topic_shows_text_as_text(client: Client, index: TopicIndexPage) -> None:
    topic = make_topic(index, "Slim", summary="<script>alert(1)</script>", recognise=[("item", "<b>x</b>")] * 3)

    content = client.get(topic.url).content.decode()

    assert "<script>alert(1)" not in content
    assert "&lt;b&gt;x" in content


def test_topic_with_content_note_has_neutral_title_and_warns_first(client: Client, index: TopicIndexPage) -> None:
    topic = make_topic(index, "Geslagen worden", content_note="Dit gaat over geweld thuis.")

    page = soup(client, topic.url)

    assert page.title.text.strip() == "Informatie"
    words = page.main.get_text()
    assert words.index("Dit gaat over geweld thuis.") < words.index(topic.summary)


def test_topic_without_note_tells_its_title(client: Client, topic: TopicPage) -> None:
    assert "Piekeren" in soup(client, topic.url).title.text


def test_index_lists_live_public_topics_by_domain(client: Client, index: TopicIndexPage, topic: TopicPage) -> None:
    make_topic(index, "Nog niet klaar", live=False)
    closed = make_topic(index, "Achter slot")
    closed.view_restrictions.create(restriction_type="login")

    page = soup(client, index.url)

    assert [link.text for link in page.select("main .gs-list__title")] == ["Piekeren"]
    assert [heading.text for heading in page.select("main h2")] == ["Psychisch"]


def test_index_has_a_calm_empty_state(client: Client, index: TopicIndexPage) -> None:
    assert soup(client, index.url).select_one(".gs-empty__title")


@pytest.mark.parametrize("number", [1, 20])
def test_index_asks_the_same_of_the_database_for_1_and_20_topics(
    client: Client, index: TopicIndexPage, number: int, django_assert_max_num_queries
) -> None:
    for count in range(number):
        make_topic(index, f"Onderwerp {count}")
    client.get("/")

    with django_assert_max_num_queries(20):
        client.get(index.url)


def test_public_page_speaks_its_own_language(client: Client, topic: TopicPage) -> None:
    topic.locale = Locale.objects.get_or_create(language_code="en")[0]
    topic.save()

    page = soup(client, topic.url)

    assert page.html["lang"] == "en"
    assert translation.get_language() == "nl"


def test_link_to_a_page_that_went_offline_disappears(client: Client, index: TopicIndexPage) -> None:
    gone, stays = make_plain("Weg"), make_plain("Blijft")
    links = [("link", {"label": page.title, "page": page, "address": ""}) for page in (gone, stays)]
    topic = make_topic(index, further=links)
    gone.unpublish()

    page = soup(client, topic.url)

    assert [link.text for link in page.select(".kb-further a")] == ["Blijft"]


@pytest.mark.parametrize(("number", "message"), [(2, "minstens 3"), (8, "hooguit 7")])
def test_recognition_has_three_to_seven_sentences(number: int, message: str) -> None:
    block = RecogniseStreamBlock(min_num=3, max_num=7)
    value = block.to_python([{"type": "item", "value": "Zin"}] * number)

    with pytest.raises(StreamBlockValidationError) as refused:
        block.clean(value)

    assert message in refused.value.non_block_errors[0]


@pytest.mark.parametrize("number", [3, 5, 7])
def test_recognition_accepts_what_is_asked(number: int) -> None:
    block = RecogniseStreamBlock(min_num=3, max_num=7)

    assert len(block.clean(block.to_python([{"type": "item", "value": "Zin"}] * number))) == number


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//evil.example", "ftp://x.example", "groep/", "data:text/html,x", "/a\\b", ""]
)
def test_link_refuses_what_is_not_an_address(address: str) -> None:
    block = LinkBlock()

    with pytest.raises(StructBlockValidationError):
        block.clean(block.to_python({"label": "Klik", "page": None, "address": address}))


@pytest.mark.parametrize("address", ["/groep/", "/", "https://www.113.nl/chat", "tel:113", "mailto:hallo@example.nl"])
def test_link_accepts_addresses(address: str) -> None:
    block = LinkBlock()

    assert block.clean(block.to_python({"label": "Klik", "page": None, "address": address})).url == address


def test_link_wants_one_goal(topic: TopicPage) -> None:
    block = LinkBlock()

    with pytest.raises(StructBlockValidationError):
        block.clean(block.to_python({"label": "Klik", "page": topic.pk, "address": "/groep/"}))


@pytest.mark.parametrize("year", ["24", "abcd", "3024"])
def test_source_refuses_a_year_that_is_none(year: str) -> None:
    block = SourceBlock()

    with pytest.raises(StructBlockValidationError):
        block.clean(block.to_python({"title": "Bron", "publisher": "", "year": year, "url": ""}))


def test_preview_of_a_draft_renders_and_is_not_kept(client: Client, index: TopicIndexPage) -> None:
    draft = make_topic(index, "Nieuw plan", live=False)

    response = draft.make_preview_request()

    assert response.status_code == 200
    assert "Nieuw plan" in response.content.decode()
    assert client.get(draft.url).status_code == 404


def test_first_view_of_a_topic_asks_little_of_the_database(
    client: Client, topic: TopicPage, django_assert_num_queries
) -> None:
    client.get("/")  # what Django itself remembers
    public_cache.bump()
    public_cache._memory.clear()

    with django_assert_num_queries(17):
        client.get(topic.url)
    with django_assert_num_queries(0):
        client.get(topic.url)
