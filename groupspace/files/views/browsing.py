"""What stands in a folder: its folders, then its files."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from groupspace import policy
from groupspace.files.models import DEEPEST, File, Folder
from groupspace.files.rows import file_rows, folder_rows
from groupspace.files.views.place import Place, read_id
from groupspace.held import held_from

PER_PAGE = 30


class FileListView(Place):
    """The files on top, or in a folder: its folders, then the newest files; pictures as an album."""

    action = "view"
    template_name = "groupspace/files/file_list.html"

    def folder(self) -> Folder | None:
        return None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        folder = self.folder()
        files = File.objects.listed_for(self.actor, self.space.pk)
        counts = files.per_folder() if len(self.tree) else {}
        here = files.filter(folder=folder)
        after = request.GET.get("na")
        if after is not None:
            here = here.filter(id__lt=read_id(after))
        found = list(here[: PER_PAGE + 1])
        rows = file_rows(self.space, found[:PER_PAGE])
        in_it = [] if after else folder_rows(self.space, self.tree.under(folder), self.tree, counts)
        crumbs = self.crumbs_to(folder)
        return self.show(
            folder=folder,
            folders=in_it,
            pictures=[row for row in rows if row["picture"]],
            files=[row for row in rows if not row["picture"]],
            older=found[PER_PAGE - 1].pk if len(found) > PER_PAGE else "",
            is_first=after is None,
            may_share=policy.can(self.actor, "upload", self.space),
            may_nest=self.tree.depth(folder) < DEEPEST and not held_from(self.actor, self.space),
            may_change=folder and policy.can(self.actor, "edit", folder),
            breadcrumbs=[*crumbs[:-1], (crumbs[-1][0], "")],
        )


class FolderView(FileListView):
    """One folder."""

    action = "view"

    def folder(self) -> Folder:
        return self.folder_with(self.kwargs["item"])
