"""Topics, their posts, and up to where each member has read."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.forum.querysets import PostQuerySet, TopicQuerySet
from groupspace.ids import uuid7
from groupspace.models import Membership, SpaceContent
from groupspace.text.fields import RichTextField

PER_PAGE = 20


def page_of(number: int) -> int:
    """The page of a topic on which the post with this number stands."""
    return max(number - 1, 0) // PER_PAGE + 1


class Topic(SpaceContent):
    """A conversation. Its posts are numbered 1…`last_number`, so a page is a range of numbers and never a count."""

    title = models.CharField(_("titel"), max_length=120)
    is_pinned = models.BooleanField(_("vastgezet"), default=False)
    is_locked = models.BooleanField(_("gesloten"), default=False)
    last_number = models.PositiveIntegerField(default=0, editable=False)
    last_post_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TopicQuerySet.as_manager()  # type: ignore[misc]  # the plug-in cannot follow a generic queryset

    class Meta(SpaceContent.Meta):
        verbose_name = _("gesprek")
        verbose_name_plural = _("gesprekken")
        indexes = [models.Index(fields=["space", "-is_pinned", "-last_post_at", "-id"], name="gs_forum_topic_order")]

    @property
    def pages(self) -> int:
        return page_of(self.last_number)


class Post(models.Model):
    """One contribution to a topic. A deleted post keeps its number and loses its words."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField(editable=False)
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="forum_posts")
    body = RichTextField(_("bericht"))
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(null=True, editable=False)
    deleted_at = models.DateTimeField(null=True, editable=False)
    deleted_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    #: Why somebody else took it away; the author reads this.
    delete_reason = models.CharField(_("reden"), max_length=300, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("bericht")
        verbose_name_plural = _("berichten")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["topic", "number"], name="gs_forum_post_number")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def page(self) -> int:
        return page_of(self.number)

    @property
    def anchor(self) -> str:
        return f"bericht-{self.number}"


class ReadMark(models.Model):
    """Up to which post a member was shown everything. Posts above it are unread, except the member's own."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="read_marks")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("leesmarkering")
        verbose_name_plural = _("leesmarkeringen")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["membership", "topic"], name="gs_forum_one_mark")]

    def __str__(self) -> str:
        return str(self.pk)
