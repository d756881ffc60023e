"""Putting a page elsewhere: who may, where it can go, and that its old address still works."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from home.setup import ensure_home
from knowledgebase.models import KnowledgeIndexPage
from tests.knowledgebase.news.pages import make_news, make_news_index, put
from tests.knowledgebase.pages import make_index, make_plain, make_topic

pytestmark = pytest.mark.django_db


def make_shelf(title: str = "Elders") -> KnowledgeIndexPage:
    return put(ensure_home(), KnowledgeIndexPage(title=title, summary="Een plank."))


def wagtails_own(client: Client, page: Page, parent: Page) -> bool:
    """Whether the CMS itself lets this person move the page."""
    confirm = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, parent.pk])
    client.get(reverse("wagtailadmin_pages:move", args=[page.pk]))
    client.post(confirm)
    return Page.objects.get(pk=page.pk).is_child_of(parent)


def move(client: Client, page: Page, parent: Page | str) -> Any:
    return client.post(reverse("home_move", args=[page.pk]), {"parent": getattr(parent, "pk", parent)})


def test_redactie_moves_a_draft_and_no_page_of_the_site(redactie: Client) -> None:
    shelf = make_shelf()
    draft = put(ensure_home(), KnowledgeIndexPage(title="Concept", summary="Kort."), live=False)
    page = make_plain()

    assert wagtails_own(redactie, draft, shelf)
    assert not wagtails_own(redactie, page, shelf)
    assert move(redactie, page, shelf).status_code in (302, 403)
    assert not Page.objects.get(pk=page.pk).is_child_of(shelf)
    assert reverse("home_move", args=[page.pk]) not in editor(redactie, page)


def editor(client: Client, page: Page) -> str:
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def test_beheer_moves_a_page_with_all_below_it_and_old_addresses_work(
    beheer: Client, client: Client, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    shelf = make_shelf()
    page = put(ensure_home(), KnowledgeIndexPage(title="Plank", summary="Kort."))
    below = make_plain("Eronder", parent=page)
    assert client.get("/plank/eronder/").status_code == 200  # from now on it is in the cache
    assert not wagtails_own(beheer, page, shelf)
    assert reverse("home_move", args=[page.pk]) in editor(beheer, page)
    assert beheer.get(reverse("home_move", args=[page.pk])).status_code == 200

    with django_capture_on_commit_callbacks(execute=True):
        assert move(beheer, page, shelf).status_code == 302

    assert Page.objects.get(pk=below.pk).live
    assert client.get("/plank/")["Location"] == "/elders/plank/"
    assert client.get("/plank/eronder/")["Location"] == "/elders/plank/eronder/"
    assert client.get("/elders/plank/eronder/").status_code == 200


def test_where_a_page_cannot_go_is_told(beheer: Client) -> None:
    shelf, page = make_shelf(), make_shelf("Plank")
    below = put(page, KnowledgeIndexPage(title="Eronder", summary="Kort."))
    put(shelf, KnowledgeIndexPage(title="Plank", summary="Kort."))
    news = make_news(make_news_index())
    refused = [
        (page, page, "Een pagina kan niet onder zichzelf staan."),
        (page, below, "Een pagina kan niet onder zichzelf staan."),
        (page, ensure_home(), "De pagina staat hier al."),
        (news, shelf, "Dit soort pagina kan daar niet staan."),
        (page, shelf, "Daar staat al een pagina met het adres “plank”."),
        (page, Page.objects.get(depth=1), "Deze pagina is er niet meer."),
        (page, "987654", "Deze pagina is er niet meer."),
        (page, "9" * 30, "Deze pagina is er niet meer."),
        (page, "elders", "Deze pagina is er niet meer."),
        (page, "<b>", "Deze pagina is er niet meer."),
        (page, "²", "Deze pagina is er niet meer."),
    ]
    for what, where, sentence in refused:
        path = Page.objects.get(pk=what.pk).path
        response = move(beheer, what, where)
        assert response.status_code == 422
        assert sentence in response.content.decode()
        assert Page.objects.get(pk=what.pk).path == path


def test_home_page_and_pages_that_are_not_for_everyone_stay(beheer: Client) -> None:
    shelf, page = make_shelf(), make_topic(make_index())
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")

    for what in (page, ensure_home(), Page.objects.get(depth=1)):
        assert move(beheer, what, shelf).status_code in (302, 403)
        assert Page.objects.get(pk=what.pk).path == what.path
