"""Permissions and roles as data: what each role may do in each kind of space."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Permission(TextChoices):
    """What one can be allowed to do in one space; stored as django-guardian grants on that space."""

    VIEW_SPACE = "view_space", _("meelezen")
    POST = "post", _("schrijven")
    PREPARE = "prepare", _("berichten klaarzetten voor later")
    UPLOAD = "upload", _("bestanden delen")
    MODERATE = "moderate", _("berichten verbergen, vastzetten en sluiten")
    FACILITATE = "facilitate", _("de groep begeleiden")
    MANAGE_MEMBERS = "manage_members", _("leden toelaten en verwijderen")
    SEE_SUBMISSIONS = "see_submissions", _("ingeleverd werk lezen")
    CHANGE_SPACE = "change_space", _("de groep instellen")


#: These give power over others: they count only when the second step of the log-in was done.
PROFESSIONAL = frozenset(
    {
        Permission.MODERATE,
        Permission.FACILITATE,
        Permission.MANAGE_MEMBERS,
        Permission.SEE_SUBMISSIONS,
        Permission.CHANGE_SPACE,
    }
)

#: The states of a space in which members write, and those in which nobody gets in.
WRITABLE = frozenset({"open", "closing"})
SHUT = frozenset({"closed", "erased"})

#: What remains when a space can only be read.
READING = frozenset({Permission.VIEW_SPACE, Permission.MANAGE_MEMBERS, Permission.CHANGE_SPACE})


@dataclass(frozen=True)
class Role:
    """A named set of permissions.

    Attributes:
        code: what the database stores in `Membership.role`.
        label: what people read.
        permissions: what the role may do.
        verified: whoever has this role must log in with a second step; without it the role gives nothing.
        leads: a space needs at least one active member with such a role.
    """

    code: str
    label: StrOrPromise
    permissions: frozenset[str]
    verified: bool = False
    leads: bool = False


_TALK = frozenset({Permission.VIEW_SPACE, Permission.POST, Permission.UPLOAD})

PARTICIPANT = Role("participant", _("deelnemer"), _TALK)
EXPERIENCE_EXPERT = Role("experience_expert", _("ervaringsdeskundige"), _TALK | {Permission.MODERATE})
CO_FACILITATOR = Role(
    "co_facilitator",
    _("mede-begeleider"),
    _TALK | {Permission.PREPARE, Permission.MODERATE, Permission.FACILITATE, Permission.MANAGE_MEMBERS},
    verified=True,
)
FACILITATOR = Role("facilitator", _("begeleider"), frozenset(Permission), verified=True, leads=True)

#: Pulls the group along: prepares statements and questions, and has no power over others.
CHAMPION = Role("champion", _("trekker"), _TALK | {Permission.PREPARE})
#: Arranges: who takes part, what the group says about itself, how long it runs. Does not lead the conversation.
ORGANISER = Role(
    "organiser", _("organisator"), _TALK | {Permission.MANAGE_MEMBERS, Permission.CHANGE_SPACE}, verified=True
)
#: Took part before, and comes back to help the others.
ALUMNUS = Role("alumnus", _("oud-deelnemer"), _TALK)
#: Reads along to learn, and writes nothing.
OBSERVER = Role("observer", _("meelezer"), frozenset({Permission.VIEW_SPACE}))
#: Leads a group without being a professional: no work that others hand in.
HOST = replace(FACILITATOR, label=_("groepsleider"), permissions=frozenset(Permission) - {Permission.SEE_SUBMISSIONS})
#: Teaches colleagues the work in a practice space.
TRAINER = replace(FACILITATOR, code="trainer", label=_("trainer"))
