"""Wagtail's screens for users and groups, narrowed to staff."""

from __future__ import annotations

from wagtail.users.views.groups import GroupViewSet
from wagtail.users.views.users import UserViewSet


class StaffViewSet(UserViewSet):
    """Staff accounts."""


class StaffGroupViewSet(GroupViewSet):
    """Groups of staff."""
