"""The engine behind Django's task API when there is nothing but a database."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django_tasks import TaskContext, TaskResult, TaskResultStatus, task_backends
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.signals import task_enqueued, task_finished, task_started
from django_tasks.utils import get_module_path, normalize_json

from groupspace.notify.conf import notify_conf
from groupspace.notify.database import patiently
from groupspace.notify.leases import Leased, State, backoff
from groupspace.notify.models import QueuedTask

logger = logging.getLogger(__name__)
FIRST_PAUSE = timedelta(seconds=10)
KEEP_DONE = timedelta(days=1)
KEEP_DEAD = timedelta(days=30)

Holding = Callable[[Leased], AbstractContextManager[None]]


class DatabaseBackend(BaseTaskBackend):
    """Queues a call in the caller's transaction. Delivered at least once: a task must bear a second run."""

    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        """Queue a call; a transaction that is rolled back takes it along."""
        self.validate_task(task)
        row = QueuedTask.objects.create(
            path=task.module_path,
            backend=self.alias,
            queue_name=task.queue_name,
            priority=task.priority,
            due_at=task.run_after or timezone.now(),
            arguments=normalize_json({"args": list(args), "kwargs": kwargs}),
        )
        result = _result(row, task)
        task_enqueued.send(type(self), task_result=result)
        return result

    def get_result(self, result_id: str) -> TaskResult:
        """Return what is known about a call.

        Raises TaskResultDoesNotExist when there is none, or no longer.
        """
        try:
            row = QueuedTask.objects.get(pk=result_id)
        except (QueuedTask.DoesNotExist, ValidationError) as error:
            raise TaskResultDoesNotExist(result_id) from error
        return _result(row, _task(row))


def run_next(holding: Holding) -> bool:
    """Run one task that is due; return whether there was one.

    Args:
        holding: keeps the lease of a row alive while its work is being done.
    """
    conf = notify_conf()
    row = QueuedTask.objects.claim(conf.TASK_LEASE)
    if row is None:
        return False
    row.started_at = timezone.now()
    with holding(row):
        try:
            task = _task(row)
            result = _result(row, task)
            task_started.send(type(task_backends[row.backend]), task_result=result)
            value = normalize_json(_call(task, result))
        except Exception as error:  # noqa: BLE001  (whatever it is, the worker goes on)
            _settle_failure(row, error)
        else:
            done = {"arguments": {"args": [], "kwargs": {}}, "return_value": value, "started_at": row.started_at}
            patiently(lambda: row.finish(**done))
            task_finished.send(type(task_backends[row.backend]), task_result=_result(row, task))
    return True


def purge() -> None:
    """Delete the rows of tasks that have ended."""
    now = timezone.now()
    QueuedTask.objects.filter(state=State.DONE, finished_at__lt=now - KEEP_DONE).delete()
    QueuedTask.objects.filter(state=State.DEAD, created_at__lt=now - KEEP_DEAD).delete()


def _call(task: Task, result: TaskResult) -> Any:
    context = [TaskContext(task_result=result)] if task.takes_context else []
    # Neither the language nor the time zone of one task may colour the next.
    with translation.override(settings.LANGUAGE_CODE), timezone.override(None):
        return task.call(*context, *result.args, **result.kwargs)


def _settle_failure(row: QueuedTask, error: Exception) -> None:
    kind = get_module_path(type(error))
    # Where it went wrong, not what it said: a message can quote what people wrote.
    place = " < ".join(f"{f.name}:{f.lineno}" for f in reversed(traceback.extract_tb(error.__traceback__)[-3:]))
    if row.attempts >= notify_conf().TASK_ATTEMPTS:
        patiently(lambda: row.bury(kind))
        logger.error("task %s %s is a dead letter: %s at %s", row.pk, row.path, kind, place)
    else:
        patiently(lambda: row.retry(backoff(row.attempts, FIRST_PAUSE), kind))
        logger.warning("task %s %s waits for another attempt: %s at %s", row.pk, row.path, kind, place)


def _task(row: QueuedTask) -> Task:
    task = import_string(row.path)
    if not isinstance(task, Task):
        raise TypeError(f"{row.path} is not a task.")
    return task.using(queue_name=row.queue_name, priority=row.priority, backend=row.backend)


def _result(row: QueuedTask, task: Task) -> TaskResult:
    result: TaskResult = TaskResult(
        task=task,
        id=str(row.pk),
        status=_status(row),
        enqueued_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        last_attempted_at=row.started_at,
        args=row.arguments["args"],
        kwargs=row.arguments["kwargs"],
        backend=row.backend,
        errors=[TaskError(exception_class_path=row.error, traceback="")] if row.error else [],
        worker_ids=["worker"] * row.attempts,  # the API counts attempts with it
    )
    object.__setattr__(result, "_return_value", row.return_value)
    return result


def _status(row: QueuedTask) -> TaskResultStatus:
    if row.state == State.DONE:
        return TaskResultStatus.SUCCESSFUL
    if row.state == State.DEAD:
        return TaskResultStatus.FAILED
    return TaskResultStatus.RUNNING if row.lease else TaskResultStatus.READY
