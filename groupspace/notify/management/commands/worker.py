"""The command that runs the worker."""

from __future__ import annotations

import logging
import os
from typing import Any

from django.core.management.base import BaseCommand

from groupspace.notify.database import never_make_file
from groupspace.notify.worker import Worker


class Command(BaseCommand):
    """Run tasks, periodic jobs and outgoing mail until SIGTERM or SIGINT."""

    help = "Runs tasks, periodic jobs and outgoing mail until SIGTERM or Ctrl-C. Start it under a supervisor."
    requires_system_checks = ()  # they may ask the database, which the worker waits for

    def handle(self, *_: Any, **__: Any) -> None:
        never_make_file()
        code = Worker().run()
        logging.shutdown()
        self.stdout.flush()
        os._exit(code)  # without waiting for a thread that may hang: that is why we end
