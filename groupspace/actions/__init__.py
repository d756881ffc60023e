"""Everything that changes who is in which space. The actor comes first; each action is one transaction.

An action checks the rules that must hold whoever calls it; whether the actor may do it is asked of the policy
first, so that a script or a test meets the same refusals as a view.
"""

from groupspace.actions.common import own_membership, require, signature
from groupspace.actions.holding import release
from groupspace.actions.invitations import (
    accept_invitation,
    find_invitation,
    invite,
    invite_by_mail,
    is_meant_for,
    revoke,
)
from groupspace.actions.joining import (
    admit,
    has_place,
    join,
    note_request,
    pause_in,
    place_for,
    purge_admissions,
    put_on_waiting_list,
    refuse,
    request_to_join,
    withdraw_request,
)
from groupspace.actions.leases import ask_for_longer, end_leases, open_leased_space, request_lease, withdraw_lease
from groupspace.actions.members import (
    forget_user,
    hand_over,
    leave,
    led_alone,
    remove,
    rename_self,
    resume,
    set_exceptions,
    set_role,
    suspend,
)
from groupspace.actions.own_place import arrange_own_place, finish_introduction
from groupspace.actions.phases import go_to, keep_to_the_calendar, write_crisis_protocol
from groupspace.actions.preparing import change_moment, place_due, place_now, put_by, take_away, try_again
from groupspace.actions.rules import accept_care, agree_to_rules
from groupspace.actions.spaces import change_space, create_space

__all__ = [
    "accept_care",
    "accept_invitation",
    "admit",
    "agree_to_rules",
    "arrange_own_place",
    "ask_for_longer",
    "change_moment",
    "change_space",
    "create_space",
    "end_leases",
    "find_invitation",
    "finish_introduction",
    "forget_user",
    "go_to",
    "hand_over",
    "has_place",
    "invite",
    "invite_by_mail",
    "is_meant_for",
    "join",
    "keep_to_the_calendar",
    "leave",
    "led_alone",
    "note_request",
    "open_leased_space",
    "own_membership",
    "pause_in",
    "place_due",
    "place_for",
    "place_now",
    "purge_admissions",
    "put_by",
    "put_on_waiting_list",
    "refuse",
    "release",
    "remove",
    "rename_self",
    "request_lease",
    "request_to_join",
    "require",
    "resume",
    "revoke",
    "set_exceptions",
    "set_role",
    "signature",
    "suspend",
    "take_away",
    "try_again",
    "withdraw_lease",
    "withdraw_request",
    "write_crisis_protocol",
]
