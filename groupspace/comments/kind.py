"""What kinds with comments have in common."""

from __future__ import annotations

from typing import Any

from groupspace.comments import actions
from groupspace.comments.models import Comment
from groupspace.kinds import Kind, Waits


class CommentedKind(Kind):
    """A kind of which the items take comments."""

    def announce(self, thing: Any) -> None:
        if isinstance(thing, Comment):
            actions.announce(thing)
        else:
            self.announce_item(thing)

    def announce_item(self, item: Any) -> None:
        """Tell the others that an item is there, and let it be found."""
        raise NotImplementedError


def comments_wait(model: type[Comment], title: str = "item__title") -> Waits:
    """Comments of this table can wait for whoever reads first."""
    return Waits(model, title, "body", "reactie/")
