"""Reactions: words of a visitor under a page, under a name chosen for that one reaction."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from knowledgebase.models import PublicPage

LONGEST_NAME = 40
LONGEST_TEXT = 1500


class State(models.TextChoices):
    """How far a reaction is. One that its writer withdraws is deleted."""

    WAITING = "waiting", _("Wacht op een medewerker")
    PUBLISHED = "published", _("Staat op de site")
    REFUSED = "refused", _("Niet geplaatst")


class ReactionQuerySet(models.QuerySet):
    """Reactions. Whoever shows them to others than their writer takes none of `writer` along."""

    def published(self) -> ReactionQuerySet:
        """Those that everybody may read, in the order in which they were sent."""
        return self.filter(state=State.PUBLISHED).order_by("sent_at", "pk")

    def waiting(self) -> ReactionQuerySet:
        """Those that nobody decided about."""
        return self.filter(state=State.WAITING)

    def of(self, writer: Any) -> ReactionQuerySet:
        """What this person wrote, the newest first."""
        return self.filter(writer=writer).order_by("-sent_at", "-pk")


class Reaction(models.Model):
    """One reaction. Nobody but its writer can tell who wrote it, and nobody changes its words."""

    # The CMS lists where a user is named. There it would tell staff who wrote what.
    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    page = models.ForeignKey(PublicPage, verbose_name=_("pagina"), on_delete=models.CASCADE, related_name="+")
    #: Only to find "my reactions". They go with the account: nobody is left who could withdraw them.
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    ticket = models.UUIDField(editable=False)
    name = models.CharField(_("naam"), max_length=LONGEST_NAME)
    text = models.TextField(_("reactie"), max_length=LONGEST_TEXT)
    state = models.CharField(_("stand"), max_length=10, choices=State.choices, default=State.WAITING)
    sent_at = models.DateTimeField(_("ingestuurd"), default=timezone.now)
    #: Why it was refused, for its writer.
    reason = models.TextField(_("reden"), max_length=500, blank=True)
    decided_at = models.DateTimeField(_("besloten"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ReactionQuerySet.as_manager()

    class Meta:
        verbose_name = _("reactie")
        verbose_name_plural = _("reacties")
        ordering = ("-sent_at", "-pk")
        default_permissions = ("change",)
        constraints = [
            # A ticket of somebody else finds nothing of theirs.
            models.UniqueConstraint(fields=("writer", "ticket"), name="kb_reactions_ticket_once"),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="kb_reactions_refused_why"),
        ]
        indexes = [models.Index(fields=("page", "state", "sent_at"), name="kb_reactions_shown")]

    def __str__(self) -> str:
        # In lists, logs and titles never what somebody typed.
        return str(_("Reactie van %(date)s") % {"date": date_format(timezone.localtime(self.sent_at), "j F Y")})
