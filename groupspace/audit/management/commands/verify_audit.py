"""`manage.py verify_audit`: walk the access log and say whether anybody changed it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from groupspace.audit import anchor, log


class Command(BaseCommand):
    help = "Checks the hash chains of the access log, and its anchor."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(log.problems(anchor.last()))
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write("The access log is whole.")
