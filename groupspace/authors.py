"""How somebody is shown beside what they wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from django.utils.translation import gettext as _

from groupspace.kinds import role_of
from groupspace.names import shown_name
from groupspace.permissions import Permission
from groupspace.templatetags.gs_design import hue, initial

if TYPE_CHECKING:
    from groupspace.models import Space


class Author(TypedDict):
    """A name, the colour and letter of its mark, the role when it leads, and a label for the menu beside it."""

    name: str
    hue: str
    initial: str
    role: str
    more: str


class Authors:
    """Authors in one space: each worked out once per page, however often they wrote."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self.more = _("Meer bij dit bericht van %(name)s")
        self._known: dict[Any, Author] = {}

    def of(self, item: Any) -> Author:
        """The author of an item that was asked for `with_author`."""
        found = self._known.get(item.author_id)
        if found is None:
            name = shown_name(item.author_name, item.author_user)
            gone = item.author_user is None
            role = role_of(self.space.kind, item.author_role)
            leads = role is not None and not gone and Permission.MODERATE in role.permissions
            label = str(role.label) if role and leads else ""
            found = self._known[item.author_id] = Author(
                name=name,
                hue="gone" if gone else str(hue(name)),
                initial=initial(name),
                role=label,
                more=self.more % {"name": name},
            )
        return found
