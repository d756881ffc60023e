"""Questions about files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.db.models import Count, Q, Subquery

from groupspace.querysets import SpaceContentQuerySet

if TYPE_CHECKING:
    from groupspace.actor import Actor
    from groupspace.files.models import File


class FileQuerySet(SpaceContentQuerySet):
    """Files, the newest first."""

    def listed_for(self, actor: Actor, space_id: UUID) -> Self:
        """What this actor may see in a space, with authors; what was erased is not listed."""
        return self.visible_to(actor).filter(space=space_id, number__gt=0).with_author().order_by("-id")

    def pictures_around(self, actor: Actor, file: File) -> tuple[UUID | None, UUID | None]:
        """The pictures that this actor finds before and after one, in the order of its folder; one statement."""
        listed = self.visible_to(actor).filter(space=file.space_id, number__gt=0)
        album = listed.filter(folder=file.folder_id, is_image=True)
        newer = album.filter(pk__gt=file.pk).order_by("pk").values("pk")[:1]
        older = album.filter(pk__lt=file.pk).order_by("-pk").values("pk")[:1]
        around = self.filter(Q(pk=Subquery(newer)) | Q(pk=Subquery(older)))
        found: list[UUID] = list(around.order_by("pk").values_list("pk", flat=True))
        return next((pk for pk in found if pk > file.pk), None), next((pk for pk in found if pk < file.pk), None)

    def per_folder(self) -> dict[UUID | None, int]:
        """How many of these stand in each folder; one statement."""
        rows: Any = self.order_by().values_list("folder").annotate(Count("pk"))
        return dict(rows)
