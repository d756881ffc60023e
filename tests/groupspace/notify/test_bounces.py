"""Refusals that come back as mail: only a message that we sent, to the address that we sent it to, counts."""

from __future__ import annotations

import io
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from groupspace.notices.sending.refusals import is_refused
from groupspace.notify import delivery
from groupspace.notify.leases import State
from groupspace.notify.mail import send_text
from groupspace.notify.models import Mail
from tests.groupspace.notify.conftest import MailServer, mail_server, outbox, unused_port  # noqa: F401  fixtures

pytestmark = pytest.mark.django_db
ADDRESS = "ben@example.org"


def report(message_id, address=ADDRESS, *, action="failed", status="5.1.1", returned="text/rfc822-headers"):
    """What a mail server sends when it cannot deliver what it took."""
    return f"""From: MAILER-DAEMON@elsewhere.example
To: noreply@example.org
Subject: Undelivered Mail Returned to Sender
Message-ID: <own@elsewhere.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="BB"

--BB
Content-Type: text/plain

It did not work.

--BB
Content-Type: message/delivery-status

Reporting-MTA: dns; elsewhere.example

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}

--BB
Content-Type: {returned}

Message-ID: {message_id}
Subject: Er is iets nieuws

--BB--
""".encode()


@pytest.fixture
def ben(cast, outbox):  # noqa: F811
    """Ben, to whom a message went that the mail server took."""
    type(cast.ben).objects.filter(pk=cast.ben.pk).update(email=ADDRESS)
    type(cast.ben).objects.filter(pk=cast.ellen.pk).update(email="ellen@example.org")
    send_text(ADDRESS, "Er is iets nieuws", "Kijk maar.")
    assert delivery.deliver_due() == 1
    sent = Mail.objects.get()
    assert (sent.state, sent.recipient, bytes(sent.content)) == (State.DONE, "", b"")
    return SimpleNamespace(pk=cast.ben.pk, ellen=cast.ellen.pk, message_id=sent.message_id)


def give(monkeypatch, content):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    call_command("bounce")


@pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822"])
def test_a_refusal_that_comes_back_counts_as_one_during_sending(ben, monkeypatch, returned):
    give(monkeypatch, report(ben.message_id, "BEN@example.org", returned=returned))

    assert is_refused(ben.pk, ADDRESS)
    assert not is_refused(ben.ellen, "ellen@example.org")


@pytest.mark.parametrize(
    "change",
    [
        {"message_id": "<made.up@example.org>"},
        {"message_id": ""},
        {"address": "ellen@example.org"},  # whoever got a message of ours knows its Message-ID
        {"action": "delayed"},
        {"status": "4.2.2"},
        {"status": "5.7.1"},  # this message, not the address
        {"returned": "text/plain"},
    ],
)
def test_what_is_forged_unknown_or_passing_does_nothing(ben, monkeypatch, change):
    give(monkeypatch, report(**({"message_id": ben.message_id} | change)))

    assert not is_refused(ben.pk, ADDRESS)
    assert not is_refused(ben.ellen, "ellen@example.org")


@pytest.mark.parametrize("content", [b"", b"\xff\x00\r\n\r\n", b"Content-Type: multipart/report\n\nniets", b"Hallo"])
def test_anything_else_is_passed_over_without_a_fault(ben, monkeypatch, content):
    give(monkeypatch, content)

    assert not is_refused(ben.pk, ADDRESS)


def test_reports_cut_short_or_bent_never_fail(ben, monkeypatch):
    whole = report(ben.message_id)
    for length in range(0, len(whole) - 200, 37):
        give(monkeypatch, whole[:length])
