"""The glossary: what staff fill in, what readers see, and the synonyms that search uses."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.models import Page

from home.setup import ensure_home
from knowledgebase.models import PublicPage
from knowledgebase.plainlanguage.models import GlossaryPage, GlossaryTerm
from knowledgebase.plainlanguage.synonyms import groups, synonyms_of

pytestmark = pytest.mark.django_db


def make_term(term: str, slug: str, synonyms: str = "", **fields: object) -> GlossaryTerm:
    return GlossaryTerm.objects.create(
        term=term, slug=slug, synonyms=synonyms, **{"meaning": f"Uitleg bij {term}.", **fields}
    )


@pytest.fixture
def glossary() -> GlossaryPage:
    page = GlossaryPage(title="Woordenlijst", slug="woordenlijst", summary="Wat betekent het?")
    ensure_home().add_child(instance=page)
    return page


def seen(client: Client, page: Page) -> BeautifulSoup:
    response = client.get(page.url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_terms_stand_from_a_to_z_with_anchors(client: Client, glossary: GlossaryPage) -> None:
    make_term("somber", "somber", "depressief\nneerslachtig")
    make_term("émotie", "emotie")
    make_term("AVG", "avg")
    make_term("eenzaam", "eenzaam")
    make_term("113", "113")

    page = seen(client, glossary)

    assert [letter.text for letter in page.select(".kb-letters a")] == ["#", "A", "E", "S"]
    for link in page.select(".kb-letters a"):
        assert page.find(id=link["href"][1:])
    assert [term.text for term in page.select("dt")] == ["113", "AVG", "eenzaam", "émotie", "somber"]
    assert "Ook wel: depressief, neerslachtig" in page.find(id="somber").get_text(" ", strip=True)


def test_term_without_meaning_only_helps_search_and_writers(client: Client, glossary: GlossaryPage) -> None:
    make_term("cliënt", "client", "deelnemer", meaning="", plain_alternative="deelnemer")

    assert "cliënt" not in seen(client, glossary).get_text()
    assert synonyms_of("cliënt") == {"deelnemer"}


def test_term_of_a_campaign_stands_on_top(client: Client, glossary: GlossaryPage) -> None:
    make_term("eenzaam", "eenzaam", in_campaign=True)
    make_term("boos", "boos")

    page = seen(client, glossary)

    assert [link["href"] for link in page.select(".kb-terms__now a")] == ["#eenzaam"]


def test_glossary_has_a_calm_empty_state(client: Client, glossary: GlossaryPage) -> None:
    assert seen(client, glossary).select_one(".gs-empty__title")


def test_what_staff_type_is_shown_as_text(client: Client, glossary: GlossaryPage) -> None:
    make_term("<b>vet</b>", "vet", "<i>x</i>", meaning="<script>alert(1)</script>")

    assert not seen(client, glossary).select("dl b, dl i, dl script")


def test_page_is_kept_for_visitors_until_a_word_changes(
    client: Client, glossary: GlossaryPage, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        term = make_term("boos", "boos")
    seen(client, glossary)
    assert client.get(glossary.url).has_header("ETag"), "it comes from the cache"

    with django_capture_on_commit_callbacks(execute=True):
        term.meaning = "Heel iets anders."
        term.save()

    assert "Heel iets anders." in seen(client, glossary).get_text()


@pytest.mark.parametrize("number", [1, 40])
def test_all_words_cost_one_query(
    rf: RequestFactory, glossary: GlossaryPage, django_assert_num_queries, number: int
) -> None:
    for count in range(number):
        make_term(f"woord {count}", f"woord-{count}", "zelfde")
    request = rf.get("/")
    PublicPage.get_context(glossary, request)  # the site and the pages above are known

    with django_assert_num_queries(1):
        context = glossary.get_context(request)
        assert len(context["letters"]["W"]) == number


def test_synonyms_lead_both_ways_but_not_further() -> None:
    make_term("online hulp", "online-hulp", "internethulpverlening\nE-hulpverlening")
    make_term("e-hulpverlening", "e-hulpverlening", "chat")

    assert synonyms_of("Internethulpverlening") == {"online hulp", "e-hulpverlening"}
    assert synonyms_of("e-hulpverlening ") == {"online hulp", "internethulpverlening", "chat"}
    assert synonyms_of("chat") == {"e-hulpverlening"}
    assert synonyms_of("niets") == set()
    assert synonyms_of("") == set()
    assert set(groups()) == {
        frozenset({"online hulp", "internethulpverlening", "e-hulpverlening"}),
        frozenset({"e-hulpverlening", "chat"}),
    }


def test_synonyms_cost_one_query(django_assert_num_queries) -> None:
    for count in range(20):
        make_term(f"woord {count}", f"woord-{count}", "zelfde")

    with django_assert_num_queries(1):
        assert len(synonyms_of("zelfde")) == 20


def test_staff_add_a_word_and_the_page_is_found_by_it(redactie: Client, glossary: GlossaryPage) -> None:
    address = reverse(GlossaryTerm.snippet_viewset.get_url_name("add"))
    fields = {"term": " e-health ", "slug": "e-health", "meaning": "Hulp via internet.", "plain_alternative": ""}

    redactie.post(address, {**fields, "synonyms": "Online hulp\r\n\r\nonline hulp\r\ndigitale  hulp"})

    term = GlossaryTerm.objects.get()
    assert term.term == "e-health"
    assert term.synonym_list == ["Online hulp", "digitale hulp"]
    assert "digitale hulp" in glossary.all_words()


def test_same_word_twice_is_refused_with_what_to_do(redactie: Client) -> None:
    make_term("Boos", "boos")
    address = reverse(GlossaryTerm.snippet_viewset.get_url_name("add"))

    response = redactie.post(address, {"term": "boos", "slug": "boos-2", "meaning": "x", "synonyms": ""})

    assert "Dit woord staat al in de lijst. Pas het daar aan." in response.content.decode()
    assert GlossaryTerm.objects.count() == 1


def test_line_that_is_no_word_is_refused(redactie: Client) -> None:
    address = reverse(GlossaryTerm.snippet_viewset.get_url_name("add"))

    response = redactie.post(address, {"term": "boos", "slug": "boos", "meaning": "x", "synonyms": "x" * 81})

    assert "Zet elk woord op een eigen regel." in response.content.decode()


def test_glossary_stands_among_the_lists_of_the_cms(redactie: Client) -> None:
    listing = redactie.get(reverse(GlossaryTerm.snippet_viewset.get_url_name("list")))

    assert listing.status_code == 200
    assert "Lijsten" in listing.content.decode()
