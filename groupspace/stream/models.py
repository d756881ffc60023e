"""One row for each thing that happened in a space, and when somebody last looked.

Titles and words stay with the item, and so does who may read it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.ids import uuid7
from groupspace.models import Audience, Membership, Space
from groupspace.querysets import SpaceContentQuerySet


class Happening(models.Model):
    """Somebody did something to an item.

    `kind` and `item_id` say which item. They are no reference: the row of an item that is gone is not shown.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    #: The slug of the kind.
    kind = models.CharField(max_length=30)
    verb = models.CharField(max_length=20)
    item_id = models.UUIDField()
    #: The post or comment in the item; empty when it is about the item itself.
    part_id = models.UUIDField(null=True, editable=False)
    #: The audience of the item, so that one condition tells who may know of it.
    audience = models.CharField(max_length=12, choices=Audience.choices, default=Audience.SPACE)
    at = models.DateTimeField(default=timezone.now, editable=False)
    #: Memberships that were named in it; kept until they are told.
    named = models.JSONField(default=list)
    #: When those who want to know were told; empty until then.
    spread_at = models.DateTimeField(null=True, editable=False)

    objects = SpaceContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("gebeurtenis")
        verbose_name_plural = _("gebeurtenissen")
        default_permissions = ()
        indexes = [
            models.Index(fields=["space", "-at", "-id"], name="gs_stream_order"),
            models.Index(fields=["space", "kind", "-at", "-id"], name="gs_stream_kind"),
            models.Index(fields=["item_id"], name="gs_stream_item"),
            models.Index(fields=["id"], condition=models.Q(spread_at=None), name="gs_stream_unspread"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Look(models.Model):
    """When somebody last looked at what is new, and when the visit before that one ended."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+")
    seen_at = models.DateTimeField()
    before_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("laatst gekeken")
        verbose_name_plural = _("laatst gekeken")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)
