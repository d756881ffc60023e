"""One set of items makes the page, the mail and the plain text; and the mail loads nothing."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from PIL import Image
from wagtail.blocks import StructBlockValidationError
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction
from wagtail.rich_text import RichText

from home.setup import ensure_home
from knowledgebase.models import TopicPage
from knowledgebase.news.models import AgendaPage, EventPage
from knowledgebase.newsletter.blocks import DateItemBlock, NewItemBlock
from knowledgebase.newsletter.letter import letter_of
from knowledgebase.newsletter.models import IssuePage, NewsletterPage
from knowledgebase.newsletter.rendering import as_html, as_text, plain
from tests.knowledgebase.pages import make_topic

from .conftest import make_issue, start

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


def give_picture(topic: TopicPage) -> None:
    out = BytesIO()
    Image.new("RGB", (640, 360), "teal").save(out, "PNG")
    topic.picture = get_image_model().objects.create(title="Rust", file=ContentFile(out.getvalue(), "rust.png"))
    topic.picture_alt = "Een boom aan het water"
    topic.save()


def test_page_mail_and_text_say_the_same(client: Client, issue: IssuePage, topic: TopicPage) -> None:
    page, html, text = client.get(issue.url).content.decode(), as_html(issue), as_text(issue)

    for words in (
        issue.title,
        issue.summary,
        topic.title,
        topic.summary,
        "Hier vragen veel mensen naar.",
        "Open avond",
    ):
        assert all(escape(words) in version for version in (page, html, text)), words
    for words in ("dinsdag 12 mei 2026, 19.30 uur", "Online", "Voor wie een groep?", "Vertel je idee", "En verder"):
        assert all(words in version for version in (page, html, text)), words


def test_what_is_not_public_is_in_none_of_them(client: Client, issue: IssuePage, topic: TopicPage) -> None:
    PageViewRestriction.objects.create(page=topic, restriction_type=PageViewRestriction.LOGIN)
    for version in (client.get(issue.url).content.decode(), as_html(issue), as_text(issue)):
        assert "Geheim concept" not in version
        assert "Dit mag niemand lezen" not in version
        assert topic.summary not in version
        assert "Voor wie een groep?" not in version
        assert "Open avond" in version


def test_mail_loads_nothing(issue: IssuePage, topic: TopicPage, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    give_picture(topic)
    soup = BeautifulSoup(as_html(issue), "html.parser")

    assert soup.html["lang"] == "nl"
    assert not soup.find_all(["img", "picture", "link", "script", "iframe", "object", "embed", "video", "audio", "svg"])
    assert not soup.find_all(attrs={"src": True}) + soup.find_all(attrs={"srcset": True})
    assert not soup.find_all(attrs={"background": True})
    assert "url(" not in str(soup)
    assert "@import" not in str(soup)
    addresses = [link["href"] for link in soup.find_all("a")]
    assert all(address.startswith(("http://127.0.0.1:8000/", "https://afmelden.invalid/")) for address in addresses)
    assert all("?" not in address for address in addresses)  # nothing to count readers with


# Wagtail leaves a temporary file to be closed by itself.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_picture_stands_on_the_page_with_its_description(
    client: Client, issue: IssuePage, topic: TopicPage, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    give_picture(topic)

    picture = BeautifulSoup(client.get(issue.url).content, "html.parser").select_one(".kb-item__picture img")
    assert picture["alt"] == "Een boom aan het water"


def test_first_words_tell_a_locked_telephone_nothing(issue: IssuePage) -> None:
    seen = " ".join(BeautifulSoup(as_html(issue), "html.parser").body.get_text().split())[:140]

    assert seen.startswith("Je krijgt deze mail omdat je je daarvoor hebt aangemeld.")
    assert issue.title not in seen
    assert as_text(issue).startswith("Je krijgt deze mail omdat")


def test_heavy_subject_is_announced(client: Client, issue: IssuePage, topic: TopicPage) -> None:
    topic.content_note = "Dit gaat over geweld thuis."
    topic.save()

    for version in (client.get(issue.url).content.decode(), as_html(issue), as_text(issue)):
        assert "Dit gaat over geweld thuis." in version
        assert version.index("Dit gaat over geweld thuis.") < version.index(topic.summary)


def test_plain_text_is_plain(newsletter: NewsletterPage) -> None:
    text = RichText(
        '<p>Eén &amp; <b>twee</b>, <a href="/lees/">drie</a>.<br/>Vier</p>'
        "<ul><li>a</li><li>b</li></ul><ol><li>c</li></ol>"
    )
    issue = make_issue(newsletter, [("text", {"title": "Eén & ander", "text": text})])

    assert plain(text) == f"Eén & twee, drie ({SITE}/lees/).\nVier\n\n- a\n- b\n\n1. c"
    assert "Eén & ander\n-----------" in as_text(issue)
    assert "&amp;" not in as_text(issue)
    assert f'href="{SITE}/lees/"' in as_html(issue)


def test_what_is_new_lists_what_came_or_was_checked_in_the_period(
    newsletter: NewsletterPage, topic: TopicPage, issue: IssuePage
) -> None:
    now, today, shelf = timezone.now(), timezone.localdate(), topic.get_parent().specific
    old = make_topic(shelf, title="Van vorig jaar", checked_on=today - timedelta(days=300))
    checked = make_topic(shelf, title="Nagekeken", checked_on=today)
    heavy = make_topic(shelf, title="Zwaar onderwerp", content_note="Dit gaat over geweld.", checked_on=today)
    make_topic(shelf, title="Ook concept", live=False, first_published_at=now)
    for page, days in ((topic, 1), (old, 300), (checked, 300), (heavy, 1)):
        Page.objects.filter(pk=page.pk).update(first_published_at=now - timedelta(days=days))
    period = {"title": "Nieuw op de site", "since": today - timedelta(days=30), "until": today}
    other = make_issue(newsletter, [("new", period)], title="Nieuwsbrief juni")

    (item,) = letter_of(other).items
    assert [page.title for page in item.pages] == ["Nagekeken", topic.title]
    assert topic.url in as_text(other)


def test_date_of_the_agenda_is_not_typed_again(client: Client, newsletter: NewsletterPage) -> None:
    agenda = ensure_home().add_child(instance=AgendaPage(title="Agenda", summary="Wat er komt."))
    event = EventPage(title="Open avond", summary="Kom kijken.", start=start(), end=start() + timedelta(hours=2))
    event.place = "Buurthuis Het Voorbeeld"
    agenda.add_child(instance=event)
    chosen = {"page": Page.objects.get(pk=event.pk), "title": "", "starts": None, "place": ""}
    issue = make_issue(newsletter, [("date", chosen)])

    for version in (client.get(issue.url).content.decode(), as_html(issue), as_text(issue)):
        assert "dinsdag 12 mei 2026, 19.30 uur" in version
        assert "Open avond" in version
        assert "Buurthuis Het Voorbeeld" in version
    event.start, event.end = event.start + timedelta(days=1), event.end + timedelta(days=1)
    event.save()
    assert "woensdag 13 mei 2026" in as_text(IssuePage.objects.get(pk=issue.pk))


@pytest.mark.parametrize(
    ("value", "wrong"), [({}, {"starts"}), ({"starts": start()}, {"title"}), ({"title": "Iets"}, {"starts"})]
)
def test_date_without_a_day_or_a_name_is_refused(value: dict[str, Any], wrong: set[str]) -> None:
    block = DateItemBlock()
    with pytest.raises(StructBlockValidationError) as refusal:
        block.clean(block.to_python({"page": None, "title": "", "starts": None, "place": "", **value}))

    assert set(refusal.value.block_errors) == wrong


def test_period_that_ends_before_it_starts_is_refused() -> None:
    block, today = NewItemBlock(), timezone.localdate()
    with pytest.raises(StructBlockValidationError):
        block.clean(block.to_python({"title": "Nieuw", "since": today, "until": today - timedelta(days=1)}))


@pytest.mark.parametrize("count", [1, 8])
def test_number_of_questions_does_not_grow_with_the_items(
    newsletter: NewsletterPage, topic: TopicPage, django_assert_num_queries: Any, count: int
) -> None:
    shelf = topic.get_parent().specific
    pages = [make_topic(shelf, title=f"Onderwerp {number}") for number in range(count)]
    items = [("page", {"page": Page.objects.get(pk=page.pk), "lead": ""}) for page in pages]
    issue = IssuePage.objects.get(pk=make_issue(newsletter, items).pk)
    letter_of(issue)  # the addresses of sites are remembered
    issue = IssuePage.objects.get(pk=issue.pk)

    with django_assert_num_queries(3):
        assert len(letter_of(issue).items) == count


def test_previews_show_the_mail_in_a_shut_frame(issue: IssuePage) -> None:
    for mode in ("mail", "text"):
        response = issue.make_preview_request(preview_mode=mode)
        assert response.status_code == 200
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert "Open avond" in response.content.decode()
    assert issue.make_preview_request().status_code == 200
