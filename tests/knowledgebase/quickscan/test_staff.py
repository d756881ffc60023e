"""What staff do with a quick scan in the CMS: codes and exact results."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knowledgebase.quickscan import actions
from knowledgebase.quickscan.models import Code, QuickScanPage

from .scans import given, make_scan, respond, soup, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def coded(db: None) -> QuickScanPage:
    return make_scan(entrance="code", slug="met-code")


def screen(page: QuickScanPage) -> str:
    return reverse("knowledgebase_quickscan_scan", args=[page.pk])


def make_codes(client: Client, page: QuickScanPage, organisations: str) -> Any:
    return client.post(reverse("knowledgebase_quickscan_codes", args=[page.pk]), {"organisations": organisations})


def test_menu_leads_to_the_list_and_the_results(editor: Client, page: QuickScanPage) -> None:
    respond(page, given(), given())
    assert reverse("knowledgebase_quickscan_list") in editor.get(reverse("wagtailadmin_home")).content.decode()

    listed = editor.get(reverse("knowledgebase_quickscan_list"))
    assert screen(page) in listed.content.decode()
    row = soup(listed).find("a", href=screen(page)).find_parent("tr")
    assert [cell.get_text(strip=True) for cell in row.find_all("td")][:2] == [page.title, "2"]


def test_results_show_counts_bars_and_own_words(editor: Client, page: QuickScanPage) -> None:
    respond(page, given(slot="Graag <b>snel</b>."), given(steun=["techniek", "geld"]))
    response = editor.get(screen(page))

    assert "no-store" in response["Cache-Control"]
    assert "2 organisaties deden mee." in words(response)
    assert "Graag <b>snel</b>." in soup(response).blockquote.get_text()
    bars = soup(response).find("h3", string="Wat bij Steun?").find_parent("section").select(".kb-bars__count")
    assert [bar.get_text() for bar in bars] == ["2", "0", "1"]
    assert "Gemiddeld 3,0." in words(response)


def test_results_of_one_kind_or_province(editor: Client, page: QuickScanPage) -> None:
    respond(page, given(), given(provincie=["zeeland"]), given(soort_organisatie=["youth"]))

    assert "1 van de 3 antwoorden." in words(editor.get(screen(page), {"province": "zeeland"}))
    assert "2 van de 3 antwoorden." in words(editor.get(screen(page), {"kind": "welfare"}))
    assert "0 van de 3 antwoorden." in words(editor.get(screen(page), {"kind": "youth", "province": "zeeland"}))
    assert editor.get(screen(page), {"kind": "\x00"}).status_code == 200


def test_codes_are_shown_once(editor: Client, coded: QuickScanPage) -> None:
    response = make_codes(editor, coded, "Welzijn Zuid\n\n  Buurtteam   West \nWelzijn Zuid")

    codes = [output.text for output in soup(response).find_all("output")]
    assert sorted(Code.objects.values_list("organisation", flat=True)) == ["Buurtteam West", "Welzijn Zuid"]
    assert [actions.find_code(coded, code).organisation for code in codes] == ["Welzijn Zuid", "Buurtteam West"]
    again = editor.get(screen(coded)).content.decode()
    assert not any(code in again for code in codes)
    assert "nog niet verstuurd" in again


@pytest.mark.parametrize("names", ["", " \n ", "x" * 121, "\n".join(map(str, range(101))), "x" * 20_001])
def test_wrong_lists_of_organisations_are_refused(editor: Client, coded: QuickScanPage, names: str) -> None:
    response = make_codes(editor, coded, names)

    assert response.status_code == 422
    assert names.strip()[:50] in response.content.decode()
    assert not Code.objects.exists()


def test_code_is_taken_back(editor: Client, coded: QuickScanPage) -> None:
    actions.hand_out(None, coded, ["Een", "Twee"])
    Code.objects.filter(organisation="Twee").update(is_used=True)
    for code in Code.objects.all():
        editor.post(reverse("knowledgebase_quickscan_withdraw", args=[code.pk]))

    assert [code.organisation for code in Code.objects.all()] == ["Twee"]


def test_closed_scan_gets_no_codes(editor: Client, coded: QuickScanPage) -> None:
    QuickScanPage.objects.update(open_until=timezone.localdate() - timedelta(days=1))

    assert make_codes(editor, coded, "Een").status_code in (302, 403)
    assert not Code.objects.exists()
    assert "Er komen geen codes meer bij." in words(editor.get(screen(coded)))


def test_open_scan_has_no_codes(editor: Client, page: QuickScanPage) -> None:
    assert make_codes(editor, page, "Een").status_code in (302, 403)
    assert not Code.objects.exists()


def test_queries_do_not_grow(editor: Client, coded: QuickScanPage, django_assert_num_queries: Any) -> None:
    editor.get(screen(coded))
    for number in (1, 30):
        respond(coded, *[given()] * number)
        actions.hand_out(None, coded, [f"Organisatie {number}-{one}" for one in range(number)])
        with django_assert_num_queries(14):
            editor.get(screen(coded))
