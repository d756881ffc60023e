"""The blocks staff build public pages with. Each says in plain Dutch what belongs in it and how much."""

from .facts import FactBlock, FactStreamBlock
from .files import AttachmentBlock, AttachmentStreamBlock
from .jumps import JumpBlock
from .limited import LimitedStreamBlock
from .links import FurtherBlock, FurtherStreamBlock, LinkBlock, LinkValue, RelatedStreamBlock, check_address
from .sources import SourceBlock, SourceStreamBlock
from .text import (
    TEXT_FEATURES,
    ArticleStreamBlock,
    CalloutBlock,
    ChecklistBlock,
    ChecklistStreamBlock,
    PictureBlock,
    TextStreamBlock,
)
from .topics import RecogniseStreamBlock, StepBlock, StepStreamBlock
from .video import VideoBlock

__all__ = [
    "TEXT_FEATURES",
    "ArticleStreamBlock",
    "AttachmentBlock",
    "AttachmentStreamBlock",
    "CalloutBlock",
    "ChecklistBlock",
    "ChecklistStreamBlock",
    "FactBlock",
    "FactStreamBlock",
    "FurtherBlock",
    "FurtherStreamBlock",
    "JumpBlock",
    "LimitedStreamBlock",
    "LinkBlock",
    "LinkValue",
    "PictureBlock",
    "RecogniseStreamBlock",
    "RelatedStreamBlock",
    "SourceBlock",
    "SourceStreamBlock",
    "StepBlock",
    "StepStreamBlock",
    "TextStreamBlock",
    "VideoBlock",
    "check_address",
]
