"""What members may do with topics, posts and conversations that wait for their moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.forum.conf import forum_conf
from groupspace.forum.models import Post, RoundPass, Topic
from groupspace.permissions import Permission
from groupspace.policy import HIDDEN, ContentPolicy, Verdict, can, refuse_undo, visible

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from groupspace.actor import Access, Actor

    Q_ = TypeVar("Q_", bound=QuerySet[Any])


class TopicPolicy(ContentPolicy):
    """Everybody who may write may reply, until the topic is closed. In a round everybody answers once."""

    needs = {
        "view": Permission.VIEW_SPACE,
        "create": Permission.POST,
        "reply": Permission.POST,
        "pass": Permission.POST,
        "follow": Permission.VIEW_SPACE,
        "pin": Permission.MODERATE,
        "lock": Permission.MODERATE,
        "lounge": Permission.MODERATE,
    }
    author_may = frozenset()
    author_always = frozenset()

    def refuse(self, access: Access, action: str, obj: Any) -> StrOrPromise:
        if action in {"reply", "pass"} and obj.is_locked:
            return _("Dit gesprek is gesloten. Je kunt het lezen, maar niet meer reageren.")
        if action == "pass" and obj.sort != Topic.Sort.ROUND:
            return _("Dit is geen rondje. Je hoeft niets te doen.")
        again = action == "pass" or (action == "reply" and Permission.FACILITATE not in access.permissions)
        if again and obj.sort == Topic.Sort.ROUND and getattr(obj, "answered", False):
            return _("Je hebt in dit rondje al geantwoord. Iedereen antwoordt één keer.")
        return ""


class PostPolicy(ContentPolicy):
    """Authors change their own words, for a day. Whoever moderates can take words away, never change them."""

    needs = {
        "view": Permission.VIEW_SPACE,
        "react": Permission.POST,
        "delete": Permission.MODERATE,
        "warn": Permission.MODERATE,
    }
    author_may = frozenset({"edit", "delete", "undo"})
    through = "topic"

    def visible(self, actor: Actor, queryset: Q_) -> Q_:
        mine = _memberships(actor)
        own = Q(author__in=mine)
        answers = Post.objects.filter(topic=OuterRef("topic"), author__in=mine, number__gt=1)
        passes = RoundPass.objects.filter(topic=OuterRef("topic"), membership__in=mine)
        opened = own | ~Q(topic__sort=Topic.Sort.ROUND) | Q(number=1) | Exists(answers) | Exists(passes)
        if led := actor.spaces_with(Permission.FACILITATE):
            opened |= Q(topic__space__in=led)
        if moderated := actor.spaces_with(Permission.MODERATE):
            opened |= Q(held_at__isnull=False, topic__space__in=moderated)
        return super().visible(actor, queryset).filter(opened)

    def can(self, actor: Actor, action: str, obj: Any) -> Verdict:
        verdict = super().can(actor, action, obj)
        if verdict.hide or verdict.verify or shows_words(actor.spaces[obj.topic.space_id], obj):
            return verdict
        return HIDDEN

    def refuse(self, access: Access, action: str, obj: Any) -> StrOrPromise:
        if obj.deleted_at:
            return _("Dit bericht is weggehaald.")
        if action == "edit":
            return self._refuse_edit(obj)
        if action == "react":
            return self._refuse_reaction(access, obj)
        if action == "release" and obj.number > 1 and obj.topic.held_at is not None:
            return _("Laat eerst het begin van dit gesprek zien.")
        return refuse_undo(obj) if action == "undo" else ""

    def _refuse_edit(self, post: Any) -> StrOrPromise:
        if post.topic.is_locked:
            return _("Dit gesprek is gesloten. Je kunt je bericht niet meer veranderen. Weghalen kan nog wel.")
        if post.created_at < timezone.now() - forum_conf().EDIT_WINDOW:
            return _("Je kunt een bericht een dag lang veranderen. Weghalen kan nog wel.")
        return ""

    def _refuse_reaction(self, access: Access, post: Any) -> StrOrPromise:
        if post.topic.is_locked:
            return _("Dit gesprek is gesloten. Je kunt het lezen, maar niet meer reageren.")
        if post.held_at is not None:
            return _("Dit bericht wacht nog op een begeleider.")
        if post.author_id == access.membership_id:
            return _("Dit is je eigen bericht. De woorden zijn er voor berichten van anderen.")
        return ""


class AttachmentPolicy(ContentPolicy):
    """A file is of whoever may read its post, at this moment."""

    needs = {"view": Permission.VIEW_SPACE}
    author_may = frozenset()
    author_always = frozenset()

    def visible(self, actor: Actor, queryset: Q_) -> Q_:
        return queryset.filter(post__in=visible(actor, Post.objects.filter(deleted_at=None)))

    def can(self, actor: Actor, action: str, obj: Any) -> Verdict:
        return can(actor, "view", obj.post) if action == "view" else HIDDEN


class ScheduledPolicy(ContentPolicy):
    """What somebody prepared is theirs until its moment comes. Whoever leads reads it, and changes no word of it."""

    needs = {"view": Permission.VIEW_SPACE}
    author_may = frozenset({"edit"})
    author_always = frozenset()


def shows_words(access: Access, post: Any) -> bool:
    """Whether a post in a topic that one may see is open to this member: not held, and not part of a closed round.

    Its topic must know of the member: see `TopicQuerySet.with_reader`. Without that a round is closed.
    """
    if post.author_id == access.membership_id:
        return True
    if post.held_at is not None:  # whoever moderates reads it first, also in a round in which they take no part
        return Permission.MODERATE in access.permissions
    return post.number == 1 or not is_closed_round(access, post.topic)


def is_closed_round(access: Access, topic: Any) -> bool:
    """Whether the answers of a round are still closed to this member: they have not answered, and not passed."""
    if topic.sort != Topic.Sort.ROUND or Permission.FACILITATE in access.permissions:
        return False
    return not getattr(topic, "took_part", False)


def _memberships(actor: Actor) -> list[Any]:
    return [access.membership_id for access in actor.spaces.values()]
