"""Takes Wagtail's bulk actions on accounts away: they reach every account, also those of clients."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from wagtail import hooks
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, DeleteBulkAction, SetActiveStateBulkAction


def _without(action: Any) -> Any:
    """A bulk action in the place of `action` that is not there. The last registered one counts."""

    def dispatch(self: Any, request: Any, *args: Any, **kwargs: Any) -> Any:
        raise Http404

    return type(f"No{action.__name__}", (action,), {"dispatch": dispatch})


for _action in (AssignRoleBulkAction, DeleteBulkAction, SetActiveStateBulkAction):
    hooks.register("register_bulk_action", _without(_action), order=1000)
