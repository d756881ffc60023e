"""What a member wrote and chose in conversations, for "Mijn gegevens". Words of others are never in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from groupspace.folds import muted_words
from groupspace.forum.models import Attachment, Follow, Post, Reaction, ReadMark, RoundPass, Scheduled
from groupspace.own_words import OwnFile, Written
from groupspace.text.sanitiser import to_keep

if TYPE_CHECKING:
    from groupspace.models import Membership


def written_by(membership: Membership) -> list[Written]:
    """Each post and each prepared conversation."""
    return [*_posts(membership), *_prepared(membership)]


def _posts(membership: Membership) -> list[Written]:
    posts = Post.objects.filter(author=membership, deleted_at=None).select_related("topic").order_by("created_at")
    return [
        Written(
            at=post.created_at,
            title=post.topic.title if post.topic.author_id == membership.pk else "",
            text=to_keep(post.body),
            edited_at=post.edited_at,
            earlier=[to_keep(version.body) for version in post.versions.all()],
            files=[_attachment(post, one) for one in post.attachments.all()],
            more={
                _("waarschuwing vooraf"): "" if post.is_warned else post.note,
                _("hoe je erbij zat"): post.mood,
            },
            data={"nummer": post.number},
        )
        for post in posts.prefetch_related("versions", "attachments__upload")
    ]


def _attachment(post: Post, attachment: Attachment) -> OwnFile:
    return OwnFile(
        name=attachment.upload.name,
        description=attachment.alt,
        address=reverse("groupspace:gesprekken:attachment", args=[post.topic.space_id, attachment.pk]),
    )


def _prepared(membership: Membership) -> list[Written]:
    return [
        Written(
            at=one.created_at,
            title=one.title,
            text=to_keep(one.body),
            more={_("klaargezet voor"): one.prepared_for},
        )
        for one in Scheduled.objects.filter(author=membership).order_by("prepared_for")
    ]


def chosen_by(membership: Membership) -> list[dict[str, Any]]:
    """What they chose: words at posts, words to avoid, what they follow, how far they read."""
    chosen: list[dict[str, Any]] = [
        {"woord bij een bericht": one.get_word_display(), "gekozen": one.at.isoformat()}
        for one in Reaction.objects.filter(membership=membership).order_by("at")
    ]
    if words := muted_words(membership.pk):
        chosen.append({"woorden die je liever niet ziet": words})
    follows = Follow.objects.filter(membership=membership)
    counts = {
        "gesprekken waarover je niets wilt horen": follows.filter(level=Follow.Level.MUTE),
        "gesprekken die je volgt": follows.exclude(level=Follow.Level.MUTE),
        "gesprekken waarvan je bewaart tot waar je las": ReadMark.objects.filter(membership=membership),
        "rondjes waarin je paste": RoundPass.objects.filter(membership=membership),
    }
    return chosen + [{name: count} for name, found in counts.items() if (count := found.count())]
