"""Pages of a space, every version of them, and what members say under them."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.comments.models import Comment, Version
from groupspace.ids import uuid7
from groupspace.models import Membership, SpaceContent
from groupspace.querysets import SpaceContentQuerySet
from groupspace.text.fields import RichTextField

TITLE_LENGTH = 120


class Page(SpaceContent):
    """A page as it reads now. `version` is the number of its last version; it only goes up."""

    parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, editable=False, related_name="children")
    #: Its place among the pages beside it.
    position = models.PositiveIntegerField(default=0, editable=False)
    title = models.CharField(_("titel"), max_length=TITLE_LENGTH)
    body = RichTextField(_("tekst"))
    version = models.PositiveIntegerField(default=1, editable=False)
    edited_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_by = models.ForeignKey(Membership, on_delete=models.PROTECT, editable=False, related_name="+")
    is_locked = models.BooleanField(_("op slot"), default=False)

    class Meta(SpaceContent.Meta):
        verbose_name = _("pagina")
        verbose_name_plural = _("pagina's")
        indexes = [
            models.Index(fields=["space", "position", "id"], name="gs_pages_order"),
            models.Index(fields=["space", "-edited_at", "-id"], name="gs_pages_newest"),
        ]


class PageVersion(models.Model):
    """A page as somebody saved it once. A version whose words are erased keeps its number."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(editable=False)
    title = models.CharField(_("titel"), max_length=TITLE_LENGTH)
    body = RichTextField(_("tekst"))
    #: What was changed, in the words of whoever did it.
    note = models.CharField(_("wat je veranderde"), max_length=TITLE_LENGTH, blank=True)
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    #: The version that was put back: these are its words, whoever put them back.
    restored = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    erased_at = models.DateTimeField(null=True, editable=False)

    objects = SpaceContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("versie van een pagina")
        verbose_name_plural = _("versies van pagina's")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="gs_pages_version_number")]

    def __str__(self) -> str:
        return str(self.pk)


class PageComment(Comment):
    """What a member says under a page."""

    item = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="comments")

    class Meta(Comment.Meta):
        abstract = False


class PageCommentVersion(Version):
    """What a member said under a page before they changed it."""

    comment = models.ForeignKey(PageComment, on_delete=models.CASCADE, related_name="versions")

    class Meta(Version.Meta):
        constraints = [models.UniqueConstraint(fields=["comment", "number"], name="gs_pages_comment_version")]
