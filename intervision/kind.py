"""The professionals' forum: a sort of space in which colleagues consult each other."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from groupspace.kinds import SpaceKind, register_space_kind
from groupspace.permissions import FACILITATOR, PARTICIPANT

INTERVISION_MEMBER = replace(PARTICIPANT, code="intervision_member", label=_("intervisant"), verified=True)
INTERVISION_FACILITATOR = replace(FACILITATOR, code="intervision_facilitator", label=_("gespreksleider"))

INTERVISION = register_space_kind(
    SpaceKind(
        code="intervision",
        label=_("intervisieforum"),
        explained=_("hulpverleners leren van elkaar"),
        label_plural=_("intervisiefora"),
        roles={r.code: r for r in (INTERVISION_MEMBER, INTERVISION_FACILITATOR)},
        entry_role=INTERVISION_MEMBER,
        founder_role=INTERVISION_FACILITATOR,
        professionals_only=True,
    )
)
