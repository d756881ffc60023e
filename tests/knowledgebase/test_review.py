"""The report of pages to read again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from knowledgebase.models import TopicIndexPage, TopicPage
from knowledgebase.review import checked_models, pages_to_review, why

from .pages import make_topic

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)
REPORT = "knowledgebase_review_report"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    """The report asks the clock what day it is."""
    with time_machine.travel(dt.datetime.combine(TODAY, dt.time(12), dt.UTC)):
        yield


@pytest.fixture
def topics(index: TopicIndexPage) -> dict[str, TopicPage]:
    """Topics in every state of being checked; the demo's own words do not matter here."""
    dates: dict[str, dict[str, Any]] = {
        "Nooit": {"checked_on": None},
        "Lang geleden": {"checked_on": TODAY - dt.timedelta(days=365)},
        "Over tijd": {"checked_on": TODAY - dt.timedelta(days=30), "review_on": TODAY},
        "Net gedaan": {"checked_on": TODAY - dt.timedelta(days=364)},
        "Later": {"checked_on": TODAY - dt.timedelta(days=800), "review_on": TODAY + dt.timedelta(days=1)},
        "Concept": {"checked_on": None, "live": False},
    }
    return {title: make_topic(index, title, **fields) for title, fields in dates.items()}


def titles(user: Any) -> list[str]:
    return [page.title for page in pages_to_review(user, TODAY) if "TopicPage" in page.specific_class.__name__]


def test_pages_that_need_somebody_are_listed_most_urgent_first(topics: dict[str, TopicPage]) -> None:
    operator = get_user_model().objects.create_user("baas", is_superuser=True)

    assert titles(operator) == ["Nooit", "Lang geleden", "Over tijd"]
    assert [why(page) for page in pages_to_review(operator, TODAY)] == [
        "Nog niet nagekeken",
        "Nakijken vanaf 23 november 2026",
        "Nakijken vanaf 23 november 2026",
    ]


def test_list_of_topics_itself_has_nothing_to_check(index: TopicIndexPage) -> None:
    operator = get_user_model().objects.create_user("baas", is_superuser=True)

    assert index.pk not in pages_to_review(operator, TODAY).values_list("pk", flat=True)


def test_who_may_change_nothing_has_nothing_to_review(topics: dict[str, TopicPage]) -> None:
    assert titles(get_user_model().objects.create_user("lid")) == []


def test_report_leads_to_the_page_and_says_why(redactie: Client, topics: dict[str, TopicPage]) -> None:
    response = redactie.get(reverse(REPORT))
    body = response.content.decode()

    assert "Nog niet nagekeken" in body
    assert reverse("wagtailadmin_pages:edit", args=[topics["Nooit"].pk]) in body
    assert "Net gedaan" not in body
    assert "Concept" not in body


def test_report_can_be_of_one_theme_and_taken_along(
    redactie: Client,
    topics: dict[str, TopicPage],
) -> None:
    theme = topics["Nooit"].theme
    exported = redactie.get(reverse(REPORT), {"theme": theme.pk, "export": "csv"})
    other = redactie.get(reverse(REPORT), {"theme": theme.pk + 1000})

    rows = b"".join(exported.streaming_content).decode().splitlines()
    assert rows[0] == "Pagina,Soort,Thema,Gecontroleerd op,Nakijken vanaf"
    assert rows[1].startswith("Nooit,Onderwerp,Piekeren,")
    assert other.status_code == 200


def test_report_costs_the_same_for_few_and_many(
    redactie: Client,
    index: TopicIndexPage,
    django_assert_max_num_queries: Any,
) -> None:
    def costs() -> int:
        with django_assert_max_num_queries(60) as counted:
            redactie.get(reverse(REPORT))
        return len(counted)

    make_topic(index, "Eerste", checked_on=None)
    costs()
    few = costs()
    for number in range(20):
        make_topic(index, f"Nummer {number}", checked_on=None)

    assert costs() == few


def test_report_is_for_staff(client: Client, staff: Any) -> None:
    for outsider in (client, staff("nieuw", None)):
        assert outsider.get(reverse(REPORT)).status_code in (302, 404)


def test_news_of_one_day_is_not_asked_to_be_checked() -> None:
    names = {model.__name__ for model in checked_models()}

    assert {"TopicPage", "ArticlePage", "ContentPage"} <= names
    assert not names & {"NewsPage", "EventPage", "CallPage", "TopicIndexPage", "PublicPage"}
