"""Ideas for groups: what visitors typed (for staff only), what staff made public of it, and how they chose."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import FieldError
from django.core.paginator import Paginator
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from knowledgebase.blocks import TextStreamBlock, check_address
from knowledgebase.models import Province, PublicPage, Theme
from knowledgebase.public_forms import FormPageMixin
from knowledgebase.visitors import keep_pace, sender_of

#: Numbers below this are not told to the public: they say more about a person than about an idea.
SMALLEST_NUMBER = 10
WHOLE_COUNTRY = _("Heel Nederland")


class Status(models.TextChoices):
    """What happens with an idea; everybody may know it."""

    RECEIVED = "received", _("Ontvangen")
    EXPLORING = "exploring", _("We verkennen dit")
    CONSIDERED = "considered", _("Wordt bekeken")
    PARKED = "parked", _("Geparkeerd")
    GROUP = "group", _("Wordt een groep")
    NOT_NOW = "not_now", _("Nu niet")


#: Who asked for mail has got the last one.
FINAL = (Status.GROUP, Status.NOT_NOW)


class WouldJoin(models.TextChoices):
    """Whether a visitor would join the group."""

    YES = "yes", _("Ja")
    MAYBE = "maybe", _("Misschien")
    OTHERS = "others", _("Nee, ik denk aan anderen")


class Criterion(models.TextChoices):
    """What an idea is held against. Each is asked so that a higher score is better."""

    MEASURABLE = "measurable", _("Meetbaar")
    BROAD = "broad", _("Brede doelgroep")
    AIMS = "aims", _("Past bij onze doelen")
    REGION = "region", _("Regio")
    FUNDING = "funding", _("Geld")
    SOFTWARE = "software", _("Techniek")
    RISK = "risk", _("Veilig")


QUESTIONS = {
    Criterion.MEASURABLE: _("Kunnen we zien of de groep helpt?"),
    Criterion.BROAD: _("Is er een brede groep mensen voor?"),
    Criterion.AIMS: _("Past het bij wat wij willen bereiken?"),
    Criterion.REGION: _("Is het er nog niet, en kan het in deze regio?"),
    Criterion.FUNDING: _("Is er geld voor, of kan dat komen?"),
    Criterion.SOFTWARE: _("Kan het met de techniek die we hebben?"),
    Criterion.RISK: _("Kan het veilig? 3 betekent: weinig risico."),
}


class IdeaQuerySet(models.QuerySet):
    """Ideas in the words of staff."""

    def with_support(self) -> IdeaQuerySet:
        """Each with `supports`: how often somebody pressed "Ik ook"."""
        return self.annotate(supports=_count(Support))

    def with_demand(self) -> IdeaQuerySet:
        """Each with `supports`, and with `asked` and `joiners`: who sent it in, and who of them would join."""
        return self.with_support().annotate(asked=_count(Entry), joiners=_count(Entry, Q(would_join=WouldJoin.YES)))


def _count(model: type[models.Model], only: Q | None = None) -> Coalesce:
    # In a subquery: joins to several tables would multiply each other's rows.
    rows = model._default_manager.filter(only or Q(), idea=OuterRef("pk")).order_by().values("idea")
    return Coalesce(Subquery(rows.annotate(count=Count("pk")).values("count")), 0, output_field=IntegerField())


class Idea(models.Model):
    """One idea in the words of staff. All of it is public, except the estimate of the demand and the scores."""

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    title = models.CharField(_("titel"), max_length=120, help_text=_("Kort en neutraal. Iedereen leest dit."))
    text = models.TextField(
        _("uitleg"),
        max_length=1000,
        help_text=_(
            "Schrijf het in eigen woorden. Neem niet over wat een bezoeker typte. Noem geen namen of plaatsen."
        ),
    )
    for_whom = models.CharField(_("voor wie"), max_length=200)
    region = models.CharField(
        _("provincie"),
        max_length=20,
        choices=Province.choices,
        blank=True,
        help_text=_("Leeg betekent: heel Nederland."),
    )
    status = models.CharField(_("stand"), max_length=12, choices=Status.choices, default=Status.RECEIVED)
    made_at = models.DateTimeField(_("gemaakt"), default=timezone.now)
    changed_at = models.DateTimeField(_("veranderd"), default=timezone.now)

    group_label = models.CharField(
        _("naam van de groep of proef"), max_length=120, blank=True, help_text=_("Iedereen leest dit.")
    )
    group_url = models.CharField(
        _("adres van de groep of proef"),
        max_length=500,
        blank=True,
        validators=[check_address],
        help_text=_("Bijvoorbeeld /groep/… Laat leeg als de groep er nog niet is."),
    )
    pilot_ends_on = models.DateField(_("proef tot en met"), null=True, blank=True)

    demand = models.PositiveIntegerField(
        _("schatting: hoeveel mensen?"), null=True, blank=True, help_text=_("Alleen collega's zien dit.")
    )
    demand_note = models.CharField(_("waar komt die schatting vandaan?"), max_length=500, blank=True)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name = _("idee")
        verbose_name_plural = _("ideeën")
        ordering = ("-changed_at", "-pk")
        default_permissions = ("change",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("knowledgebase_ideas:idea", args=[self.uuid])

    @property
    def region_name(self) -> Any:
        return self.get_region_display() or WHOLE_COUNTRY

    @cached_property
    def history(self) -> list[StatusChange]:
        """How it went, the newest first; one question."""
        return list(self.changes.all())

    @cached_property
    def scored(self) -> dict[str, Score]:
        """The scores by criterion; one question, or none when they were fetched along."""
        return {score.criterion: score for score in self.scores.all()}

    @property
    def total(self) -> int:
        return sum(score.value for score in self.scored.values())

    @property
    def is_final(self) -> bool:
        return self.status in FINAL


class Entry(models.Model):
    """What one visitor typed. Only staff who handle ideas read it, and it is emptied on `empty_on`."""

    class State(models.TextChoices):
        NEW = "new", _("Nieuw")
        JOINED = "joined", _("Hoort bij een idee")
        ASIDE = "aside", _("Opzij gelegd")

    ticket = models.UUIDField(unique=True, editable=False)
    problem = models.TextField(_("voor welk probleem"))
    for_whom = models.TextField(_("voor wie"))
    would_join = models.CharField(_("zou zelf meedoen"), max_length=10, choices=WouldJoin.choices)
    region = models.CharField(_("provincie"), max_length=20, choices=Province.choices, blank=True)
    received_at = models.DateTimeField(_("ontvangen"), default=timezone.now)
    empty_on = models.DateField()
    state = models.CharField(_("stand"), max_length=10, choices=State.choices, default=State.NEW)
    idea = models.ForeignKey(
        Idea, verbose_name=_("idee"), null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("inzending")
        verbose_name_plural = _("inzendingen")
        ordering = ("-received_at", "-pk")
        default_permissions = ()

    def __str__(self) -> str:
        # In lists, logs and titles never what somebody typed.
        return str(_("Inzending %(number)d") % {"number": self.pk})

    @property
    def is_emptied(self) -> bool:
        return not self.problem


class Address(models.Model):
    """Where who sent an idea wants to hear of it: apart from what was typed, shown on no screen, soon gone."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="address")
    email = models.EmailField()
    delete_on = models.DateField()

    class Meta:
        default_permissions = ()


class Support(models.Model):
    """Somebody pressed "Ik ook". Nothing tells who; the ticket of the form stops a second press of one page."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="support")
    ticket = models.UUIDField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=("idea", "ticket"), name="kb_ideas_support_once")]


class Fact(models.Model):
    """A line of a log: written once, and there is nothing with which to change or delete it."""

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        abstract = True
        default_permissions = ()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it once. Raises FieldError for a line that is already there."""
        if not self._state.adding:
            raise FieldError("This is a fact: add another one.")
        super().save(*args, **kwargs)


class StatusChange(Fact):
    """A new status with its reason, for everyone to read; who did it, staff alone see."""

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="changes")
    status = models.CharField(max_length=12, choices=Status.choices)
    reason = models.TextField()

    class Meta(Fact.Meta):
        ordering = ("-at", "-pk")


class Selection(Fact):
    """A choice for an idea: why, and what stood beside it with which scores on that day."""

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="selections")
    reason = models.TextField()
    compared = models.JSONField(default=list)

    class Meta(Fact.Meta):
        ordering = ("-at", "-pk")


class Score(models.Model):
    """How one idea does on one criterion: 0 not at all, 3 very well."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="scores")
    criterion = models.CharField(max_length=12, choices=Criterion.choices)
    value = models.PositiveSmallIntegerField(validators=[MaxValueValidator(3)])
    remark = models.CharField(max_length=500, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=("idea", "criterion"), name="kb_ideas_score_once"),
            models.CheckConstraint(condition=Q(value__lte=3), name="kb_ideas_score_0_3"),
        ]


class IdeasPage(FormPageMixin, PublicPage):
    """Denk mee: the form for an idea, and all ideas with what happens to them."""

    body = StreamField(
        TextStreamBlock(max_num=8),
        blank=True,
        verbose_name=_("tekst boven het formulier"),
        help_text=_("Vertel hoe je kiest, en wat er met een idee gebeurt."),
    )
    thanks = models.TextField(
        _("dank na het versturen"),
        max_length=400,
        default=_("Dank je. We lezen je idee. Daarna komt het in onze eigen woorden op deze pagina."),
    )
    keep_months = models.PositiveSmallIntegerField(
        _("bewaren (maanden)"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
        help_text=_("Bezoekers lezen dit. Daarna verdwijnt wat iemand typte, en het mailadres ook."),
    )

    template = "knowledgebase/ideas/ideas_page.html"
    subpage_types: list[str] = []
    reader_kind = ""
    page_description = _("Bezoekers zeggen welke groep er moet komen, en zien wat ermee gebeurt.")
    content_panels = [
        *PublicPage.content_panels,
        FieldPanel("body"),
        FieldPanel("thanks"),
        FieldPanel("keep_months"),
        FieldPanel("related"),
    ]
    search_fields = [*PublicPage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("Denk mee")
        verbose_name_plural = _("Denk mee-pagina's")

    def make_form(self, request: HttpRequest, data: Any = None) -> Any:
        from .forms import IdeaForm

        # Who comes from a theme finds it filled in. Of what stands in an address, only what we know ourselves is taken.
        named = request.GET.get("thema", "")
        theme = Theme.objects.filter(slug=named).first() if named and named.isprintable() else None
        return IdeaForm(data, initial={"problem": theme.name} if theme else None)

    def receive(self, form: Any, request: HttpRequest) -> None:
        """Keep the idea. Raises ValidationError when too many come in."""
        from . import actions

        if not Entry.objects.filter(ticket=form.cleaned_data["ticket"]).exists():
            keep_pace("ideas", sender_of(request))
        actions.receive(keep_months=self.keep_months, **form.values)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        status = request.GET.get("stand", "")
        ideas = Idea.objects.with_support().prefetch_related("changes")
        if status in Status.values:
            ideas = ideas.filter(status=status)
        return {
            **super().get_context(request, *args, **kwargs),
            "ideas": Paginator(ideas, 10).get_page(request.GET.get("page")),
            "status": status,
            "statuses": Status.choices,
            "support_ticket": uuid4(),
            "has_unread": Entry.objects.filter(state=Entry.State.NEW).exists(),
        }
