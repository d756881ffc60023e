"""Running text, and what may stand between the paragraphs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .images import DescribedImageBlock
from .limited import LimitedStreamBlock
from .video import VideoBlock

TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


class PictureBlock(blocks.StructBlock):
    """A picture for everyone. Pictures from groups or of people in them never belong here."""

    image = DescribedImageBlock(
        label=_("Afbeelding"),
        help_text=_("Iedereen op internet kan deze afbeelding zien. Gebruik geen foto's van deelnemers."),
    )
    caption = blocks.CharBlock(label=_("Onderschrift"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Afbeelding")
        template = "knowledgebase/blocks/picture.html"


class TextStreamBlock(LimitedStreamBlock):
    """Running text: paragraphs, with now and then a heading or a picture."""

    text = blocks.RichTextBlock(
        label=_("Tekst"),
        features=TEXT_FEATURES,
        help_text=_("Korte zinnen, gewone woorden, één boodschap per alinea. Schrijf “je”."),
        template="knowledgebase/blocks/text.html",
    )
    heading = blocks.CharBlock(
        label=_("Tussenkop"), max_length=80, icon="title", template="knowledgebase/blocks/heading.html"
    )
    picture = PictureBlock()
    video = VideoBlock()


class ChecklistItemBlock(blocks.StructBlock):
    """One numbered point of a checklist."""

    title = blocks.CharBlock(label=_("Punt"), max_length=140)
    text = blocks.TextBlock(label=_("Uitleg"), max_length=600, rows=3, required=False)

    class Meta:
        icon = "list-ol"
        label = _("Punt")


class ChecklistStreamBlock(LimitedStreamBlock):
    """The points of a checklist, in order."""

    item = ChecklistItemBlock()


class ChecklistBlock(blocks.StructBlock):
    """A numbered list to go through, to print, or to check oneself with."""

    title = blocks.CharBlock(label=_("Titel"), max_length=100)
    intro = blocks.TextBlock(label=_("Inleiding"), max_length=400, rows=2, required=False)
    items = ChecklistStreamBlock(label=_("Punten"), min_num=2, max_num=20)
    self_check = blocks.BooleanBlock(
        label=_("Met vakjes om zelf aan te vinken"),
        required=False,
        help_text=_("De vinkjes blijven op het scherm van de lezer. We bewaren ze niet."),
    )

    class Meta:
        icon = "list-ol"
        label = _("Checklist")
        template = "knowledgebase/blocks/checklist.html"


class CalloutBlock(blocks.StructBlock):
    """A short text that stands out: a tip, or a warning."""

    kind = blocks.ChoiceBlock(
        label=_("Soort"), choices=[("tip", _("Tip")), ("warning", _("Let op"))], default="tip", required=True
    )
    text = blocks.TextBlock(label=_("Tekst"), max_length=400, rows=3)

    class Meta:
        icon = "info-circle"
        label = _("Tip of waarschuwing")
        template = "knowledgebase/blocks/callout.html"


class ArticleStreamBlock(TextStreamBlock):
    """The text of an article: running text with checklists and callouts."""

    checklist = ChecklistBlock()
    callout = CalloutBlock()
