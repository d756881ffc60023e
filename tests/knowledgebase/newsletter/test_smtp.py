"""A whole conversation with a real mail server: sign up, confirm, read, leave, and hear nothing more."""

from __future__ import annotations

import re
from email.message import Message
from typing import Any
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page

from groupspace.notify.delivery import deliver_due
from knowledgebase.models import TopicPage
from knowledgebase.newsletter import sending
from knowledgebase.newsletter.models import IssuePage, Mailing, NewsletterPage, Subscriber
from tests.groupspace.notify.conftest import Inbox

from .conftest import form_data, make_issue

pytestmark = pytest.mark.django_db
READER = "Lezer@example.org"


def newest(inbox: Inbox) -> tuple[str, Message]:
    """Empty the outbox, and return what the mail server took last."""
    deliver_due()
    return inbox.taken[-1]


def part(message: Message, kind: str) -> str:
    (found,) = [one for one in message.walk() if one.get_content_type() == kind]
    return found.get_payload(decode=True).decode(found.get_content_charset() or "utf-8").replace("\r\n", "\n")


def path_of(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}"


def send_issue(editor: Any, issue: IssuePage, inbox: Inbox) -> None:
    """Send an issue as staff do: a trial, then everybody, then the tasks run."""
    sending.try_out(editor, issue, "redacteur@example.org")
    mailing = sending.start(editor, issue)
    while sending.send_batch(mailing.pk):
        pass
    deliver_due()
    assert Mailing.objects.get(pk=mailing.pk).finished_at


def test_from_signing_up_to_leaving(
    outbox: Inbox, client: Client, redactie: Client, newsletter: NewsletterPage, issue: IssuePage, topic: TopicPage
) -> None:
    # Signing up: one plain mail with a link.
    client.post(newsletter.url, form_data(READER))
    to, asked = newest(outbox)
    assert to == "lezer@example.org"
    assert (asked["From"], asked["Subject"]) == ("Nieuwsbrief <noreply@example.org>", "Nieuwsbrief")
    assert asked.get_content_type() == "text/plain"
    link = path_of(re.findall(r"https?://\S+", part(asked, "text/plain"))[0])

    # An issue that goes out before the address is confirmed does not reach it.
    send_issue(redactie.user, issue, outbox)
    assert [address for address, _message in outbox.taken] == ["lezer@example.org", "redacteur@example.org"]

    # Confirming takes the button.
    client.get(link)
    client.post(link)
    assert Subscriber.objects.get().state == Subscriber.State.CONFIRMED

    # The next issue comes, in two versions.
    item = ("page", {"page": Page.objects.get(pk=topic.pk), "lead": "Één nieuwe tekst."})
    second = make_issue(newsletter, [item], title="Nieuwsbrief juni")
    send_issue(redactie.user, second, outbox)
    to, mail = outbox.taken[-1]
    assert to == "lezer@example.org"
    assert len(outbox.taken) == 4
    check_headers(mail)
    assert mail.get_content_type() == "multipart/alternative"
    assert [one.get_content_type() for one in mail.walk()][1:] == ["text/plain", "text/html"]  # the richest comes last
    for kind in ("text/plain", "text/html"):
        assert "Één nieuwe tekst." in part(mail, kind)
        assert topic.title in part(mail, kind)
    check_nothing_is_loaded(part(mail, "text/html"))

    # The mail program's own button ends it: no cookie, no token, no page in between.
    leave = mail["List-Unsubscribe"].strip().strip("<>")
    assert leave in part(mail, "text/plain")
    assert leave in part(mail, "text/html")
    program = Client(enforce_csrf_checks=True)
    assert program.post(path_of(leave), {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscriber.objects.exists()

    # The next one is not received.
    third = make_issue(newsletter, [item], title="Nieuwsbrief juli")
    send_issue(redactie.user, third, outbox)
    assert [address for address, _message in outbox.taken[4:]] == ["redacteur@example.org"]  # the trial only


def check_headers(mail: Message) -> None:
    assert mail["From"] == "Nieuwsbrief <noreply@example.org>"
    assert mail["To"] == "lezer@example.org"
    assert mail["Subject"] == "Nieuwsbrief"
    leave = mail["List-Unsubscribe"].strip()
    assert re.fullmatch(r"<http://127\.0\.0\.1:8000/abonnement/afmelden/\?c=[\w.-]+>", leave)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] == "auto-generated"
    told = {name.lower() for name in mail} - {"mime-version", "content-type", "date", "message-id"}
    assert told == {"from", "to", "subject", "list-unsubscribe", "list-unsubscribe-post", "auto-submitted"}


def check_nothing_is_loaded(html: str) -> None:
    soup = BeautifulSoup(html, "html.parser")
    assert not soup.find_all(["img", "picture", "link", "script", "iframe", "object", "embed", "video", "audio", "svg"])
    assert not [tag for tag in soup.find_all(True) if {"src", "srcset", "background", "poster"} & set(tag.attrs)]
    assert not re.search(r"url\(|@import", html)
    personal = [link["href"] for link in soup.find_all("a") if "?" in link["href"]]
    assert len(personal) == 1  # the way to leave
    assert "afmelden" in personal[0]


def test_address_that_the_server_refuses_holds_up_nobody(
    outbox: Inbox, redactie: Client, newsletter: NewsletterPage, issue: IssuePage
) -> None:
    from .conftest import make_subscribers

    make_subscribers(3)
    outbox.refused = {"lezer-1@example.org"}
    send_issue(redactie.user, issue, outbox)

    assert sorted(address for address, _message in outbox.taken) == [
        "lezer-0@example.org",
        "lezer-2@example.org",
        "redacteur@example.org",
    ]
