"""Taking files in, tying them to what they belong to, and throwing them away."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import IO, Any
from uuid import UUID

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import QuerySet, Sum

from groupspace.storage import films, pictures
from groupspace.storage.conf import storage_conf
from groupspace.storage.content import CHECKS, is_what_it_says
from groupspace.storage.filenames import clean_name
from groupspace.storage.models import Upload
from groupspace.storage.place import private
from groupspace.storage.refusals import EMPTY, FULL, GONE, HEIC, NO_ROOM, NOT_WHAT_IT_SAYS, TOO_BIG, UNKNOWN, refusal
from groupspace.storage.scanner import scan
from groupspace.storage.sizes import in_words

logger = logging.getLogger(__name__)

#: What a browser is told; it may not guess (nosniff), and only pictures are shown in the page.
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "mp3": "audio/mpeg",
}
#: What a browser offers to choose from. Without HEIC in it, an iPhone gives JPEG by itself.
ACCEPT = ",".join(["image/jpeg", "image/png", "image/webp", "image/gif", *(f".{kind}" for kind in CHECKS)])
KINDS = "JPEG, PNG, PDF, Word, Excel, PowerPoint, LibreOffice, TXT, MP3, MP4"


def take_in(file: File[bytes], owner_id: object) -> Upload:
    """Keep a file, for now for its owner alone. Not inside a transaction: it may take seconds.

    Args:
        file: as the form gives it; its name and type are not believed.
        owner_id: key of the account.

    Raises ValidationError, with a sentence that says what to do, for what cannot be kept.
    """
    stem, extension = clean_name(str(file.name or ""))
    size = file.size or 0
    if not size:
        raise refusal(EMPTY, "empty")
    limit = storage_conf().MAX_SIZE
    if size > limit:
        raise refusal(TOO_BIG, "size", size=in_words(size), limit=in_words(limit))
    if extension in {"heic", "heif", "avif"}:
        raise refusal(HEIC, "kind")
    if extension not in pictures.EXTENSIONS and extension not in CHECKS:
        raise refusal(UNKNOWN, "kind", kinds=KINDS)
    scan(file)
    upload = Upload(owner_id=str(owner_id))
    if extension in pictures.EXTENSIONS:
        content, thumbnail = _picture(upload, file)
    else:
        content, thumbnail = _document(upload, file, extension), None
    upload.name = f"{stem}.{upload.extension}"
    _save(upload, content, thumbnail)
    return upload


def waiting(owner_id: object, ids: Iterable[UUID]) -> QuerySet[Upload]:
    """The files among these that wait for this owner; those of another, or in use, are not among them."""
    return Upload.objects.filter(pk__in=ids, owner_id=str(owner_id), attached=False)


def attach(upload: Upload, space_id: UUID) -> None:
    """Say that a file belongs to something now, in the transaction that makes it so. It forgets whose account it was.

    Args:
        space_id: the space whose room it takes.

    Raises ValidationError when it was thrown away in the meantime, or belongs to something already, and when there is
    no room for it.
    """
    if room_taken(space_id) + upload.size > storage_conf().SPACE_SIZE:
        raise refusal(FULL, "full")
    now = {"attached": True, "owner_id": "", "space_id": space_id}
    if not Upload.objects.filter(pk=upload.pk, attached=False).update(**now):
        raise refusal(GONE, "gone")
    upload.attached, upload.owner_id, upload.space_id = True, "", space_id


def room_taken(space_id: UUID) -> int:
    """How many bytes the files of a space take together."""
    return Upload.objects.filter(space_id=space_id).aggregate(taken=Sum("size"))["taken"] or 0


def drop(upload: Upload) -> None:
    """Throw a file away; its bytes go when the transaction holds. Whatever points at it goes first."""
    places = upload.places
    Upload.objects.filter(pk=upload.pk).delete()
    # Robust: when the storage fails now, the purge finds bytes without a row.
    transaction.on_commit(lambda: _delete(places), robust=True)


def drop_space(space_id: UUID) -> int:
    """Throw all files of a space away, after the rows that pointed at them; return how many there were."""
    found = list(Upload.objects.filter(space_id=space_id))
    for upload in found:
        drop(upload)
    return len(found)


def _picture(upload: Upload, file: IO[bytes]) -> tuple[File[bytes], bytes]:
    picture = pictures.remake(file)
    upload.extension, upload.content_type = picture.extension, picture.content_type
    upload.width, upload.height = picture.width, picture.height
    return ContentFile(picture.content), picture.thumbnail


def _document(upload: Upload, file: File[bytes], extension: str) -> File[bytes]:
    if not is_what_it_says(file, extension):  # type: ignore[arg-type]  # a Django file reads like any other
        raise refusal(NOT_WHAT_IT_SAYS, "content", extension=extension)
    upload.extension, upload.content_type = extension, CONTENT_TYPES[extension]
    return films.without_place(file) if extension == "mp4" else file


def _save(upload: Upload, content: File[bytes], thumbnail: bytes | None) -> None:
    storage = private()
    try:
        content.seek(0)
        _write(storage, upload.place, content)
        if thumbnail is not None:
            _write(storage, upload.thumbnail_place, ContentFile(thumbnail))
        upload.size = content.size
        upload.save(force_insert=True)
    except BaseException as error:
        _delete(upload.places)
        if isinstance(error, OSError):
            logger.exception("A file of a member could not be kept.")
            raise refusal(NO_ROOM, "room") from None
        raise


def _write(storage: Storage, place: str, content: Any) -> None:
    if storage.save(place, content) != place:
        raise OSError("The storage keeps another name than it was given.")


def _delete(places: Iterable[str]) -> None:
    for place in places:
        private().delete(place)
