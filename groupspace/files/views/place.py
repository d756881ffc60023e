"""What the pages of files and folders have in common."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from groupspace import policy
from groupspace.files.folders import Tree
from groupspace.files.models import File, Folder
from groupspace.views import ItemView
from groupspace.views.writing import WritingView


class Place(WritingView):
    """What every page of files has: addresses, the folders, and the path to it."""

    abstract = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self._tree: Tree | None = None

    @property
    def tree(self) -> Tree:
        if self._tree is None:
            self._tree = Tree(self.space.pk)
        return self._tree

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"groupspace:bestanden:{name}", args=[self.space.pk, *args])

    def url_of_folder(self, folder: Folder | None) -> str:
        return self.url("folder", folder.pk) if folder else self.url("list")

    def crumbs_to(self, folder: Folder | None, *more: tuple[str, str]) -> list[Any]:
        way = [(one.label, self.url_of_folder(one)) for one in self.tree.way_to(folder)]
        return self.crumbs((_("Bestanden"), self.url("list")), *way, *more)

    def folder_asked(self) -> Folder | None:
        """The folder in `?map=`; None for none. Raises Http404 for one that is not here."""
        asked = self.request.GET.get("map")
        return self.folder_with(read_id(asked)) if asked else None

    def folder_with(self, pk: UUID) -> Folder:
        folder = self.tree.get(pk)
        if folder is None or not policy.can(self.actor, "view", folder):
            raise Http404
        return folder


class FileView(Place, ItemView):
    """A page about one file."""

    abstract = True
    model = File

    def crumbs_here(self, *more: tuple[str, str]) -> list[Any]:
        folder = self.tree.get(self.item.folder_id) if self.item.folder_id else None
        here = self.url("file", self.item.pk) if more else ""
        return self.crumbs_to(folder, (self.item.label, here), *more)


def read_id(text: str) -> UUID:
    """Which one is asked. Raises Http404 for what is no id."""
    try:
        return UUID(hex=text)
    except ValueError:
        raise Http404 from None
