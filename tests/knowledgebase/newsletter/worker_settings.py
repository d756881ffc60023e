"""Settings of the worker that a test kills: the site as in the tests, on the database and mail server of that test."""

import json
import os
from datetime import timedelta

from config.settings.test import *  # noqa: F403  everything but what follows
from config.settings.test import GROUPSPACE, KNOWLEDGEBASE

_given = json.loads(os.environ["WORKER_SETTINGS"])
DATABASES = {"default": _given["database"]}
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = _given["smtp_port"]
EMAIL_USE_TLS = EMAIL_USE_SSL = False
GROUPSPACE = {
    **GROUPSPACE,
    "NOTIFY": {
        "TRANSPORT": "django.core.mail.backends.smtp.EmailBackend",
        "BEAT": timedelta(seconds=0.2),
        "POLL": timedelta(seconds=0.1),
        "TASK_LEASE": timedelta(seconds=1.5),
        "MAIL_LEASE": timedelta(seconds=1.5),
        "HEARTBEAT_FILE": _given["heartbeat_file"],
    },
}
KNOWLEDGEBASE = {**KNOWLEDGEBASE, "NEWSLETTER": {"BATCH": 5}}
