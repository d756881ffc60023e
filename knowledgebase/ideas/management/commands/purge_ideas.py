"""Empties what visitors typed about ideas when its time is over."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from knowledgebase.ideas.purge import purge_typed


class Command(BaseCommand):
    """For a site without a table of periodic jobs: run it every day."""

    help = "Deletes addresses and empties entries of visitors that were promised to be gone by today."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{purge_typed()} entries emptied.")
