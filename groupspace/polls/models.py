"""Polls, their choices, who chose what, and comments on them."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.comments.models import Comment, Version
from groupspace.ids import uuid7
from groupspace.models import PREPARED, Membership, SpaceContent
from groupspace.polls.querysets import OptionQuerySet, PollQuerySet
from groupspace.text.fields import RichTextField

QUESTION_LENGTH = 200
OPTION_LENGTH = 120


class Poll(SpaceContent):
    """A question of one member to the others.

    How many voted stands here, so that lists need no count. When its time is up it is closed for whoever looks;
    `closed_at` is filled in when somebody closes it, or when the worker tells that it ended.
    """

    question = models.CharField(_("vraag"), max_length=QUESTION_LENGTH)
    explanation = RichTextField(_("uitleg"), blank=True)
    multiple = models.BooleanField(_("meer keuzes"), default=False)
    anonymous = models.BooleanField(_("anoniem"), default=True)
    hide_until_voted = models.BooleanField(_("uitslag pas na je stem"), default=False)
    ends_at = models.DateTimeField(_("einde"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, editable=False)
    #: Members who voted, however many choices each made.
    voters = models.PositiveIntegerField(default=0, editable=False)
    outcome = RichTextField(_("uitkomst"), blank=True)
    outcome_at = models.DateTimeField(null=True, editable=False)
    outcome_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    edited_at = models.DateTimeField(null=True, editable=False)
    #: A poll that was taken away loses its words, choices and votes; what others said about it stays.
    deleted_at = models.DateTimeField(null=True, editable=False)
    deleted_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    #: Why somebody else took it away; the author reads this.
    delete_reason = models.CharField(_("reden"), max_length=300, blank=True)

    objects = PollQuerySet.as_manager()  # type: ignore[misc]  # the plug-in cannot follow a generic queryset

    class Meta(SpaceContent.Meta):
        verbose_name = _("peiling")
        verbose_name_plural = _("peilingen")
        indexes = [
            models.Index(fields=["space", "-id"], name="gs_polls_order"),
            models.Index(fields=["ends_at"], condition=models.Q(closed_at=None), name="gs_polls_due"),
            models.Index(fields=["prepared_for"], condition=PREPARED, name="gs_polls_prepared"),
        ]

    def is_closed(self, at: datetime | None = None) -> bool:
        """Whether nobody can vote any more, at this moment or at another."""
        return self.closed_at is not None or (self.ends_at is not None and self.ends_at <= (at or timezone.now()))


class Option(models.Model):
    """One choice in a poll."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options")
    text = models.CharField(_("keuze"), max_length=OPTION_LENGTH)
    position = models.PositiveSmallIntegerField(editable=False)

    objects = OptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("keuze")
        verbose_name_plural = _("keuzes")
        default_permissions = ()
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["poll", "position"], name="gs_polls_option_position")]

    def __str__(self) -> str:
        return str(self.pk)


class Vote(models.Model):
    """That a member chose an option. When is kept nowhere: moments would tell who it was."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="votes")
    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="votes")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("stem")
        verbose_name_plural = _("stemmen")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["option", "membership"], name="gs_polls_one_vote")]
        indexes = [models.Index(fields=["poll", "membership"], name="gs_polls_vote")]

    def __str__(self) -> str:
        return str(self.pk)


class PollComment(Comment):
    """What a member says about a poll."""

    item = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="comments")

    class Meta(Comment.Meta):
        indexes = [models.Index(fields=["item", "-id"], name="gs_polls_comment_order")]


class PollCommentVersion(Version):
    """What a member said under a poll before they changed it."""

    comment = models.ForeignKey(PollComment, on_delete=models.CASCADE, related_name="versions")

    class Meta(Version.Meta):
        constraints = [models.UniqueConstraint(fields=["comment", "number"], name="gs_polls_comment_version")]
