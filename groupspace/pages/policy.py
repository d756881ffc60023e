"""What members may do with pages: everybody who may write writes along, until a page is locked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from groupspace.permissions import Permission
from groupspace.policy import ContentPolicy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from groupspace.actor import Access

LOCKED = _("Deze pagina staat op slot. Je kunt haar lezen, maar niet veranderen.")


class PagePolicy(ContentPolicy):
    """A page is of everybody who may write, until it is locked; then whoever moderates still changes it."""

    needs = {
        "view": Permission.VIEW_SPACE,
        "create": Permission.POST,
        "comment": Permission.POST,
        "edit": Permission.POST,
        "move": Permission.POST,
        "lock": Permission.MODERATE,
        "delete": Permission.MODERATE,
    }
    author_may = frozenset({"delete"})

    def refuse(self, access: Access, action: str, obj: Any) -> StrOrPromise:
        return _lock_refuses(access, obj) if action in {"edit", "move"} else ""


class PageVersionPolicy(ContentPolicy):
    """A version is read by whoever reads its page, and put back by whoever may change that."""

    needs = {"view": Permission.VIEW_SPACE, "restore": Permission.POST}
    author_may = frozenset()
    author_always = frozenset()
    rewords = frozenset({"restore"})
    through = "page"

    def refuse(self, access: Access, action: str, obj: Any) -> StrOrPromise:
        if obj.erased_at:
            return _("Deze versie is gewist. Je kunt haar niet terugzetten.")
        return _lock_refuses(access, obj.page)


def _lock_refuses(access: Access, page: Any) -> StrOrPromise:
    return LOCKED if page.is_locked and Permission.MODERATE not in access.permissions else ""
