"""Files with their versions, the folders in which they stand, and what others said about them."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from groupspace.comments.models import Comment, Version
from groupspace.files.querysets import FileQuerySet
from groupspace.ids import uuid7
from groupspace.models import PREPARED, Membership, Space, SpaceContent
from groupspace.querysets import SpaceContentQuerySet
from groupspace.storage.models import Upload

#: Folders in folders: more levels than this, nobody finds back.
DEEPEST = 4
FILMS = frozenset({"mp4", "webm"})


class Folder(models.Model):
    """A place for files. Everybody in the space sees its name; the files in it keep their own audience."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="folders")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("naam"), max_length=60)

    objects = SpaceContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("map")
        verbose_name_plural = _("mappen")
        default_permissions = ()
        indexes = [models.Index(fields=["space", "name"], name="gs_files_folders")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def label(self) -> str:
        """What people read; the name goes when its maker is erased."""
        return self.name or gettext("Map zonder naam")


class File(SpaceContent):
    """A file as the group knows it. What lists show of its newest version stands here too."""

    title = models.CharField(_("titel"), max_length=120)
    description = models.CharField(_("waar gaat het over?"), max_length=1000, blank=True)
    folder = models.ForeignKey(
        Folder, on_delete=models.PROTECT, null=True, blank=True, related_name="files", verbose_name=_("map")
    )
    is_image = models.BooleanField(default=False, editable=False)
    extension = models.CharField(max_length=5, editable=False)
    size = models.PositiveBigIntegerField(default=0, editable=False)
    #: Number of the newest version; 0 when there is none any more.
    number = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = FileQuerySet.as_manager()  # type: ignore[misc]  # the plug-in cannot follow a generic queryset

    class Meta(SpaceContent.Meta):
        verbose_name = _("bestand")
        verbose_name_plural = _("bestanden")
        indexes = [
            models.Index(fields=["space", "folder", "-id"], name="gs_files_in_folder"),
            models.Index(fields=["space", "-id"], name="gs_files_newest"),
            models.Index(fields=["prepared_for"], condition=PREPARED, name="gs_files_prepared"),
        ]

    @property
    def is_film(self) -> bool:
        """Whether a browser can play it by itself."""
        return self.extension in FILMS

    @property
    def label(self) -> str:
        """What people read; the title goes when its author is erased."""
        return self.title or gettext("Bestand zonder titel")


class FileVersion(models.Model):
    """One version of a file; the older ones stay."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(editable=False)
    upload = models.OneToOneField(Upload, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("wat is er veranderd?"), max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SpaceContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("versie")
        verbose_name_plural = _("versies")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="gs_files_version_number")]

    def __str__(self) -> str:
        return str(self.pk)


class FileComment(Comment):
    """What somebody said about a file."""

    item = models.ForeignKey(File, on_delete=models.CASCADE, related_name="comments")

    class Meta(Comment.Meta):
        indexes = [models.Index(fields=["item", "-id"], name="gs_files_comments")]


class FileCommentVersion(Version):
    """What somebody said about a file before they changed it."""

    comment = models.ForeignKey(FileComment, on_delete=models.CASCADE, related_name="versions")

    class Meta(Version.Meta):
        constraints = [models.UniqueConstraint(fields=["comment", "number"], name="gs_files_comment_version")]
