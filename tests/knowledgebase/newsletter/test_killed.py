"""Kill -9 in the middle of a sending: nobody is forgotten and nobody gets the issue twice."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from wagtail.models import Locale, Page
from wagtail.rich_text import RichText

from groupspace.notify.models import Mail, QueuedTask
from home.setup import ensure_home
from knowledgebase.newsletter import sending
from knowledgebase.newsletter.models import Delivery, Mailing, NewsletterPage
from tests.cast import make_user
from tests.counts import count
from tests.groupspace.notify.conftest import REPO_DIR, Inbox, MailServer, wait_until

from .conftest import make_issue, make_subscribers

READERS = count(reduced=60, full=300)
KILLS = count(reduced=4, full=15)


@pytest.fixture
def start_worker(tmp_path: Path, mail_server: MailServer) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """A function that starts `manage.py worker` on the database of the test."""
    keys = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    given = {
        "database": {key: connection.settings_dict[key] for key in keys},
        "smtp_port": mail_server.port,
        "heartbeat_file": tmp_path / "heartbeat",
    }
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.knowledgebase.newsletter.worker_settings",
        "WORKER_SETTINGS": json.dumps(given, default=str),
        "PYTHONPATH": os.pathsep.join((str(REPO_DIR), str(REPO_DIR / "site"))),
    }
    log = tmp_path / "worker.log"
    workers: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        with log.open("ab") as output:
            command = [sys.executable, "-m", "django", "worker"]
            workers.append(subprocess.Popen(command, cwd=REPO_DIR, env=environment, stdout=output, stderr=output))
        return workers[-1]

    yield start
    for worker in workers:
        if worker.poll() is None:
            worker.kill()
            worker.wait()
    sys.stdout.write(log.read_text()[-3000:])


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_log_may_be_emptied")
def test_killed_worker_forgets_nobody_and_doubles_nothing(
    outbox: Inbox, start_worker: Callable[[], subprocess.Popen[bytes]]
) -> None:
    editor = make_user("redacteur")
    editor.user_permissions.add(Permission.objects.get(codename="send_issue"))
    issue = make_issue(new_page(), [("text", {"title": "Hallo", "text": RichText("<p>Dag.</p>")})])
    readers = {subscriber.email for subscriber in make_subscribers(READERS)}
    sending.try_out(editor, issue, "redacteur@example.org")
    Mail.objects.all().delete()
    QueuedTask.objects.all().delete()
    mailing = sending.start(editor, issue)
    outbox.seconds_each = 0.05  # on a quick machine all of it would be done before the last kill

    for _ in range(KILLS):
        worker = start_worker()
        before = len(outbox.taken)
        wait_until(lambda seen=before: len(outbox.taken) > seen or finished(mailing), 60)
        time.sleep(random.uniform(0, 0.2))  # noqa: S311 any moment will do
        worker.kill()
        worker.wait()
    started = [len(outbox.taken), Delivery.objects.filter(sent_at=None).count()]
    outbox.seconds_each = 0
    start_worker()
    wait_until(lambda: finished(mailing) and not Mail.objects.exclude(state="done").exists(), 120)

    messages: dict[str, set[str]] = defaultdict(set)
    for address, message in outbox.taken:
        messages[address].add(message["Message-ID"])
    assert set(messages) == readers
    # A crash between the mail server's yes and our note of it repeats that one message, under the same number: mail
    # programs show it once (decision 0040). A second message would have another number.
    assert {address: ids for address, ids in messages.items() if len(ids) > 1} == {}
    assert Mail.objects.count() == READERS
    assert started[1] > 0, "every kill came too late to be one in the middle"


def finished(mailing: Mailing) -> bool:
    return Mailing.objects.filter(pk=mailing.pk).exclude(finished_at=None).exists()


def new_page() -> NewsletterPage:
    """A newsletter; with a page tree, if a test before this one emptied the database."""
    if not Page.objects.filter(depth=1).exists():
        Locale.objects.get_or_create(language_code="nl")
        Page.add_root(title="Root")
    page = NewsletterPage(title="Nieuwsbrief", slug="nieuwsbrief", summary="Elke maand iets om te lezen.")
    return ensure_home().add_child(instance=page)
