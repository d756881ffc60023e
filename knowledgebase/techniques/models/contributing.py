"""Writing a theme together: who was asked, what they said about the draft, and how they voted (004-39, 004-23).

None of this is public, and none of it is in the page: a page's versions hold only what staff put there.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..querysets import ContributorQuerySet, InvitationQuerySet, RemarkQuerySet
from ..sections import LABELS, TAKEN_AS

LOWEST, HIGHEST = 1, 5
LONGEST_REMARK = 4000


class Round(models.Model):
    """A time in which contributors look at a draft. Each gives one vote in it; staff start the next one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey("knowledgebase_techniques.TechniquePage", on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField(_("ronde"))
    question = models.CharField(_("vraag aan de meeschrijvers"), max_length=400, blank=True)
    opened_at = models.DateTimeField(_("begonnen op"), default=timezone.now)
    closed_at = models.DateTimeField(_("gesloten op"), null=True, blank=True)

    class Meta:
        verbose_name = _("ronde")
        verbose_name_plural = _("rondes")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="knowledgebase_round_number"),
            models.UniqueConstraint(
                fields=["page"], condition=models.Q(closed_at=None), name="knowledgebase_one_open_round"
            ),
        ]


class Invitation(models.Model):
    """A code with which a professional becomes contributor of one theme. Only a hash of the code is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey(
        "knowledgebase_techniques.TechniquePage", on_delete=models.CASCADE, related_name="contributor_invitations"
    )
    organisation = models.CharField(_("organisatie"), max_length=120)
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("geldig tot"))
    used_at = models.DateTimeField(_("gebruikt op"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("uitnodiging om mee te schrijven")
        verbose_name_plural = _("uitnodigingen om mee te schrijven")


class Contributor(models.Model):
    """Somebody of an organisation who writes along on one theme, under a name of his or her own choice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey(
        "knowledgebase_techniques.TechniquePage", on_delete=models.CASCADE, related_name="contributors"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="technique_contributions"
    )
    organisation = models.CharField(_("organisatie"), max_length=120)
    name = models.CharField(_("naam"), max_length=60)
    since = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    # The CMS lists where a user is named. There it would tell staff which account goes with the chosen name.
    wagtail_reference_index_ignore = True
    objects = ContributorQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeschrijver")
        verbose_name_plural = _("meeschrijvers")
        ordering = ["organisation", "name"]
        constraints = [models.UniqueConstraint(fields=["page", "user"], name="knowledgebase_contributor_once")]

    @property
    def shown_name(self) -> str:
        """The chosen name; gone with the account."""
        return self.name if self.user_id else gettext("Oud-meeschrijver")


class Remark(models.Model):
    """A comment on a section of a draft, or other words for it."""

    class Kind(models.TextChoices):
        COMMENT = "comment", _("Reactie")
        PROPOSAL = "proposal", _("Andere woorden")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ticket = models.UUIDField(unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="remarks")
    contributor = models.ForeignKey(Contributor, on_delete=models.CASCADE, related_name="remarks")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    section = models.CharField(_("onderdeel"), max_length=20)
    text = models.TextField(_("tekst"), max_length=LONGEST_REMARK)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    handled_at = models.DateTimeField(null=True, blank=True)
    taken_over = models.BooleanField(default=False)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("reactie van een meeschrijver")
        verbose_name_plural = _("reacties van meeschrijvers")

    @property
    def section_label(self) -> Any:
        return LABELS.get(self.section, self.section)

    @property
    def can_be_taken(self) -> bool:
        """Whether the proposed words can become the text of the section in one click."""
        return self.kind == self.Kind.PROPOSAL and self.handled_at is None and self.section in TAKEN_AS


def _grade(label: Any) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(label, validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)])


class Vote(models.Model):
    """What one contributor thinks of a draft in one round: of what it says, and of how it says it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="votes")
    contributor = models.ForeignKey(Contributor, on_delete=models.CASCADE, related_name="votes")
    content = _grade(_("inhoud"))
    presentation = _grade(_("vorm"))
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("stem")
        verbose_name_plural = _("stemmen")
        constraints = [models.UniqueConstraint(fields=["round", "contributor"], name="knowledgebase_one_vote")]
