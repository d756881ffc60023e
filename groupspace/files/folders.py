"""The folders of a space as a tree: read in one statement, worked out in Python."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from groupspace.files.models import Folder


class Tree:
    """All folders of one space."""

    def __init__(self, space_id: UUID) -> None:
        self._by_id = {folder.pk: folder for folder in Folder.objects.filter(space=space_id).order_by("name")}

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, pk: UUID) -> Folder | None:
        """The folder with this id; None when it is not in this space."""
        return self._by_id.get(pk)

    def under(self, parent: Folder | None) -> list[Folder]:
        """The folders that stand in this one, by name; in none: those on top."""
        parent_id = parent.pk if parent else None
        return [folder for folder in self._by_id.values() if folder.parent_id == parent_id]

    def way_to(self, folder: Folder | None) -> list[Folder]:
        """The folders through which one comes here, this one last."""
        way: list[Folder] = []
        while folder is not None:
            way.insert(0, folder)
            folder = self._by_id.get(folder.parent_id) if folder.parent_id else None
        return way

    def depth(self, folder: Folder | None) -> int:
        """How deep this folder stands; 0 for none."""
        return len(self.way_to(folder))

    def has(self, name: str, parent: Folder | None, but: Folder | None = None) -> bool:
        """Whether another folder in this place has this name."""
        taken = {folder.name.casefold() for folder in self.under(parent) if folder != but}
        return name.casefold() in taken

    def choices(self) -> Iterator[tuple[str, str]]:
        """All folders with their way, for a choice: "Notulen › 2026"."""
        return self._choices(None, "")

    def _choices(self, parent: Folder | None, way: str) -> Iterator[tuple[str, str]]:
        for folder in self.under(parent):
            yield str(folder.pk), f"{way}{folder.label}"
            yield from self._choices(folder, f"{way}{folder.label} › ")
