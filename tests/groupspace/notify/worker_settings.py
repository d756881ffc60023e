"""Settings of the worker processes that these tests start: the service alone, on the database of the test."""

import json
import os
from datetime import timedelta

_given = json.loads(os.environ["WORKER_SETTINGS"])

SECRET_KEY = "only-for-tests-0123456789abcdefghijklmnopqrstuvwxyz"
INSTALLED_APPS = ["groupspace.notify", "django_tasks", "django.contrib.contenttypes", "django.contrib.auth"]
DATABASES = {"default": _given["database"]}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
LANGUAGE_CODE = "nl"
EMAIL_BACKEND = "groupspace.notify.backend.OutboxBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = _given["smtp_port"]
EMAIL_TIMEOUT = 10
TASKS = {"default": {"BACKEND": "groupspace.notify.engine.DatabaseBackend"}}
GROUPSPACE = {
    "NOTIFY": {
        "BEAT": timedelta(seconds=0.2),
        "POLL": timedelta(seconds=0.1),
        "TASK_LEASE": timedelta(seconds=1.5),
        "MAIL_LEASE": timedelta(seconds=1.5),
        **{name: timedelta(seconds=seconds) for name, seconds in _given["seconds"].items()},
        "HEARTBEAT_FILE": _given["heartbeat_file"],
    }
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"groupspace": {"handlers": ["console"], "level": "INFO"}},
}
