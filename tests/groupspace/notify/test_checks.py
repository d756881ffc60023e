"""Settings that would lose mail are refused or named."""

from __future__ import annotations

from typing import Any

import pytest

from groupspace.notify.checks import OUTBOX, SMTP, check_deployment, check_settings


def ids(messages: list[Any]) -> list[str]:
    return [message.id.rpartition(".")[2] for message in messages]


@pytest.mark.parametrize(
    ("notify", "expected"), [({}, []), ({"TRANSPORTT": SMTP}, ["E001"]), ({"TRANSPORT": OUTBOX}, ["E002"])]
)
def test_wrong_settings_are_refused(settings: Any, notify: dict[str, str], expected: list[str]) -> None:
    settings.GROUPSPACE = {"NOTIFY": notify}
    assert ids(check_settings()) == expected


@pytest.mark.parametrize(
    ("backend", "transport", "timeout", "expected"),
    [
        (OUTBOX, SMTP, 10, []),
        (SMTP, SMTP, 10, ["W001"]),
        (OUTBOX, "django.core.mail.backends.console.EmailBackend", 10, ["W002"]),
        (OUTBOX, SMTP, None, ["W003"]),
        (OUTBOX, SMTP, 600, ["W003"]),
    ],
)
def test_deployment_that_loses_mail_or_hangs_is_named(
    settings: Any, backend: str, transport: str, timeout: int | None, expected: list[str]
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_TIMEOUT = backend, timeout
    settings.GROUPSPACE = {"NOTIFY": {"TRANSPORT": transport}}
    assert ids(check_deployment()) == expected
