"""The one place that writes django-guardian's rows: they follow from role, state and personal exceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Permission as StoredPermission
from django.db import transaction

from groupspace.lifetime.steering import LEVELS
from groupspace.models import SpaceGrant

if TYPE_CHECKING:
    from groupspace.models import Membership


def by_role(membership: Membership) -> frozenset[str]:
    """What comes with the role in this space, before any personal exception.

    Its own permissions and what the steering of the space adds for ordinary members; never what this sort of space
    does not have.
    """
    role, kind = membership.role_data, membership.space.space_kind
    if role is None or kind is None:
        return frozenset()
    permissions = frozenset(role.permissions)
    if role == kind.entry_role:  # a group that leads itself gives its members more to do
        permissions |= LEVELS[membership.space.steering].adds
    return permissions & kind.permissions


def due(membership: Membership) -> frozenset[str]:
    """The permissions that this membership should have as grants: by its role, plus or minus personal exceptions."""
    role, kind = membership.role_data, membership.space.space_kind
    if role is None or kind is None or membership.state != membership.State.ACTIVE or membership.user_id is None:
        return frozenset()
    permissions = set(by_role(membership))
    for exception in membership.exceptions.all():
        (permissions.add if exception.granted else permissions.discard)(exception.permission)
    return frozenset(permissions & kind.permissions)


@transaction.atomic
def sync(membership: Membership) -> None:
    """Make the grants equal to what is due. Called in the transaction that changed the membership."""
    if membership.user_id is None:
        return
    wanted = due(membership)
    rows = SpaceGrant.objects.filter(user_id=membership.user_id, content_object_id=membership.space_id)
    rows.exclude(permission__codename__in=wanted).delete()
    have = set(rows.values_list("permission__codename", flat=True))
    missing = StoredPermission.objects.filter(
        content_type__app_label="groupspace", content_type__model="space", codename__in=wanted - have
    )
    SpaceGrant.objects.bulk_create(
        SpaceGrant(user_id=membership.user_id, content_object_id=membership.space_id, permission=permission)
        for permission in missing
    )
