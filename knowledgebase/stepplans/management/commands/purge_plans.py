"""Deletes plans that nobody kept and nobody changed for long."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from knowledgebase.stepplans import actions


class Command(BaseCommand):
    """For a site without a table of periodic jobs: run it every day."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{actions.purge()} plans deleted.")
