"""A worker that is killed with -9 in the middle: nobody is forgotten, nobody is told twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from groupspace.forum import actions as forum
from groupspace.models import Membership
from groupspace.notices.models import Delivery, Notice, Wish
from groupspace.notify.models import Mail, PeriodicJob
from groupspace.stream.models import Happening
from tests.groupspace.notify.conftest import REPO_DIR, mail_server, outbox, unused_port, wait_until  # noqa: F401

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_log_may_be_emptied")]


@pytest.fixture
def work(tmp_path, mail_server):  # noqa: F811
    """`work("write")`: a worker that hangs there; `work()`: one that does its work. All are gone in the end."""
    running = []

    def work(hang=""):
        keys = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
        given = {
            "database": {key: connection.settings_dict[key] for key in keys},
            "smtp_port": mail_server.port,
            "hang": hang,
            "mark": str(tmp_path / "mark"),
        }
        log = tmp_path / f"log-{len(running)}"
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "PYTHONPATH": os.pathsep.join([str(REPO_DIR), str(REPO_DIR / "site")]),
            "WORKER": json.dumps(given, default=str),
        }
        with log.open("ab") as output:
            command = [sys.executable, "-m", "tests.groupspace.notices.slow_worker"]
            process = subprocess.Popen(command, cwd=REPO_DIR, env=environment, stdout=output, stderr=output)
        running.append((process, log))
        return process

    yield work
    for process, log in running:
        if process.poll() is None:
            process.kill()
            process.wait()
        sys.stdout.write(log.read_text())


@pytest.fixture
def something(cast):
    """Carla wrote, ten minutes ago; ben wants to hear everything, at once, by mail and by day and night."""
    Membership.objects.update(since=timezone.now() - timedelta(days=1))
    Wish.objects.create(membership=cast.members["ben"], level="all")
    type(cast.ben).objects.filter(pk=cast.ben.pk).update(email="ben@example.org")
    Delivery.objects.create(user=cast.ben, mail="now", quiet_from=0, quiet_to=0)
    forum.start_topic(cast.actor("carla"), cast.space, title="Iets", body="<p>Ja</p>")
    Happening.objects.update(at=timezone.now() - timedelta(minutes=10))


def due_now():
    PeriodicJob.objects.update(due_at=timezone.now(), lease=None, leased_until=None)


@pytest.mark.parametrize("place", ["write", "write_mail"])
def test_kill_in_the_middle_tells_once(cast, something, work, outbox, tmp_path, place):  # noqa: F811
    first = work(place)
    wait_until((tmp_path / "mark").exists, 60)
    first.kill()
    first.wait()
    assert not Mail.objects.exists()
    assert Notice.objects.count() == (0 if place == "write" else 1)

    due_now()
    work()
    wait_until(lambda: outbox.taken, 90)

    assert list(Notice.objects.values_list("membership__display_name", "count")) == [("Beer", 1)]
    assert [recipient for recipient, _message in outbox.taken] == ["ben@example.org"]


def test_kill_while_the_server_takes_the_mail_repeats_it_at_most_once_with_the_same_number(
    cast,
    something,
    work,
    outbox,  # noqa: F811
):
    outbox.hold.set()
    first = work()
    wait_until(lambda: outbox.taken, 90)
    first.kill()
    first.wait()
    outbox.hold.clear()
    Mail.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    due_now()

    work()
    wait_until(lambda: Mail.objects.filter(state="done").exists(), 90)

    assert Mail.objects.count() == 1
    assert len(outbox.taken) <= 2
    assert len({message["Message-ID"] for _recipient, message in outbox.taken}) == 1
