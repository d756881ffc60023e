"""The newsletter in the CMS: numbers instead of addresses, a trial first, and no way to send what is not approved."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from knowledgebase.newsletter.models import IssuePage, Mailing, NewsletterPage, Subscriber

from .conftest import make_subscribers

pytestmark = pytest.mark.django_db
OVERVIEW = "/cms/nieuwsbrief/"


@pytest.fixture(autouse=True)
def _mail_in_memory(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def send_screen(issue: IssuePage) -> str:
    return reverse("knowledgebase_newsletter_send", args=[issue.pk])


@pytest.mark.parametrize("role", ["redactie", "beheer"])
def test_staff_see_numbers_and_no_address(request: Any, role: str, issue: IssuePage) -> None:
    make_subscribers(3)
    Subscriber.objects.create(email="kanarie@example.org")
    page = request.getfixturevalue(role).get(OVERVIEW).content.decode()

    assert "<strong>3</strong> adressen krijgen de nieuwsbrief" in page
    assert "<strong>1</strong> adres is nog niet bevestigd" in page
    assert "@example.org" not in page.replace("redacteur@example.org", "")
    assert "Op de site, nog niet verstuurd" in page


def test_address_of_who_asks_is_found_and_deleted(redactie: Client) -> None:
    make_subscribers(2)
    page = redactie.post(OVERVIEW, {"find": "", "email": "onbekend@example.org"}).content.decode()
    assert "Dit adres staat niet op de lijst" in page
    assert "Wis dit adres" not in page
    page = redactie.post(OVERVIEW, {"find": "", "email": "LEZER-1@example.org"}).content.decode()
    assert "Dit adres staat op de lijst" in page

    redactie.post(OVERVIEW, {"remove": "", "email": "LEZER-1@example.org"})
    assert list(Subscriber.objects.values_list("email", flat=True)) == ["lezer-0@example.org"]


def test_part_of_an_address_finds_nothing(redactie: Client) -> None:
    make_subscribers(1)
    for typed in ("lezer", "example.org", "%@example.org", "lezer-_@example.org"):
        page = redactie.post(OVERVIEW, {"find": "", "email": typed}).content.decode()
        assert "Dit adres staat op de lijst" not in page


def test_trial_then_everybody(redactie: Client, issue: IssuePage) -> None:
    make_subscribers(2)
    address = send_screen(issue)
    page = redactie.get(address).content.decode()
    assert "Dit kan zodra er een proefmail van deze tekst uit is" in page
    assert 'value="redacteur@example.org"' in page
    redactie.post(address, {"send": "1", "seen": "on"})
    assert not Mailing.objects.exclude(started_at=None).exists()

    redactie.post(address, {"trial": "1", "email": "redacteur@example.org"})
    assert [message.to for message in mail.outbox] == [["redacteur@example.org"]]
    page = redactie.get(address).content.decode()
    assert "<strong>2</strong> adressen krijgen deze mail" in page
    assert "Lees eerst de proefmail" in redactie.post(address, {"send": "1"}).content.decode()
    assert not Mailing.objects.exclude(started_at=None).exists()

    assert redactie.post(address, {"send": "1", "seen": "on"}).status_code == 302
    mailing = Mailing.objects.get()
    assert (mailing.started_by, mailing.recipients) == (redactie.user, 2)
    assert "gaat nu naar 2 adressen" in redactie.get(OVERVIEW).content.decode()
    assert "Onderweg: 0 van 2" in redactie.get(OVERVIEW).content.decode()
    page = redactie.post(address, {"send": "1", "seen": "on"}, follow=True).content.decode()
    assert "Een nieuwsbrief gaat maar één keer de deur uit" in page
    assert Mailing.objects.count() == 1


def test_issue_that_nobody_approved_cannot_be_sent(redactie: Client, newsletter: NewsletterPage) -> None:
    draft = newsletter.add_child(instance=IssuePage(title="Concept", summary="Nog niet af.", live=False))
    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])

    assert send_screen(draft) not in redactie.get(edit).content.decode()
    for address in (send_screen(draft), f"{send_screen(draft)}mail/", f"{send_screen(draft)}tekst/"):
        assert redactie.get(address).status_code == 404
    assert redactie.post(send_screen(draft), {"trial": "1", "email": "a@example.org"}).status_code == 404
    assert not mail.outbox


def test_issue_on_the_site_has_the_button(redactie: Client, issue: IssuePage) -> None:
    assert send_screen(issue) in redactie.get(reverse("wagtailadmin_pages:edit", args=[issue.pk])).content.decode()


def test_menu_leads_there(redactie: Client) -> None:
    assert OVERVIEW in redactie.get("/cms/").content.decode()


def test_mail_is_shown_in_a_frame_that_loads_nothing(redactie: Client, issue: IssuePage) -> None:
    response = redactie.get(f"{send_screen(issue)}mail/")

    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_account_of_the_cms_without_the_right_gets_nowhere(redactie: Client, issue: IssuePage) -> None:
    make_subscribers(1)
    group = redactie.user.groups.get()
    group.permissions.remove(*group.permissions.filter(content_type__app_label="knowledgebase_newsletter"))
    for address in (OVERVIEW, send_screen(issue)):
        response = redactie.get(address, follow=True)
        assert "Abonnees" not in response.content.decode()
        assert "proefmail" not in response.content.decode()
    redactie.post(OVERVIEW, {"remove": "", "email": "lezer-0@example.org"})
    redactie.post(send_screen(issue), {"trial": "1", "email": "a@example.org"})

    assert Subscriber.objects.count() == 1
    assert not mail.outbox
    assert OVERVIEW not in redactie.get("/cms/").content.decode()


@pytest.mark.parametrize("address", ["geen", "a@b\nBcc: c@d.nl", ""])
def test_trial_to_no_address_is_refused(redactie: Client, issue: IssuePage, address: str) -> None:
    response = redactie.post(send_screen(issue), {"trial": "1", "email": address})

    assert response.status_code == 200
    assert not mail.outbox
    assert not Mailing.objects.exists()
