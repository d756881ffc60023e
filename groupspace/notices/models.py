"""What waits for each member, and how much each wants to hear. Titles, names and words are nowhere here."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat, StrIndex
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.ids import uuid7
from groupspace.models import Membership, Space
from groupspace.querysets import active_membership


class Reason(models.TextChoices):
    """Why somebody is told; the first that holds counts."""

    ANNOUNCED = "announced", _("een mededeling voor iedereen")
    ERASING = "erasing", _("de groep wordt gewist")
    SILENT = "silent", _("het is stil in de groep")
    ASKED = "asked", _("iemand wil meedoen")
    HELD = "held", _("er wacht iets om te lezen")
    UNANSWERED = "unanswered", _("een eerste bericht zonder antwoord")
    STUCK = "stuck", _("iets dat klaarstond is niet geplaatst")
    NAMED = "named", _("iemand noemde je")
    ANSWERED = "answered", _("antwoord aan jou")
    FOLLOWED = "followed", _("je volgt dit")
    HAPPENED = "happened", _("er is iets nieuws")


class Level(models.TextChoices):
    """How much of a space somebody wants to hear, as they read it."""

    ALL = "all", _("Alles wat er gebeurt")
    MINE = "mine", _("Alleen antwoorden aan mij en gesprekken die ik volg")
    NAMED = "named", _("Alleen als iemand mij noemt")
    NONE = "none", _("Niets")

    @property
    def reasons(self) -> frozenset[str]:
        """What this level lets through. An announcement reaches everybody."""
        return _REASONS[self]


_REASONS = {
    Level.ALL: frozenset(Reason),
    Level.MINE: frozenset({Reason.ANNOUNCED, Reason.NAMED, Reason.ANSWERED, Reason.FOLLOWED}),
    Level.NAMED: frozenset({Reason.ANNOUNCED, Reason.NAMED}),
    Level.NONE: frozenset({Reason.ANNOUNCED}),
}


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices that wait."""

    def unread(self) -> NoticeQuerySet:
        """Not read yet."""
        return self.filter(read_at=None)

    def counting(self, at: datetime) -> NoticeQuerySet:
        """Unread, of who is still a member at this moment, and of a kind that is not switched off there."""
        off = Cast("membership__space__kinds_off", models.TextField())  # a list of slugs as JSON
        quoted = Concat(Value('"'), F("kind"), Value('"'), output_field=models.TextField())
        found = self.unread().filter(active_membership("membership__", at=at))
        return found.alias(is_off=StrIndex(off, quoted)).filter(is_off=0)

    def to_send(self, at: datetime) -> NoticeQuerySet:
        """Those that may leave the site: not of who takes a pause."""
        day = timezone.localdate(at)
        awake = Q(membership__quiet_until=None) | Q(membership__quiet_until__lt=day)
        return self.counting(at).filter(awake)

    def with_rhythm(self) -> NoticeQuerySet:
        """`rhythm`: how soon mail tells of it. What its member said of the kind, of the space, or for the account."""
        said = Wish.objects.filter(membership=OuterRef("membership")).exclude(mail="")
        of_kind = Subquery(said.filter(kind=OuterRef("kind")).values("mail")[:1])
        of_space = Subquery(said.filter(kind="").values("mail")[:1])
        of_account = F("membership__user__groupspace_delivery__mail")
        return self.annotate(rhythm=Coalesce(of_kind, of_space, of_account, Value(Rhythm.DAY.value)))


class Notice(models.Model):
    """Something happened to an item that concerns a member. One unread row for each item, however much happened."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    #: The slug of the kind, and the item; no reference, as in the stream. No slug: it is about the space itself.
    kind = models.CharField(max_length=30, blank=True)
    item_id = models.UUIDField()
    reason = models.CharField(max_length=10, choices=Reason.choices)
    #: How much happened since it was read; 0 for what was read before it could be told, which no list shows.
    count = models.PositiveIntegerField(default=1)
    #: The first and the last thing since it was read or mailed.
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    #: When it went into a mail and to a device; empty when there is something that did not.
    sent_at = models.DateTimeField(null=True)
    pushed_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("melding")
        verbose_name_plural = _("meldingen")
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["membership", "item_id"], condition=Q(read_at=None), name="gs_notices_one_unread"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["membership", "-last_at"], name="gs_notices_order"),
            models.Index(fields=["first_at"], condition=Q(read_at=None, sent_at=None), name="gs_notices_unsent"),
            models.Index(fields=["first_at"], condition=Q(read_at=None, pushed_at=None), name="gs_notices_unpushed"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class TellingOfSpace(models.Model):
    """Members were told of their space itself; kept when the notices are long gone, so that nobody is told twice."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    #: The day on which it fell silent, or is erased; or the membership of the newcomer whom nobody answered.
    about = models.CharField(max_length=36)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["space", "reason", "about"], name="gs_notices_one_telling")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Answers that wait."""

    def unread(self) -> AnswerQuerySet:
        """Not read yet."""
        return self.filter(read_at=None)


class Answer(models.Model):
    """There is an answer to what an account asked. Of whoever is a member of nothing yet, and so without a group."""

    class About(models.TextChoices):
        JOINING = "joining", _("antwoord op je vraag om mee te doen")
        PLACE = "place", _("een plek voor wie op de wachtlijst stond")
        LEASE = "lease", _("antwoord op je vraag om een ruimte")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    about = models.CharField(max_length=10, choices=About.choices)
    #: The request, or the lease; no reference.
    item_id = models.UUIDField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    #: When a mail and a device told of it; empty when they did not.
    sent_at = models.DateTimeField(null=True)
    pushed_at = models.DateTimeField(null=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [models.UniqueConstraint(fields=["item_id", "about"], name="gs_notices_one_answer")]
        indexes: ClassVar = [
            models.Index(fields=["user"], condition=Q(read_at=None), name="gs_notices_answers"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Rhythm(models.TextChoices):
    """How soon mail tells that something waits."""

    NOW = "now", _("Meteen")
    DAY = "day", _("Eén keer per dag")
    WEEK = "week", _("Eén keer per week, op maandag")
    NEVER = "never", _("Nooit")


class Wish(models.Model):
    """What a member wants to hear of a space, or of one kind in it, and how soon by mail. Without a row: the default.

    An empty level or rhythm for a kind is that of the space; an empty rhythm for the space is that of the account.
    """

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    #: The slug of the kind; empty for the whole space.
    kind = models.CharField(max_length=30, blank=True)
    level = models.CharField(max_length=5, choices=Level.choices, blank=True)
    mail = models.CharField(max_length=5, choices=Rhythm.choices, blank=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [models.UniqueConstraint(fields=["membership", "kind"], name="gs_notices_one_wish")]

    def __str__(self) -> str:
        return str(self.pk)


class Delivery(models.Model):
    """How an account is told outside the site. Without a row: the defaults."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="groupspace_delivery"
    )
    mail = models.CharField(_("mail"), max_length=5, choices=Rhythm.choices, default=Rhythm.DAY)
    push = models.BooleanField(_("berichten op je toestel"), default=True)
    #: No mail and no push from this hour until that one, in one's own time. The same hour twice: never quiet.
    quiet_from = models.PositiveSmallIntegerField(_("stil vanaf"), default=21, validators=[MaxValueValidator(23)])
    quiet_to = models.PositiveSmallIntegerField(_("stil tot"), default=8, validators=[MaxValueValidator(23)])
    mailed_at = models.DateTimeField(null=True, editable=False)
    #: Stands in the address that ends all mail; says nothing about who.
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    #: Hash of the address that a mail server refused for good; another address makes an end to it.
    refused = models.CharField(max_length=64, blank=True, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)
