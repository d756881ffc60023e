"""A plain page: what anybody makes on a first day with Wagtail."""

from wagtail.blocks import CharBlock, ListBlock, RichTextBlock
from wagtail.fields import StreamField
from wagtail.models import Page


class PlainPage(Page):
    """A title and blocks."""

    body = StreamField([("heading", CharBlock()), ("text", RichTextBlock()), ("list", ListBlock(CharBlock()))])

    class Meta:
        app_label = "bare"
