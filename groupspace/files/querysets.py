"""Questions about files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.db.models import Count

from groupspace.querysets import SpaceContentQuerySet

if TYPE_CHECKING:
    from groupspace.actor import Actor


class FileQuerySet(SpaceContentQuerySet):
    """Files, the newest first."""

    def listed_for(self, actor: Actor, space_id: UUID) -> Self:
        """What this actor may see in a space, with authors; what was erased is not listed."""
        return self.visible_to(actor).filter(space=space_id, number__gt=0).with_author().order_by("-id")

    def per_folder(self) -> dict[UUID | None, int]:
        """How many of these stand in each folder; one statement."""
        rows: Any = self.order_by().values_list("folder").annotate(Count("pk"))
        return dict(rows)
