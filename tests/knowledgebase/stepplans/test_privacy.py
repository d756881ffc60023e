"""What people write in a plan reaches nobody else: no other visitor, no editor, no operator, no list, no search."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from home.staff import BEHEER, REDACTIE
from knowledgebase.stepplans.models import Answer, Approval, PlanVersion, StepPlanPage, Walk
from tests.cast import make_professional, make_user
from tests.home.conftest import make_staff
from tests.logged_in import logged_in

from .plans import address, begin, finish, soup, walk_to_end

pytestmark = pytest.mark.django_db

SECRET = "Kanariereden7431"
NAME = "Kanarienaam7432"
REMARK = "Kanarieopmerking7433"

STRANGERS: dict[str, Callable[[], Client]] = {
    "visitor": Client,
    "client": lambda: logged_in(make_user()),
    "professional": lambda: logged_in(make_professional(), verified=True),
    "editor": lambda: make_staff("redacteur", REDACTIE),
    "manager": lambda: make_staff("beheerder", BEHEER),
    "operator": lambda: make_staff("operator", None, is_superuser=True),
}


def of_visitor(page: StepPlanPage) -> Walk:
    client = Client()
    walk = begin(client, page)
    walk_to_end(client, walk, reason=SECRET)
    finish(client, walk, name=NAME)
    return walk


def of_professional(page: StepPlanPage) -> Walk:
    client = logged_in(make_professional("owner"), verified=True)
    walk = begin(client, page)
    walk_to_end(client, walk, reason=SECRET)
    finish(client, walk, name=NAME)
    client.post(address("keep", walk.pk))
    decision = {"verdict": "go", "decided_by": "Bestuur", "decided_on": "2026-11-01", "remark": REMARK}
    client.post(address("approval", walk.pk), decision)
    assert REMARK in client.get(address("document", walk.pk)).content.decode()  # the control
    return walk


def addresses(walk: Walk) -> list[str]:
    names = ("walk", "plan", "document", "pdf", "keep", "copy", "approval", "forget")
    return [*(address(name, walk.pk) for name in names), address("step", walk.pk, "kies-een-manier")]


def leaks(response: Any) -> bool:
    everything = response.content.decode("utf-8", "replace") + str(response.headers)
    return any(secret in everything for secret in (SECRET, NAME, REMARK))


@pytest.mark.parametrize("make", [of_visitor, of_professional])
@pytest.mark.parametrize("who", sorted(STRANGERS))
def test_strangers_do_not_find_the_plan(
    who: str, make: Callable[[StepPlanPage], Walk], page: StepPlanPage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    walk, client = make(page), STRANGERS[who]()

    for url in addresses(walk):
        for method in ("get", "head", "post"):
            response = getattr(client, method)(url)
            assert response.status_code == 404, (method, url)
            assert "no-store" in response["Cache-Control"]
            assert not leaks(response)
    for url in (page.url, "/", "/sitemap.xml", address("mine"), address("start", page.translation_key)):
        assert not leaks(client.get(url, follow=True))
    assert not leaks(client.get("/zoeken/", {"q": "Kanarie"}))
    assert Walk.objects.filter(pk=walk.pk).exists()
    assert SECRET not in caplog.text


@pytest.mark.parametrize("who", ["editor", "manager", "operator"])
def test_cms_shows_no_plans(who: str, page: StepPlanPage) -> None:
    walk = of_professional(page)
    client = STRANGERS[who]()

    for name, args in (
        ("wagtailadmin_home", []),
        ("wagtailadmin_pages:edit", [page.pk]),
        ("wagtailadmin_pages:usage", [page.pk]),
        ("wagtailadmin_pages:history", [page.pk]),
        ("wagtailadmin_reports:site_history", []),
        ("wagtailsnippets:index", []),
    ):
        response = client.get(reverse(name, args=args), follow=True)
        assert not leaks(response), name
        assert str(walk.pk) not in response.content.decode(), name
    assert not leaks(client.get(reverse("wagtailadmin_pages:search"), {"q": "Kanarie"}))


def test_nothing_offers_plans_to_staff() -> None:
    from django.contrib.auth.models import Permission
    from wagtail.models import ReferenceIndex
    from wagtail.search.index import get_indexed_models
    from wagtail.snippets.models import get_snippet_models

    for model in (Walk, Answer, Approval, PlanVersion):
        assert not ReferenceIndex.model_is_indexable(model)
        assert model not in get_indexed_models()
        assert model not in get_snippet_models()
        assert not Permission.objects.filter(
            content_type__app_label="knowledgebase_stepplans", content_type__model=model._meta.model_name
        ).exists()


def test_only_their_own_tables_hold_what_people_wrote(page: StepPlanPage) -> None:
    of_professional(page)

    meant = {Walk, Answer, Approval}
    for model in apps.get_models():
        if model in meant or not model._meta.managed:
            continue
        rows = "".join(repr(row) for row in model._default_manager.values_list())
        assert not any(secret in rows for secret in (SECRET, NAME, REMARK)), model._meta.label
    assert not any(SECRET in repr(value) for value in getattr(cache, "_cache", {}).values())
    assert not mail.outbox


def test_database_alone_does_not_open_a_plan(page: StepPlanPage) -> None:
    walk = of_visitor(page)

    row = repr(Walk.objects.filter(pk=walk.pk).values_list().get())
    assert walk.key not in row


def test_visitor_with_the_key_of_another_plan_finds_nothing(page: StepPlanPage) -> None:
    walk, client = of_visitor(page), Client()
    own = begin(client, page)
    client.cookies[f"plan-{walk.pk.hex[:12]}"] = own.key

    assert client.get(address("document", walk.pk)).status_code == 404


def test_form_holds_nothing_of_others(page: StepPlanPage) -> None:
    of_visitor(page)
    client = Client()
    walk = begin(client, page)

    assert soup(client.get(address("step", walk.pk, "noem-het-doel"))).find("textarea").get_text().strip() == ""
