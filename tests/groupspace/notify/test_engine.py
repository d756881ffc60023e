"""Tasks: queued with the action, run at least once, without a trace of what people wrote."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone, translation
from django_tasks import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from groupspace.notify import engine
from groupspace.notify.leases import State
from groupspace.notify.models import QueuedTask
from tests.groupspace.notify.work import fail, write_line

pytestmark = pytest.mark.django_db
CANARY = "kanarie-4711"


@pytest.fixture(autouse=True)
def database_engine(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "groupspace.notify.engine.DatabaseBackend"}}


def run_all() -> int:
    count = 0
    while engine.run_next(lambda _row: nullcontext()):
        count += 1
    return count


def test_task_of_a_rolled_back_action_never_runs(tmp_path: Path) -> None:
    with transaction.atomic():
        write_line.enqueue(str(tmp_path / "out"), "rolled back")
        transaction.set_rollback(True)
    write_line.enqueue(str(tmp_path / "out"), "kept")

    assert run_all() == 1
    assert (tmp_path / "out").read_text() == "kept\n"


def test_result_tells_how_a_task_went(tmp_path: Path) -> None:
    result = write_line.enqueue(str(tmp_path / "out"), "hello")
    assert result.status == TaskResultStatus.READY
    run_all()
    result.refresh()
    assert (result.status, result.return_value) == (TaskResultStatus.SUCCESSFUL, "hello")
    assert QueuedTask.objects.get().arguments == {"args": [], "kwargs": {}}
    for unknown in ("no-uuid", "01234567-89ab-7def-8123-456789abcdef"):
        with pytest.raises(TaskResultDoesNotExist):
            write_line.get_result(unknown)


def test_tasks_run_by_priority_and_not_before_their_time(tmp_path: Path) -> None:
    path = str(tmp_path / "out")
    write_line.using(run_after=timezone.now() + timedelta(hours=1)).enqueue(path, "later")
    write_line.enqueue(path, "second")
    write_line.using(priority=10).enqueue(path, "first")

    assert run_all() == 2
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert run_all() == 1
    assert (tmp_path / "out").read_text() == "first\nsecond\nlater\n"


def test_failing_task_is_tried_again_and_then_a_dead_letter(caplog: Any) -> None:
    result = fail.enqueue(CANARY)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        assert run_all() == 1
        assert run_all() == 0  # it waits
        for _ in range(7):
            clock.shift(timedelta(hours=1))
            assert run_all() == 1
    row = QueuedTask.objects.get()
    assert (row.state, row.error, row.attempts) == (State.DEAD, "builtins.ValueError", 8)
    result.refresh()
    assert result.status == TaskResultStatus.FAILED
    assert result.errors[0].exception_class is ValueError
    assert "ValueError" in caplog.text
    assert CANARY not in caplog.text


def test_row_that_names_no_task_runs_nothing() -> None:
    for path in ("tests.groupspace.notify.work.nothing", "os.system", "no.such.module"):
        row = QueuedTask.objects.create(path=path, backend="default", queue_name="default", arguments={"args": []})
        assert run_all() == 1
        row.refresh_from_db()
        assert row.state == State.WAITING
        assert row.error


def test_language_of_one_task_does_not_colour_the_next(tmp_path: Path) -> None:
    with translation.override("en"):
        write_line.enqueue(str(tmp_path / "out"), "hello")
        run_all()
        assert translation.get_language() == "en"


def test_rows_of_ended_tasks_are_purged(tmp_path: Path) -> None:
    write_line.enqueue(str(tmp_path / "out"), "hello")
    run_all()
    engine.purge()
    assert QueuedTask.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        engine.purge()
    assert not QueuedTask.objects.exists()
