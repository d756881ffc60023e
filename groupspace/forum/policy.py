"""What members may do with topics and posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.forum.conf import forum_conf
from groupspace.permissions import Permission
from groupspace.policy import ContentPolicy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from groupspace.actor import Access


class TopicPolicy(ContentPolicy):
    """Everybody who may write may reply, until the topic is closed."""

    needs = {
        "view": Permission.VIEW_SPACE,
        "create": Permission.POST,
        "reply": Permission.POST,
        "pin": Permission.MODERATE,
        "lock": Permission.MODERATE,
    }
    author_may = frozenset()
    author_always = frozenset()

    def refuse(self, access: Access, action: str, obj: Any) -> StrOrPromise:
        if action == "reply" and obj.is_locked:
            return _("Dit gesprek is gesloten. Je kunt het lezen, maar niet meer reageren.")
        return ""


class PostPolicy(ContentPolicy):
    """Authors change their own words, for a day. Whoever moderates can take words away, never change them."""

    needs = {"view": Permission.VIEW_SPACE, "delete": Permission.MODERATE}
    author_may = frozenset({"edit", "delete"})
    through = "topic"

    def refuse(self, access: Access, action: str, obj: Any) -> StrOrPromise:
        if obj.deleted_at:
            return _("Dit bericht is weggehaald.")
        if action == "edit" and obj.topic.is_locked:
            return _("Dit gesprek is gesloten. Je kunt je bericht niet meer veranderen. Weghalen kan nog wel.")
        if action == "edit" and obj.created_at < timezone.now() - forum_conf().EDIT_WINDOW:
            return _("Je kunt een bericht een dag lang veranderen. Weghalen kan nog wel.")
        return ""
