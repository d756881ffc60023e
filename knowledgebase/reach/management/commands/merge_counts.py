"""Merges old counts of page views by hand; the worker does it every day."""

from typing import Any

from django.core.management.base import BaseCommand

from knowledgebase.reach.actions import merge_old_counts


class Command(BaseCommand):
    """Merge the days of old months."""

    help = "Merges counts of page views that are older than REACH_YEARS_PER_DAY into one row for each month."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{merge_old_counts()} rows merged away.")
