"""What a member keeps for themselves: how far they read, and what they follow."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from groupspace.forum.models.topics import Topic
from groupspace.models import Membership


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


class Follow(models.Model):
    """What a member wants to hear about a topic. Without a row: only when they are named or answered."""

    class Level(models.TextChoices):
        FOLLOW = "follow", _("Laat me elk nieuw bericht weten")
        MUTE = "mute", _("Laat me hierover niets weten")

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="follows")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    level = models.CharField(_("wat je wilt weten"), max_length=10, choices=Level.choices)

    class Meta:
        verbose_name = _("volgen")
        verbose_name_plural = _("volgen")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["membership", "topic"], name="gs_forum_one_follow")]

    def __str__(self) -> str:
        return str(self.pk)
