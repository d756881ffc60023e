"""What visitors send to staff, and what staff did with it. Nothing here is ever shown to other visitors."""

from __future__ import annotations

import datetime as dt
import secrets
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from knowledgebase.blocks import TextStreamBlock
from knowledgebase.models import ProviderKind, Province, PublicPage
from knowledgebase.public_forms import FormPageMixin, PublicForm
from knowledgebase.visitors import keep_pace, sender_of

#: No 0, 1, I, O, U: what people read aloud over the phone must not be mistaken.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"


def random_symbols(length: int) -> str:
    """A word of `length` symbols that cannot be guessed; almost five bits each."""
    return "".join(secrets.choice(ALPHABET) for _place in range(length))


def make_reference() -> str:
    """The number of a message, that staff and sender both use. It opens nothing."""
    return random_symbols(6)


def make_secret() -> str:
    """The part of the code that only the sender has."""
    return random_symbols(12)


class Kind(models.TextChoices):
    """Which form it came from."""

    QUESTION = "question", _("Vraag")
    INTEREST = "interest", _("Belangstelling van een organisatie")
    NOTICE = "notice", _("Klacht of melding")


class State(models.TextChoices):
    """How far staff are."""

    RECEIVED = "received", _("Ontvangen")
    IN_PROGRESS = "in_progress", _("In behandeling")
    ANSWERED = "answered", _("Beantwoord")
    CLOSED = "closed", _("Gesloten")


OPEN = (State.RECEIVED, State.IN_PROGRESS)


class Subject(models.TextChoices):
    """What a notice or complaint is about."""

    ILLEGAL = "illegal", _("Iets dat volgens mij niet mag van de wet")
    CHILD_ABUSE = "child_abuse", _("Beelden of woorden van seksueel misbruik van een kind")
    RULES = "rules", _("Iets tegen de huisregels")
    SERVICE = "service", _("Een klacht over deze site of over hoe we met je omgaan")
    OTHER = "other", _("Iets anders")


class Decision(models.TextChoices):
    """What staff decided about a notice or complaint."""

    REMOVED = "removed", _("Weggehaald")
    HIDDEN = "hidden", _("Afgeschermd, of voor een deel weggehaald")
    KEPT = "kept", _("Blijft staan")
    RIGHT = "right", _("Je klacht klopt: we doen er iets aan")
    NOT_RIGHT = "not_right", _("We zijn het niet eens met je klacht")
    PASSED_ON = "passed_on", _("Doorgegeven aan wie erover gaat")


#: From then on a message that nobody answered stands out on the first screen of the CMS, whatever the form promised.
REMIND_AFTER = dt.timedelta(days=14)
#: A message that nobody ever answered goes too. A notice stays until claims about it lapse (article 3:310 of the Dutch
#: Civil Code: five years): by it somebody can show that we knew, or did not know.
YEAR = dt.timedelta(days=365)
KEEP_UNANSWERED = {Kind.QUESTION: YEAR, Kind.INTEREST: YEAR, Kind.NOTICE: 5 * YEAR}
#: In days after the decision: six months to object, whatever staff set (article 20 of the Digital Services Act).
LEAST_KEPT = {Kind.NOTICE: 184}


class MessageQuerySet(models.QuerySet):
    """Messages of visitors."""

    def waiting(self) -> MessageQuerySet:
        """Those that wait for staff."""
        return self.filter(state__in=OPEN)

    def outlived(self) -> MessageQuerySet:
        """Those that were promised to be gone by today, and those that waited in vain for too long."""
        now = timezone.now()
        handled = ~models.Q(state__in=OPEN) & models.Q(delete_on__lte=timezone.localdate())
        in_vain = [
            models.Q(state__in=OPEN, kind=kind, received_at__lte=now - most) for kind, most in KEEP_UNANSWERED.items()
        ]
        return self.filter(reduce(or_, in_vain, handled))


class Message(models.Model):
    """One message. `due_on` and `keep_days` are what the form promised when it was sent."""

    ticket = models.UUIDField(unique=True, editable=False)
    reference = models.CharField(_("nummer"), max_length=6, unique=True, default=make_reference, editable=False)
    secret = models.CharField(max_length=12, default=make_secret, editable=False)
    kind = models.CharField(_("soort"), max_length=10, choices=Kind.choices)
    state = models.CharField(_("stand"), max_length=12, choices=State.choices, default=State.RECEIVED)
    received_at = models.DateTimeField(_("ontvangen"), default=timezone.now)
    due_on = models.DateField(_("antwoord voor"))
    keep_days = models.PositiveSmallIntegerField()
    delete_on = models.DateField(_("verwijderen op"), null=True, blank=True)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("wie behandelt het"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    name = models.CharField(_("naam"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    text = models.TextField(_("bericht"))
    # Interest of an institution.
    organisation = models.CharField(_("organisatie"), max_length=160, blank=True)
    provider_kind = models.CharField(_("soort organisatie"), max_length=20, choices=ProviderKind.choices, blank=True)
    region = models.CharField(_("provincie"), max_length=20, choices=Province.choices, blank=True)
    for_whom = models.CharField(_("voor wie"), max_length=300, blank=True)
    # Notice or complaint.
    subject = models.CharField(_("waarover"), max_length=20, choices=Subject.choices, blank=True)
    place = models.CharField(_("waar staat het"), max_length=500, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("bericht van een bezoeker")
        verbose_name_plural = _("berichten van bezoekers")
        ordering = ("-received_at", "-pk")
        default_permissions = ("change",)
        indexes = [models.Index(fields=("state", "due_on"), name="kb_contact_waiting")]

    def __str__(self) -> str:
        # In lists, logs and titles stands the number, never what somebody typed.
        return f"{self.get_kind_display()} {self.reference}"

    @property
    def code(self) -> str:
        """What the sender types to read the answer."""
        symbols = self.reference + self.secret
        return "-".join(symbols[start : start + 6] for start in range(0, len(symbols), 6))

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_on < timezone.localdate()

    @property
    def waits_long(self) -> bool:
        """Whether staff should be reminded of it."""
        return self.is_open and (self.is_overdue or self.received_at <= timezone.now() - REMIND_AFTER)

    @cached_property
    def history(self) -> list[Step]:
        """What happened, in order; one question."""
        return list(self.steps.select_related("by"))

    @property
    def may_object(self) -> bool:
        """Whether the sender can still ask another member of staff to look at a decision: once."""
        return (
            self.kind == Kind.NOTICE
            and self.state == State.ANSWERED
            and not any(step.is_objection for step in self.history)
        )


class Step(models.Model):
    """One thing that happened to a message. A step is written once: nobody changes it later.

    A step without `by` is of the sender.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by_visitor = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=State.choices)
    decision = models.CharField(max_length=12, choices=Decision.choices, blank=True)
    text = models.TextField(blank=True)  # what the sender reads, or wrote
    redress = models.TextField(blank=True)
    note = models.TextField(blank=True)  # for colleagues only

    class Meta:
        ordering = ("at", "pk")
        default_permissions = ()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it once. Raises FieldError for a step that is already there."""
        if not self._state.adding:
            raise FieldError("A step is a fact: add another one.")
        super().save(*args, **kwargs)

    @property
    def is_objection(self) -> bool:
        return self.by_visitor and self.state == State.RECEIVED and bool(self.text)


class ContactPage(FormPageMixin, PublicPage):
    """A page with one of the forms; staff write the text around it."""

    kind = models.CharField(
        _("welk formulier"),
        max_length=10,
        choices=Kind.choices,
        default=Kind.QUESTION,
        help_text=_("De vragen van een formulier liggen vast. De tekst eromheen schrijf je zelf."),
    )
    body = StreamField(
        TextStreamBlock(max_num=8),
        blank=True,
        verbose_name=_("tekst boven het formulier"),
        help_text=_("Vertel wat er met het bericht gebeurt. Bij spoed: noem eerst 112 en 113."),
    )
    thanks = models.TextField(
        _("dank na het versturen"),
        max_length=400,
        default=_("Dank je. We hebben je bericht ontvangen."),
        help_text=_("Het nummer en de code van het bericht komen er vanzelf onder."),
    )
    answer_days = models.PositiveSmallIntegerField(
        _("antwoord binnen (dagen)"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_(
            "Bezoekers lezen dit. In de lijst met berichten zie je voor welke dag het antwoord klaar moet zijn."
        ),
    )
    keep_days = models.PositiveSmallIntegerField(
        _("bewaren na het antwoord (dagen)"),
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
        help_text=_(
            "Bezoekers lezen dit. Daarna verdwijnt het bericht vanzelf. Een melding blijft minstens een half jaar."
        ),
    )

    template = "knowledgebase/contact/contact_page.html"
    subpage_types: list[str] = []
    reader_kind = ""
    page_description = _("Een formulier voor bezoekers: een vraag, belangstelling van een organisatie, of een klacht.")
    content_panels = [
        *PublicPage.content_panels,
        FieldPanel("kind"),
        FieldPanel("body"),
        FieldPanel("thanks"),
        MultiFieldPanel([FieldPanel("answer_days"), FieldPanel("keep_days")], heading=_("Beloften aan de bezoeker")),
        FieldPanel("related"),
    ]
    search_fields = [*PublicPage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("Formulier voor bezoekers")
        verbose_name_plural = _("Formulieren voor bezoekers")

    @property
    def days_kept(self) -> int:
        """What the form promises: so many days after the answer a message is gone."""
        return max(self.keep_days, LEAST_KEPT.get(self.kind, 0))

    def make_form(self, request: HttpRequest, data: Any = None) -> PublicForm:
        from .forms import FORMS

        form = FORMS[self.kind](data)
        form.host = request.get_host()
        return form

    def receive(self, form: Any, request: HttpRequest) -> str:
        """Keep the message. Raises ValidationError when too many come in."""
        from . import actions, receipts

        if not Message.objects.filter(ticket=form.cleaned_data["ticket"]).exists():
            keep_pace(self.kind, sender_of(request))
        message = actions.receive(
            self.kind,
            form.cleaned_data["ticket"],
            answer_days=self.answer_days,
            keep_days=self.days_kept,
            **form.values,
        )
        return f"{self.get_url(request)}?{urlencode({'klaar': '1', 'bon': receipts.make(message)})}"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from . import receipts

        context = super().get_context(request, *args, **kwargs)
        receipt = request.GET.get("bon", "") if context["done"] else ""
        return {**context, "receipt": receipts.read(receipt), "receipt_expired": bool(receipt)}
