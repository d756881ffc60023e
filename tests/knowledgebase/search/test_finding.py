"""The right pages, the best first: the same on both databases."""

from __future__ import annotations

import pytest
from django.test import Client

from knowledgebase.models import TopicIndexPage, TopicPage
from knowledgebase.plainlanguage.models import GlossaryTerm

from ..pages import make_plain, make_topic, text
from .searching import ask, found, index_now

pytestmark = pytest.mark.django_db


def test_title_counts_above_summary_above_text(client: Client, index: TopicIndexPage) -> None:
    make_topic(index, "Derde", summary="Niets.", what=[text("egel " * 200)])
    make_topic(index, "Tweede", summary="Over een egel.")
    make_topic(index, "Wat doet een egel in de tuin", summary="Niets.")
    make_topic(index, "Egel", summary="Niets.")
    index_now()

    assert found(client, "egel") == ["Egel", "Wat doet een egel in de tuin", "Tweede", "Derde"]


@pytest.mark.parametrize("query", ["pesten", "gepest", "PEST", "pestgedrag", "mijn kind wordt gepest"])
def test_all_forms_of_a_word_lead_to_the_page(client: Client, index: TopicIndexPage, query: str) -> None:
    make_topic(index, "Gepest op school", summary="Kinderen pesten elkaar. Over pestgedrag.")
    make_topic(index, "Iets anders")
    index_now()

    assert found(client, query)[:1] == ["Gepest op school"]


def test_a_word_finds_the_longer_words_it_is_in(client: Client, index: TopicIndexPage) -> None:
    make_topic(index, "Faalangst", summary="Niets.")
    make_topic(index, "Angstklachten", summary="Niets.")
    make_topic(index, "Mevrouw", summary="Niets.")
    index_now()

    assert sorted(found(client, "angst")) == ["Angstklachten", "Faalangst"]
    assert found(client, "rouw") == [], "a short word is no part of whatever ends with it"


def test_accents_do_not_matter(client: Client, index: TopicIndexPage) -> None:
    make_topic(index, "Naar het café")
    make_topic(index, "Een crème")
    index_now()

    assert found(client, "cafe") == found(client, "CAFÉ") == ["Naar het café"]
    assert found(client, "creme") == ["Een crème"]


def test_words_of_the_glossary_find_each_other(client: Client, index: TopicIndexPage) -> None:
    GlossaryTerm.objects.create(
        term="internethulpverlening", slug="i", synonyms="digitale hulpverlening\ne-hulpverlening"
    )
    make_topic(index, "Internethulpverlening", summary="Niets.")
    make_topic(index, "Digitale hulpverlening", summary="Niets.")
    make_topic(index, "E-hulpverlening", summary="Niets.")
    make_topic(index, "Digitale klok", summary="Niets.")
    index_now()

    everything = ["Digitale hulpverlening", "E-hulpverlening", "Internethulpverlening"]
    for query in ("internethulpverlening", "digitale hulpverlening", "e-hulpverlening"):
        assert sorted(found(client, query)) == everything
        assert found(client, query)[0].lower() == query


def test_all_words_must_be_there_when_a_page_has_them(client: Client, index: TopicIndexPage) -> None:
    make_topic(index, "Slecht slapen door stress")
    make_topic(index, "Slapen")
    make_topic(index, "Stress")
    index_now()

    assert found(client, "slapen stress") == ["Slecht slapen door stress"]
    assert ask(client, "slapen stress").context["complete"]


def test_pages_with_most_of_the_words_stand_in_when_none_has_all(client: Client, index: TopicIndexPage) -> None:
    make_topic(index, "Slapen en stress")
    make_topic(index, "Slapen")
    index_now()

    response = ask(client, "slapen stress olifant")

    assert [entry.title for entry in response.context["results"]] == ["Slapen en stress"]
    assert "Geen pagina heeft al je woorden" in response.content.decode()


def test_common_words_count_only_in_titles(client: Client, index: TopicIndexPage) -> None:
    make_plain("Over ons", "Wie wij zijn.")
    make_topic(index, "Slapen", what=[text("Dit gaat over ons allemaal.")])
    index_now()

    assert found(client, "over ons") == ["Over ons"]
    assert found(client, "ik kan niet slapen") == ["Slapen"]


def test_a_search_takes_the_same_few_questions_however_much_there_is(
    client: Client, index: TopicIndexPage, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    for number in range(12):
        make_topic(index, f"Zonnebloem {number}")
    index_now()
    ask(client, "zonnebloem")
    for query, state in (("zonnebloem", {}), ("zonnebloem zaaien tuin", {}), ("zonnebloem", {"soort": "topicpage"})):
        with django_assert_num_queries(3):
            ask(client, query, **state)


@pytest.mark.parametrize(
    ("typed", "meant"), [("peikeren", "piekeren"), ("piekern", "piekeren"), ("piekkeren", "piekeren")]
)
def test_a_typing_error_leads_to_the_word(client: Client, topic: TopicPage, typed: str, meant: str) -> None:
    index_now()

    response = ask(client, typed)

    assert response.context["did_you_mean"] == "piekeren"
    assert 'href="?q=piekeren&amp;">piekeren</a>' in response.content.decode()


def test_a_typing_error_leads_to_a_word_of_the_text(client: Client, index: TopicIndexPage) -> None:
    make_topic(index, "Alleen zijn", what=[text("Eenzaamheid gaat vaak vanzelf over.")])
    index_now()

    assert ask(client, "eenzaamheit").context["did_you_mean"] == "eenzaamheid"
    assert ask(client, "enezaamheid").context["did_you_mean"] == "eenzaamheid"


def test_other_spellings_come_from_public_pages_alone(client: Client, index: TopicIndexPage) -> None:
    make_topic(index, "Geheimzinnig", live=False)
    index_now()

    assert ask(client, "geheimzinig").context["did_you_mean"] == ""
