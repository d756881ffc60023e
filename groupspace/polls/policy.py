"""What members may do with polls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from groupspace.permissions import Permission
from groupspace.policy import ContentPolicy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from groupspace.actor import Access


class PollPolicy(ContentPolicy):
    """Who may write may vote. A poll ends by whoever asked or whoever moderates; what was voted on never changes."""

    needs = {
        "view": Permission.VIEW_SPACE,
        "create": Permission.POST,
        "comment": Permission.POST,
        "vote": Permission.POST,
        "retract": Permission.VIEW_SPACE,
        "close": Permission.MODERATE,
        "decide": Permission.MODERATE,
        "delete": Permission.MODERATE,
    }
    author_may = frozenset({"edit", "close", "decide", "delete"})
    rewords = frozenset({"edit", "decide"})

    def refuse(self, access: Access, action: str, obj: Any) -> StrOrPromise:
        if obj.deleted_at:
            return _("Deze peiling is weggehaald.")
        if action in {"vote", "retract"} and obj.is_closed():
            return _("Deze peiling is gesloten. Stemmen veranderen niet meer.")
        if action == "close" and obj.is_closed():
            return _("Deze peiling is al gesloten.")
        over = obj.is_closed() and obj.prepared_for is None  # before its moment nobody could vote
        if action == "edit" and (obj.voters or over):
            return _("Er is al gestemd. De vraag en de keuzes blijven daarom zoals ze zijn.")
        if action == "decide":
            return self._refuse_to_decide(access, obj)
        return ""

    def _refuse_to_decide(self, access: Access, poll: Any) -> StrOrPromise:
        if not poll.is_closed():
            return _("Sluit eerst de peiling. Schrijf daarna wat jullie met de uitslag doen.")
        if poll.outcome and poll.outcome_by_id != access.membership_id:
            return _("Iemand anders schreef al wat jullie hiermee doen. Alleen wie het schreef, kan het veranderen.")
        return ""
