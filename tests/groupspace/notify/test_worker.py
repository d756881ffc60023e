"""The worker as a real process: killed, stopped, and left without its database."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import send_mail
from django.db import connection, transaction
from django.utils import timezone

from groupspace.notify.leases import State
from groupspace.notify.models import Heartbeat, Mail, PeriodicJob, QueuedTask
from groupspace.notify.worker import heartbeat_age
from tests.groupspace.notify.conftest import Worker, wait_until
from tests.groupspace.notify.work import write_line

pytestmark = pytest.mark.django_db(transaction=True)
Start = Callable[..., Worker]


def queue(number: int) -> None:
    send_mail("Er is iets nieuws", "Kijk op de site.", None, [f"{number}@example.org"])


def all_sent(count: int) -> bool:
    return Mail.objects.filter(state=State.DONE).count() == count


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def postgresql(name: str) -> Any:
    """Connect to a database of the same server, each statement a transaction of its own."""
    import psycopg

    given = connection.get_connection_params()
    keys = [key for key in ("host", "port", "user", "password") if key in given]
    return psycopg.connect(**{key: given[key] for key in keys}, dbname=name, autocommit=True)


@contextmanager
def locked_database() -> Iterator[None]:
    """Hold what keeps everybody else from writing."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(name, timeout=20, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
    else:
        with postgresql(name) as other, other.transaction():
            tables = ("mail", "queuedtask", "periodicjob", "heartbeat")
            other.execute(f"LOCK TABLE {', '.join(f'groupspace_notify_{table}' for table in tables)}")
            yield


def test_mail_is_sent_within_seconds_and_the_worker_stops_cleanly(start_worker: Start, outbox: Any) -> None:
    worker = start_worker()
    wait_until(lambda: not QueuedTask.objects.filter(state=State.WAITING).exists())
    started = time.monotonic()
    queue(1)
    wait_until(lambda: all_sent(1))
    assert time.monotonic() - started < 8
    code, seconds = worker.stop()
    assert code == 0
    assert seconds < 5


def test_kill_between_acceptance_and_commit_repeats_once_with_the_same_message_id(
    start_worker: Start, outbox: Any
) -> None:
    for number in range(3):
        queue(number)
    outbox.hold.set()
    first = start_worker()
    assert outbox.taken_one.wait(15)
    first.kill()
    outbox.hold.clear()

    start_worker()
    PeriodicJob.objects.update(due_at=timezone.now() + timedelta(seconds=2))  # the sweep, sooner than its 30 s
    wait_until(lambda: all_sent(3))
    assert sorted(outbox.counts.values()) == [1, 1, 2]


def test_killed_worker_gives_its_task_back(start_worker: Start, outbox: Any, tmp_path: Path) -> None:
    write_line.enqueue(str(tmp_path / "out"), "task", seconds=3)
    first = start_worker()
    wait_until(lambda: lines(tmp_path / "out"))
    first.kill()
    second = start_worker()
    wait_until(lambda: "task done" in lines(tmp_path / "out"))
    assert lines(tmp_path / "out") == ["task", "task", "task done"]  # and the second run outlived its lease of 1.5 s
    assert second.stop()[0] == 0
    assert QueuedTask.objects.get(path__endswith="write_line").state == State.DONE


def test_two_workers_lose_nothing_and_repeat_nothing(start_worker: Start, outbox: Any, tmp_path: Path) -> None:
    for _number in range(2):
        start_worker(TASK_LEASE=60, MAIL_LEASE=60)  # a busy machine must not look like a dead worker here
    for number in range(40):
        queue(number)
        write_line.enqueue(str(tmp_path / "out"), str(number))
    wait_until(lambda: all_sent(40) and not QueuedTask.objects.exclude(state=State.DONE).exists(), 30)
    assert sorted(lines(tmp_path / "out"), key=int) == [str(number) for number in range(40)]
    assert (len(outbox.counts), set(outbox.counts.values())) == (40, {1})


def test_stop_finishes_the_task_in_hand_and_leaves_the_rest(start_worker: Start, outbox: Any, tmp_path: Path) -> None:
    for line in ("first", "second"):
        write_line.enqueue(str(tmp_path / "out"), line, seconds=2)
    worker = start_worker()
    wait_until(lambda: lines(tmp_path / "out"))
    code, seconds = worker.stop()
    assert (code, lines(tmp_path / "out")) == (0, ["first", "first done"])
    assert seconds < 10
    assert QueuedTask.objects.filter(path__endswith="write_line", state=State.WAITING, attempts=0).count() == 1


def test_stop_does_not_wait_for_ever(start_worker: Start, outbox: Any, tmp_path: Path) -> None:
    write_line.enqueue(str(tmp_path / "out"), "long", seconds=60)
    worker = start_worker(STOP_GRACE=1)
    wait_until(lambda: lines(tmp_path / "out"))
    code, seconds = worker.stop()
    assert code == 1
    assert seconds < 5


def test_hanging_task_ends_the_worker_so_that_its_supervisor_starts_another(
    start_worker: Start, outbox: Any, tmp_path: Path
) -> None:
    write_line.enqueue(str(tmp_path / "out"), "hangs", seconds=60)
    worker = start_worker(TASK_TIME_LIMIT=1)
    assert worker.process.wait(15) == 70
    worker.wait_for_line("takes too long")


def test_heartbeat_tells_whether_a_worker_lives(start_worker: Start, outbox: Any, tmp_path: Path) -> None:
    assert heartbeat_age() is None
    worker = start_worker()
    wait_until(Heartbeat.objects.exists)
    time.sleep(2)
    assert heartbeat_age() < timedelta(seconds=2)
    assert time.time() - (tmp_path / "heartbeat").stat().st_mtime < 2
    worker.kill()
    time.sleep(2)
    assert heartbeat_age() >= timedelta(seconds=2)


def test_memory_stays_the_same(start_worker: Start, outbox: Any, tmp_path: Path) -> None:
    worker = start_worker()

    def run(count: int) -> int:
        with transaction.atomic():
            for number in range(count):
                write_line.enqueue(str(tmp_path / "out"), str(number))
        wait_until(lambda: not QueuedTask.objects.exclude(state=State.DONE).exists(), 40)
        pages = int(Path(f"/proc/{worker.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    before = run(30)
    after = run(120)
    assert after - before < 2_000_000
    assert after < 400_000_000


def test_long_write_lock_loses_nothing(start_worker: Start, outbox: Any, tmp_path: Path) -> None:
    options = dict(connection.settings_dict["OPTIONS"])
    if connection.vendor == "sqlite":
        options["timeout"] = 1  # so that the worker does not just sit it out
    worker = start_worker({"OPTIONS": options})
    for number in range(5):
        queue(number)
    write_line.enqueue(str(tmp_path / "out"), "task")
    with locked_database():
        time.sleep(5)
    wait_until(lambda: all_sent(5) and lines(tmp_path / "out"))
    assert lines(tmp_path / "out") == ["task"]
    assert set(outbox.counts.values()) == {1}
    assert worker.process.poll() is None


def test_stop_is_heard_while_the_database_is_locked(start_worker: Start, outbox: Any) -> None:
    worker = start_worker(STOP_GRACE=3)
    wait_until(Heartbeat.objects.exists)
    with locked_database():
        time.sleep(1)
        _, seconds = worker.stop()
    assert seconds < 10


def test_database_that_is_away_is_waited_for(start_worker: Start, outbox: Any, tmp_path: Path) -> None:
    if connection.vendor == "sqlite":
        check_absent_file(start_worker, outbox, tmp_path)
    else:
        check_stopped_server(start_worker)


def check_absent_file(start_worker: Start, outbox: Any, tmp_path: Path) -> None:
    place, away = tmp_path / "live" / "db.sqlite3", tmp_path / "away"
    place.parent.mkdir()
    connection.cursor().execute("VACUUM INTO %s", [str(place)])
    worker = start_worker({"NAME": str(place)})
    time.sleep(1)

    shutil.move(place.parent, away)
    place.parent.mkdir()
    worker.wait_for_line("waiting for it")
    time.sleep(2)
    assert list(place.parent.iterdir()) == []
    assert len([line for line in worker.lines if "waiting for it" in line]) == 1

    place.parent.rmdir()
    shutil.move(away, place.parent)
    with closing(sqlite3.connect(place, timeout=20)) as database, database:
        database.execute(
            "INSERT INTO groupspace_notify_mail (state, created_at, due_at, attempts, interruptions, error,"
            " message_id, sender, recipient, recipient_hash, content) VALUES ('waiting', datetime(), datetime(), 0, 0,"
            " '', '<a@example.org>', 'noreply@example.org', 'a@example.org', '', ?)",
            [b"Message-ID: <a@example.org>\r\n\r\nHallo\r\n"],
        )
        database.execute("UPDATE groupspace_notify_periodicjob SET due_at = datetime()")
    worker.wait_for_line("can be used again")
    assert outbox.taken_one.wait(15)
    assert outbox.counts == {("a@example.org", "<a@example.org>"): 1}


def check_stopped_server(start_worker: Start) -> None:
    worker = start_worker()
    wait_until(Heartbeat.objects.exists)
    name = connection.settings_dict["NAME"]
    connection.close()
    with postgresql("postgres") as server:
        server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        try:
            server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
            worker.wait_for_line("waiting for it")
            time.sleep(2)
        finally:
            server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    queue(1)
    wait_until(lambda: all_sent(1))
    assert len([line for line in worker.lines if "waiting for it" in line]) == 1


def test_worker_ends_on_ctrl_c_too(start_worker: Start, outbox: Any) -> None:
    worker = start_worker()
    worker.process.send_signal(signal.SIGINT)
    assert worker.process.wait(10) == 0
