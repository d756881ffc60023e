"""The home page, plain pages, the sitemap, and the demo tree they come with."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page

from home import demo
from home.content.words import with_calls
from home.models import HomePage, SiteNavigation
from home.setup import ensure_home
from knowledgebase.models import Theme
from tests.knowledgebase.pages import make_index, make_plain, make_topic

pytestmark = pytest.mark.django_db

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SELF_CLOSING = {"circle", "path", "use", "rect", "line", "ellipse", "polyline", "polygon"}


class Checker(HTMLParser):
    """Finds tags that are not closed, or closed in the wrong order, and ids that stand there twice."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]
        if any(name == "style" or name.startswith("on") for name, _value in attrs):
            self.wrong.append(f"inline in {tag}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID | SELF_CLOSING:
            self.wrong.append(f"<{tag}/>")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")


def faults(html: str) -> list[str]:
    checker = Checker()
    checker.feed(html)
    twice = {name for name in checker.ids if checker.ids.count(name) > 1}
    return checker.wrong + checker.open + sorted(twice)


@pytest.fixture
def demo_pages() -> list[Page]:
    return [page for page in demo.load_public() if page.live]


def test_every_demo_page_renders_and_is_sound_html(client: Client, demo_pages: list[Page]) -> None:
    for page in [ensure_home(), *demo_pages]:
        response = client.get(page.url)
        assert response.status_code == 200, page.url
        content = response.content.decode()
        assert faults(content) == [], page.url
        soup = BeautifulSoup(content, "html.parser")
        assert len(soup.select("h1")) == 1, page.url
        assert not soup.select("input[name=csrfmiddlewaretoken]"), page.url
        assert not soup.select("[nonce]"), page.url


def test_every_link_between_demo_pages_arrives(client: Client, demo_pages: list[Page]) -> None:
    own = {page.url for page in [ensure_home(), *demo_pages]}
    for page in [ensure_home(), *demo_pages]:
        soup = BeautifulSoup(client.get(page.url).content, "html.parser")
        for link in soup.select("main a[href^='/']"):
            if link["href"] not in own:
                assert client.get(link["href"]).status_code in (200, 302), link["href"]


def test_demo_loads_twice_into_the_same_pages(demo_pages: list[Page]) -> None:
    number = Page.objects.count()

    assert demo.load_public() == []
    assert Page.objects.count() == number


def test_demo_leaves_alone_what_staff_changed(demo_pages: list[Page]) -> None:
    topic = Page.objects.get(slug="thuis").specific
    topic.title = "Zelf veranderd"
    topic.save_revision().publish()

    demo.load_public()

    assert Page.objects.get(pk=topic.pk).title == "Zelf veranderd"


def test_purge_takes_away_the_demo_and_nothing_else(demo_pages: list[Page]) -> None:
    own = make_plain("Eigen pagina")

    demo.purge_public()

    assert list(ensure_home().get_descendants()) == [Page.objects.get(pk=own.pk)]
    assert not Theme.objects.exists()
    assert not HomePage.objects.get().doors
    assert not SiteNavigation.objects.exists()
    assert len(demo.load_public()) >= len(demo_pages)


def test_home_has_three_doors_then_news_then_trust(client: Client, demo_pages: list[Page]) -> None:
    soup = BeautifulSoup(client.get("/").content, "html.parser")

    assert [door.text.strip() for door in soup.select(".gs-door h2")] == ["Lees", "Praat mee", "Vind hulp"]
    assert [heading.text for heading in soup.select("main h2")][3:] == ["Nieuw om te lezen", "Wie kan meelezen?"]


def test_home_does_not_show_heavy_topics_or_drafts_as_news(client: Client) -> None:
    index = make_index()
    make_topic(index, "Rustig")
    make_topic(index, "Heftig", content_note="Dit gaat over geweld.")
    make_topic(index, "Concept", live=False)

    soup = BeautifulSoup(client.get("/").content, "html.parser")

    assert [link.text for link in soup.select("main .gs-list__title")] == ["Rustig"]


def test_home_without_content_still_greets(client: Client) -> None:
    assert faults(client.get("/").content.decode()) == []


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
