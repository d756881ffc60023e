"""Coming in: questions, requests and codes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.coming_in.ages import AgeBand
from groupspace.ids import uuid7
from groupspace.models.members import Membership
from groupspace.models.regions import Region
from groupspace.models.spaces import Space
from groupspace.querysets import InvitationQuerySet, JoinRequestQuerySet


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
        WAITING = "waiting", _("op de wachtlijst")
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
    age_band = models.CharField(_("leeftijd"), max_length=10, choices=AgeBand.choices, blank=True)
    region = models.ForeignKey(Region, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    #: The version of the space's agreements that whoever asked said yes to.
    rules_version = models.PositiveSmallIntegerField(default=0)
    #: What whoever asked reads: why not, or a word of welcome.
    reason = models.TextField(_("reden"), max_length=1000, blank=True)
    #: What facilitators noted for each other. It goes with the decision (docs/decisions/0150).
    note = models.TextField(_("aantekening"), max_length=2000, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "user"],
                condition=models.Q(state__in=["open", "waiting"]),
                name="groupspace_request_one_open",
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
    #: Whoever invited spoke with the parents of this very person.
    parents_agree = models.BooleanField(_("de ouders vinden het goed"), default=False)
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

    @property
    def way(self) -> str:
        """How its holder comes in, as the access log says it."""
        return "group code" if self.max_uses > 1 else "invitation"


class DecisionLetter(models.Model):
    """The words with which a space usually answers a request; whoever decides changes them for each person."""

    class Decision(models.TextChoices):
        ADMITTED = "admitted", _("je doet mee")
        WAITING = "waiting", _("je staat op de wachtlijst")
        REFUSED = "refused", _("je kunt nu niet meedoen")

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="letters")
    decision = models.CharField(max_length=10, choices=Decision.choices)
    text = models.TextField(_("tekst"), max_length=1000)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["space", "decision"], name="groupspace_letter_once")]

    def __str__(self) -> str:
        return str(self.pk)
