"""Questions to the database that chain; whatever depends on the reader goes through the policy."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

if TYPE_CHECKING:
    from groupspace.actor import Actor


def active_membership(path: str = "", at: datetime | None = None) -> Q:
    """The condition for a membership that counts at a moment, which is now unless another is given."""
    now = at or timezone.now()
    still = Q(**{f"{path}until__isnull": True}) | Q(**{f"{path}until__gt": now})
    return still & Q(**{f"{path}state": "active", f"{path}since__lte": now})


class VisibleQuerySet(models.QuerySet[Any]):
    """Any model that has a policy."""

    def visible_to(self, actor: Actor) -> Self:
        """Only what this actor may see."""
        from groupspace import policy

        return policy.visible(actor, self)


class SpaceQuerySet(VisibleQuerySet):
    """Spaces: those one is in, those one may know of, and how many take part."""

    def listed_to(self, actor: Actor) -> Self:
        """Spaces of which this actor may know that they exist, without being let in."""
        from groupspace import policy

        return policy.listed(actor, self)

    def with_member_count(self) -> Self:
        """Adds `member_count`: active members at this moment."""
        return self.annotate(member_count=Count("memberships", filter=active_membership("memberships__")))


class MembershipQuerySet(VisibleQuerySet):
    """Who is in which space."""

    def active(self, at: datetime | None = None) -> Self:
        """Memberships that count at this moment, or at another."""
        return self.filter(active_membership(at=at))


class ProfessionalQuerySet(models.QuerySet[Any]):
    """For whom an organisation vouches."""

    def active(self) -> Self:
        """Professionals who are vouched for today, by an organisation that takes part."""
        today = timezone.localdate()
        return self.filter(Q(until__isnull=True) | Q(until__gte=today), since__lte=today, organisation__is_active=True)


class ProfessionalInvitationQuerySet(models.QuerySet[Any]):
    """Codes that make somebody a professional."""

    def usable(self) -> Self:
        """Not used, not expired, of an organisation that takes part."""
        return self.filter(used_at__isnull=True, expires_at__gt=timezone.now(), organisation__is_active=True)


class LeaseQuerySet(models.QuerySet[Any]):
    """Spaces that are rented, or asked for."""

    def to_be_opened(self) -> Self:
        """Staff said yes, the term runs, and the space is not there yet."""
        return self.filter(state="granted", space=None, until__gte=timezone.localdate())

    def to_go_on(self) -> Self:
        """The space is there, so that the lease can be prolonged, also after its end."""
        return self.filter(state__in=["granted", "ended"], space__isnull=False).exclude(space__state="erased")


class JoinRequestQuerySet(VisibleQuerySet):
    """Who asked to join."""

    def open(self) -> Self:
        return self.filter(state="open")

    def waiting(self) -> Self:
        """On the waiting list, whoever asked first in front."""
        return self.filter(state="waiting").order_by("created_at", "pk")

    def pending(self) -> Self:
        """Without an answer yet, or on the waiting list."""
        return self.filter(state__in=["open", "waiting"])

    def with_place(self) -> Self:
        """Adds `ahead`: how many on the waiting list come before each."""
        earlier = Q(created_at__lt=OuterRef("created_at")) | Q(created_at=OuterRef("created_at"), pk__lt=OuterRef("pk"))
        before = self.model._default_manager.filter(earlier, space=OuterRef("space"), state="waiting").order_by()
        count = before.values("space").annotate(n=Count("pk")).values("n")
        return self.annotate(ahead=Coalesce(Subquery(count), 0))

    def counted(self) -> dict[str, int]:
        """How many wait for an answer, and how many for a place; one statement."""
        waiting = Count("pk", filter=Q(state="waiting"))
        return self.aggregate(open=Count("pk", filter=Q(state="open")), queue=waiting)

    def ahead_of(self, request: Any) -> Self:
        """Those on the waiting list whose turn comes before this request's."""
        earlier = Q(created_at__lt=request.created_at) | Q(created_at=request.created_at, pk__lt=request.pk)
        return self.waiting().filter(earlier, space=request.space_id)


class InvitationQuerySet(VisibleQuerySet):
    """Codes that let somebody into a space."""

    def usable(self) -> Self:
        """Not withdrawn, not expired, not used up, and by somebody who may still let people in.

        Otherwise whoever is taken out of a space comes back with a code made before.
        """
        from groupspace.kinds import space_kinds
        from groupspace.models import SpaceGrant

        granted = SpaceGrant.objects.filter(content_object=OuterRef("space"), user=OuterRef("created_by__user"))
        leading = {role.code for kind in space_kinds() for role in kind.roles.values() if role.leads}
        return self.filter(
            Exists(granted.filter(permission__codename="manage_members")),
            Exists(granted.filter(permission__codename="change_space")) | ~Q(role__in=leading),
            active_membership("created_by__"),
            created_by__user__is_active=True,
            revoked_at__isnull=True,
            expires_at__gt=timezone.now(),
            uses__lt=F("max_uses"),
        )


class SpaceContentQuerySet(VisibleQuerySet):
    """What members write: a model with an `author`."""

    def with_author(self) -> Self:
        """Adds what a page shows of each author, without a Membership of its own for every line."""
        return self.annotate(
            author_name=F("author__display_name"), author_role=F("author__role"), author_user=F("author__user")
        )
