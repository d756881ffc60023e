"""Conversations that wait for their moment. No topic exists before, so there is nothing that could leak."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from groupspace.forum.models.topics import Topic
from groupspace.models import SpaceContent
from groupspace.text.fields import RichTextField


class Scheduled(SpaceContent):
    """A conversation that starts by itself at a moment, as its author."""

    sort = models.CharField(_("soort"), max_length=12, choices=Topic.Sort.choices, default=Topic.Sort.CONVERSATION)
    title = models.CharField(_("titel"), max_length=120)
    body = RichTextField(_("bericht"))

    class Meta(SpaceContent.Meta):
        verbose_name = _("klaargezet gesprek")
        verbose_name_plural = _("klaargezette gesprekken")
        indexes = [models.Index(fields=["prepared_for"], name="gs_forum_scheduled_due")]
