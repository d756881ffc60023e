"""Spaces: the one private container, its rules for coming in, and the way it goes from start to erasure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace import permissions
from groupspace.ids import uuid7
from groupspace.kinds import space_kind
from groupspace.models.organisations import Organisation
from groupspace.models.regions import Region
from groupspace.querysets import SpaceQuerySet

if TYPE_CHECKING:
    from groupspace.kinds import SpaceKind


class Space(models.Model):
    """The one private container. Who may enter it is said by its memberships and grants, and by nothing else."""

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("Openbaar: iedereen leest wat de groep is, en wie hem begeleidt")
        LISTED = "listed", _("In de lijst: iedereen ziet dat de groep er is, en niet meer dan een zin")
        HIDDEN = "hidden", _("Verborgen: alleen leden weten dat de groep er is")

    class JoinPolicy(models.TextChoices):
        OPEN = "open", _("Open: wie wil, doet meteen mee")
        REQUEST = "request", _("Op aanvraag: een begeleider beslist")
        INVITATION = "invitation", _("Op uitnodiging: alleen met een persoonlijke uitnodiging")
        CODE = "code", _("Met een code: wie de groepscode heeft, doet mee")

    class State(models.TextChoices):
        """The way of a space, in this order; `CLOSED` is beside it: staff stopped it."""

        RECRUITING = "recruiting", _("Werven: mensen kunnen erbij, de groep begint nog")
        OPEN = "open", _("Loopt")
        CLOSING = "closing", _("Afronden: nog even schrijven, er komt niemand meer bij")
        READ_ONLY = "read_only", _("Alleen lezen")
        ERASED = "erased", _("Gewist")
        CLOSED = "closed", _("Stilgezet: niemand kan erin")

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
    partners = models.ManyToManyField(
        Organisation, related_name="shared_spaces", blank=True, verbose_name=_("samen met")
    )

    # What it says about itself
    name = models.CharField(_("naam"), max_length=120)
    theme = models.CharField(_("thema"), max_length=60, blank=True)
    icon = models.CharField(_("beeldmerk"), max_length=30, blank=True)
    summary = models.CharField(_("in het kort"), max_length=300, help_text=_("Dit leest iedereen."))
    about = models.TextField(_("over deze groep"), max_length=4000, blank=True, help_text=_("Dit leest iedereen."))
    welcome = models.TextField(_("welkom"), max_length=4000, blank=True, help_text=_("Dit lezen alleen leden."))
    house_rules = models.TextField(_("afspraken van de groep"), max_length=4000, blank=True)
    #: Grows when the agreements change in substance: members are asked again.
    rules_version = models.PositiveSmallIntegerField(default=0, editable=False)

    # Who finds it and who comes in
    visibility = models.CharField(
        _("wie ziet de groep"), max_length=10, choices=Visibility.choices, default=Visibility.HIDDEN
    )
    join_policy = models.CharField(
        _("meedoen"), max_length=10, choices=JoinPolicy.choices, default=JoinPolicy.INVITATION
    )
    capacity = models.PositiveSmallIntegerField(_("plaatsen"), null=True, blank=True)
    min_age = models.PositiveSmallIntegerField(_("vanaf welke leeftijd"), null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(_("tot en met welke leeftijd"), null=True, blank=True)
    #: For treatment and help with a file: whoever is under 16 comes in after the parents agreed (docs/decisions/0151).
    asks_parents = models.BooleanField(_("onder de 16 vragen we eerst de ouders"), default=False)
    #: Empty: from everywhere.
    regions = models.ManyToManyField(Region, related_name="+", blank=True, verbose_name=_("regio's"))

    # How it works inside
    steering = models.PositiveSmallIntegerField(
        _("hoeveel sturing"), default=3, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    #: Who can be reached and when; members read it, and visitors who may read who leads (docs/decisions/0184).
    on_duty = models.CharField(_("wie er is, en wanneer"), max_length=200, blank=True)
    members_listed = models.BooleanField(_("leden zien wie er meedoen"), default=True)
    approve_first = models.BooleanField(_("een begeleider leest eerst"), default=False)
    #: Slugs of kinds that are switched off.
    kinds_off = models.JSONField(default=list, blank=True)
    #: Slug of the kind that members see first; empty: the home of the space.
    landing = models.CharField(_("waar leden binnenkomen"), max_length=30, blank=True)

    # Its way through time
    state = models.CharField(_("stand"), max_length=10, choices=State.choices, default=State.OPEN)
    #: The state that comes back when staff no longer stop the space; empty while they do not.
    stopped_from = models.CharField(max_length=10, blank=True, editable=False)
    ends_on = models.DateField(_("einddatum"), null=True, blank=True)
    erase_on = models.DateField(_("wordt gewist op"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    #: When it began to run; empty before the start, and for a sort of space without a start checklist.
    started_at = models.DateTimeField(null=True, editable=False)
    last_activity_at = models.DateTimeField(default=timezone.now, editable=False)
    #: The last thing that counts in reports and against silence: not what is said in a coffee corner.
    counted_at = models.DateTimeField(default=timezone.now, editable=False)

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
            ),
            models.CheckConstraint(
                condition=models.Q(steering__gte=1) & models.Q(steering__lte=5), name="groupspace_space_steering"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def space_kind(self) -> SpaceKind | None:
        return space_kind(self.kind)

    @property
    def state_in_short(self) -> str:
        """The state in one or two words, for a tag or a table; the label says more, for who chooses one."""
        return str(self.get_state_display()).partition(":")[0]

    @property
    def takes_members(self) -> bool:
        """Whether people can come in now, as far as its state goes."""
        return self.state in {self.State.RECRUITING, self.State.OPEN}

    @property
    def stands_apart(self) -> bool:
        """Whether it is for people under 16: then it stands apart from adults (docs/decisions/0151)."""
        return self.max_age is not None and self.max_age < 16

    def free_places(self) -> int | None:
        """How many still fit in; None without a limit. One query, and none without a limit."""
        return max(self.capacity - self.memberships.active().count(), 0) if self.capacity else None

    def is_full(self) -> bool:
        """Whether nobody else fits in. One query, and none without a limit."""
        return self.free_places() == 0
