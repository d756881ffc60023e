"""Organisations, spaces, who is in them, and the grants that say what each member may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from groupspace import permissions
from groupspace.ids import uuid7
from groupspace.kinds import role_of, space_kind
from groupspace.names import shown_name
from groupspace.querysets import (
    InvitationQuerySet,
    JoinRequestQuerySet,
    MembershipQuerySet,
    ProfessionalInvitationQuerySet,
    ProfessionalQuerySet,
    SpaceContentQuerySet,
    SpaceQuerySet,
)

if TYPE_CHECKING:
    from groupspace.kinds import SpaceKind
    from groupspace.permissions import Role


class Organisation(models.Model):
    """An organisation that offers groups; each space it offers is its responsibility."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("naam"), max_length=120, unique=True)
    summary = models.CharField(_("in één zin"), max_length=300, blank=True)
    website = models.URLField(_("website"), blank=True)
    is_active = models.BooleanField(_("doet mee"), default=True)

    class Meta:
        verbose_name = _("organisatie")
        verbose_name_plural = _("organisaties")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Professional(models.Model):
    """Says that an account belongs to a professional whom an organisation vouches for."""

    #: Staff see this and never the account.
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="groupspace_professional"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="professionals", verbose_name=_("organisatie")
    )
    since = models.DateField(_("sinds"), default=timezone.localdate)
    until = models.DateField(_("tot en met"), null=True, blank=True)

    objects = ProfessionalQuerySet.as_manager()

    class Meta:
        verbose_name = _("professional")
        verbose_name_plural = _("professionals")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.id)


class ProfessionalInvitation(models.Model):
    """A code with which a person becomes a professional of an organisation. Only a hash of the code is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+", verbose_name=_("organisatie")
    )
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("gemaakt"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("geldig tot"), editable=False)
    used_at = models.DateTimeField(_("gebruikt"), null=True, editable=False)

    objects = ProfessionalInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("code voor een professional")
        verbose_name_plural = _("codes voor professionals")
        default_permissions = ()
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.id)


class Space(models.Model):
    """The one private container. Who may enter it is said by its memberships and grants, and by nothing else."""

    class Visibility(models.TextChoices):
        LISTED = "listed", _("In de lijst: iedereen ziet dat de groep er is")
        HIDDEN = "hidden", _("Verborgen: alleen leden weten dat de groep er is")

    class JoinPolicy(models.TextChoices):
        OPEN = "open", _("Open: wie wil, doet meteen mee")
        REQUEST = "request", _("Op aanvraag: een begeleider beslist")
        INVITATION = "invitation", _("Op uitnodiging: alleen met een persoonlijke uitnodiging")
        CODE = "code", _("Met een code: wie de groepscode heeft, doet mee")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        READ_ONLY = "read_only", _("Alleen lezen")
        CLOSED = "closed", _("Gesloten: niemand kan erin")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("soort"), max_length=30, default="group")
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="spaces",
        null=True,
        blank=True,
        verbose_name=_("organisatie"),
    )
    name = models.CharField(_("naam"), max_length=120)
    theme = models.CharField(_("thema"), max_length=60, blank=True)
    summary = models.CharField(_("in het kort"), max_length=300, help_text=_("Dit leest iedereen."))
    about = models.TextField(_("over deze groep"), max_length=4000, blank=True, help_text=_("Dit leest iedereen."))
    welcome = models.TextField(_("welkom"), max_length=4000, blank=True, help_text=_("Dit lezen alleen leden."))
    visibility = models.CharField(
        _("wie ziet de groep"), max_length=10, choices=Visibility.choices, default=Visibility.HIDDEN
    )
    join_policy = models.CharField(
        _("meedoen"), max_length=10, choices=JoinPolicy.choices, default=JoinPolicy.INVITATION
    )
    capacity = models.PositiveSmallIntegerField(_("plaatsen"), null=True, blank=True)
    state = models.CharField(_("stand"), max_length=10, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SpaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("ruimte")
        verbose_name_plural = _("ruimtes")
        ordering = ["name"]
        # Object permissions only. Staff who keep the register of spaces have `register_spaces`, which opens none.
        default_permissions = ()
        permissions = [
            *((p.value, p.label) for p in permissions.Permission),
            ("register_spaces", _("het register van ruimtes bijhouden")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(capacity__isnull=True) | models.Q(capacity__gte=1), name="groupspace_space_capacity"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def space_kind(self) -> SpaceKind | None:
        return space_kind(self.kind)

    def is_full(self) -> bool:
        """Whether nobody else fits in. One query, and none without a limit."""
        return bool(self.capacity and self.memberships.active().count() >= self.capacity)


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


class JoinQuestion(models.Model):
    """A question that someone answers when asking to join."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(_("vraag"), max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        default_permissions = ()
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class JoinRequest(models.Model):
    """Someone asks to join. Who may decide sees the chosen name and the answers, never the account."""

    class State(models.TextChoices):
        OPEN = "open", _("wacht op antwoord")
        ADMITTED = "admitted", _("toegelaten")
        REFUSED = "refused", _("niet toegelaten")
        WITHDRAWN = "withdrawn", _("ingetrokken")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="join_requests")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="groupspace_join_requests"
    )
    display_name = models.CharField(_("naam in deze groep"), max_length=40)
    #: [{"question": str, "answer": str}], as asked at the time.
    answers = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    reason = models.TextField(_("reden"), max_length=1000, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "user"], condition=models.Q(state="open"), name="groupspace_request_one_open"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Invitation(models.Model):
    """A code that lets its holder in. Only a hash of the code is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="invitations")
    created_by = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(_("rol"), max_length=30)
    label = models.CharField(
        _("voor wie"), max_length=60, blank=True, help_text=_("Alleen voor jou, om uitnodigingen uit elkaar te houden.")
    )
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    max_uses = models.PositiveSmallIntegerField(_("aantal keer te gebruiken"), default=1)
    uses = models.PositiveSmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("geldig tot"))
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.id)


class Audience(models.TextChoices):
    """Who reads an item. It can only be narrower than the space."""

    SPACE = "space", _("iedereen in deze groep")
    FACILITATORS = "facilitators", _("alleen de begeleiders")
    SELF = "self", _("alleen ik")


class SpaceContent(models.Model):
    """What a member made in a space. Its author is a membership, so content never points at an account."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="%(app_label)s_%(class)ss")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="%(app_label)s_%(class)ss")
    audience = models.CharField(_("wie leest dit"), max_length=12, choices=Audience.choices, default=Audience.SPACE)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SpaceContentQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)
