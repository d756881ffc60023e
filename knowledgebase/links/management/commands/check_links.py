"""Checks the links of all live pages by hand; the worker does it every hour."""

from typing import Any

from django.core.management.base import BaseCommand

from knowledgebase.links.actions import check_links
from knowledgebase.links.models import BrokenLink


class Command(BaseCommand):
    """Check links and tell which lead nowhere."""

    help = "Checks the links on all live pages. Of links to other sites, at most LINKS_PER_RUN are tried."

    def handle(self, *args: Any, **options: Any) -> None:
        check_links()
        for link in BrokenLink.objects.for_editors():
            self.stdout.write(f"{link.page.title}: {link.name}: {link.get_problem_display()}")
