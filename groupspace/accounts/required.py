"""For whom the second step of the log-in is required: the one place for that rule."""

from __future__ import annotations

from typing import Any

from django.apps import apps


def second_factor_required(user: Any) -> bool:
    """Whether an account gives power over others: operators, staff, professionals and facilitators."""
    if not user.is_active:
        return False
    return (
        user.is_superuser
        or user.has_perm("wagtailadmin.access_admin")
        or _is_professional(user)
        or _has_power_in_a_space(user)
    )


def _is_professional(user: Any) -> bool:
    return apps.get_model("groupspace", "Professional").objects.active().filter(user=user).exists()


def _has_power_in_a_space(user: Any) -> bool:
    from groupspace.kinds import role_of

    memberships = apps.get_model("groupspace", "Membership").objects.active().filter(user=user)
    roles = memberships.values_list("space__kind", "role").distinct()
    return any(role.verified for kind, code in roles if (role := role_of(kind, code)))
