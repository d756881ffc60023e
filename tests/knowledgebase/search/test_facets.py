"""Results can be narrowed by what page types declare, with links and forms that need no script."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from wagtail.models import get_page_models

from home.setup import ensure_home
from knowledgebase.kinds import kind_label
from knowledgebase.models import CollectionItemPage, CollectionPage, TopicIndexPage
from knowledgebase.search.facets import kinds

from ..pages import make_plain, make_topic, theme
from .searching import ask, found, index_now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _pages(index: TopicIndexPage) -> None:
    slapen, geld = theme("Slapen"), theme("Geld")
    make_topic(index, "Egel slaapt", theme=slapen, age_band="16_25")
    make_topic(index, "Egel spaart", theme=geld, age_band="26_66")
    make_topic(index, "Egel voor ouders", theme=geld, audience="close_ones")
    make_plain("Egel over ons")
    shelf = ensure_home().add_child(instance=CollectionPage(title="Overzicht", slug="o", kind="directory"))
    for number, (kind, together, region) in enumerate(
        [("social_work", "group", "utrecht"), ("social_work", "single", "drenthe"), ("youth", "group", "")]
    ):
        shelf.add_child(
            instance=CollectionItemPage(
                title=f"Egelhulp {number}", slug=f"e{number}", provider_kind=kind, group_wise=together, region=region
            )
        )
    index_now()


#: Of these a site has one or a few, or they are lists: a kind of their own would be a choice with one page in it.
OTHER = {
    "home.ContentPage",
    "home.HomePage",
    "knowledgebase.CollectionPage",
    "knowledgebase.KnowledgeIndexPage",
    "knowledgebase.TopicIndexPage",
    "knowledgebase_contact.ContactPage",
    "knowledgebase_ideas.IdeasPage",
    "knowledgebase_news.AgendaPage",
    "knowledgebase_news.NewsIndexPage",
    "knowledgebase_news.WhatsNewPage",
    "knowledgebase_newsletter.NewsletterPage",
    "knowledgebase_plainlanguage.GlossaryPage",
    "knowledgebase_reach.ReachPage",
    "knowledgebase_techniques.TechniqueIndexPage",
}


def counts(response: HttpResponse, facet: str) -> dict[str, int]:
    group = next((group for group in response.context["groups"] if group.facet.name == facet), None)
    return {option.value: option.count for option in group.options} if group else {}


def test_options_say_how_many_results_they_leave(client: Client) -> None:
    response = ask(client, "egel")

    assert counts(response, "soort") == {"topicpage": 3, "collectionitempage": 3, "pagina": 1}
    assert counts(response, "thema") == {"slapen": 1, "geld": 2}
    for value, number in counts(response, "thema").items():
        assert len(found(client, "egel", thema=value)) == number


def test_within_a_facet_one_choice_is_enough_and_each_facet_counts(client: Client) -> None:
    assert found(client, "egel", thema="geld", voor="close_ones") == ["Egel voor ouders"]
    assert len(found(client, "egel", thema=["geld", "slapen"])) == 3
    narrowed = ask(client, "egel", thema="geld")
    assert counts(narrowed, "thema") == {"slapen": 1, "geld": 2}, "the other options stay to choose from"
    assert counts(narrowed, "voor") == {"everyone": 1, "close_ones": 1}


def test_general_social_work_and_help_in_a_group_can_be_told_apart(client: Client) -> None:
    assert found(client, "egelhulp", organisatie="social_work") == ["Egelhulp 0", "Egelhulp 1"]
    assert found(client, "egelhulp", samen="group") == ["Egelhulp 0", "Egelhulp 2"]


def test_what_is_for_the_whole_country_fits_each_region(client: Client) -> None:
    assert found(client, "egelhulp", regio="drenthe") == ["Egelhulp 1", "Egelhulp 2"]
    assert counts(ask(client, "egelhulp"), "regio") == {"drenthe": 2, "utrecht": 2}


def test_choices_alone_show_all_that_fits(client: Client) -> None:
    assert found(client, thema="geld") == ["Egel spaart", "Egel voor ouders"]


@pytest.mark.parametrize("state", [{"thema": "nonsens"}, {"soort": "<script>"}, {"regio": "\x00"}, {"leeftijd": "'"}])
def test_nonsense_narrows_nothing(client: Client, state: dict[str, str]) -> None:
    response = ask(client, "egel", **state)

    assert response.context["results"].paginator.count == 7
    assert response.context["chips"] == []


def test_a_choice_is_taken_back_by_a_link(client: Client) -> None:
    page = BeautifulSoup(ask(client, "egel", thema=["geld", "slapen"], soort="topicpage").content, "html.parser")
    chips = {chip.get_text(" ", strip=True): chip["href"] for chip in page.select("a.kb-chip")}

    assert len(chips) == 4
    [without] = [href for label, href in chips.items() if "Slapen" in label]
    assert without == "?q=egel&soort=topicpage&thema=geld&"
    [all_gone] = [href for label, href in chips.items() if "Alle keuzes weg" in label]
    assert all_gone == "?q=egel&"


def test_the_form_keeps_words_and_choices_together(client: Client) -> None:
    page = BeautifulSoup(ask(client, "egel", thema="geld").content, "html.parser")
    boxes = page.select('input[type="checkbox"]')

    assert {box["form"] for box in boxes} == {"kb-search"}
    assert [box["value"] for box in boxes if box.has_attr("checked")] == ["geld"]
    assert page.select_one("form#kb-search input[name=q]")["value"] == "egel"
    assert page.select_one("details.kb-narrow summary")


def test_pages_keep_words_and_choices(client: Client, index: TopicIndexPage) -> None:
    for number in range(12):
        make_topic(index, f"Zonnebloem {number}", theme=theme("Geld"))
    index_now()

    page = ask(client, "zonnebloem", thema="geld").content.decode()

    assert 'href="?q=zonnebloem&amp;thema=geld&amp;page=2"' in page


def test_choices_that_leave_nothing_say_so(client: Client) -> None:
    response = ask(client, "egelhulp", thema="slapen")

    page = response.content.decode()
    assert "Met deze keuzes blijft er niets over. Zonder keuzes zijn er 3 pagina&#x27;s." in page or (
        "Met deze keuzes blijft er niets over. Zonder keuzes zijn er 3 pagina's." in page
    )
    assert 'href="?q=egelhulp&amp;"' in page


def test_every_kind_of_page_that_can_be_found_has_a_name() -> None:
    types = {model._meta.label: model for model in get_page_models() if model.is_creatable}

    assert {name for name, model in types.items() if not kind_label(model)} == OTHER
    assert all(str(label).strip() for label in kinds().values())
