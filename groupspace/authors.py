"""How somebody is shown beside what they wrote."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypedDict

from django.utils.translation import gettext as _

from groupspace.kinds import role_of, space_kinds
from groupspace.names import shown_name
from groupspace.permissions import Permission
from groupspace.templatetags.gs_design import hue, initial

if TYPE_CHECKING:
    from groupspace.models import Space


_SHOWN = frozenset({Permission.MODERATE, Permission.PREPARE})


class Author(TypedDict):
    """A name, the colour and letter of its mark, the role of who leads or prepares, and a label for the menu."""

    name: str
    hue: str
    initial: str
    role: str
    more: str


def shown_role(kind_code: str, role_code: str) -> str:
    """What stands beside a name: the role of who leads, or prepares what the others talk about; else nothing."""
    role = role_of(kind_code, role_code)
    return str(role.label) if role and not role.permissions.isdisjoint(_SHOWN) else ""


@cache
def roles_shown() -> frozenset[str]:
    """The codes of all roles that stand beside a name; who has another one takes part like anybody."""
    codes = ((kind.code, code) for kind in space_kinds() for code in kind.roles)
    return frozenset(code for kind, code in codes if shown_role(kind, code))


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
            label = "" if gone else shown_role(self.space.kind, item.author_role)
            found = self._known[item.author_id] = Author(
                name=name,
                hue="gone" if gone else str(hue(name)),
                initial=initial(name),
                role=label,
                more=self.more % {"name": name},
            )
        return found
