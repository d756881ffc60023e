"""Leaving: one press, without logging in, and nothing stays."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.test import Client

from knowledgebase.newsletter.links import leave_link
from knowledgebase.newsletter.models import Delivery, IssuePage, Mailing, NewsletterPage, Subscriber

from .conftest import make_subscribers

pytestmark = pytest.mark.django_db


def path_of(subscriber: Subscriber) -> str:
    parts = urlsplit(leave_link(subscriber))
    return f"{parts.path}?{parts.query}"


def test_looking_changes_nothing_and_the_button_ends_it(client: Client, issue: IssuePage) -> None:
    leaving, staying = make_subscribers(2)
    mailing = Mailing.objects.create(issue=issue)
    Delivery.objects.create(mailing=mailing, subscriber=leaving)
    page = client.get(path_of(leaving)).content.decode()
    assert "Stop de nieuwsbrief" in page
    assert leaving.email not in page
    client.head(path_of(leaving))
    assert Subscriber.objects.count() == 2

    response = client.post(path_of(leaving), {"List-Unsubscribe": "One-Click"})
    assert "Je bent afgemeld" in response.content.decode()
    assert list(Subscriber.objects.all()) == [staying]
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"),
        (
            '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
    ],
)
def test_mail_program_can_end_it_by_itself(newsletter: NewsletterPage, body: str, kind: str) -> None:
    (subscriber,) = make_subscribers(1)
    program = Client(enforce_csrf_checks=True)
    for _ in range(2):  # a program may try twice
        response = program.post(path_of(subscriber), body, content_type=kind)
        assert response.status_code == 200  # no way round, as the standard asks
        assert not response.cookies
    assert not Subscriber.objects.exists()


def test_page_needs_no_cookie_and_sets_none(newsletter: NewsletterPage) -> None:
    (subscriber,) = make_subscribers(1)
    visitor = Client(enforce_csrf_checks=True)
    response = visitor.get(path_of(subscriber))

    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert visitor.post(path_of(subscriber)).status_code == 200
    assert not Subscriber.objects.exists()


def test_foreign_page_can_do_nothing_without_the_link(newsletter: NewsletterPage) -> None:
    make_subscribers(3)
    stranger = Client(enforce_csrf_checks=True)
    for code in ("", "x", "00000000000040008000000000000000.onzin"):
        response = stranger.post(f"/abonnement/afmelden/?c={code}", {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 400

    assert Subscriber.objects.count() == 3


def test_only_leaving_mail_goes_without_a_token() -> None:
    from django.urls import get_resolver

    from tests.access.test_matrix import walk

    exempt = {
        name for name, pattern in walk(get_resolver().url_patterns) if getattr(pattern.callback, "csrf_exempt", 0)
    }

    assert {name for name in exempt if name.startswith(("knowledgebase", "groupspace", "account", "safety"))} == {
        "knowledgebase_newsletter:leave",
        "groupspace_outside:mail-off",
    }


def test_it_works_without_the_page_of_the_newsletter(client: Client, newsletter: NewsletterPage) -> None:
    (subscriber,) = make_subscribers(1)
    newsletter.delete()

    assert client.get(path_of(subscriber)).status_code == 200
    assert client.post(path_of(subscriber)).status_code == 200
    assert not Subscriber.objects.exists()


def test_history_of_the_browser_tells_nothing(client: Client, newsletter: NewsletterPage) -> None:
    (subscriber,) = make_subscribers(1)
    page = client.get(path_of(subscriber)).content.decode()

    assert "<title>Informatie</title>" in page
