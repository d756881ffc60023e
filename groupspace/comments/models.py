"""What every table of comments has, and of what they said before. A kind makes its own, with real foreign keys."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.ids import uuid7
from groupspace.models import Membership
from groupspace.querysets import SpaceContentQuerySet
from groupspace.text.fields import RichTextField


class Comment(models.Model):
    """One comment. A deleted comment keeps its place and loses its words.

    A subclass adds `item`: a foreign key to the kind's model, with `related_name="comments"`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    body = RichTextField(_("reactie"))
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    #: Since when it waits for whoever reads first in this space.
    held_at = models.DateTimeField(null=True, editable=False, default=None)
    edited_at = models.DateTimeField(null=True, editable=False)
    deleted_at = models.DateTimeField(null=True, editable=False)
    deleted_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    #: Why somebody else took it away; the author reads this.
    delete_reason = models.CharField(_("reden"), max_length=300, blank=True)

    objects = SpaceContentQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ()
        ordering = ["id"]
        verbose_name = _("reactie")
        verbose_name_plural = _("reacties")

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def anchor(self) -> str:
        return f"reactie-{self.pk}"


class Version(models.Model):
    """What a post or comment said before it was changed. Gone when that is deleted or erased.

    A subclass adds a foreign key to it, with `related_name="versions"`.
    """

    number = models.PositiveIntegerField()
    body = RichTextField(_("tekst"))
    #: When these words were written.
    at = models.DateTimeField()

    class Meta:
        abstract = True
        default_permissions = ()
        verbose_name = _("eerdere versie")
        verbose_name_plural = _("eerdere versies")

    def __str__(self) -> str:
        return str(self.pk)
