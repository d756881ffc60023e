"""What is told of the counts: to everybody in round figures, to staff exactly; and how old counts are merged."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import Page

from home.setup import ensure_home
from knowledgebase import charts
from knowledgebase.models import Theme, TopicIndexPage, TopicPage
from knowledgebase.reach import demo
from knowledgebase.reach.actions import merge_old_counts
from knowledgebase.reach.figures import months_later, public_figures
from knowledgebase.reach.models import DayCount, ReachPage
from tests.knowledgebase.pages import make_topic, theme

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)
REPORT = "knowledgebase_reach_report"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    """Before anybody logs in: a session from another day would be over."""
    with time_machine.travel(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def read(topic: TopicPage) -> TopicPage:
    """A topic that has been read in the last months; of another theme almost nothing, of a third nothing."""
    Theme.objects.exclude(pk=topic.theme_id).delete()
    little, _nothing, other = theme("Schulden"), theme("Rouw"), theme("Alleen zijn")
    home = ensure_home()
    for months_ago, views in enumerate([7, 120, 90, 4, 60], start=0):
        day = months_later(TODAY, -months_ago) + dt.timedelta(days=2)
        DayCount.objects.create(page_id=topic.pk, theme=topic.theme, day=day, views=views)
    DayCount.objects.create(page_id=topic.pk, theme=little, day=dt.date(2026, 10, 3), views=3)
    DayCount.objects.create(page_id=topic.pk, theme=other, day=dt.date(2026, 10, 3), views=200)
    DayCount.objects.create(page=home, day=dt.date(2026, 10, 3), views=51)
    return topic


@pytest.fixture
def reach_page(read: TopicPage) -> ReachPage:
    page = ReachPage(title="Wat bereiken we", slug="wat-bereiken-we", summary="Zo vaak wordt hier gelezen.")
    ensure_home().add_child(instance=page)
    return page


def test_figures_are_of_whole_months_round_and_never_small(read: TopicPage) -> None:
    figures = public_figures(TODAY)

    assert (figures.first, figures.last) == (dt.date(2026, 7, 1), dt.date(2026, 10, 31))
    assert figures.total == 530  # 528; the seven of this month are not in it
    assert {month.label: month.count for month in figures.month_rows} == {
        "juli 2026": None,
        "augustus 2026": None,
        "september 2026": 90,
        "oktober 2026": 375,
    }
    shown = {bar.label: bar.count for bar in figures.themes}
    assert shown["Schulden"] is None
    assert shown["Rouw"] is None
    assert sum(count is None for count in shown.values()) >= 3
    assert [bar.count is None for bar in figures.themes] == sorted(bar.count is None for bar in figures.themes)
    assert figures.something_hidden


def test_figures_do_not_change_before_the_month_is_over(read: TopicPage) -> None:
    before = public_figures(TODAY)
    DayCount.objects.create(page_id=read.pk, theme=read.theme, day=TODAY, views=5000)

    assert public_figures(TODAY) == before


def test_first_month_tells_when_there_will_be_figures(topic: TopicPage) -> None:
    DayCount.objects.create(page_id=topic.pk, day=TODAY, views=5000)

    figures = public_figures(TODAY)

    assert (figures.first, figures.total, figures.next_on) == (None, None, dt.date(2026, 12, 1))


def test_only_twelve_months_count(read: TopicPage) -> None:
    DayCount.objects.create(page_id=read.pk, theme=read.theme, day=dt.date(2024, 1, 5), views=9000)

    figures = public_figures(TODAY)

    assert figures.first == dt.date(2025, 11, 1)
    assert len(figures.month_rows) == 12
    assert figures.total == 530


def test_figures_cost_the_same_for_any_number_of_counts(read: TopicPage, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(4):
        public_figures(TODAY)
    DayCount.objects.bulk_create(
        DayCount(page_id=read.pk, theme=read.theme, day=dt.date(2026, 9, day), views=day) for day in range(10, 31)
    )
    with django_assert_num_queries(4):
        public_figures(TODAY)


def test_page_tells_the_figures_as_sentence_chart_and_table(client: Client, reach_page: ReachPage) -> None:
    body = client.get(reach_page.url).content.decode()

    assert "ongeveer 530 keer geopend" in body
    assert body.count("<table>") == 2
    assert "niet getoond" in body
    assert "<rect" in body
    assert "style=" not in body
    assert "<td>3</td>" not in body  # the small one
    assert "<td>4</td>" not in body


def test_page_without_figures_says_when_they_come(client: Client, index: TopicIndexPage) -> None:
    page = ReachPage(title="Wat bereiken we", slug="wat-bereiken-we", summary="Zo vaak wordt hier gelezen.")
    ensure_home().add_child(instance=page)

    body = client.get(page.url).content.decode()

    assert "De eerste cijfers komen nog" in body
    assert "1 december 2026" in body


@pytest.mark.parametrize(
    ("query", "seen", "unseen"),
    [
        ("period=all", ["Piekeren", "484", "/edit/"], []),
        ("period=all&per=theme", ["Alleen zijn", "Schulden", "Zonder thema"], ["/edit/"]),
        ("period=all&per=month", ["oktober 2026", "juli 2026"], []),
        ("period=all&per=day", ["3 oktober 2026"], []),
        ("period=7", ["In deze periode is nog niets geteld"], []),
        ("period=nonsense&per=nonsense", ["Piekeren"], []),
    ],
)
def test_report_adds_up_as_asked(
    redactie: Client,
    read: TopicPage,
    query: str,
    seen: list[str],
    unseen: list[str],
) -> None:
    body = redactie.get(f"{reverse(REPORT)}?{query}").content.decode()
    results = redactie.get(f"{reverse(REPORT)}results/?{query}").content.decode()

    assert [word for word in seen if word not in body or word not in results] == []
    assert [word for word in unseen if word in results] == []
    assert " style=" not in results


def test_report_can_be_of_one_theme(redactie: Client, read: TopicPage) -> None:
    little = Theme.objects.get(name="Schulden")

    response = redactie.get(reverse(REPORT), {"period": "all", "per": "month", "theme": little.pk})

    assert response.context["total"] == 3


def test_report_can_be_taken_along(redactie: Client, read: TopicPage) -> None:
    Page.objects.filter(pk=read.pk).update(title="=HYPERLINK(1)")
    as_csv = redactie.get(reverse(REPORT), {"period": "all", "export": "csv"})
    as_xlsx = redactie.get(reverse(REPORT), {"period": "all", "export": "xlsx"})

    rows = list(csv.reader(io.StringIO(b"".join(as_csv.streaming_content).decode())))
    assert rows[0] == ["Pagina", "Keer geopend"]
    assert rows[1][1] == "484"
    sheet = load_workbook(io.BytesIO(b"".join(as_xlsx.streaming_content))).active
    assert [cell.value for cell in sheet[1]] == ["Pagina", "Keer geopend"]
    assert sheet["A2"].data_type == "s"  # a title is never a formula
    assert "bereik-page-" in as_csv["Content-Disposition"]


def test_report_is_for_staff_who_may_see_it(staff: Any, client: Client) -> None:
    newcomer = staff("nieuw", None)

    assert client.get(reverse(REPORT)).status_code in (302, 404)
    assert newcomer.get(reverse(REPORT)).status_code in (302, 404)


def test_report_of_many_pages_costs_no_more(
    redactie: Client,
    read: TopicPage,
    index: TopicIndexPage,
    django_assert_max_num_queries: Any,
) -> None:
    def costs() -> int:
        with django_assert_max_num_queries(60) as counted:
            redactie.get(reverse(REPORT), {"period": "all"})
        return len(counted)

    costs()
    few = costs()
    for number in range(30):
        page = make_topic(index, f"Nog een {number}")
        DayCount.objects.create(page_id=page.pk, day=dt.date(2026, 10, 3), views=number)

    assert costs() == few


def test_old_days_become_months_and_sums_stay(topic: TopicPage) -> None:
    for year, month, day, views in [
        (2023, 1, 1, 1),
        (2023, 1, 15, 2),
        (2023, 2, 3, 4),
        (2024, 11, 2, 8),
        (2026, 1, 5, 16),
    ]:
        for subject in (topic.theme, None):
            DayCount.objects.create(page_id=topic.pk, theme=subject, day=dt.date(year, month, day), views=views)
    before = {row["month"]: row["total"] for row in DayCount.objects.per_month()}

    assert merge_old_counts(TODAY) == 2
    assert merge_old_counts(TODAY) == 0

    assert {row["month"]: row["total"] for row in DayCount.objects.per_month()} == before
    assert sorted(DayCount.objects.filter(theme=None).values_list("day", "views")) == [
        (dt.date(2023, 1, 1), 3),
        (dt.date(2023, 2, 1), 4),
        (dt.date(2024, 11, 2), 8),  # the month is not wholly two years old
        (dt.date(2026, 1, 5), 16),
    ]


@pytest.mark.parametrize(("highest", "top"), [(0, 2), (1, 2), (3, 4), (9, 10), (11, 20), (41, 60), (1234, 2000)])
def test_chart_ends_at_a_round_number(highest: int, top: int) -> None:
    assert charts.round_top(highest) == top


def test_chart_draws_hidden_numbers_without_height() -> None:
    chart = charts.columns([("jan", 50), ("feb", None)])

    assert [column.height for column in chart.columns] == ["65.00%", "0.00%"]
    assert [line.count for line in chart.lines] == [0, 30, 60]
    assert charts.bars([("a", 4), ("b", None)])[1].width == "0.00%"


def test_demo_counts_are_made_once_and_always_the_same(topic: TopicPage) -> None:
    data = {"days": 40, "least": 1, "most": 9}

    first = [(row.page_id, row.day, row.views) for row in demo.load(data)]
    again = demo.load(data)
    demo.purge()

    assert first
    assert again == []
    assert not DayCount.objects.exists()
    assert [(row.page_id, row.day, row.views) for row in demo.load(data)] == first
