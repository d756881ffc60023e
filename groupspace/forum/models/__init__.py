"""What the forum keeps: topics and posts, what members do with them, and what each keeps for themselves."""

from groupspace.forum.models.answers import Attachment, Mention, PostVersion, Reaction, RoundPass
from groupspace.forum.models.own import Follow, ReadMark
from groupspace.forum.models.scheduled import Scheduled
from groupspace.forum.models.topics import PER_PAGE, Post, Topic, page_of

__all__ = [
    "PER_PAGE",
    "Attachment",
    "Follow",
    "Mention",
    "Post",
    "PostVersion",
    "Reaction",
    "ReadMark",
    "RoundPass",
    "Scheduled",
    "Topic",
    "page_of",
]
