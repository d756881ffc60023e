"""Topics and their posts."""

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
    """A conversation. Its posts are numbered 1…`last_number`, so a page is a range of numbers and never a count.

    As long as its first post waits for a facilitator, so does the topic: nobody else knows of it.
    """

    class Sort(models.TextChoices):
        CONVERSATION = "conversation", _("Gesprek")
        STATEMENT = "statement", _("Stelling: één zin waar je op reageert")
        ROUND = "round", _("Rondje: iedereen antwoordt één keer")

    title = models.CharField(_("titel"), max_length=120)
    sort = models.CharField(_("soort"), max_length=12, choices=Sort.choices, default=Sort.CONVERSATION)
    #: For sociability; reports leave it out.
    is_lounge = models.BooleanField(_("koffiehoek"), default=False)
    is_pinned = models.BooleanField(_("vastgezet"), default=False)
    is_locked = models.BooleanField(_("gesloten"), default=False)
    last_number = models.PositiveIntegerField(default=0, editable=False)
    last_post_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TopicQuerySet.as_manager()  # type: ignore[misc]  # the plug-in cannot follow a generic queryset

    class Meta(SpaceContent.Meta):
        verbose_name = _("gesprek")
        verbose_name_plural = _("gesprekken")
        indexes = [
            models.Index(fields=["space", "-is_pinned", "-last_post_at", "-id"], name="gs_forum_topic_order"),
            models.Index(fields=["sort", "space"], name="gs_forum_topic_sort"),  # few are rounds: search asks for those
        ]

    @property
    def pages(self) -> int:
        return page_of(self.last_number)


class Post(models.Model):
    """One contribution to a topic. A deleted post keeps its number and loses its words."""

    class Mood(models.TextChoices):
        CALM = "rustig", _("rustig")
        GLAD = "blij", _("blij")
        SAD = "verdrietig", _("verdrietig")
        ANGRY = "boos", _("boos")
        TENSE = "gespannen", _("gespannen")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField(editable=False)
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="forum_posts")
    body = RichTextField(_("bericht"))
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(null=True, editable=False)
    deleted_at = models.DateTimeField(null=True, editable=False)
    deleted_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    #: The post that this one answers, in the same topic. What it says is read there when this one is shown.
    quoted = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, editable=False, related_name="answers")
    #: What to know before reading. The post is folded under it.
    note = models.CharField(_("waarschuwing vooraf"), max_length=80, blank=True)
    #: `note` was put there by whoever moderates: its author cannot change it.
    is_warned = models.BooleanField(default=False, editable=False)
    mood = models.CharField(_("hoe je erbij zit"), max_length=12, choices=Mood.choices, blank=True)
    #: Since when it waits for a facilitator, who reads first in this space.
    held_at = models.DateTimeField(null=True, editable=False, default=None)
    #: How many rows of Reaction there are: a page of posts without them asks nothing.
    reaction_count = models.PositiveIntegerField(default=0, editable=False)
    #: How many rows of Attachment there are, for the same reason.
    attachment_count = models.PositiveSmallIntegerField(default=0, editable=False)
    #: Why somebody else took it away; the author reads this.
    delete_reason = models.CharField(_("reden"), max_length=300, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("bericht")
        verbose_name_plural = _("berichten")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["topic", "number"], name="gs_forum_post_number")]
        indexes = [models.Index(fields=["topic"], condition=models.Q(held_at__isnull=False), name="gs_forum_post_held")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def page(self) -> int:
        return page_of(self.number)

    @property
    def anchor(self) -> str:
        return f"bericht-{self.number}"
