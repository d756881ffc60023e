"""What readers get: the list, a theme, and the handreiking as a page and as a PDF."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import HttpRequest
from django.test import Client
from django.utils.html import format_html

from knowledgebase import handreiking, pdf, public_cache
from knowledgebase.techniques.models import TechniqueIndexPage, TechniquePage

from .themes import example, examples, make_goal, make_theme

pytestmark = pytest.mark.django_db


def soup(client: Client, url: str) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_theme_has_two_tracks_and_its_parts_in_order(client: Client, theme: TechniquePage) -> None:
    page = soup(client, theme.url)

    assert [heading.text for heading in page.select(".kb-section > h2")] == [
        "Doel",
        "Voor wie",
        "Inhoud: wat doe je?",
        "Proces: hoe voer je het in?",
        "Wat maakt het verschil?",
        "Zo blijft het werken",
        "Doelen van sociaal werk",
        "Voorbeelden",
    ]
    assert len(page.select(".kb-section--track ol > li")) == 6
    assert [link["href"] for link in page.select(".kb-contents a")] == [
        f"#{heading['id']}" for heading in page.select(".kb-section > h2")
    ]


def test_examples_show_their_evidence_and_both_outcomes(client: Client, index: TechniqueIndexPage) -> None:
    proof = ("evidence", {"kind": "research", "source": "Een boek", "year": "2020", "url": "https://example.org/boek"})
    theme = make_theme(
        index,
        examples=[
            *examples(4),
            example(5, outcome="not_promising", evidence=[proof], text="<script>alert(1)</script>"),
        ],
    )

    page = soup(client, theme.url)

    last = page.select(".kb-example")[-1]
    assert "Niet kansrijk" in last.text
    assert "Onderzoek: Een boek (2020)" in " ".join(last.text.split())
    assert last.select_one("a")["href"] == "https://example.org/boek"
    assert last.script is None
    assert "Kansrijk: 4 · Niet kansrijk: 1" in " ".join(page.select_one("#voorbeelden").parent.text.split())


def test_theme_names_the_goals_it_serves(client: Client, theme: TechniquePage) -> None:
    make_goal("Een ander doel")

    goals = soup(client, theme.url).select(".kb-goals li")

    assert [goal.text.strip() for goal in goals] == ["Mensen doen mee"]


def test_index_lists_only_what_everyone_may_read(client: Client, index: TechniqueIndexPage) -> None:
    make_theme(index, "Open")
    make_theme(index, "Nog niet af", live=False)
    make_theme(index, "Achter slot").view_restrictions.create(restriction_type="login")

    for url in (index.url, f"{index.url}handreiking/"):
        page = soup(client, url)
        assert "Open" in page.main.text
        assert "Nog niet af" not in page.text
        assert "Achter slot" not in page.text


def test_index_without_themes_is_calm_and_has_no_handreiking(client: Client, index: TechniqueIndexPage) -> None:
    assert soup(client, index.url).select_one(".gs-empty__title")
    assert client.get(f"{index.url}handreiking/").status_code == 404
    assert client.get(f"{index.url}handreiking/pdf/").status_code == 404
    assert client.get(f"{index.url}handreiking/iets/").status_code == 404


def test_handreiking_holds_all_themes_with_contents_and_unique_anchors(
    client: Client, index: TechniqueIndexPage, theme: TechniquePage
) -> None:
    make_theme(index, "Spelen")

    page = soup(client, f"{index.url}handreiking/")

    assert [link.text for link in page.select(".kb-contents a")] == ["Online communiceren", "Spelen"]
    anchors = [tag["id"] for tag in page.select("[id]")]
    assert len(anchors) == len(set(anchors))
    for link in page.select(".kb-contents a"):
        assert link["href"].removeprefix("#") in anchors
    assert len(page.select("main h1")) == 1


def test_handreiking_is_kept_for_visitors_until_something_changes(
    client: Client, index: TechniqueIndexPage, theme: TechniquePage, django_assert_num_queries: Any
) -> None:
    url = f"{index.url}handreiking/"
    client.get(url)

    with django_assert_num_queries(0):
        assert client.get(url).status_code == 200

    theme.title = "Een andere naam"
    theme.save_revision().publish()
    public_cache.bump()
    assert "Een andere naam" in soup(client, url).main.text


def test_page_asks_the_same_for_one_and_for_eight_themes(
    client: Client, index: TechniqueIndexPage, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        make_theme(index, f"Thema {number}")
    client.get("/")

    with django_assert_max_num_queries(25):
        client.get(f"{index.url}handreiking/")


def test_handreiking_as_pdf_is_made_once(
    client: Client, index: TechniqueIndexPage, theme: TechniquePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    real = pdf.make_pdf
    monkeypatch.setattr(pdf, "make_pdf", lambda html: made.append(html) or real(html))
    url = f"{index.url}handreiking/pdf/"

    first, second = client.get(url), client.get(url)

    assert first["Content-Type"] == "application/pdf"
    assert first.content.startswith(b"%PDF-")
    assert "handreiking-digitale-sociale-technieken.pdf" in first["Content-Disposition"]
    assert first.content == second.content
    assert len(made) == 1
    assert theme.title in made[0]
    assert "csrf" not in made[0]


def test_own_chapter_is_added_and_never_kept(
    client: Client, index: TechniqueIndexPage, theme: TechniquePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def chapter(request: HttpRequest) -> handreiking.Part | None:
        if request.GET.get("plan") != "mijn":
            return None
        return handreiking.Part("Ons plan", format_html("<p>{}</p>", "Dit is geheim <b>"))

    monkeypatch.setattr(handreiking, "_finders", [chapter])
    url = f"{index.url}handreiking/"

    mine = client.get(url, {"plan": "mijn"})
    document = client.get(f"{url}pdf/", {"plan": "mijn"})

    assert "Dit is geheim &lt;b&gt;" in mine.content.decode()
    assert "no-store" in mine["Cache-Control"]
    assert "?plan=mijn" in mine.content.decode()
    assert document.content.startswith(b"%PDF-")
    assert "no-store" in document["Cache-Control"]
    assert "geheim" not in client.get(url).content.decode()
    assert client.get(f"{url}pdf/").content != document.content


def test_handreiking_tells_its_address_only_when_it_is_public(index: TechniqueIndexPage, rf: Any) -> None:
    request = rf.get("/")
    assert handreiking.address(request) == f"{index.url}handreiking/"

    index.unpublish()
    assert handreiking.address(request) == ""
