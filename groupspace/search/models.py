"""What can be found, beside the words by which it is found."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from groupspace.models import Audience, Membership, Space
from groupspace.querysets import SpaceContentQuerySet


class Entry(models.Model):
    """One text in a space: an item, or a post or comment in it. Policy and audience are those of the item.

    Its key is a number that grows, so that the newest comes first without sorting; no page shows it.
    """

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    audience = models.CharField(max_length=12, choices=Audience.choices, default=Audience.SPACE)
    kind = models.CharField(max_length=30)
    item_id = models.UUIDField()
    #: The same as `item_id` for the item itself, so that one constraint holds for both.
    part_id = models.UUIDField(unique=True)
    text = models.TextField()
    #: The warning that stands before the text: it is found, and not shown unasked.
    note = models.CharField(max_length=80, blank=True, default="")
    #: Not everybody who reads the item reads this part of it: its kind says who does, see `Kind.guarded_parts`.
    guarded = models.BooleanField(default=False)
    #: The roots of the words, and a mark of the space, of the kind and of the author: what the index holds.
    words = models.TextField()
    at = models.DateTimeField()

    objects = SpaceContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("vindbare tekst")
        verbose_name_plural = _("vindbare teksten")
        default_permissions = ()
        indexes = [models.Index(fields=["item_id"], name="gs_search_item")]

    def __str__(self) -> str:
        return str(self.pk)
