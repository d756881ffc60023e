"""Who belongs to the staff: the only accounts that Wagtail's user screens know."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet

#: Apps whose permissions lead into spaces, to accounts or past the log-in: no screen hands them out (trap A12).
_NOT_HANDED_OUT = ("groupspace", "intervision", "guardian", "auth", "wagtailusers", "wagtailapi", "otp_", "two_factor",
                   "axes", "sessions", "contenttypes")  # fmt: skip


def staff() -> QuerySet[Any]:
    """All accounts that may enter the CMS, whether they are active or not."""
    enter = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    return (
        get_user_model()
        ._default_manager.filter(
            Q(is_superuser=True) | Q(user_permissions__in=enter) | Q(groups__permissions__in=enter)
        )
        .distinct()
    )


def is_staff(user: Any) -> bool:
    """Whether an account belongs to the staff."""
    return staff().filter(pk=user.pk).exists()


def may_be_handed_out() -> QuerySet[Permission]:
    """The permissions that a group can get on a screen: those of the public side only."""
    users = get_user_model()._meta.app_label
    forbidden = Q(content_type__app_label=users) | Q(codename__endswith="apitoken")
    for prefix in _NOT_HANDED_OUT:
        forbidden |= Q(content_type__app_label__startswith=prefix)
    return Permission.objects.exclude(forbidden)
