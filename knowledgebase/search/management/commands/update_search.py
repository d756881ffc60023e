"""`manage.py update_search`: make the index of the public search anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from ...actions import rebuild


class Command(BaseCommand):
    """Publishing keeps the index up to date; this is for after an update, or after pages were written by hand."""

    help = "Make the index of the public search anew."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild()} pages can be found.")
