"""Gives all that one account holds, for who asks to see it or to take it along (articles 15 and 20 of the GDPR)."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError

from groupspace import kinds
from groupspace.models import Membership
from knowledgebase import personal


class Command(BaseCommand):
    help = "Prints what this account wrote and keeps, as JSON. Give it to nobody but the owner of the account."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError("There is no account with this log-in name.")
        groups = [
            {
                "groep": membership.space.name,
                "naam": membership.display_name,
                **{str(kind.label_plural): kind.export(membership) for kind in kinds.all_kinds()},
            }
            for membership in Membership.objects.filter(user=user).select_related("space").order_by("pk")
        ]
        data = {"groepen": groups, **personal.data_of(user)}
        self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
