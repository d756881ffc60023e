"""Periodic jobs: each in its time, once, whatever the clock does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from groupspace.notify import periodic
from groupspace.notify.models import PeriodicJob

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Counter:
    def __init__(self) -> None:
        self.runs = 0
        self.broken = False

    def __call__(self) -> None:
        self.runs += 1
        if self.broken:
            raise ValueError("what somebody wrote")


@pytest.fixture
def job(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter]:
    """A job that runs every hour, alone in the table."""
    monkeypatch.setattr(periodic, "_table", {})
    counter = Counter()
    periodic.register("test.count", HOUR, counter)
    with time_machine.travel(NOON, tick=False):
        yield counter


def run_all() -> None:
    while periodic.run_next(lambda _row: nullcontext()):
        pass


def test_job_runs_at_once_and_then_each_hour(job: Counter) -> None:
    run_all()
    run_all()
    assert job.runs == 1
    with time_machine.travel(NOON + HOUR + timedelta(seconds=1), tick=False):
        run_all()
        run_all()
    assert job.runs == 2


def test_clock_set_forward_runs_a_job_once(job: Counter) -> None:
    run_all()
    with time_machine.travel(NOON + timedelta(days=400), tick=False):
        run_all()
        run_all()
    assert job.runs == 2


def test_clock_set_back_does_not_silence_a_job(job: Counter) -> None:
    run_all()
    with time_machine.travel(NOON - timedelta(days=400), tick=False):
        run_all()
        run_all()
    assert job.runs == 2


def test_job_in_the_hands_of_another_worker_is_left_alone(job: Counter) -> None:
    PeriodicJob.objects.create(name="test.count")
    assert PeriodicJob.objects.claim(timedelta(minutes=1)) is not None
    run_all()
    assert job.runs == 0
    with time_machine.travel(NOON + timedelta(minutes=2), tick=False):  # its worker has died
        run_all()
    assert job.runs == 1


def test_failing_job_comes_back_soon_and_stops_no_other(job: Counter, caplog: pytest.LogCaptureFixture) -> None:
    job.broken = True
    other = Counter()
    periodic.register("test.other", HOUR, other)
    run_all()
    assert (job.runs, other.runs) == (1, 1)
    assert "what somebody wrote" not in caplog.text

    job.broken = False
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        run_all()
    assert (job.runs, other.runs) == (2, 1)
    assert PeriodicJob.objects.get(name="test.count").error == ""


def test_job_without_work_is_not_run_and_nothing_is_written(
    job: Counter, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(periodic, "_table", {})
    looks: list[datetime] = []
    work: list[str] = []

    def has_work() -> list[str]:
        looks.append(timezone.now())
        return work

    periodic.register("test.when", timedelta(seconds=5), job, when=has_work)
    run_all()  # makes the row of the job
    row = PeriodicJob.objects.values().get(name="test.when")
    for seconds in range(12):
        with (
            time_machine.travel(NOON + timedelta(seconds=seconds), tick=False),
            django_assert_num_queries(1),
        ):
            run_all()
    assert (job.runs, len(looks)) == (0, 3)  # looked at no more often than it would run
    assert PeriodicJob.objects.values().get(name="test.when") == row

    work.append("something")
    with time_machine.travel(NOON + timedelta(seconds=20), tick=False):
        run_all()
    assert job.runs == 1


def test_name_of_a_job_is_unique(job: Counter) -> None:
    with pytest.raises(ValueError, match="already"):
        periodic.register("test.count", HOUR, Counter())
    with pytest.raises(ValueError, match="pause"):
        periodic.register("test.never", timedelta(0), Counter())


def test_apps_below_name_their_jobs_in_their_config() -> None:
    assert {"audit.anchor", "text.purge", "groupspace.admissions"} <= set(periodic._table)
