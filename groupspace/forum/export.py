"""What a member wrote and chose in conversations, for "Mijn gegevens". Words of others are never in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from groupspace.audit import log
from groupspace.folds import muted_words
from groupspace.forum.models import Attachment, Follow, Post, Reaction, ReadMark, RoundPass, Scheduled
from groupspace.text.sanitiser import to_keep

if TYPE_CHECKING:
    from groupspace.models import Membership


def export_of(membership: Membership) -> list[dict[str, Any]]:
    """One entry for each post, each prepared conversation, and for what they chose; none when there is nothing."""
    return [*_posts(membership), *_prepared(membership), *_choices(membership)]


def _posts(membership: Membership) -> list[dict[str, Any]]:
    posts = Post.objects.filter(author=membership, deleted_at=None).select_related("topic").order_by("created_at")
    # A warning of whoever moderates stands in the place of the author's; only the log tells of which it is.
    warned = log.about("post.warned", membership.space_id)
    return [
        {
            "gesprek": post.topic.title if post.topic.author_id == membership.pk else None,
            "nummer": post.number,
            "geschreven": post.created_at.isoformat(),
            "bewerkt": post.edited_at.isoformat() if post.edited_at else None,
            "tekst": to_keep(post.body),
            "eerder": [to_keep(version.body) for version in post.versions.all()],
            "waarschuwing vooraf": None if str(post.pk) in warned else post.note or None,
            "hoe je erbij zat": post.mood or None,
            "bijlagen": [_attachment(post, one) for one in post.attachments.all()],
        }
        for post in posts.prefetch_related("versions", "attachments__upload")
    ]


def _attachment(post: Post, attachment: Attachment) -> dict[str, Any]:
    return {
        "bestandsnaam": attachment.upload.name,
        "beschrijving": attachment.alt or None,
        "adres": reverse("groupspace:gesprekken:attachment", args=[post.topic.space_id, attachment.pk]),
    }


def _prepared(membership: Membership) -> list[dict[str, Any]]:
    return [
        {
            "klaargezet": one.title,
            "voor": one.prepared_for.isoformat(),
            "geschreven": one.created_at.isoformat(),
            "tekst": to_keep(one.body),
        }
        for one in Scheduled.objects.filter(author=membership).order_by("prepared_for")
    ]


def _choices(membership: Membership) -> list[dict[str, Any]]:
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
