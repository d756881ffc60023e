"""The command that shows and revives work that failed for good."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from groupspace.notify.leases import State
from groupspace.notify.models import Mail, QueuedTask


class Command(BaseCommand):
    """List mail and tasks that failed for good, without an address or a text."""

    help = "Lists mail and tasks that failed for good; --retry offers them once more."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--retry", action="store_true", help="offer all of them once more")

    def handle(self, *_: Any, **options: Any) -> None:
        for model in (Mail, QueuedTask):
            for row in model.objects.filter(state=State.DEAD):
                self.stdout.write(f"{row.created_at:%Y-%m-%d %H:%M}  {row._meta.model_name} {row.pk}  {row.error}")
            if options["retry"]:
                model.objects.revive()
