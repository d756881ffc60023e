"""THE rules: what each actor may see and do. One policy answers for an object and for a whole queryset.

Everything that shows, counts, sends, exports or finds something asks here. Superusers and staff are ordinary
people to this module. What nobody declared is refused.

This is the only face of the rules: nobody outside this folder imports from the files in it.
"""

from groupspace.policy.content import ContentPolicy, refuse_undo
from groupspace.policy.members import (
    AdmissionPolicy,
    JoinRequestPolicy,
    MemberPolicy,
    ProfilePolicy,
    may_give,
    may_message,
    roles_with_power,
)
from groupspace.policy.registry import can, policies, policy_of, prepared, register, visible
from groupspace.policy.spaces import (
    SpacePolicy,
    coordinated_by,
    find_space,
    is_for,
    listed,
    may_keep_words,
    may_know_of,
    may_name,
    may_open,
)
from groupspace.policy.verdicts import (
    HIDDEN,
    LOG_IN,
    NO_PROFESSIONAL,
    NOT_ALLOWED,
    NOT_STARTED,
    READ_ONLY,
    VERIFY,
    YES,
    Verdict,
)
from groupspace.policy.waiting import AUTHOR_OF_WHAT_WAITS, NEEDS_WHAT_WAITS, can_be_prepared, can_wait

__all__ = [
    "AUTHOR_OF_WHAT_WAITS",
    "HIDDEN",
    "LOG_IN",
    "NEEDS_WHAT_WAITS",
    "NOT_ALLOWED",
    "NOT_STARTED",
    "NO_PROFESSIONAL",
    "READ_ONLY",
    "VERIFY",
    "YES",
    "AdmissionPolicy",
    "ContentPolicy",
    "JoinRequestPolicy",
    "MemberPolicy",
    "ProfilePolicy",
    "SpacePolicy",
    "Verdict",
    "can",
    "can_be_prepared",
    "can_wait",
    "coordinated_by",
    "find_space",
    "is_for",
    "listed",
    "may_give",
    "may_keep_words",
    "may_know_of",
    "may_message",
    "may_name",
    "may_open",
    "policies",
    "policy_of",
    "prepared",
    "refuse_undo",
    "register",
    "roles_with_power",
    "visible",
]
