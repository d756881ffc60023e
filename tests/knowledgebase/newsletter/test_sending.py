"""Sending: after a trial, once, to everybody who confirmed, whatever breaks meanwhile."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry

from groupspace.notify.models import Mail, QueuedTask
from knowledgebase.newsletter import sending
from knowledgebase.newsletter.models import Delivery, IssuePage, Mailing, Subscriber
from knowledgebase.newsletter.purge import forget
from tests.cast import make_user

from .conftest import make_subscribers

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(redactie: Client) -> Any:
    return redactie.user


@pytest.fixture
def in_outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "groupspace.notify.backend.OutboxBackend"


@pytest.fixture
def in_memory(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def send_all(mailing: Mailing) -> list[int]:
    """Run batches until nothing is left."""
    counts = []
    while counts[-1:] != [0]:
        counts.append(sending.send_batch(mailing.pk))
    return counts


def started(editor: Any, issue: IssuePage) -> Mailing:
    sending.try_out(editor, issue, "redacteur@example.org")
    mail.outbox = []
    Mail.objects.all().delete()
    return sending.start(editor, issue)


def test_everybody_who_confirmed_gets_it_once(in_memory: None, editor: Any, issue: IssuePage, settings: Any) -> None:
    settings.KNOWLEDGEBASE = {**settings.KNOWLEDGEBASE, "NEWSLETTER": {"BATCH": 3}}
    make_subscribers(7)
    Subscriber.objects.create(email="niet-bevestigd@example.org")
    mailing = started(editor, issue)
    assert send_all(mailing) == [3, 3, 1, 0]

    assert Counter(message.to[0] for message in mail.outbox) == {f"lezer-{one}@example.org": 1 for one in range(7)}
    mailing.refresh_from_db()
    assert mailing.recipients == 7
    assert mailing.finished_at
    assert (mailing.text, mailing.html) == ("", "")
    assert sending.send_batch(mailing.pk) == 0
    assert PageLogEntry.objects.filter(page=issue.pk, action=sending.LOGGED, user=editor).exists()


def test_each_gets_their_own_link_and_no_other(in_memory: None, editor: Any, issue: IssuePage) -> None:
    make_subscribers(3)
    send_all(started(editor, issue))

    links = {message.extra_headers["List-Unsubscribe"].strip("<>") for message in mail.outbox}
    assert len(links) == 3
    for message in mail.outbox:
        own = message.extra_headers["List-Unsubscribe"].strip("<>")
        html = message.alternatives[0][0]
        assert own in message.body
        assert own in html
        assert not any(link in message.body + html for link in links - {own})
        assert ".invalid" not in message.body + html
        assert message.to[0] not in message.body + html


def test_it_cannot_be_sent_twice(in_memory: None, editor: Any, issue: IssuePage) -> None:
    make_subscribers(2)
    mailing = started(editor, issue)
    with pytest.raises(sending.NotReady):
        sending.start(editor, issue)
    send_all(mailing)
    for again in (sending.start, lambda *given: sending.try_out(*given, "a@example.org")):
        with pytest.raises(sending.NotReady):
            again(editor, issue)

    assert len(mail.outbox) == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Mailing.objects.create(issue=issue)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(mailing=mailing, subscriber=Subscriber.objects.first())


def test_it_needs_a_trial_of_the_text_as_it_is(in_memory: None, editor: Any, issue: IssuePage) -> None:
    with pytest.raises(sending.NotReady):
        sending.start(editor, issue)
    sending.try_out(editor, issue, "redacteur@example.org")
    assert sending.was_tried(issue)
    issue.summary = "Toch anders."
    issue.save_revision().publish()
    issue.refresh_from_db()

    assert not sending.was_tried(issue)
    with pytest.raises(sending.NotReady):
        sending.start(editor, issue)


def test_trial_looks_like_the_real_one_and_ends_no_subscription(
    in_memory: None, editor: Any, issue: IssuePage, client: Client
) -> None:
    make_subscribers(1)
    sending.try_out(editor, issue, "redacteur@example.org")

    (message,) = mail.outbox
    assert (message.to, message.subject) == (["redacteur@example.org"], "Proef: Nieuwsbrief")
    assert "/abonnement/afmelden/" in message.body
    assert "List-Unsubscribe" not in message.extra_headers
    assert "Open avond" in message.alternatives[0][0]


def test_only_staff_with_the_right_may_send_and_only_what_is_on_the_site(
    editor: Any, issue: IssuePage, beheer: Client
) -> None:
    for person in (make_user("bezoeker"), AnonymousUser()):
        with pytest.raises(PermissionDenied):
            sending.try_out(person, issue, "a@example.org")
        with pytest.raises(PermissionDenied):
            sending.start(person, issue)
    assert sending.may_send(beheer.user, issue)
    issue.unpublish()
    for person in (editor, beheer.user):
        assert not sending.may_send(person, issue)
        with pytest.raises(PermissionDenied):
            sending.start(person, issue)


def test_who_leaves_meanwhile_gets_nothing_more(
    in_memory: None, editor: Any, issue: IssuePage, settings: Any, client: Client
) -> None:
    settings.KNOWLEDGEBASE = {**settings.KNOWLEDGEBASE, "NEWSLETTER": {"BATCH": 2}}
    make_subscribers(4)
    mailing = started(editor, issue)
    sending.send_batch(mailing.pk)
    left = Delivery.objects.filter(sent_at=None).first().subscriber
    left.delete()
    send_all(mailing)

    assert len(mail.outbox) == 3
    assert left.email not in {message.to[0] for message in mail.outbox}


def test_who_comes_meanwhile_waits_for_the_next_one(in_memory: None, editor: Any, issue: IssuePage) -> None:
    make_subscribers(1)
    mailing = started(editor, issue)
    make_subscribers(1, domain="later.example")
    send_all(mailing)

    assert [message.to for message in mail.outbox] == [["lezer-0@example.org"]]


def test_text_that_changes_meanwhile_changes_no_mail(
    in_memory: None, editor: Any, issue: IssuePage, settings: Any
) -> None:
    settings.KNOWLEDGEBASE = {**settings.KNOWLEDGEBASE, "NEWSLETTER": {"BATCH": 1}}
    make_subscribers(2)
    mailing = started(editor, issue)
    sending.send_batch(mailing.pk)
    issue.summary = "Een andere inleiding."
    issue.save_revision().publish()
    send_all(mailing)

    assert len(mail.outbox) == 2
    assert all("Drie dingen van deze maand." in message.body for message in mail.outbox)


def test_page_that_was_taken_off_the_site_stops_its_mail(
    in_memory: None, editor: Any, issue: IssuePage, settings: Any
) -> None:
    settings.KNOWLEDGEBASE = {**settings.KNOWLEDGEBASE, "NEWSLETTER": {"BATCH": 1}}
    make_subscribers(3)
    mailing = started(editor, issue)
    sending.send_batch(mailing.pk)
    issue.unpublish()
    assert send_all(mailing) == [0]
    mailing.refresh_from_db()
    assert mailing.is_running

    issue.save_revision().publish()
    assert send_all(mailing) == [1, 1, 0]
    assert len({message.to[0] for message in mail.outbox}) == 3


def test_batch_that_breaks_leaves_nothing_half_done(
    in_outbox: None, editor: Any, issue: IssuePage, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_subscribers(3)
    mailing = started(editor, issue)
    real = Mail.objects.bulk_create

    def break_after(*given: Any) -> None:
        real(*given)
        raise RuntimeError("the power went")

    monkeypatch.setattr(Mail.objects, "bulk_create", break_after)
    with pytest.raises(RuntimeError):
        sending.send_batch(mailing.pk)
    assert not Mail.objects.exists()
    assert Delivery.objects.filter(sent_at=None).count() == 3

    monkeypatch.undo()
    assert sending.send_batch(mailing.pk) == 3
    assert Mail.objects.count() == 3


def test_one_batch_a_task_so_that_other_mail_comes_in_between(
    in_outbox: None, editor: Any, issue: IssuePage, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.KNOWLEDGEBASE = {**settings.KNOWLEDGEBASE, "NEWSLETTER": {"BATCH": 2}}
    make_subscribers(3)
    sending.try_out(editor, issue, "redacteur@example.org")
    QueuedTask.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        mailing = sending.start(editor, issue)
    with django_capture_on_commit_callbacks(execute=True):
        sending.send_batch(mailing.pk)

    paths = [task.path.rpartition(".")[2] for task in QueuedTask.objects.order_by("created_at", "pk")]
    assert paths == ["send_next", "send_outbox", "send_next"]


def test_sending_that_came_to_a_stop_is_started_again(editor: Any, issue: IssuePage) -> None:
    make_subscribers(1)
    started(editor, issue)
    QueuedTask.objects.all().delete()
    assert sending.resume() == 0

    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert sending.resume() == 1
    assert [task.path for task in QueuedTask.objects.all()] == ["knowledgebase.newsletter.tasks.send_next"]


def test_who_got_what_is_forgotten(in_memory: None, editor: Any, issue: IssuePage) -> None:
    make_subscribers(2)
    mailing = started(editor, issue)
    send_all(mailing)
    assert forget()["deliveries"] == 0
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert forget()["deliveries"] == 2

    assert Subscriber.objects.count() == 2
    with pytest.raises(sending.NotReady):
        sending.start(editor, issue)


def test_an_empty_list_is_no_mistake(in_memory: None, editor: Any, issue: IssuePage) -> None:
    mailing = started(editor, issue)

    assert send_all(mailing) == [0]
    mailing.refresh_from_db()
    assert mailing.finished_at
