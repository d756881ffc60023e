"""Deletes messages of visitors whose time is over."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from knowledgebase.contact.purge import purge_messages


class Command(BaseCommand):
    """For a site without a table of periodic jobs: run it every day."""

    help = "Deletes answered and closed messages of visitors that were promised to be gone by today."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{purge_messages()} messages deleted.")
