"""The group, the sort of space that the core itself brings, and the policies of the core's own models."""

from django.utils.translation import gettext_lazy as _

from groupspace import policy
from groupspace.kinds import SpaceKind, register_space_kind
from groupspace.models import Invitation, JoinRequest, Membership, Space
from groupspace.permissions import (
    ALUMNUS,
    CHAMPION,
    CO_FACILITATOR,
    EXPERIENCE_EXPERT,
    FACILITATOR,
    OBSERVER,
    ORGANISER,
    PARTICIPANT,
)

GROUP = register_space_kind(
    SpaceKind(
        code="group",
        label=_("groep"),
        label_plural=_("groepen"),
        roles={
            r.code: r
            for r in (
                PARTICIPANT,
                CHAMPION,
                ALUMNUS,
                OBSERVER,
                EXPERIENCE_EXPERT,
                CO_FACILITATOR,
                ORGANISER,
                FACILITATOR,
            )
        },
        entry_role=PARTICIPANT,
        founder_role=FACILITATOR,
        checklist=True,
    )
)

policy.register(Space, policy.SpacePolicy())
policy.register(Membership, policy.MemberPolicy())
policy.register(JoinRequest, policy.JoinRequestPolicy())
policy.register(Invitation, policy.AdmissionPolicy())
