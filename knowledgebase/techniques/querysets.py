"""Which contributors, remarks and codes count, in the words of the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.utils import timezone

from ..professionals import is_professional

if TYPE_CHECKING:
    from .models import TechniquePage


class InvitationQuerySet(models.QuerySet):
    """Codes for those who are asked to write along."""

    def usable(self) -> InvitationQuerySet:
        """Not used yet, and not expired."""
        return self.filter(used_at=None, expires_at__gt=timezone.now())


class ContributorQuerySet(models.QuerySet):
    """People who write along on a theme."""

    def active(self) -> ContributorQuerySet:
        """Those who have not been taken off, and still have their account."""
        return self.filter(ended_at=None, user__isnull=False)

    def of(self, user: AbstractBaseUser | AnonymousUser) -> ContributorQuerySet:
        """What this person may open: nothing unless he or she works in the field and was asked."""
        if not is_professional(user):
            return self.none()
        return self.active().filter(user_id=user.pk).select_related("page")

    def on(self, user: AbstractBaseUser | AnonymousUser, theme: UUID) -> Any:
        """This person on the theme with this key; None for anyone else."""
        return self.of(user).filter(page__translation_key=theme).first()


class RemarkQuerySet(models.QuerySet):
    """What contributors said."""

    def about(self, page: TechniquePage) -> RemarkQuerySet:
        """Everything said about this theme, oldest first."""
        return self.filter(round__page_id=page.pk).select_related("contributor", "round").order_by("made_at", "pk")

    def open(self) -> RemarkQuerySet:
        """What staff have not dealt with yet."""
        return self.filter(handled_at=None)
