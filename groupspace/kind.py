"""The group, the sort of space that the core itself brings, and the policies of the core's own models."""

from django.utils.translation import gettext_lazy as _

from groupspace import policy
from groupspace.kinds import SpaceKind, register_space_kind
from groupspace.models import Invitation, JoinRequest, Membership, Space
from groupspace.permissions import CO_FACILITATOR, EXPERIENCE_EXPERT, FACILITATOR, PARTICIPANT

GROUP = register_space_kind(
    SpaceKind(
        code="group",
        label=_("groep"),
        label_plural=_("groepen"),
        roles={r.code: r for r in (PARTICIPANT, EXPERIENCE_EXPERT, CO_FACILITATOR, FACILITATOR)},
        entry_role=PARTICIPANT,
        founder_role=FACILITATOR,
    )
)

policy.register(Space, policy.SpacePolicy())
policy.register(Membership, policy.MemberPolicy())
policy.register(JoinRequest, policy.JoinRequestPolicy())
policy.register(Invitation, policy.AdmissionPolicy())
