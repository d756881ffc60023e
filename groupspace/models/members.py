"""Who is in which space, and the grants that say what each member may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from groupspace import permissions
from groupspace.coming_in.ages import AgeBand
from groupspace.ids import uuid7
from groupspace.kinds import role_of
from groupspace.models.regions import Region
from groupspace.models.spaces import Space
from groupspace.names import shown_name
from groupspace.querysets import MembershipQuerySet

if TYPE_CHECKING:
    from groupspace.permissions import Role


class SpaceGrant(UserObjectPermissionBase):
    """One permission of one account on one space: django-guardian's rows, with a real foreign key.

    Written only by `groupspace.grants.sync`.
    """

    content_object = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="grants")

    class Meta(UserObjectPermissionBase.Meta):
        indexes: ClassVar = [models.Index(fields=["user", "content_object"], name="groupspace_grant_user_space")]


class Membership(models.Model):
    """Who is in which space, in which role and under which name.

    The name is per space: nothing a member sees connects it to the account or to another space.
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("doet mee")
        SUSPENDED = "suspended", _("even niet")
        LEFT = "left", _("weggegaan")
        REMOVED = "removed", _("verwijderd")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="memberships")
    #: Empty when the account is gone; what was written stays, under "oud-deelnemer".
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="groupspace_memberships", null=True
    )
    role = models.CharField(_("rol"), max_length=30)
    display_name = models.CharField(_("naam in deze groep"), max_length=40)
    state = models.CharField(_("stand"), max_length=10, choices=State.choices, default=State.ACTIVE)
    since = models.DateTimeField(_("sinds"), default=timezone.now)
    until = models.DateTimeField(_("tot"), null=True, blank=True)
    #: What was told when coming in, where the space asks for it: a band and a region, never an age or a postcode.
    age_band = models.CharField(_("leeftijd"), max_length=10, choices=AgeBand.choices, blank=True)
    region = models.ForeignKey(Region, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    #: When a facilitator wrote down that the parents agree, where the space asks for that; never who they are.
    parents_agreed_on = models.DateField(_("ouders vinden het goed sinds"), null=True, blank=True)
    #: The version of the space's agreements that this member said yes to.
    rules_version = models.PositiveSmallIntegerField(default=0)
    #: The version of the duty of care that this member said yes to, where who leads is asked for that.
    care_version = models.PositiveSmallIntegerField(default=0)
    #: Whether other members see this one in the list of members.
    is_listed = models.BooleanField(_("in de ledenlijst"), default=True)
    #: "Even pauze": until then nothing is sent; empty when there is no pause.
    quiet_until = models.DateField(_("pauze tot"), null=True, blank=True)
    #: When the first explanation was read away.
    introduced_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("lidmaatschap")
        verbose_name_plural = _("lidmaatschappen")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["space", "user"], name="groupspace_membership_once"),
            models.UniqueConstraint(
                models.F("space"), models.functions.Lower("display_name"), name="groupspace_membership_name"
            ),
        ]
        indexes = [models.Index(fields=["space", "state"], name="groupspace_member_space_state")]

    def __str__(self) -> str:
        # Staff screens and logs store str(): it must never hold a name.
        return str(self.id)

    @property
    def role_data(self) -> Role | None:
        """The role's data; needs `space` loaded."""
        return role_of(self.space.kind, self.role)

    @property
    def name(self) -> str:
        """What others read as the author."""
        return shown_name(self.display_name, self.user_id)


class PermissionException(models.Model):
    """One permission given to, or taken from, one member beside what the role says."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="exceptions")
    permission = models.CharField(_("recht"), max_length=30, choices=permissions.Permission.choices)
    granted = models.BooleanField(_("gegeven"))

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["membership", "permission"], name="groupspace_exception_once")]
