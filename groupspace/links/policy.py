"""What members may do with links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from groupspace.policy import ContentPolicy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from groupspace.actor import Access


class LinkPolicy(ContentPolicy):
    """Everybody who may write shares links and comments on them; a link is changed by whoever shared it."""

    def refuse(self, access: Access, action: str, obj: Any) -> StrOrPromise:
        return _("Deze link is gewist.") if action == "edit" and not obj.url else ""
