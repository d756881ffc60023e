"""What the pages show, worked out once in Python, so that the templates stay short and fast."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groupspace.authors import Authors
from groupspace.files.folders import Tree
from groupspace.models import Audience
from groupspace.moments import spoken
from groupspace.storage.sizes import in_words

if TYPE_CHECKING:
    from uuid import UUID

    from groupspace.files.models import Folder
    from groupspace.models import Space

#: What stands on the mark of a file, and its colour.
MARKS = {
    "pdf": ("PDF", 3),
    **dict.fromkeys(("docx", "odt"), ("DOC", 4)),
    **dict.fromkeys(("xlsx", "ods", "csv"), ("XLS", 6)),
    **dict.fromkeys(("pptx", "odp"), ("PPT", 2)),
    **dict.fromkeys(("mp4", "webm", "vtt"), ("FILM", 5)),
    "mp3": ("MP3", 5),
    **dict.fromkeys(("jpg", "png"), ("FOTO", 1)),
}


def file_rows(space: Space, files: Iterable[Any]) -> list[dict[str, Any]]:
    """Lines for these files; they are asked for `with_author`."""
    base = base_of(space)
    authors = Authors(space)
    now = timezone.localtime()
    rows = []
    for file in files:
        author = authors.of(file)
        mark, hue = MARKS.get(file.extension, (file.extension.upper(), 1))
        meta = "\u00a0· ".join([author["name"], spoken(file.changed_at, now), in_words(file.size)])
        rows.append(
            {
                "url": f"{base}{file.pk}/",
                "title": file.label,
                "meta": meta,
                "mark": mark,
                "hue": hue,
                "picture": f"{base}{file.pk}/klein/" if file.is_image else "",
                "tags": tags_of(file),
            }
        )
    return rows


def folder_rows(space: Space, folders: Iterable[Folder], tree: Tree, counts: dict[Any, int]) -> list[dict[str, Any]]:
    """Lines for these folders, with how many files this reader finds in them."""
    base = base_of(space)
    return [
        {"url": f"{base}map/{folder.pk}/", "name": folder.label, "meta": _inside(folder, tree, counts)}
        for folder in folders
    ]


def version_rows(space: Space, versions: Iterable[Any]) -> list[dict[str, Any]]:
    """Lines for the versions of one file; they are asked for `with_author`."""
    base = base_of(space)
    authors = Authors(space)
    now = timezone.localtime()
    return [
        {
            "url": f"{base}versie/{version.pk}/{'groot/' if version.upload.is_image else ''}",
            "number": version.number,
            "note": version.note,
            "meta": "\u00a0· ".join(
                [authors.of(version)["name"], spoken(version.at, now), in_words(version.upload.size)]
            ),
        }
        for version in versions
    ]


def tags_of(file: Any) -> list[str]:
    """What is special about a file, in words."""
    tags = [_("versie %(number)d") % {"number": file.number}] if file.number > 1 else []
    if file.held_at is not None and file.prepared_for is None:
        tags.append(_("wacht op een begeleider"))
    if file.audience != Audience.SPACE:
        tags.append(str(file.get_audience_display()))
    return tags


def base_of(space: Space) -> str:
    return reverse("groupspace:bestanden:list", args=[space.pk])


def _inside(folder: Folder, tree: Tree, counts: dict[UUID | None, int]) -> str:
    files, folders = counts.get(folder.pk, 0), len(tree.under(folder))
    parts = []
    if folders:
        parts.append(ngettext("%(count)d map", "%(count)d mappen", folders) % {"count": folders})
    if files:
        parts.append(ngettext("%(count)d bestand", "%(count)d bestanden", files) % {"count": files})
    return ", ".join(parts) or _("leeg")
