"""Makes the keys for push."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand, CommandError

from groupspace.push import keys


class Command(BaseCommand):
    help = "Makes the keys that sign push messages, when there are none. `make serve` does it by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = keys.make()
        except OSError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write("The keys are made." if made else "There are keys already; nothing changed.")
