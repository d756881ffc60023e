"""Doing something with several pages at once: nobody gets online alone what takes two, and no button is a dead end."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, TaskState

from home.setup import ensure_home
from home.staff import BEHEER
from knowledgebase.models import TopicPage
from tests.home.conftest import make_staff
from tests.knowledgebase.pages import make_index, make_topic

pytestmark = pytest.mark.django_db


def address(action: str, *pages: Page) -> str:
    chosen = "&".join(f"id={page.pk}" for page in pages)
    return f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', action])}?{chosen}"


def draft(title: str, **fields: Any) -> TopicPage:
    topic = make_topic(TopicPage.objects.first().get_parent() if TopicPage.objects.exists() else make_index(), title)
    topic.summary = fields.get("summary", "Een andere samenvatting.")
    topic.save_revision()
    return topic


def test_buttons_say_what_they_do(redactie: Client) -> None:
    page = redactie.get(reverse("wagtailadmin_explore", args=[ensure_home().pk]))

    buttons = BeautifulSoup(page.content, "html.parser").select("[data-bulk-action-button]")
    assert [button.text.strip() for button in buttons] == ["Verplaats", "Verwijderen", "Stuur door", "Haal van de site"]


def test_drafts_go_to_a_colleague_together(redactie: Client, colleague: Client) -> None:
    first, second = draft("Rouw"), draft("Slapen")

    redactie.post(address("publish", first, second))

    states = TaskState.objects.filter(status="in_progress")
    assert {state.workflow_state.object_id for state in states} == {str(first.pk), str(second.pk)}
    assert TopicPage.objects.get(pk=first.pk).summary != first.summary  # not online
    for state in states:
        page_id = state.workflow_state.object_id
        colleague.post(reverse("wagtailadmin_pages:workflow_action", args=[page_id, "approve", state.pk]))
    assert TopicPage.objects.get(pk=first.pk).summary == first.summary


def test_what_cannot_go_is_named_and_stays(redactie: Client) -> None:
    whole, empty, same = draft("Rouw"), draft("Slapen", summary=""), make_topic(make_index(title="Meer"), "Gelijk")
    shown = BeautifulSoup(redactie.get(address("publish", whole, empty, same)).content, "html.parser")

    redactie.post(address("publish", whole, empty, same))

    lists = [[item.text.strip() for item in part.select("li")] for part in shown.select("main .nice-padding > ul")]
    assert [len(part) for part in lists] == [1, 2]
    assert TaskState.objects.get(status="in_progress").workflow_state.object_id == str(whole.pk)


def test_author_cannot_approve_what_went_with_others(redactie: Client) -> None:
    topic = draft("Rouw")
    redactie.post(address("publish", topic))
    state = TaskState.objects.get(status="in_progress")

    redactie.post(reverse("wagtailadmin_pages:workflow_action", args=[topic.pk, "approve", state.pk]))

    assert TopicPage.objects.get(pk=topic.pk).summary != topic.summary


def test_superuser_publishes_nothing_alone_either(staff: Any) -> None:
    topic = draft("Rouw")

    staff("baas", None, is_superuser=True).post(address("publish", topic))

    assert TopicPage.objects.get(pk=topic.pk).summary != topic.summary


@pytest.mark.parametrize(("group", "stays"), [(BEHEER, False), (None, True)])
def test_only_beheer_takes_pages_off_the_site(redactie: Client, group: str | None, stays: bool) -> None:
    topics = [make_topic(make_index(), "Rouw"), make_topic(make_index(title="Meer"), "Slapen")]
    client = make_staff("beheerder", group) if group else redactie

    client.post(address("unpublish", *topics))

    assert set(TopicPage.objects.values_list("live", flat=True)) == {stays}


def test_home_page_is_never_taken_off(staff: Any) -> None:
    home = ensure_home()

    staff("beheerder", BEHEER).post(address("unpublish", home))

    home.refresh_from_db()
    assert home.live
