"""Prints the rules as tables: `manage.py permissions > docs/permissions.md`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from groupspace.permission_table import markdown


class Command(BaseCommand):
    help = "Prints who may do what, made from the policy."

    def handle(self, **options: Any) -> None:
        self.stdout.write(markdown(), ending="")
