"""The rules as tables for people to read: made from the policy itself, so that they cannot say anything else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import override

from groupspace import policy
from groupspace.kinds import SpaceKind, all_kinds, space_kinds
from groupspace.permissions import PROFESSIONAL, READING, Permission, Role

_HEAD = """\
# Who may do what

Made from the policy by `manage.py permissions > docs/permissions.md`; a test fails when it is out of date. Change the
rules in `groupspace/permissions.py` (what a role may do), in the policy of a kind (what an action needs) or in
`groupspace/policy/` (how an answer is found), never here.

A role is a set of permissions; django-guardian keeps them as grants on one space, plus or minus what a facilitator gave
or took from one member. Nobody has a permission without an active membership: a superuser and staff are strangers here.
An item can only be narrower than its space: for facilitators, or for its author alone.
"""
_VERIFIED = """\
**²** counts only after the second step of the log-in. A role with ² gives nothing at all before that step.
"""


def markdown() -> str:
    """All tables, in Markdown, with the Dutch names that people see."""
    with override("nl"):
        return "\n".join(_blocks())


def _blocks() -> Iterator[str]:
    yield _HEAD
    yield _permissions()
    yield "## Roles in each sort of space\n"
    yield _VERIFIED
    for space_kind in space_kinds():
        yield _roles(space_kind)
    yield _space()
    yield "## What an action on content needs\n"
    yield (
        "An author may do what stands under “own” as long as he or she may still write in the space.\n"
        "What is not in the table is refused.\n"
    )
    for model, rules in policy.policies().items():
        if isinstance(rules, policy.ContentPolicy):
            yield _content(model, rules)
    yield "## Other rules\n"
    for model, rules in policy.policies().items():
        if not isinstance(rules, policy.ContentPolicy | policy.SpacePolicy):
            yield f"- `{model.__name__}`: {_first_line(rules)}"
    yield ""
    yield _staff()


def _permissions() -> str:
    rows = [
        [f"`{one.value}`{_mark(one in PROFESSIONAL)}", one.label, "yes" if one in READING else ""] for one in Permission
    ]
    return "## Permissions\n\n" + _table(["permission", "in words", "left in a space that is only to read"], rows)


def _roles(kind: SpaceKind) -> str:
    lines = [f"### {str(kind.label).capitalize()} (`{kind.code}`)\n"]
    if kind.professionals_only:
        lines.append("Only professionals for whom an organisation vouches get in, after the second step².")
        lines.append("Nobody else learns that it exists.\n")
    if kind.log_reads:
        lines.append("Every read is written to the access log.\n")
    contents = [f"`{one.slug}`" for one in all_kinds() if not one.space_kinds or kind.code in one.space_kinds]
    lines.append(f"Content: {', '.join(contents) or 'none'}. Who opens it: {kind.founder_role.label}. ")
    lines[-1] += f"Who is let in: {kind.entry_role.label}.\n"
    roles = list(kind.roles.values())
    rows = [[f"`{one.value}`", *(_has(role, one) for role in roles)] for one in Permission]
    heads = [f"{role.label}{_mark(role.verified)}" for role in roles]
    return "\n".join([*lines, _table(["", *heads], rows)])


def _space() -> str:
    rules = policy.SpacePolicy
    rows = [[f"`{action}`", f"`{needed}`{_mark(needed in PROFESSIONAL)}"] for action, needed in rules.needs.items()]
    rows += [[f"`{action}`", "whoever may know that the space exists"] for action in sorted(rules.for_outsiders)]
    return "## What an action on a space needs\n\n" + _table(["action", "needs"], rows)


def _content(model: Any, rules: policy.ContentPolicy) -> str:
    waits = {"release"} if policy.can_wait(model) else set()
    if any(kind.prepares and kind.prepares.model is model for kind in all_kinds()):
        waits |= {"prepare", "take_away"}
    needs = {**rules.needs, **{one: need for one, need in policy.NEEDS_WHAT_WAITS.items() if one in waits}}
    actions = [*needs, *sorted(rules.author_may - needs.keys())]
    rows = []
    for action in actions:
        needed = needs.get(action)
        shown = f"`{needed}`{_mark(needed in PROFESSIONAL)}" if needed else ""
        rows.append([f"`{action}`", shown, _of_author(rules, action)])
    follows = f"Follows the `{rules.through}` it belongs to.\n\n" if rules.through else ""
    title = f"### {str(model._meta.verbose_name).capitalize()} (`{model._meta.label}`)\n\n{_first_line(rules)}\n\n"
    return title + follows + _table(["action", "needs", "own"], rows)


def _staff() -> str:
    from groupspace.register import PUBLIC_FIELDS, REGISTER

    fields = ", ".join(PUBLIC_FIELDS)
    return (
        "## Staff\n\n"
        "Permissions of a whole site, kept by staff groups; each counts only after the second step².\n"
        "None of them opens a space.\n\n"
        + _table(
            ["permission", "gives"],
            [
                [f"`groupspace.{REGISTER}`", f"read the register of spaces, change their {fields}"],
                ["", "make and withdraw codes for professionals, end what an organisation vouches for"],
                ["`groupspace.view_organisation`", "see organisations"],
                ["`groupspace.add_organisation`", "add an organisation"],
                ["`groupspace.change_organisation`", "change an organisation, switch it off"],
            ],
        )
    )


def _has(role: Role, permission: str) -> str:
    if permission not in role.permissions:
        return ""
    return "yes" + _mark(permission in PROFESSIONAL or role.verified)


def _mark(verified: bool) -> str:
    return "²" if verified else ""


def _first_line(rules: Any) -> str:
    return (type(rules).__doc__ or "").strip().splitlines()[0]


def _table(heads: Iterable[Any], rows: Iterable[Iterable[Any]]) -> str:
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines) + "\n"


def _of_author(rules: policy.ContentPolicy, action: str) -> str:
    if action in rules.author_always | policy.AUTHOR_OF_WHAT_WAITS:
        return "yes, also when the space is read-only"
    return "yes" if action in rules.author_may else ""
