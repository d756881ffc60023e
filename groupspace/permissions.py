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


#: What belongs together, where people read or choose permissions.
SUBJECTS = (
    (_("Lezen en schrijven"), (Permission.VIEW_SPACE, Permission.POST, Permission.PREPARE, Permission.UPLOAD)),
    (_("Begeleiden"), (Permission.MODERATE, Permission.FACILITATE, Permission.SEE_SUBMISSIONS)),
    (_("De groep regelen"), (Permission.MANAGE_MEMBERS, Permission.CHANGE_SPACE)),
)

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

#: What one does only after saying yes to the agreements of the space as they are now.
TALKING = frozenset({Permission.POST, Permission.PREPARE, Permission.UPLOAD})

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
        explained: what it comes down to, in a sentence for whoever chooses it.
    """

    code: str
    label: StrOrPromise
    permissions: frozenset[str]
    verified: bool = False
    leads: bool = False
    explained: StrOrPromise = ""


_TALK = frozenset({Permission.VIEW_SPACE, Permission.POST, Permission.UPLOAD})

PARTICIPANT = Role("participant", _("deelnemer"), _TALK, explained=_("leest mee, schrijft en deelt bestanden"))
EXPERIENCE_EXPERT = Role(
    "experience_expert",
    _("ervaringsdeskundige"),
    _TALK | {Permission.MODERATE},
    explained=_("schrijft mee uit eigen ervaring, en kan berichten verbergen; ziet geen ingeleverd werk"),
)
CO_FACILITATOR = Role(
    "co_facilitator",
    _("mede-begeleider"),
    _TALK | {Permission.PREPARE, Permission.MODERATE, Permission.FACILITATE, Permission.MANAGE_MEMBERS},
    verified=True,
    explained=_("begeleidt mee en beslist wie erbij komt; stelt de groep niet in"),
)
FACILITATOR = Role(
    "facilitator",
    _("begeleider"),
    frozenset(Permission),
    verified=True,
    leads=True,
    explained=_("leidt de groep en kan alles wat hier kan"),
)

#: Pulls the group along: prepares statements and questions, and has no power over others.
CHAMPION = Role(
    "champion",
    _("trekker"),
    _TALK | {Permission.PREPARE},
    explained=_("zet vragen en stellingen klaar; beslist niet over anderen"),
)
#: Arranges: who takes part, what the group says about itself, how long it runs. Does not lead the conversation.
ORGANISER = Role(
    "organiser",
    _("organisator"),
    _TALK | {Permission.MANAGE_MEMBERS, Permission.CHANGE_SPACE},
    verified=True,
    explained=_("regelt wie meedoet en hoe de groep werkt; leidt het gesprek niet"),
)
#: Took part before, and comes back to help the others.
ALUMNUS = Role(
    "alumnus", _("oud-deelnemer"), _TALK, explained=_("deed eerder mee en komt terug om de anderen te helpen")
)
#: Reads along to learn, and writes nothing.
OBSERVER = Role(
    "observer",
    _("meelezer"),
    frozenset({Permission.VIEW_SPACE}),
    explained=_("leest mee om te leren, en schrijft niets"),
)
#: Leads a group without being a professional: no work that others hand in.
HOST = replace(FACILITATOR, label=_("groepsleider"), permissions=frozenset(Permission) - {Permission.SEE_SUBMISSIONS})
#: Teaches colleagues the work in a practice space.
TRAINER = replace(FACILITATOR, code="trainer", label=_("trainer"))

#: Keeps an open forum safe: hides messages and lets people in or out. Does not lead anybody's process.
MODERATOR = Role(
    "moderator",
    _("moderator"),
    _TALK | {Permission.MODERATE, Permission.MANAGE_MEMBERS},
    verified=True,
    explained=_("houdt het forum veilig: verbergt berichten en beslist wie er blijft"),
)
#: Opens a forum, and says what its agreements are.
FORUM_LEADER = replace(
    FACILITATOR,
    code="forum_leader",
    label=_("forumbegeleider"),
    permissions=frozenset(Permission) - {Permission.SEE_SUBMISSIONS},
    explained=_("leidt het forum, maakt de afspraken en kiest moderators"),
)
