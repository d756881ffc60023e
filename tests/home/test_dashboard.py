"""The first screen of the CMS: what waits for whom, what needs care, and where to act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groupspace import actions, register
from groupspace.models import Space
from home.setup import ensure_home
from home.staff import BEHEER
from knowledgebase.contact.actions import receive
from knowledgebase.contact.models import Kind
from knowledgebase.ideas.actions import receive as receive_idea
from knowledgebase.links.models import BrokenLink, Problem
from knowledgebase.models import TopicPage
from knowledgebase.reach.models import DayCount
from tests.cast import Cast, verified
from tests.knowledgebase.pages import make_index, make_plain, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(db: None) -> TopicPage:
    return make_topic(make_index(), checked_on=timezone.localdate())


def panels(client: Client) -> dict[str, Any]:
    """The panels of the first screen by their ids."""
    soup = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")
    return {panel["id"].removesuffix("-section"): panel for panel in soup.select("section.w-panel--dashboard")}


def words(panel: Any) -> str:
    return " ".join(panel.get_text(" ").split())


def send_in(client: Client, page: Any) -> None:
    """Send a page in for approval as this person."""
    page = page.specific
    page.save_revision(user=client.user)
    page.get_workflow().start(page, client.user)


def test_each_panel_says_something_when_there_is_nothing(redactie: Client) -> None:
    shown = panels(redactie)

    assert list(shown) == [
        "dashboard-to_approve",
        "dashboard-from_visitors",
        "dashboard-sent_in",
        "dashboard-review",
        "dashboard-broken_links",
        "dashboard-most_read",
    ]
    assert "Niets te beoordelen" in words(shown["dashboard-to_approve"])
    assert "Alles is beantwoord" in words(shown["dashboard-from_visitors"])
    assert "Je hebt niets ingestuurd" in words(shown["dashboard-sent_in"])
    assert "Alle pagina's zijn op tijd nagekeken" in words(shown["dashboard-review"])
    assert "Alle links werken" in words(shown["dashboard-broken_links"])
    assert "nog niets gelezen" in words(shown["dashboard-most_read"])


def test_text_that_was_sent_in_waits_for_a_colleague_and_not_for_its_writer(
    redactie: Client, colleague: Client
) -> None:
    page = make_plain("Huisregels")
    send_in(redactie, page)

    mine, theirs = panels(redactie), panels(colleague)

    assert "Huisregels Wacht op een collega sinds" in words(mine["dashboard-sent_in"])
    assert mine["dashboard-sent_in"].find("a", href=reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert "Niets te beoordelen" in words(mine["dashboard-to_approve"])
    assert "Huisregels" in words(theirs["dashboard-to_approve"])
    assert "Ingestuurd door redacteur" in words(theirs["dashboard-to_approve"])
    assert theirs["dashboard-to_approve"].find("a", href=reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert "Je hebt niets ingestuurd" in words(theirs["dashboard-sent_in"])


def test_text_that_i_changed_after_it_was_sent_in_is_not_mine_to_approve(redactie: Client, colleague: Client) -> None:
    page = make_plain("Huisregels")
    send_in(redactie, page)
    page.specific.save_revision(user=colleague.user)

    assert "Niets te beoordelen" in words(panels(colleague)["dashboard-to_approve"])


def test_text_that_came_back_says_so(redactie: Client, colleague: Client) -> None:
    page = make_plain("Huisregels")
    send_in(redactie, page)
    page.current_workflow_task_state.reject(user=colleague.user)

    assert "Een collega vraagt om een verandering" in words(panels(redactie)["dashboard-sent_in"])


def test_page_to_check_leads_to_its_editor(redactie: Client, topic: TopicPage) -> None:
    TopicPage.objects.filter(pk=topic.pk).update(checked_on=dt.date(2020, 1, 1))

    panel = panels(redactie)["dashboard-review"]

    assert "Piekeren Nakijken vanaf 31 december 2020" in words(panel)
    assert panel.find("a", href=reverse("wagtailadmin_pages:edit", args=[topic.pk]))
    assert panel.find("a", href=reverse("knowledgebase_review_report"))


def test_broken_link_says_which_and_why(redactie: Client, topic: TopicPage) -> None:
    for number in range(7):
        BrokenLink.objects.create(page_id=topic.pk, address=f"/nergens/{number}/", problem=Problem.ADDRESS_GONE)

    panel = panels(redactie)["dashboard-broken_links"]

    assert "“/nergens/0/”: Op dit adres staat niets op onze site." in words(panel)
    assert "Bekijk ook de andere 2" in words(panel)
    assert panel.find("a", href=reverse("knowledgebase_links_report"))


def test_most_read_is_of_this_month(redactie: Client, topic: TopicPage) -> None:
    today = timezone.localdate()
    last_month = today.replace(day=1) - dt.timedelta(days=1)
    DayCount.objects.create(page_id=topic.pk, day=today.replace(day=1), views=7)
    DayCount.objects.create(page=ensure_home(), day=last_month, views=500)
    DayCount.objects.create(page=None, day=today, views=900)

    panel = panels(redactie)["dashboard-most_read"]

    assert "Piekeren 7 keer geopend" in words(panel)
    assert "500" not in words(panel)
    assert "900" not in words(panel)


def test_first_screen_costs_the_same_for_few_and_many(
    redactie: Client, colleague: Client, topic: TopicPage, django_assert_max_num_queries: Any
) -> None:
    def costs() -> int:
        with django_assert_max_num_queries(80) as counted:
            redactie.get(reverse("wagtailadmin_home"))
        return len(counted)

    def more(number: int) -> None:
        page = make_topic(topic.get_parent().specific, f"Nummer {number}", checked_on=dt.date(2020, 1, 1))
        DayCount.objects.create(page_id=page.pk, day=timezone.localdate(), views=number)
        BrokenLink.objects.create(page_id=page.pk, address="/x/", problem=Problem.ADDRESS_GONE)
        send_in(redactie if number % 2 else colleague, page)

    for number in range(6):
        more(number)
    costs()
    few = costs()
    for number in range(6, 12):
        more(number)

    assert costs() == few


def test_panels_are_dutch_and_without_inline_style(redactie: Client, topic: TopicPage) -> None:
    DayCount.objects.create(page_id=topic.pk, day=timezone.localdate(), views=7)

    for panel in panels(redactie).values():
        assert not panel.select("[style]")
        assert "You" not in words(panel)


def test_newcomer_without_rights_sees_no_reports(staff: Any, topic: TopicPage) -> None:
    from django.contrib.auth.models import Group, Permission

    group = Group.objects.create(name="Alleen binnen")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    DayCount.objects.create(page_id=topic.pk, day=timezone.localdate(), views=7)

    shown = panels(staff("kijker", "Alleen binnen"))

    assert set(shown) == {"dashboard-to_approve", "dashboard-sent_in"}


def test_what_visitors_sent_waits_without_its_words(redactie: Client) -> None:
    late, soon = (receive(Kind.QUESTION, uuid4(), answer_days=days, keep_days=30, text="kanarie") for days in (-1, 7))
    receive_idea(uuid4(), keep_months=12, problem="kanarie", for_whom="kanarie", would_join="yes")
    panel = panels(redactie)["dashboard-from_visitors"]

    assert [link.get_text() for link in panel.select(".home-panel__title")] == [
        str(late),
        str(soon),
        "Ingezonden ideeën",
    ]
    assert len(panel.select(".home-panel__row--urgent")) == 1
    assert "1 nieuw idee" in words(panel)
    assert "kanarie" not in words(panel)


def test_who_keeps_the_register_reads_how_many_wait_and_where_it_is_silent(
    cast: Cast, staff: Callable[..., Client], redactie: Client
) -> None:
    browser = staff("beheerder", BEHEER)
    assert "Niemand wacht op antwoord" in words(panels(browser)["dashboard-groups"])

    asking = {"tenant": "private", "theme": "Kanarie", "purpose": "Kanarie", "accepts_care": True}
    lease = actions.request_lease(cast.actor("dora"), **asking)
    Space.objects.filter(pk=cast.space.pk).update(counted_at=timezone.now() - dt.timedelta(days=8))
    panel = panels(browser)["dashboard-groups"]

    assert "Huur van ruimtes 1 aanvraag wacht" in words(panel)
    assert "Register van ruimtes 1 groep is te lang stil" in words(panel)
    assert "Kanarie" not in words(panel)
    assert cast.space.name not in words(panel)
    for link in panel.select("a[href*='register']"):
        page = browser.get(link["href"])
        assert page.status_code == 200
        assert ("Kanarie" if "huur" in link["href"] else cast.space.name) in page.content.decode()
        assert cast.other.name not in page.content.decode()
    assert "dashboard-groups" not in panels(redactie)

    register.decide_lease(verified(cast.operator), lease, state="refused", answer="Nee.")
    assert "Huur van ruimtes" not in words(panels(browser)["dashboard-groups"])
