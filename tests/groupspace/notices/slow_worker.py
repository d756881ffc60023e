"""A worker that stops in the middle of telling, between the last write and the commit, so that a test can kill it."""

import json
import os
import time
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

given = json.loads(os.environ["WORKER"])
settings.DATABASES["default"].update(given["database"])
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", given["smtp_port"]
settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
settings.EMAIL_BACKEND = "groupspace.notify.backend.OutboxBackend"
settings.GROUPSPACE["NOTIFY"] = {"TRANSPORT": "django.core.mail.backends.smtp.EmailBackend"}
settings.TASKS = {"default": {"BACKEND": "groupspace.notify.engine.DatabaseBackend"}}
django.setup()

from groupspace.notices.sending import mailing  # noqa: E402  after the set-up
from groupspace.notices.telling import spread  # noqa: E402  likewise
from groupspace.notify import periodic  # noqa: E402


def hang_in(module, name):
    """Let a function say that it did its work, and then wait to be killed."""
    write = getattr(module, name)

    def write_and_hang(*arguments):
        write(*arguments)
        Path(given["mark"]).write_text(name)
        time.sleep(600)

    setattr(module, name, write_and_hang)


if given["hang"]:
    hang_in(*{"write": (spread, "write"), "write_mail": (mailing, "_write")}[given["hang"]])
# Only the jobs of this test, each as soon as it may.
periodic._table = {name: job for name, job in periodic._table.items() if name.startswith(("notices.", "notify.sweep"))}
call_command("worker")
