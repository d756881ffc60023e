"""Lets invented organisations answer the quick scan of the demo. It all goes when the page goes."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from .actions import publish
from .models import Outcome, QuickScanPage, Response, ScanVersion


@transaction.atomic
def load(data: dict[str, Any]) -> None:
    """Make the answers to each scan that has none yet; a scan that is closed gets its public figures.

    Args:
        data: `scans`, each with the slug of its `page` and its `answers`: what each organisation chose or wrote, by
            key of the question.

    Raises LookupError for answers that do not lead to the end.
    """
    for content in data["scans"]:
        page = QuickScanPage.objects.filter(slug=content["page"], versions=None).first()
        scan = page.scan if page else None
        if page is None or scan is None:
            continue
        version = ScanVersion.objects.create(page=page, fingerprint=scan.fingerprint, content=scan.dump())
        month = timezone.localdate().replace(day=1)
        for number, given in enumerate(content["answers"], start=1):
            way, is_complete = scan.way(given)
            if not is_complete or len(way) != len(given):
                raise LookupError(f"Answers {number} to {page.slug} do not follow its questions.")
            Response.objects.create(version=version, answers=given, month=month)
        if not page.is_open:
            publish(page)


def purge(data: dict[str, Any]) -> None:
    """Take away the answers of the demo, where staff keep the page."""
    slugs = [content["page"] for content in data["scans"]]
    ScanVersion.objects.filter(page__slug__in=slugs).delete()
    Outcome.objects.filter(page__slug__in=slugs).delete()
