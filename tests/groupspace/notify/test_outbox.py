"""Mail: queued with the action, sent once, forgotten at once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.mail import BadHeaderError, EmailMultiAlternatives, send_mail
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from groupspace.notify.delivery import deliver_due, purge
from groupspace.notify.leases import State
from groupspace.notify.mail import send_text
from groupspace.notify.models import Mail, QueuedTask

pytestmark = pytest.mark.django_db
CANARY = "kanarie-4711"


def queue(*recipients: str) -> None:
    send_mail("Er is iets nieuws", f"Kijk op de site. {CANARY}", None, recipients or [f"{CANARY}@example.org"])


def test_mail_of_a_rolled_back_action_is_never_sent(outbox: Any) -> None:
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)
    queue("kept@example.org")

    assert deliver_due() == 1
    assert [recipient for recipient, _ in outbox.taken] == ["kept@example.org"]


def test_mail_wakes_the_worker_after_commit(outbox: Any, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        queue()
        assert not QueuedTask.objects.exists()

    assert [task.path for task in QueuedTask.objects.all()] == ["groupspace.notify.tasks.send_outbox"]


def test_sent_mail_leaves_no_address_and_no_text(outbox: Any) -> None:
    queue()
    assert CANARY in str(list(Mail.objects.values_list()))
    assert CANARY.encode() in bytes(Mail.objects.get().content)

    deliver_due()

    row = Mail.objects.get()
    assert (row.state, row.recipient, row.sender, bytes(row.content), row.error) == (State.DONE, "", "", b"", "")
    assert CANARY not in str(list(Mail.objects.values_list()))


def test_mail_arrives_as_it_was_composed(outbox: Any) -> None:
    text = "Hé, hallo\nFrom hier\n.\n"
    message = EmailMultiAlternatives("Één bericht", text, to=["a@example.org"], bcc=["blind@example.org"])
    message.attach_alternative("<p>Hé, hallo</p>", "text/html")
    message.attach("plan.bin", bytes(range(256)), "application/octet-stream")
    message.send()
    deliver_due()

    assert sorted(recipient for recipient, _ in outbox.taken) == ["a@example.org", "blind@example.org"]
    received = outbox.taken[0][1]
    parts = {part.get_content_type(): part.get_payload(decode=True) for part in received.walk()}
    assert parts["text/plain"].replace(b"\r\n", b"\n") == text.encode()
    assert parts["application/octet-stream"] == bytes(range(256))
    assert received["Auto-Submitted"] == "auto-generated"
    assert "blind@example.org" not in str(received)
    assert len({m["Message-ID"] for _, m in outbox.taken}) == 1
    assert received["Message-ID"].endswith("@example.org>")


def test_text_mail_has_a_neutral_sender(outbox: Any) -> None:
    send_text("a@example.org", "Er is iets nieuws", "Kijk op de site.")
    deliver_due()

    _, received = outbox.taken[0]
    assert received["From"] == "Bericht <noreply@example.org>"
    assert received.get_content_type() == "text/plain"
    assert received["Auto-Submitted"] == "auto-generated"


def test_line_break_in_a_header_is_refused_at_once(outbox: Any) -> None:
    with pytest.raises(BadHeaderError):
        send_text("a@example.org", "Hallo\nBcc: b@example.org", "")
    assert not Mail.objects.exists()


def test_refused_recipient_is_a_dead_letter_and_the_others_get_theirs(outbox: Any, capsys: Any) -> None:
    outbox.refused = {"gone@example.org"}
    queue("gone@example.org", "here@example.org")

    assert deliver_due() == 1
    dead = Mail.objects.get(state=State.DEAD)
    assert dead.error == "SMTPRecipientsRefused 550"

    call_command("dead_letters", retry=True)
    listed = capsys.readouterr().out
    assert "SMTPRecipientsRefused 550" in listed
    assert "gone@example.org" not in listed
    outbox.refused = set()
    assert deliver_due() == 1
    assert set(outbox.counts.values()) == {1}


def test_refusal_for_now_is_tried_again_later_with_the_same_message_id(outbox: Any) -> None:
    queue()
    outbox.reply = "451 Try again"
    assert deliver_due() == 0
    row = Mail.objects.get()
    assert (row.state, row.error, row.attempts) == (State.WAITING, "SMTPDataError 451", 1)
    outbox.reply = "250 OK"
    assert deliver_due() == 0  # not yet

    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        assert deliver_due() == 1
    assert outbox.taken[0][1]["Message-ID"] == row.message_id


def test_mail_that_is_refused_for_days_is_a_dead_letter(outbox: Any) -> None:
    queue()
    outbox.reply = "451 Try again"
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        deliver_due()
    assert Mail.objects.get().state == State.DEAD


def test_mail_waits_for_a_server_that_is_down(outbox: Any, mail_server: Any) -> None:
    mail_server.stop()
    for number in range(5):
        queue(f"{number}@example.org")
    assert deliver_due() == 0
    assert {row.attempts for row in Mail.objects.all()} == {0}

    mail_server.start()
    assert deliver_due() == 5
    assert set(outbox.counts.values()) == {1}


def test_mail_in_the_hands_of_another_worker_is_left_alone(outbox: Any) -> None:
    queue()
    assert Mail.objects.claim(timedelta(minutes=5)) is not None
    assert deliver_due() == 0


def test_lease_ends_even_when_the_clock_is_set_back(outbox: Any) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=365)):
        Mail.objects.bulk_create(
            [Mail(message_id="<a@example.org>", recipient="a@example.org", sender="b@example.org")]
        )
        Mail.objects.update(due_at=timezone.now() - timedelta(days=400))
        Mail.objects.claim(timedelta(minutes=5))
    assert deliver_due() == 1


def test_worker_that_lost_its_lease_cannot_settle(outbox: Any) -> None:
    queue()
    slow = Mail.objects.claim(timedelta(seconds=-1))
    quick = Mail.objects.claim(timedelta(minutes=5))
    assert not slow.bury("too late")
    assert quick.finish()


def test_mail_whose_worker_always_dies_is_a_dead_letter(outbox: Any) -> None:
    queue()
    for _ in range(Mail.MOST_INTERRUPTIONS):
        assert Mail.objects.claim(timedelta(seconds=-1)) is not None
    assert Mail.objects.claim(timedelta(seconds=-1)) is None
    assert (Mail.objects.get().state, Mail.objects.get().error) == (State.DEAD, "Interrupted")


def test_old_rows_are_purged(outbox: Any) -> None:
    queue("sent@example.org")
    deliver_due()
    outbox.refused = {"dead@example.org"}
    queue("dead@example.org")
    deliver_due()

    purge()
    assert Mail.objects.count() == 2
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        purge()
    assert [row.state for row in Mail.objects.all()] == [State.DEAD]
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        purge()
    assert not Mail.objects.exists()


def test_site_without_a_mail_server_writes_the_same_message_into_a_file(
    outbox: Any, settings: Any, tmp_path: Path
) -> None:
    settings.EMAIL_FILE_PATH = str(tmp_path)
    settings.GROUPSPACE = {"NOTIFY": {"TRANSPORT": "django.core.mail.backends.filebased.EmailBackend"}}
    queue("a@example.org")
    content = bytes(Mail.objects.get().content)

    assert deliver_due() == 1
    (file,) = tmp_path.iterdir()
    assert content in file.read_bytes()
