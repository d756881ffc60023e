"""One row for each file that was taken in. Who may see it is known by what it belongs to, never here."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.ids import uuid7


def random_place() -> str:
    """A name that cannot be guessed, in one of 256 folders."""
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name[2:]}"


class Upload(models.Model):
    """A file. Until something is attached to it, it waits for its owner; after that it has none any more."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    #: Key of the account that it waits for; empty once it is attached.
    owner_id = models.CharField(max_length=64, blank=True, editable=False)
    name = models.CharField(_("naam"), max_length=100)
    extension = models.CharField(max_length=5)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    #: Only of pictures.
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    #: Its name in the storage; the thumbnail stands beside it.
    place = models.CharField(max_length=40, default=random_place, unique=True, editable=False)
    attached = models.BooleanField(default=False, editable=False)
    #: The space whose room it takes; empty while it waits.
    space_id = models.UUIDField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("bestand in opslag")
        verbose_name_plural = _("bestanden in opslag")
        default_permissions = ()
        indexes = [
            models.Index(fields=["created_at"], condition=models.Q(attached=False), name="gs_storage_waiting"),
            models.Index(fields=["space_id"], name="gs_storage_space"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_image(self) -> bool:
        return self.width is not None

    @property
    def thumbnail_place(self) -> str:
        return f"{self.place}.t"

    @property
    def places(self) -> list[str]:
        """Everything that stands in the storage for it."""
        return [self.place, self.thumbnail_place] if self.is_image else [self.place]
