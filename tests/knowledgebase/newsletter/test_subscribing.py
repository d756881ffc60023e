"""Signing up: one answer for every address, one mail, and a button before anything counts."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from knowledgebase.newsletter.actions import subscribe
from knowledgebase.newsletter.links import confirm_link
from knowledgebase.newsletter.models import NewsletterPage, Subscriber
from knowledgebase.newsletter.purge import forget

from .conftest import form_data, make_subscribers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mail_in_memory(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def path_of(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}"


def links_in(body: str) -> list[str]:
    return re.findall(r"https?://\S+", body)


def test_page_says_what_the_mail_looks_like(client: Client, newsletter: NewsletterPage) -> None:
    response = client.get(newsletter.url)
    page = response.content.decode()

    assert "Nieuwsbrief &lt;noreply@localhost&gt;" in page
    assert "no-store" in response["Cache-Control"]  # the form's token is for one visitor
    assert "We zien niet of je de mail opent" in page


def test_confirming_takes_a_link_and_a_button(client: Client, newsletter: NewsletterPage) -> None:
    response = client.post(newsletter.url, form_data(" Lezer@Example.ORG "))
    assert (response.status_code, response["Location"]) == (302, f"{newsletter.url}?klaar=1")
    assert "Kijk nu in je mail" in client.get(response["Location"]).content.decode()

    (message,) = mail.outbox
    assert (message.to, message.subject) == (["lezer@example.org"], "Nieuwsbrief")
    assert message.from_email == "Nieuwsbrief <noreply@localhost>"
    link = path_of(links_in(message.body)[0])
    subscriber = Subscriber.objects.get()
    assert "example" not in link

    assert client.get(link).status_code == 200
    subscriber.refresh_from_db()
    assert subscriber.state == Subscriber.State.ASKED  # a program that checks mail opens links too

    assert "Gelukt" in client.post(link).content.decode()
    subscriber.refresh_from_db()
    assert (subscriber.state, subscriber.confirmed_on) == (Subscriber.State.CONFIRMED, timezone.localdate())
    assert client.post(link).status_code == 200


def test_confirmation_asks_for_the_token_of_our_own_page(newsletter: NewsletterPage) -> None:
    subscriber = Subscriber.objects.create(email="lezer@example.org")
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(path_of(confirm_link(subscriber))).status_code == 403


def test_known_and_unknown_addresses_get_the_same_answer(client: Client, newsletter: NewsletterPage) -> None:
    make_subscribers(1)
    known = client.post(newsletter.url, form_data("lezer-0@example.org"))
    unknown = client.post(newsletter.url, form_data("vreemd@example.org"))

    assert (known.status_code, known["Location"], known.content) == (
        unknown.status_code,
        unknown["Location"],
        unknown.content,
    )
    assert [len(message.to) for message in mail.outbox] == [1, 1]
    assert "Je krijgt hem al" in mail.outbox[0].body  # only its owner reads that
    assert "afmelden/" in mail.outbox[0].body


def test_capitals_make_no_second_subscription(newsletter: NewsletterPage, client: Client) -> None:
    for address in ("lezer@example.org", "LEZER@example.org", "Lezer@EXAMPLE.org"):
        client.post(newsletter.url, form_data(address))

    assert Subscriber.objects.count() == 1


def test_form_posted_twice_sends_one_mail(client: Client, newsletter: NewsletterPage) -> None:
    data = form_data()
    answers = {client.post(newsletter.url, data).status_code for _ in range(4)}

    assert answers == {302}
    assert len(mail.outbox) == 1


def test_nobody_can_fill_the_mailbox_of_another(client: Client, newsletter: NewsletterPage) -> None:
    make_subscribers(1)
    for _ in range(6):
        client.post(newsletter.url, form_data("slachtoffer@example.org"))
        client.post(newsletter.url, form_data("lezer-0@example.org"))
    assert (
        sorted(message.to[0] for message in mail.outbox)
        == ["lezer-0@example.org"] * 3 + ["slachtoffer@example.org"] * 3
    )

    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        client.post(newsletter.url, form_data("slachtoffer@example.org"))
    assert len(mail.outbox) == 7


def test_a_script_that_signs_up_everybody_is_slowed_down(
    client: Client, newsletter: NewsletterPage, settings: Any
) -> None:
    settings.KNOWLEDGEBASE = {**settings.KNOWLEDGEBASE, "VISITORS_PACE": ((3600, 2),)}
    answers = [client.post(newsletter.url, form_data(f"{one}@example.org")).status_code for one in range(4)]

    assert answers == [302, 302, 422, 422]
    assert len(mail.outbox) == 2


def test_robot_is_thanked_and_forgotten(client: Client, newsletter: NewsletterPage) -> None:
    response = client.post(newsletter.url, form_data(website="https://spam.example"))

    assert response.status_code == 302
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize(
    "address",
    ["", "geen adres", "a@b", "a@example.org\nBcc: b@example.org", "a" * 250 + "@example.org", "a@exa mple.org", "\0"],
)
def test_odd_addresses_are_refused_with_what_was_typed(
    client: Client, newsletter: NewsletterPage, address: str
) -> None:
    response = client.post(newsletter.url, form_data(address))

    assert response.status_code == 422
    assert not Subscriber.objects.exists()
    assert not mail.outbox


def test_link_is_too_old_after_a_week(client: Client, newsletter: NewsletterPage) -> None:
    subscriber = Subscriber.objects.create(email="lezer@example.org")
    link = path_of(confirm_link(subscriber))
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        response = client.post(link)

    assert response.status_code == 410
    assert "Deze link werkt niet meer" in response.content.decode()
    subscriber.refresh_from_db()
    assert subscriber.state == Subscriber.State.ASKED


def test_link_does_not_bring_back_who_left(client: Client, newsletter: NewsletterPage) -> None:
    subscriber = Subscriber.objects.create(email="lezer@example.org")
    link = path_of(confirm_link(subscriber))
    client.post(link)
    subscriber.delete()

    assert client.post(link).status_code == 410
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize("code", ["", "onzin", "a.b.c", "%00", "é" * 20])
def test_broken_link_says_what_to_do(client: Client, newsletter: NewsletterPage, code: str) -> None:
    for path in ("/abonnement/bevestigen/", "/abonnement/afmelden/"):
        for method in ("get", "post"):
            response = getattr(client, method)(f"{path}?c={code}")
            assert response.status_code == 400
            assert "Deze link klopt niet" in response.content.decode()


def test_link_of_one_kind_is_none_of_the_other(client: Client, newsletter: NewsletterPage) -> None:
    subscriber = Subscriber.objects.create(email="lezer@example.org")
    code = path_of(confirm_link(subscriber)).partition("?")[2]

    assert client.post(f"/abonnement/afmelden/?{code}").status_code == 400
    assert Subscriber.objects.exists()


def test_unconfirmed_address_is_forgotten(newsletter: NewsletterPage) -> None:
    make_subscribers(1)
    Subscriber.objects.create(email="nieuw@example.org")
    Subscriber.objects.create(email="oud@example.org", asked_at=timezone.now() - timedelta(days=14, minutes=1))

    assert forget() == {"subscribers": 1, "deliveries": 0}
    assert sorted(Subscriber.objects.values_list("email", flat=True)) == ["lezer-0@example.org", "nieuw@example.org"]


def test_address_stands_in_no_text_of_the_row(newsletter: NewsletterPage) -> None:
    subscriber = Subscriber.objects.create(email="kanarie@example.org")

    assert "kanarie" not in f"{subscriber} {subscriber!r}"


def test_asking_again_sends_a_fresh_link(newsletter: NewsletterPage, client: Client) -> None:
    data = form_data()
    client.post(newsletter.url, data)
    with time_machine.travel(timezone.now() + timedelta(days=10)):
        subscribe(newsletter, "lezer@example.org", Subscriber.objects.get().pk)
        link = path_of(links_in(mail.outbox[-1].body)[0])
        assert "Gelukt" in client.post(link).content.decode()
