"""What members may do with files and folders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.utils.translation import gettext_lazy as _

from groupspace.permissions import Permission
from groupspace.policy import ContentPolicy

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from groupspace.actor import Access, Actor

    Q_ = TypeVar("Q_", bound=QuerySet[Any])


class FilePolicy(ContentPolicy):
    """Whoever may share files adds versions; its author and whoever moderates rename, move and take away."""

    needs = {
        "view": Permission.VIEW_SPACE,
        "comment": Permission.POST,
        "renew": Permission.UPLOAD,
        "edit": Permission.MODERATE,
        "delete": Permission.MODERATE,
    }
    rewords = frozenset({"edit", "renew"})

    def refuse(self, access: Access, action: str, obj: Any) -> StrOrPromise:
        if action != "delete" and not obj.number:
            return _("Dit bestand is weggehaald.")
        return ""


class VersionPolicy(ContentPolicy):
    """Read by whoever reads the file."""

    needs = {"view": Permission.VIEW_SPACE}
    author_may = frozenset()
    author_always = frozenset()
    through = "file"


class FolderPolicy(ContentPolicy):
    """Everybody sees folders; their maker and whoever moderates change them."""

    needs = {"view": Permission.VIEW_SPACE, "edit": Permission.MODERATE, "delete": Permission.MODERATE}
    author_always = frozenset()

    def visible(self, actor: Actor, queryset: Q_) -> Q_:
        return queryset.filter(space__in=actor.spaces_with(Permission.VIEW_SPACE))

    def _in_audience(self, access: Access, carrier: Any) -> bool:
        return True
