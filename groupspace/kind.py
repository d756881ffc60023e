"""The group, the sort of space that the core itself brings, and the policies of the core's own models."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from groupspace import policy
from groupspace.kinds import SpaceKind, register_space_kind
from groupspace.models import Invitation, JoinRequest, Membership, ProfileAnswer, Space
from groupspace.permissions import (
    ALUMNUS,
    CHAMPION,
    CO_FACILITATOR,
    EXPERIENCE_EXPERT,
    FACILITATOR,
    FORUM_LEADER,
    HOST,
    MODERATOR,
    OBSERVER,
    ORGANISER,
    PARTICIPANT,
    TRAINER,
)

#: Who takes part in a group beside the one who leads it, whoever that is.
_IN_A_GROUP = (PARTICIPANT, CHAMPION, ALUMNUS, OBSERVER, EXPERIENCE_EXPERT, CO_FACILITATOR, ORGANISER)

GROUP = register_space_kind(
    SpaceKind(
        code="group",
        label=_("groep"),
        explained=_("mensen met dezelfde vraag helpen elkaar, en jij begeleidt"),
        label_plural=_("groepen"),
        roles={r.code: r for r in (*_IN_A_GROUP, FACILITATOR)},
        entry_role=PARTICIPANT,
        founder_role=FACILITATOR,
        checklist=True,
    )
)

#: Rented by a private person (domain, scenario 5).
PRIVATE = register_space_kind(
    SpaceKind(
        code="private",
        label=_("groep van een particulier"),
        label_plural=_("groepen van particulieren"),
        roles={r.code: r for r in (*_IN_A_GROUP, HOST)},
        entry_role=PARTICIPANT,
        founder_role=HOST,
        checklist=True,
        professional_tools=False,
        duty_of_care=True,
    )
)

#: Where trainers teach colleagues to work with groups; it erases itself.
PRACTICE = register_space_kind(
    SpaceKind(
        code="practice",
        label=_("oefengroep"),
        explained=_("probeer met collega’s hoe een groep werkt; na veertien dagen is alles weg"),
        label_plural=_("oefengroepen"),
        roles={r.code: r for r in (PARTICIPANT, EXPERIENCE_EXPERT, CO_FACILITATOR, TRAINER)},
        entry_role=CO_FACILITATOR,
        founder_role=TRAINER,
        lasts=timedelta(days=14),
    )
)

#: Peers talk about one theme, in the open: one space is one sub-forum, for a theme and perhaps an age.
FORUM = register_space_kind(
    SpaceKind(
        code="forum",
        label=_("forum"),
        explained=_("wie is ingelogd, praat mee over één onderwerp"),
        label_plural=_("forums"),
        roles={r.code: r for r in (PARTICIPANT, MODERATOR, FORUM_LEADER)},
        entry_role=PARTICIPANT,
        founder_role=FORUM_LEADER,
        open_to_all=True,
        checklist=True,
    )
)

policy.register(Space, policy.SpacePolicy())
policy.register(Membership, policy.MemberPolicy())
policy.register(ProfileAnswer, policy.ProfilePolicy())
policy.register(JoinRequest, policy.JoinRequestPolicy())
policy.register(Invitation, policy.AdmissionPolicy())
