"""Makes the public figures of quick scans that closed, and deletes answers that are kept long enough."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from knowledgebase.quickscan import actions


class Command(BaseCommand):
    """For a site without a table of periodic jobs: run it every day."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        actions.tidy_up()
        self.stdout.write("Done.")
