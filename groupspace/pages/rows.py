"""What the pages show, worked out once in Python."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from groupspace.authors import Authors
from groupspace.models import Audience
from groupspace.moments import spoken
from groupspace.names import shown_name
from groupspace.pages.compare import GONE, NEW, compare
from groupspace.pages.models import Page
from groupspace.text.sanitiser import to_plain

if TYPE_CHECKING:
    from groupspace.models import Space
    from groupspace.pages.tree import Tree


def with_editor(pages: Any) -> Any:
    """Adds what is shown of whoever saved each page last."""
    return pages.annotate(editor_name=F("edited_by__display_name"), editor_user=F("edited_by__user"))


def tree_rows(space: Space, tree: Tree, pk: UUID | None = None) -> list[dict[str, Any]]:
    """The pages below this one, each with those below it."""
    base = reverse("groupspace:paginas:list", args=[space.pk])

    def rows(above: UUID | None) -> list[dict[str, Any]]:
        return [
            {"url": f"{base}{page.pk}/", "title": page.title, "tags": page_tags(page), "below": rows(page.pk)}
            for page in tree.children(above)
        ]

    return rows(pk)


def page_tags(page: Page) -> list[str]:
    """What is special about a page, in words."""
    tags = [_("op slot")] if page.is_locked else []
    if page.held_at is not None:
        tags.append(_("wacht op een begeleider"))
    if page.audience != Audience.SPACE:
        tags.append(page.get_audience_display())
    return tags


def newest_rows(space: Space, pages: Iterable[Any]) -> list[dict[str, str]]:
    """Lines for pages, asked for `with_editor`: who changed each, and when."""
    base = reverse("groupspace:paginas:list", args=[space.pk])
    now = timezone.localtime()
    return [
        {
            "url": f"{base}{page.pk}/",
            "title": page.title,
            "meta": f"{editor(page)}\u00a0· {spoken(page.edited_at, now)}",
        }
        for page in pages
    ]


def editor(page: Any) -> str:
    """Who saved a page last, as others see them; the page is asked for `with_editor`."""
    return shown_name(page.editor_name, page.editor_user)


def version_rows(page: Page, versions: Iterable[Any]) -> list[dict[str, Any]]:
    """Versions, asked for `with_author`, newest first; each knows the one before it."""
    base = reverse("groupspace:paginas:list", args=[page.space_id])
    authors = Authors(page.space)
    now = timezone.localtime()
    found = list(versions)
    rows: list[dict[str, Any]] = []
    for version, older in zip(found, [*found[1:], None], strict=True):
        row = {
            "url": f"{base}versie/{version.pk}/",
            "number": str(version.number),
            "label": _("Versie %(number)d") % {"number": version.number},
            "at": spoken(version.at, now),
            "note": _("gewist") if version.erased_at else what_was_done(version),
            "erased": version.erased_at is not None,
            "current": version.number == page.version,
            "older": str(older.number) if older and not (version.erased_at or older.erased_at) else "",
        }
        rows.append({**row, **authors.of(version)})
    return rows


def what_was_done(version: Any) -> str:
    """The words of whoever saved it; else what can be told without them."""
    if version.restored_id:
        return str(version.note or _("zette een eerdere versie terug"))
    return str(version.note or (_("maakte de pagina") if version.number == 1 else ""))


def changes(old: Any, new: Any) -> dict[str, Any]:
    """What changed between two versions, or between a version and the page.

    `blocks` has for each paragraph its pieces; `only_marks` tells that no word changed while the text did.
    """
    before, after = to_plain(old.body), to_plain(new.body)
    blocks = [
        [{"gone": piece.sort == GONE, "new": piece.sort == NEW, "text": piece.text} for piece in pieces]
        for pieces in compare(before, after)
    ]
    title = None if old.title == new.title else {"gone": old.title, "new": new.title}
    same = before == after
    return {
        "blocks": blocks,
        "title": title,
        "only_marks": same and str(old.body) != str(new.body),
        "nothing": same and title is None and str(old.body) == str(new.body),
    }
