"""Files that a reader can keep."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from .limited import LimitedStreamBlock


class AttachmentBlock(blocks.StructBlock):
    """A file, and what a reader finds in it."""

    document = DocumentChooserBlock(label=_("Bestand"))
    text = blocks.CharBlock(label=_("Wat staat erin?"), max_length=200, required=False)

    class Meta:
        icon = "doc-full"
        label = _("Bijlage")


class AttachmentStreamBlock(LimitedStreamBlock):
    """The files that come with a page."""

    attachment = AttachmentBlock()
