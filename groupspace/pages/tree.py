"""The pages of a space as a tree, as far as one actor sees them; one statement, whatever is asked of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from uuid import UUID

from groupspace.pages.models import Page

if TYPE_CHECKING:
    from groupspace.actor import Actor
    from groupspace.models import Space

#: How deep pages stand below each other; deeper, nobody finds them again.
DEEPEST = 4
#: Pages in one space. A tree with more is no longer a table of contents.
MOST_PAGES = 500


class Tree:
    """Pages with only what a table of contents needs: id, parent, title, lock and audience.

    A page below one that this actor may not see stands on top, so that nothing tells of the hidden one.
    """

    def __init__(self, pages: Any) -> None:
        self.pages: dict[UUID, Page] = {page.pk: page for page in pages}
        self._below: dict[UUID | None, list[Page]] = defaultdict(list)
        for page in self.pages.values():
            self._below[self.parent_of(page.pk)].append(page)

    def __len__(self) -> int:
        return len(self.pages)

    def parent_of(self, pk: UUID) -> UUID | None:
        """The page above this one, None for a page on top."""
        above = self.pages[pk].parent_id
        return above if above in self.pages else None

    def children(self, pk: UUID | None = None) -> list[Page]:
        """The pages right below this one, in order; without a page: those on top."""
        return self._below.get(pk, [])

    def siblings(self, pk: UUID) -> list[Page]:
        """This page and those beside it, in order."""
        return self.children(self.parent_of(pk))

    def above(self, pk: UUID) -> list[Page]:
        """The way to this page, from the top, without the page itself."""
        way: list[Page] = []
        up = self.parent_of(pk)
        while up is not None and self.pages[up] not in way:
            way.insert(0, self.pages[up])
            up = self.parent_of(up)
        return way

    def depth(self, pk: UUID | None) -> int:
        """1 for a page on top, 0 for the top itself."""
        return 0 if pk is None else len(self.above(pk)) + 1

    def height(self, pk: UUID) -> int:
        """How many layers hang here, with the page itself."""
        return 1 + max((self.height(page.pk) for page in self.children(pk)), default=0)

    def walk(self, pk: UUID | None = None, depth: int = 1) -> Iterator[tuple[int, Page]]:
        """Every page below this one with its depth, in reading order."""
        for page in self.children(pk):
            yield depth, page
            yield from self.walk(page.pk, depth + 1)

    def places(self, layers: int = 1, without: UUID | None = None) -> Iterator[tuple[int, Page]]:
        """Under which pages something of this many layers fits; not under itself, nor under what hangs from it."""
        own = {without, *(page.pk for _depth, page in self.walk(without))} if without else set()
        return ((depth, page) for depth, page in self.walk() if page.pk not in own and depth + layers <= DEEPEST)


def tree_of(actor: Actor, space: Space) -> Tree:
    """The pages of a space that this actor may see; one statement."""
    found = Page.objects.visible_to(actor).filter(space=space).order_by("position", "id")
    return Tree(found.only("space", "parent", "position", "title", "is_locked", "audience", "held_at"))
