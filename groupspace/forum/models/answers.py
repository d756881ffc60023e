"""What hangs under a post or a topic: files, names, words of support, earlier versions, who passed in a round."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.comments.models import Version
from groupspace.forum.models.topics import Post, Topic
from groupspace.ids import uuid7
from groupspace.models import Membership
from groupspace.querysets import VisibleQuerySet
from groupspace.storage.chosen import ALT_LENGTH
from groupspace.storage.models import Upload


class Attachment(models.Model):
    """A file with a post. Gone, with its bytes, when the post is deleted or erased."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="attachments")
    upload = models.OneToOneField(Upload, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    #: What is in the picture, for who does not see it.
    alt = models.CharField(_("wat is erop te zien"), max_length=ALT_LENGTH, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("bijlage")
        verbose_name_plural = _("bijlagen")
        default_permissions = ()
        ordering = ["position"]

    def __str__(self) -> str:
        return str(self.pk)


class Mention(models.Model):
    """A member is named in a post. The name itself stands in the text alone."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mentions")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("vermelding")
        verbose_name_plural = _("vermeldingen")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["post", "membership"], name="gs_forum_one_mention")]

    def __str__(self) -> str:
        return str(self.pk)


class Reaction(models.Model):
    """A member answers a post with one of the fixed words."""

    class Word(models.TextChoices):
        KNOWN = "herkenbaar", _("Herkenbaar")
        THANKS = "dank", _("Dank je")
        STRENGTH = "sterkte", _("Sterkte")
        GLAD = "fijn", _("Fijn voor je")
        HELPS = "helpt", _("Dit helpt mij")

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reactions")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(_("woord"), max_length=12, choices=Word.choices)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("reactie met een woord")
        verbose_name_plural = _("reacties met een woord")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["post", "membership", "word"], name="gs_forum_one_reaction")]

    def __str__(self) -> str:
        return str(self.pk)


class PostVersion(Version):
    """What a post said before it was changed."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="versions")

    class Meta(Version.Meta):
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="gs_forum_version_number")]


class RoundPass(models.Model):
    """A member let a round pass: they need not answer, and read the others."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="passes")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("beurt voorbij laten gaan")
        verbose_name_plural = _("beurten voorbij laten gaan")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["topic", "membership"], name="gs_forum_one_pass")]

    def __str__(self) -> str:
        return str(self.pk)
