"""Answering a quick scan: forth and back by what one answers, nothing typed is lost, and it is sent once."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from groupspace.notify import periodic
from knowledgebase.quickscan import actions
from knowledgebase.quickscan.models import Code, Entry, Outcome, QuickScanPage, Response, ScanVersion
from tests.valid_html import faults

from .scans import (
    ORGANISATION,
    QUESTIONS,
    address,
    answer,
    answer_all,
    begin,
    given,
    make_scan,
    question,
    respond,
    soup,
    words,
)

pytestmark = pytest.mark.django_db


def where(response: Any) -> str:
    return response["Location"]


def at(entry: Entry, key: str) -> str:
    return address("question", entry.pk, key)


def start_with(client: Client, page: QuickScanPage, code: str) -> Any:
    url = address("start", page.translation_key)
    ticket = soup(client.get(url)).find("input", {"name": "ticket"})["value"]
    return client.post(url, {"ticket": ticket, "code": code})


def test_page_leads_to_the_start(page: QuickScanPage, visitor: Client) -> None:
    response = visitor.get(page.url)

    assert "Wat bij Hulp?" in words(response)
    assert soup(response).find("a", href=address("start", page.translation_key))
    assert not soup(response).find("input", {"name": "csrfmiddlewaretoken"})  # the page is cached for everyone


def test_answers_lead_to_other_questions(visitor: Client, entry: Entry) -> None:
    assert where(visitor.get(address("entry", entry.pk))) == at(entry, "soort-organisatie")
    assert where(answer(visitor, entry, "soort-organisatie", "welfare")) == at(entry, "provincie")
    assert where(answer(visitor, entry, "provincie", "utrecht")) == at(entry, "hulp")
    assert where(answer(visitor, entry, "hulp", "ja")) == at(entry, "vormen")
    assert where(answer(visitor, entry, "vormen", ["chat"])) == at(entry, "steun")
    assert where(answer(visitor, entry, "steun", ["geld"])) == at(entry, "klaar")
    assert where(answer(visitor, entry, "klaar", "5")) == address("send", entry.pk)
    assert where(answer(visitor, entry, "klaar", "4")) == at(entry, "slot")
    assert where(answer(visitor, entry, "slot")) == address("send", entry.pk)

    assert where(answer(visitor, entry, "hulp", "nee")) == at(entry, "waarom")


def test_question_says_how_many_are_left(visitor: Client, entry: Entry) -> None:
    assert "Hierna nog hooguit 6 vragen" in words(visitor.get(at(entry, "soort-organisatie")))


def test_required_question_is_asked_again_and_an_optional_one_may_stay_open(visitor: Client, entry: Entry) -> None:
    response = answer(visitor, entry, "soort-organisatie")

    assert response.status_code == 422
    assert "Kies een antwoord." in words(response)
    assert answer(visitor, entry, "waarom").status_code == 302


def test_going_back_keeps_what_was_typed_and_asks_for_no_answer(visitor: Client, entry: Entry) -> None:
    for key, value in ORGANISATION.items():
        answer(visitor, entry, key, value)
    answer(visitor, entry, "hulp", "nee")

    back = answer(visitor, entry, "waarom", "Half af", go="naar:hulp")
    assert where(back) == at(entry, "hulp")
    assert soup(visitor.get(at(entry, "hulp"))).find("input", {"value": "nee"}).has_attr("checked")
    answer(visitor, entry, "hulp", "nee")
    assert "Half af" in visitor.get(at(entry, "waarom")).content.decode()


def test_question_off_the_way_leads_to_where_one_is(visitor: Client, entry: Entry) -> None:
    assert where(visitor.get(at(entry, "steun"))) == at(entry, "soort-organisatie")
    assert where(visitor.get(address("send", entry.pk))) == at(entry, "soort-organisatie")
    assert visitor.get(at(entry, "weg")).status_code == 404


def test_incomplete_answers_are_not_sent(visitor: Client, entry: Entry) -> None:
    answer(visitor, entry, "soort-organisatie", "welfare")

    assert where(visitor.post(address("send", entry.pk))) == at(entry, "provincie")
    assert not Response.objects.exists()


def test_long_answer_is_refused_with_its_text(visitor: Client, entry: Entry) -> None:
    long_text = "Lang verhaal. " * 800
    response = answer(visitor, entry, "slot", long_text)

    assert response.status_code == 422
    assert "Dit is te lang." in words(response)
    assert soup(response).find("textarea").get_text().strip() == long_text.strip()


@pytest.mark.parametrize("odd", ["\x00nul", "‮omgekeerd", "\ud800", "<script>alert(1)</script>", "😀" * 50, "{{ x }}"])
def test_odd_signs_do_no_harm(visitor: Client, entry: Entry, odd: str) -> None:
    for key in ("slot", "hulp", "steun"):
        response = answer(visitor, entry, key, odd.encode("utf-8", "surrogatepass"))
        assert response.status_code in (302, 422)
    answer_all(visitor, entry, slot=odd.encode("utf-8", "surrogatepass"))
    assert "<script>alert" not in visitor.get(address("send", entry.pk)).content.decode()


def test_sending_keeps_only_the_answers_on_the_way(visitor: Client, entry: Entry) -> None:
    for key, value in ORGANISATION.items():
        answer(visitor, entry, key, value)
    answer(visitor, entry, "hulp", "nee")
    answer(visitor, entry, "waarom", "Geen tijd.")
    answer_all(visitor, entry)
    page = words(visitor.get(address("send", entry.pk)))
    assert "Geen tijd." not in page
    assert "Chat Forum" in page

    response = visitor.post(address("send", entry.pk), follow=True)

    assert "De antwoorden zijn verstuurd." in words(response)
    assert Response.objects.get().answers == given(vormen=["chat", "forum"], slot="Dank.")


def test_pressing_twice_does_it_once(visitor: Client, page: QuickScanPage) -> None:
    url = address("start", page.translation_key)
    ticket = soup(visitor.get(url)).find("input", {"name": "ticket"})["value"]
    assert where(visitor.post(url, {"ticket": ticket})) == where(visitor.post(url, {"ticket": ticket}))
    entry = Entry.objects.get()
    answer_all(visitor, entry)

    cookies = visitor.cookies.copy()
    assert visitor.post(address("send", entry.pk)).status_code == 302
    visitor.cookies = cookies
    again = visitor.post(address("send", entry.pk))
    assert where(again) == address("sent", page.translation_key)
    assert actions.send(entry)
    assert answer(visitor, entry, "slot", "Toch nog").status_code in (302, 404)
    assert Response.objects.count() == 1


def test_start_without_a_ticket_is_asked_again(visitor: Client, page: QuickScanPage) -> None:
    assert visitor.post(address("start", page.translation_key), {}).status_code == 422
    assert not Entry.objects.exists()


def test_robot_is_thanked_and_nothing_is_kept(visitor: Client, page: QuickScanPage) -> None:
    url = address("start", page.translation_key)
    ticket = soup(visitor.get(url)).find("input", {"name": "ticket"})["value"]

    response = visitor.post(url, {"ticket": ticket, "website": "x"})
    assert where(response) == address("sent", page.translation_key)
    assert not Entry.objects.exists()


def test_link_opens_the_answers_in_another_browser(visitor: Client, entry: Entry) -> None:
    answer(visitor, entry, "soort-organisatie", "welfare")
    link = soup(visitor.get(at(entry, "provincie"))).find(id="eigen-link")["value"]
    other = Client()

    assert other.get(address("entry", entry.pk)).status_code == 404
    assert other.get(link.removeprefix("http://testserver")).status_code == 302
    assert where(other.get(address("entry", entry.pk))) == at(entry, "provincie")


def test_answers_keep_the_questions_they_started_with(visitor: Client, page: QuickScanPage, entry: Entry) -> None:
    page.questions = [question("text", "Anders")]
    page.save()

    answer_all(visitor, entry)
    assert visitor.post(address("send", entry.pk)).status_code == 302
    assert ScanVersion.objects.count() == 1


# Codes


@pytest.fixture
def coded(db: None) -> QuickScanPage:
    return make_scan(entrance="code", slug="met-code")


def test_code_lets_one_organisation_answer_once(visitor: Client, coded: QuickScanPage) -> None:
    [(_organisation, code)] = actions.hand_out(None, coded, ["Welzijn Zuid"])
    entry = begin(visitor, coded, code=code.lower().replace("-", " "))
    answer(visitor, entry, "soort-organisatie", "welfare")

    other = Client()
    assert begin(other, coded, code=code) == entry  # until it is sent, the code opens the same answers
    answer_all(other, entry)
    other.post(address("send", entry.pk))

    response = start_with(Client(), coded, code)
    assert response.status_code == 422
    assert "Met deze code is al geantwoord." in words(response)
    assert Code.objects.get().is_used
    assert Response.objects.count() == 1


@pytest.mark.parametrize("code", ["", "ABCD-ABCD-ABCD-ABCD", "\x00", "x" * 10_000])
def test_wrong_code_is_refused_with_a_sentence(visitor: Client, coded: QuickScanPage, code: str) -> None:
    response = start_with(visitor, coded, code)

    assert response.status_code == 422
    assert soup(response).select_one(".gs-field__error")
    assert not Entry.objects.exists()


def test_code_of_another_scan_does_not_work(visitor: Client, coded: QuickScanPage) -> None:
    other = make_scan(entrance="code", slug="andere")
    [(_organisation, code)] = actions.hand_out(None, other, ["Welzijn Zuid"])

    assert start_with(visitor, coded, code).status_code == 422


def test_one_form_may_be_used_for_two_codes(visitor: Client, coded: QuickScanPage) -> None:
    codes = [code for _organisation, code in actions.hand_out(None, coded, ["Een", "Twee"])]
    url = address("start", coded.translation_key)
    ticket = soup(visitor.get(url)).find("input", {"name": "ticket"})["value"]

    addresses = {where(visitor.post(url, {"ticket": ticket, "code": code})) for code in codes}
    assert len(addresses) == 2


def test_withdrawn_code_takes_along_what_was_typed(visitor: Client, coded: QuickScanPage) -> None:
    [(_organisation, code)] = actions.hand_out(None, coded, ["Welzijn Zuid"])
    entry = begin(visitor, coded, code=code)

    actions.withdraw(None, entry.code)
    assert visitor.get(address("entry", entry.pk)).status_code == 404
    assert start_with(visitor, coded, code).status_code == 422


# Time


def test_closed_scan_says_so_and_gives_the_text_back(visitor: Client, page: QuickScanPage, entry: Entry) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        response = answer(visitor, entry, "slot", "Mijn lange antwoord")
        assert response.status_code == 410
        assert "Deze quickscan is gesloten" in words(response)
        assert soup(response).find("textarea").get_text().strip() == "Mijn lange antwoord"
        for url in (page.url, address("start", page.translation_key)):
            assert "Meedoen kan niet meer" in words(visitor.get(url))
        assert visitor.post(address("send", entry.pk)).status_code == 410
        with pytest.raises(actions.Closed):
            actions.start(page, ticket=entry.ticket)


def test_closed_scan_starts_no_answers(visitor: Client, page: QuickScanPage) -> None:
    url = address("start", page.translation_key)
    ticket = soup(visitor.get(url)).find("input", {"name": "ticket"})["value"]
    QuickScanPage.objects.update(open_until=timezone.localdate() - timedelta(days=1))

    assert visitor.post(url, {"ticket": ticket}).status_code == 410
    assert not Entry.objects.exists()


def test_scan_that_is_taken_offline_takes_no_answers(visitor: Client, page: QuickScanPage, entry: Entry) -> None:
    page.unpublish()

    assert visitor.get(address("start", page.translation_key)).status_code == 404
    assert visitor.get(address("entry", entry.pk)).status_code == 410


def test_expired_link_says_what_it_can_mean(visitor: Client, entry: Entry) -> None:
    link = address("open", entry.pk, entry.key)
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        actions.tidy_up()

    response = visitor.get(link)
    assert response.status_code == 404
    assert "De link is verlopen." in words(response)


def test_answers_go_some_months_after_closing_and_public_figures_stay(page: QuickScanPage) -> None:
    respond(page, *[given()] * 24)
    for days, left in ((31, 24), (31 + 180, 24), (31 + 190, 0)):
        noon = datetime.combine(timezone.localdate() + timedelta(days=days), time(12), timezone.get_current_timezone())
        with time_machine.travel(noon):  # so many days after late in a winter evening is another date in summer
            actions.tidy_up()
        assert Response.objects.count() == left, days

    assert Outcome.objects.get().content["total"] == 25
    assert not ScanVersion.objects.exists() or ScanVersion.objects.count() == 1


def test_worker_and_command_tidy_up(page: QuickScanPage) -> None:
    assert periodic._table["quickscan.tidy"].function is actions.tidy_up

    respond(page, given())
    QuickScanPage.objects.update(open_until=timezone.localdate() - timedelta(days=1))
    call_command("tidy_quickscans", stdout=StringIO())
    assert Outcome.objects.exists()


def test_names_of_organisations_go_after_closing(coded: QuickScanPage) -> None:
    actions.hand_out(None, coded, ["Welzijn Zuid"])
    with time_machine.travel(timezone.now() + timedelta(days=46)):
        actions.tidy_up()

    assert not Code.objects.exists()


def test_months_are_counted_to_the_last_day() -> None:
    assert actions.months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert actions.months_later(date(2026, 11, 30), 1) == date(2026, 12, 30)


# Speed and form


def test_number_of_questions_to_the_database(visitor: Client, entry: Entry, django_assert_num_queries: Any) -> None:
    answer_all(visitor, entry)
    visitor.get(at(entry, "slot"))  # what is looked up once stays known
    with django_assert_num_queries(2):
        visitor.get(at(entry, "slot"))
    with django_assert_num_queries(5):
        answer(visitor, entry, "slot", "Nog een woord.")


def test_every_page_on_the_way_is_valid_html(visitor: Client, page: QuickScanPage, entry: Entry) -> None:
    pages = [page.url, address("start", page.translation_key), address("sent", page.translation_key)]
    for key in ("soort-organisatie", "provincie", "hulp", "vormen", "steun", "klaar", "slot"):
        pages.append(at(entry, key))
    for url in pages[3:]:
        assert faults(visitor.get(url, follow=True).content) == []
    answer_all(visitor, entry)
    for url in [*pages, address("send", entry.pk)]:
        assert faults(visitor.get(url).content) == [], url


def test_all_kinds_of_questions_are_in_these_tests() -> None:
    assert {kind for kind, _value in QUESTIONS} == {"choice", "choices", "needs", "scale", "text"}
