"""What comes out of a quick scan: exact counts for staff, and for everyone only what gives nobody away."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given as some
from hypothesis import strategies as st

from knowledgebase.quickscan import actions, results
from knowledgebase.quickscan.models import Outcome, QuickScanPage
from tests.valid_html import faults

from .scans import given, make_scan, question, respond, soup, words

SECRET = "Kanariewoorden2211"


def tallies_of(page: QuickScanPage) -> dict[str, results.Tally]:
    return {tally.key: tally for tally in results.count(results.responses_of(page))}


def close(page: QuickScanPage) -> None:
    QuickScanPage.objects.filter(pk=page.pk).update(open_until=timezone.localdate() - timedelta(days=1))
    page.refresh_from_db()
    actions.tidy_up()


def cells(page: QuickScanPage) -> dict[str, dict[str, int | None]]:
    """The public figures, by question."""
    content = Outcome.objects.get(page=page).content
    return {each["question"]: dict(each["cells"]) for each in content["questions"]}


@pytest.mark.django_db
def test_answers_are_counted_exactly_for_staff(page: QuickScanPage) -> None:
    respond(page, given(), given(vormen=["chat", "bellen"], klaar=["4"]), given(hulp=["nee"], vormen=None, waarom=""))

    tallies = tallies_of(page)
    assert tallies["vormen"].counts == {"Chat": 2, "Bellen": 1, "Forum": 0}
    assert tallies["vormen"].answered == 2
    assert tallies["klaar"].average == pytest.approx(10 / 3)
    assert tallies["hulp"].counts == {"Ja": 2, "Nee": 1}
    assert tallies["waarom"].answered == 0


@pytest.mark.django_db
def test_editions_of_one_scan_are_counted_together(page: QuickScanPage) -> None:
    respond(page, given())
    page.questions = [
        question("choice", "Hulp", "Nee", "Ja", "Weet niet"),  # another order keeps its meaning
        question("scale", "Steun"),
    ]
    page.save()
    respond(page, given(steun=["2"], vormen=None, klaar=None, slot=None))

    found = results.count(results.responses_of(page))
    assert next(tally for tally in found if tally.key == "hulp").counts == {"Nee": 0, "Ja": 2, "Weet niet": 0}
    kinds = {tally.kind: tally.answered for tally in found if tally.key == "steun"}
    assert kinds == {"needs": 1, "scale": 1}  # another kind of question is another question


@pytest.mark.django_db
def test_public_figures_show_no_small_number_and_no_own_words(page: QuickScanPage) -> None:
    respond(page, *[given(steun=["geld"], slot=SECRET)] * 12, *[given(steun=["scholing"])] * 12)
    respond(page, *[given(steun=["geld", "techniek"])] * 3)
    close(page)

    figures = cells(page)
    assert figures["Wat bij Steun?"] == {"Geld": 15, "Scholing": 10, "Techniek": None}
    assert set(figures["Wat bij Klaar?"].values()) == {None}  # all said 3: that tells of each of them
    assert "Wat bij Slot?" not in figures

    response = Client().get(page.url)
    text = words(response)
    assert "Ongeveer 25 organisaties deden mee." in text
    assert "Van 1 antwoord laten we het aantal niet zien." in text
    assert SECRET not in response.content.decode()
    assert SECRET not in json.dumps(Outcome.objects.get().content)
    assert faults(response.content) == []


@pytest.mark.django_db
def test_question_for_some_does_not_tell_how_many_those_are(page: QuickScanPage) -> None:
    respond(page, *[given(hulp=["ja"], vormen=["chat"])] * 21, *[given(hulp=["nee"], vormen=None, waarom="")] * 4)
    close(page)

    figures = cells(page)
    assert figures["Wat bij Hulp?"] == {"Ja": None, "Nee": None}
    assert set(figures["Wat bij Vormen?"].values()) == {None}


@pytest.mark.django_db
def test_few_answers_show_nothing(page: QuickScanPage) -> None:
    respond(page, *[given()] * 19)
    close(page)

    content = Outcome.objects.get().content
    assert (content["total"], content["questions"]) == (None, [])
    assert "Er waren te weinig antwoorden." in words(Client().get(page.url))


@some(st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 2)), min_size=1, max_size=60))
def test_no_small_count_can_be_worked_out_from_one_list(rows: list[tuple[bool, bool, int]]) -> None:
    """For every hidden cell at least two counts fit what is shown, and no cell that is shown is small."""
    total = len(rows)
    several = results.Tally("a", "choices", "?", True, True, {"x": sum(x for x, _y, _z in rows)})
    one = results.Tally("b", "choice", "?", False, False, {str(n): sum(z == n for _x, _y, z in rows) for n in range(2)})
    one.answered = sum(one.counts.values())
    published = results.to_publish([several, one], total)

    if published["total"] is None:
        assert total < 20
        return
    for tally, listed in zip([several, one], published["questions"], strict=True):
        for label, count in listed["cells"]:
            if count is None:
                continue
            assert tally.counts[label] >= 10
            assert count % 5 == 0
            if tally.takes_several:
                assert total - tally.counts[label] >= 10
    remainder = total - one.answered
    hidden = [label for label, count in published["questions"][1]["cells"] if count is None]
    if remainder < 10 or any(count < 10 for count in one.counts.values()):
        assert hidden
    if hidden and remainder >= 10:
        assert len(hidden) >= 2 or remainder + sum(one.counts[label] for label in hidden) >= 20


@pytest.mark.django_db
def test_public_figures_come_after_closing_and_once(page: QuickScanPage, client: Client) -> None:
    respond(page, *[given(steun=["geld"])] * 12, *[given(steun=["scholing"])] * 12)
    actions.tidy_up()
    assert not Outcome.objects.exists()
    assert "De uitkomsten" not in words(client.get(page.url))

    close(page)
    before = Outcome.objects.get().content
    respond(page, *[given()] * 10)
    actions.tidy_up()
    assert Outcome.objects.get().content == before


@pytest.mark.django_db
def test_figures_that_are_not_public_stay_away(client: Client) -> None:
    page = make_scan(shows_results=False)
    respond(page, *[given(steun=["geld"])] * 12, *[given(steun=["scholing"])] * 12)
    close(page)

    response = client.get(page.url)
    assert "De uitkomsten" not in words(response)
    assert not soup(response).select(".kb-bars")


@pytest.mark.django_db
def test_counting_takes_one_question(page: QuickScanPage, django_assert_num_queries: Any) -> None:
    for number in (1, 40):
        respond(page, *[given()] * number)
        with django_assert_num_queries(1):
            results.count(results.responses_of(page))


@pytest.mark.django_db
def test_place_of_own_words_does_not_tell_whose_they_are(page: QuickScanPage) -> None:
    for words_of in ("bca", "cab", "abc"):
        respond(page, *[given(hulp=["nee"], vormen=None, waarom=word, slot=word) for word in words_of])

    assert tallies_of(page)["waarom"].texts == sorted("abc" * 3)


@pytest.mark.django_db
def test_two_editions_of_the_figures_do_not_tell_what_a_latecomer_said(page: QuickScanPage) -> None:
    """One more answer moves a rounded number by five: beside the figures of before it would name its own answer."""

    def open_again(days: int) -> None:
        QuickScanPage.objects.filter(pk=page.pk).update(open_until=timezone.localdate() - timedelta(days=days))
        page.refresh_from_db()
        actions.tidy_up()

    respond(page, *[given(hulp=["ja"])] * 22, *[given(hulp=["nee"])] * 18)
    close(page)
    before = cells(page)

    respond(page, given(hulp=["ja"]))
    open_again(2)
    assert cells(page) == before
    assert Outcome.objects.get(page=page).closed_on == page.open_until

    respond(page, *[given(hulp=["ja"])] * 9)
    open_again(3)
    assert cells(page) != before

    actions.forget_responses(page)
    respond(page, *[given(hulp=["nee"])] * 51)
    open_again(4)
    assert Outcome.objects.get(page=page).content["total"] == 50
