"""Throws away what nobody came back for, and bytes that no row knows."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime

from django.core.files.storage import Storage
from django.utils import timezone

from groupspace.storage.conf import storage_conf
from groupspace.storage.keeping import drop
from groupspace.storage.models import Upload
from groupspace.storage.place import private

logger = logging.getLogger(__name__)


def purge_storage() -> dict[str, int]:
    """Delete files that were never attached, and bytes without a row; return how many of each. Safe at any time."""
    before = timezone.now() - storage_conf().WAITING
    lost = _delete_lost(before)
    late = Upload.objects.filter(attached=False, created_at__lt=before)
    for upload in (found := list(late[:1000])):
        drop(upload)
    return {"waiting": len(found), "lost": lost}


def _delete_lost(before: datetime) -> int:
    """Bytes whose row was never written, or whose deletion was cut off. What is new may still get its row."""
    storage, count = private(), 0
    for folder, names in _folders(storage):
        places = {f"{folder}/{name}" for name in names}
        known = set(Upload.objects.filter(place__startswith=f"{folder}/").values_list("place", flat=True))
        for place in places:
            if place.removesuffix(".t") not in known and storage.get_modified_time(place) < before:
                storage.delete(place)
                count += 1
    if count:
        logger.info("Deleted %d files without a row.", count)
    return count


def _folders(storage: Storage) -> Iterator[tuple[str, list[str]]]:
    try:
        folders = storage.listdir("")[0]
    except FileNotFoundError:  # nobody shared anything yet
        return
    for folder in folders:
        yield folder, storage.listdir(folder)[1]
