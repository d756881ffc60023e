"""Everything that changes files and folders. The actor comes first; each action is one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from groupspace.actions import put_by, require, signature
from groupspace.audit import log
from groupspace.comments.actions import erase_comments
from groupspace.comments.actions import take_away as take_away_item
from groupspace.files.folders import Tree
from groupspace.files.models import DEEPEST, File, FileComment, FileVersion, Folder
from groupspace.held import held_from
from groupspace.models import Audience
from groupspace.pace import keep_pace
from groupspace.search import index
from groupspace.storage.keeping import attach, drop
from groupspace.stream.actions import forget_author, tell

if TYPE_CHECKING:
    from uuid import UUID

    from groupspace.actor import Actor
    from groupspace.models import Membership, Space
    from groupspace.storage.models import Upload

#: Folders in one space: the list of them is read whole.
MOST_FOLDERS = 100
NO_FOLDER = _("Deze map is er niet meer. Kies een andere.")


@transaction.atomic
def share_file(
    actor: Actor,
    space: Space,
    upload: Upload,
    *,
    title: str = "",
    description: str = "",
    folder: Folder | None = None,
    audience: str = Audience.SPACE,
    later: datetime | None = None,
) -> File:
    """Give a file that was taken in to the group.

    Args:
        title: what it is called; without one, its own name.
        audience: who sees it; never more than the space.
        later: prepare it for this moment.

    Raises ValidationError when the folder or the file is gone, the moment is past, or this person shares very often.
    """
    require(actor, "upload", space)
    keep_pace(actor, "POSTS")
    _check_place(space, folder)
    author_id = actor.spaces[space.pk].membership_id
    file = File(
        space=space,
        author_id=author_id,
        title=title or upload.name.rpartition(".")[0],
        description=description,
        folder=folder,
        audience=audience,
        held_at=held_from(actor, space, audience=audience),
    )
    put_by(actor, file, later)
    file.save(force_insert=True)
    _append(file, upload, author_id, "")
    announce(file)
    return file


def announce(file: File) -> None:
    """Tell the others of a new file, and let it be found."""
    tell(file, "shared", by=file.author_id)
    _let_find(file)


@transaction.atomic
def renew_file(actor: Actor, file: File, upload: Upload, *, note: str = "") -> FileVersion:
    """Add a version; the older ones stay. Raises ValidationError when the file was taken away in the meantime."""
    locked = _lock(file)
    require(actor, "renew", locked)
    keep_pace(actor, "POSTS")
    author_id = actor.spaces[locked.space_id].membership_id
    version = _append(locked, upload, author_id, note)
    tell(locked, "renewed", by=author_id, part_id=version.pk)
    return version


@transaction.atomic
def change_file(actor: Actor, file: File, *, title: str, description: str, folder: Folder | None) -> None:
    """Give a file another name, description or place. Raises ValidationError when the folder is gone."""
    locked = _lock(file)
    require(actor, "edit", locked)
    _check_place(locked.space, folder)
    locked.title, locked.description, locked.folder = title, description, folder
    locked.save(update_fields=["title", "description", "folder"])
    _let_find(locked)


@transaction.atomic
def delete_file(actor: Actor, file: File) -> None:
    """Take a file away with all its versions and what was said about it. That of another is a matter for the log."""
    locked = _lock(file)
    require(actor, "delete", locked)
    if locked.author_id != actor.membership_in(locked.space_id):
        log.record(
            "file.removed",
            actor=signature(actor, locked.space),
            space_id=locked.space_id,
            obj=locked,
            authorisation="moderate",
        )
    take_away(locked)


@transaction.atomic
def create_folder(actor: Actor, space: Space, *, name: str, parent: Folder | None = None) -> Folder:
    """Make a folder. Raises ValidationError when there are very many, or it would stand too deep.

    Its name cannot wait to be read, so where a facilitator reads first, only who moderates makes folders.
    """
    require(actor, "upload", space)
    if held_from(actor, space):
        require(actor, "moderate", space)
    keep_pace(actor, "POSTS")
    _check_place(space, parent)
    # Whoever makes folders in one space takes turns, so that none of these rules is passed by two at once.
    type(space).objects.select_for_update().get(pk=space.pk)
    tree = Tree(space.pk)
    if len(tree) >= MOST_FOLDERS:
        raise ValidationError(_("Er zijn al heel veel mappen. Gebruik er een die er al is."))
    if tree.depth(parent) >= DEEPEST:
        too_deep = _("Dieper dan %(deepest)d mappen kan niet. Maak de map een laag hoger.")
        raise ValidationError(too_deep, params={"deepest": DEEPEST})
    if tree.has(name, parent):
        raise ValidationError({"name": _("Er is hier al een map met deze naam. Kies een andere naam.")})
    author_id = actor.spaces[space.pk].membership_id
    return Folder.objects.create(space=space, author_id=author_id, name=name, parent=parent)


@transaction.atomic
def rename_folder(actor: Actor, folder: Folder, *, name: str) -> None:
    """Give a folder another name. Raises ValidationError when its neighbour has that name."""
    require(actor, "edit", folder)
    tree = Tree(folder.space_id)
    if tree.has(name, folder.parent, but=folder):
        raise ValidationError({"name": _("Er is hier al een map met deze naam. Kies een andere naam.")})
    Folder.objects.filter(pk=folder.pk).update(name=name)


@transaction.atomic
def delete_folder(actor: Actor, folder: Folder) -> None:
    """Take a folder away; what stands in it goes to the folder above."""
    require(actor, "delete", folder)
    File.objects.filter(folder=folder).update(folder=folder.parent_id)
    Folder.objects.filter(parent=folder).update(parent=folder.parent_id)
    Folder.objects.filter(pk=folder.pk).delete()


@transaction.atomic
def erase_member(membership: Membership) -> int:
    """Take away every file, version, name and comment of one member, with the bytes; return how many there were.

    Where others wrote along, the file stays without its words, so that theirs keep their place.
    """
    forget_author(membership)
    count = erase_comments(FileComment, membership)
    versions = FileVersion.objects.filter(author=membership).select_related("upload", "file")
    touched = {version.file for version in versions}
    count += _delete_versions(versions)
    mine = File.objects.filter(author=membership)
    others = FileComment.objects.filter(item=OuterRef("pk")).exclude(author=membership)
    kept = Exists(others) | Exists(FileVersion.objects.filter(file=OuterRef("pk")))
    for file in mine.exclude(kept):
        touched.discard(file)
        take_away(file)
        count += 1
    count += mine.exclude(title="", description="").update(title="", description="")
    for file in touched:
        _show_newest(file)
    return count + Folder.objects.filter(author=membership).exclude(name="").update(name="")


def _append(file: File, upload: Upload, author_id: UUID, note: str) -> FileVersion:
    attach(upload, file.space_id)
    last = file.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = FileVersion(file=file, number=last + 1, upload=upload, author_id=author_id, note=note)
    version.save(force_insert=True)
    _show_newest(file)
    return version


def _show_newest(file: File) -> None:
    """What lists show of a file follows its newest version."""
    newest = file.versions.select_related("upload").order_by("-number").first()
    if newest is None:
        file.number, file.size, file.is_image = 0, 0, False
    else:
        file.number, file.size, file.is_image = newest.number, newest.upload.size, newest.upload.is_image
        file.extension, file.changed_at = newest.upload.extension, newest.at
    file.save(update_fields=["number", "size", "is_image", "extension", "changed_at"])


def _let_find(file: File) -> None:
    """Let a file be found by its name and what was said of it; what stands in it is not read."""
    index.put(file, f"{file.title}\n{file.description}", at=file.created_at)


def take_away(file: File) -> None:
    """Throw a file away with its versions, their bytes, and what tells of it."""
    _delete_versions(FileVersion.objects.filter(file=file).select_related("upload"))
    take_away_item(file)


def _delete_versions(versions: Iterable[FileVersion]) -> int:
    found = list(versions)
    for version in found:
        version.delete()
        drop(version.upload)
    return len(found)


def _check_place(space: Space, folder: Folder | None) -> None:
    if folder is not None and not Folder.objects.filter(pk=folder.pk, space=space.pk).exists():
        raise ValidationError({"folder": NO_FOLDER})


def _lock(file: File) -> File:
    locked: File = File.objects.select_related("space").select_for_update(of=("self",)).get(pk=file.pk)
    return locked
