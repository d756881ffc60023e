"""Files with a post: kept with it, found by name, thrown away with it. Who may have one: whoever may read the post."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypedDict
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from groupspace.forum.models import Attachment, Post
from groupspace.storage.chosen import ChosenField
from groupspace.storage.conf import storage_conf
from groupspace.storage.keeping import attach, drop
from groupspace.storage.models import Upload
from groupspace.storage.sizes import in_words

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: How many files belong to one post.
MOST = 5
#: A file that was taken in, and what is in the picture.
Given = tuple[Upload, str]


class Shown(TypedDict):
    """A file as the page of a topic shows it: a picture with its text, or a name with a size."""

    url: str
    name: str
    size: str
    alt: str
    is_image: bool
    width: str
    height: str


def attach_all(post: Post, given: Iterable[Given]) -> None:
    """Keep files with a post, after those it has. Raises ValidationError when one is gone or there is no room."""
    last = post.attachments.aggregate(last=Max("position"))["last"] or 0 if post.attachment_count else 0
    rows = []
    for position, (upload, alt) in enumerate(given, start=last + 1):
        attach(upload, post.topic.space_id)
        rows.append(Attachment(post=post, upload=upload, position=position, alt=alt))
    if post.attachment_count + len(rows) > MOST:
        raise ValidationError({"attachments": ChosenField.default_error_messages["too_many"] % {"most": MOST}})
    if rows:
        Attachment.objects.bulk_create(rows)
        post.attachment_count += len(rows)
        post.save(update_fields=["attachment_count"])


def take_out(post: Post, ids: Collection[UUID]) -> int:
    """Throw some files of a post away, with their bytes; return how many."""
    found = list(post.attachments.filter(pk__in=ids).select_related("upload")) if ids else []
    for attachment in found:
        attachment.delete()
        drop(attachment.upload)
    if found:
        post.attachment_count -= len(found)
        post.save(update_fields=["attachment_count"])
    return len(found)


def drop_under(posts: QuerySet[Post]) -> None:
    """Throw the files of these posts away, with their bytes."""
    for attachment in Attachment.objects.filter(post__in=posts).select_related("upload"):
        attachment.delete()
        drop(attachment.upload)


def words_of(post: Post) -> list[str]:
    """The names of the files of a post, and what is said of the pictures."""
    if not post.attachment_count:
        return []
    found = post.attachments.values_list("upload__name", "alt")
    return [text for pair in found for text in pair if text]


def attachments_under(posts: Sequence[Any], base: str) -> dict[UUID, list[Shown]]:
    """The files of these posts; one statement when one of them has any, and else none.

    Args:
        base: the address under which files stand.
    """
    asked = [post.pk for post in posts if post.attachment_count]
    found: dict[UUID, list[Shown]] = defaultdict(list)
    for one in Attachment.objects.filter(post__in=asked).select_related("upload") if asked else ():
        found[one.post_id].append(_shown(one, f"{base}{one.pk}/"))
    return found


def _shown(attachment: Attachment, url: str) -> Shown:
    upload = attachment.upload
    width, height = _small(upload)
    return Shown(
        url=url,
        name=upload.name,
        size=in_words(upload.size),
        alt=attachment.alt or _("Foto zonder beschrijving: %(name)s") % {"name": upload.name},
        is_image=upload.is_image,
        width=width,
        height=height,
    )


def _small(upload: Upload) -> tuple[str, str]:
    """The size of the thumbnail, so that the page does not jump when it comes."""
    if not (upload.width and upload.height):
        return "", ""
    part = min(storage_conf().THUMBNAIL_SIDE / max(upload.width, upload.height), 1)
    return str(max(round(upload.width * part), 1)), str(max(round(upload.height * part), 1))
