"""Step plans for everyone, and the private plans that people make with them. Staff never see the second."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from knowledgebase.models import PublicPage
from knowledgebase.panels import LooseEndsPanel

from . import structure
from .blocks import EndStreamBlock, FactorStreamBlock, PlanStreamBlock
from .panels import OverviewPanel, StepPlanForm
from .sentences import errors, remarks

#: A plan without an owner is forgotten after this time without a change.
KEEP_FOR = timedelta(days=30)
#: One in which nobody wrote anything is forgotten sooner.
KEEP_EMPTY_FOR = timedelta(days=2)
#: Letters in the name of a plan, and of whoever answers for it.
LONGEST_NAME = 120


class StepPlanPage(PublicPage):
    """A plan with choice moments that staff built, for everyone to walk through."""

    steps = StreamField(
        PlanStreamBlock(min_num=2, max_num=40),
        verbose_name=_("stappen"),
        help_text=_("Wie het plan doorloopt, begint bij de eerste. Een keuzemoment heeft twee tot vier antwoorden."),
    )
    ends = StreamField(
        EndStreamBlock(min_num=2, max_num=8),
        verbose_name=_("eindes"),
        help_text=_("Minstens één kansrijk einde en één niet kansrijk einde. Ze zijn allebei een goede uitkomst."),
    )
    factors = StreamField(
        FactorStreamBlock(min_num=3, max_num=15),
        verbose_name=_("succesfactoren"),
        help_text=_("Wat is doorslaggevend? Wie het plan doorloopt, vinkt aan wat er al is."),
    )

    template = "knowledgebase_stepplans/step_plan.html"
    page_description = _("Een stappenplan met keuzemomenten. De bezoeker maakt er een eigen plan mee.")
    subpage_types: list[str] = []
    base_form_class = StepPlanForm
    content_panels = [
        *PublicPage.content_panels,
        *PublicPage.about_panels,
        OverviewPanel(),
        LooseEndsPanel("steps"),
        LooseEndsPanel("ends"),
        FieldPanel("factors"),
        *PublicPage.more_panels,
        *PublicPage.check_panels,
    ]
    search_fields = [
        *PublicPage.search_fields,
        index.SearchField("steps"),
        index.SearchField("ends"),
        index.SearchField("factors"),
    ]

    class Meta:
        verbose_name = _("Stappenplan")
        verbose_name_plural = _("Stappenplannen")

    def loose_ends(self) -> dict[str, list[str]]:
        """What stands in the way of publishing, by field: a plan goes online only when every way leads to an end."""
        found: dict[str, list[str]] = {}
        for remark in remarks(self.draft):
            found.setdefault(remark.field, []).append(remark.text)
        return found

    @property
    def block_errors(self) -> dict[str, Any]:
        """The same as errors of the editor, each at its own block."""
        return errors(self.draft)

    @property
    def draft(self) -> structure.Draft:
        """What staff built, finished or not."""
        return structure.Draft(self.title, self.steps, self.ends, self.factors)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        draft = self.draft
        return {
            **super().get_context(request, *args, **kwargs),
            "plan": draft.plan() if draft.steps and not draft.problems() else None,
        }


class PlanVersion(models.Model):
    """A step plan as it was on some day. Who walks it keeps this one, whatever staff change."""

    page = models.ForeignKey(StepPlanPage, null=True, on_delete=models.SET_NULL, related_name="versions")
    fingerprint = models.CharField(max_length=64)
    content = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["page", "fingerprint"], name="stepplans_version_once")]

    @cached_property
    def plan(self) -> structure.Plan:
        """The plan of that day."""
        return structure.load(self.content)


class WalkQuerySet(models.QuerySet):
    """Walks."""

    def alive(self) -> WalkQuerySet:
        """Those that are not forgotten yet."""
        return self.exclude(self._forgotten())

    def forgotten(self) -> WalkQuerySet:
        """Those without an owner in which nothing changed for long."""
        return self.filter(self._forgotten())

    def _forgotten(self) -> models.Q:
        now = timezone.now()
        empty = models.Q(changed_at=models.F("started_at"), changed_at__lt=now - KEEP_EMPTY_FOR)
        return models.Q(owner=None) & (models.Q(changed_at__lt=now - KEEP_FOR) | empty)


class Walk(models.Model):
    """One person's way through a step plan, and the plan that comes out. Private: no list anywhere shows it.

    Without an owner it opens for the browser that holds its key; nobody is known by it. With an owner it opens for
    that account alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="walks")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    #: Made by the form that starts a walk, so that a second press on the button finds the first.
    ticket = models.UUIDField(unique=True)
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    responsible = models.CharField(max_length=LONGEST_NAME, blank=True)
    planned_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    ticked = models.JSONField(default=list)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = WalkQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["owner", "-changed_at"], name="stepplans_walk_owner")]

    @property
    def key(self) -> str:
        """What a browser must show to open this walk. It cannot be worked out from what the database holds."""
        return salted_hmac("knowledgebase.stepplans.walk", str(self.ticket), algorithm="sha256").hexdigest()

    def fits(self, key: str) -> bool:
        """Whether this is the key."""
        return constant_time_compare(key, self.key)

    @cached_property
    def plan(self) -> structure.Plan:
        """The step plan that is walked, as it was at the start."""
        return self.version.plan

    @cached_property
    def answers_by_step(self) -> dict[str, Answer]:
        """The answers by the key of their step; also those that are no longer on the way."""
        return {answer.step: answer for answer in self.answers.all()}

    @property
    def way(self) -> tuple[list[structure.Step], structure.End | None]:
        """The steps on the way by these answers, and the end if it was reached."""
        return self.plan.way({key: answer.option for key, answer in self.answers_by_step.items() if answer.is_done})


class Judgement(models.TextChoices):
    """What somebody thinks of a choice, for their own organisation (requirement 004-16)."""

    PROMISING = "promising", _("Kansrijk bij ons")
    NOT_PROMISING = "not_promising", _("Niet kansrijk bij ons")
    UNSURE = "unsure", _("Dat weet ik nog niet")


class Answer(models.Model):
    """What somebody chose and wrote at one step."""

    walk = models.ForeignKey(Walk, on_delete=models.CASCADE, related_name="answers")
    step = models.CharField(max_length=structure.LONGEST_KEY)
    is_done = models.BooleanField(default=False)
    option = models.CharField(max_length=10, blank=True)
    judgement = models.CharField(max_length=20, blank=True, choices=Judgement.choices)
    reason = models.TextField(blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["walk", "step"], name="stepplans_answer_once")]


class Verdict(models.TextChoices):
    """What a board or manager decided (requirement 004-38)."""

    GO = "go", _("Wel doen")
    NO_GO = "no_go", _("Niet doen")


class Approval(models.Model):
    """The decision of a board about a plan: who, when, go or no-go."""

    walk = models.OneToOneField(Walk, on_delete=models.CASCADE, related_name="approval")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    decided_by = models.CharField(max_length=LONGEST_NAME)
    decided_on = models.DateField()
    remark = models.TextField(blank=True)
    recorded_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    @property
    def is_older_than_plan(self) -> bool:
        """Whether the plan changed after the decision was written down."""
        return self.walk.changed_at > self.recorded_at
