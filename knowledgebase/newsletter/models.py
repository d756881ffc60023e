"""Subscribers, issues, and the sending of an issue."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from ..models import PublicPage
from ..public_forms import FormPageMixin
from ..visitors import keep_pace, sender_of
from .blocks import IssueStreamBlock
from .forms import SubscribeForm

one_line = RegexValidator(r"^[^\r\n]*$")
PAST_ISSUES = 60


class Subscriber(models.Model):
    """An address that someone gave us. Whoever leaves is deleted: nothing about them stays."""

    class State(models.TextChoices):
        """How far signing up has come."""

        ASKED = "asked", _("nog niet bevestigd")
        CONFIRMED = "confirmed", _("bevestigd")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mailadres"), max_length=254, unique=True)
    state = models.CharField(_("stand"), max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField(_("gevraagd op"), default=timezone.now)
    confirmed_on = models.DateField(_("bevestigd op"), null=True)
    #: The form that asked last: posted twice, it counts once.
    ticket = models.UUIDField(null=True, editable=False)
    #: How many mails about signing up went out since `mails_since`.
    mails = models.PositiveSmallIntegerField(default=0, editable=False)
    mails_since = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("abonnee")
        verbose_name_plural = _("abonnees")
        default_permissions = ()
        permissions = [("manage_subscribers", _("adressen van de nieuwsbrief weghalen"))]
        indexes = [models.Index(fields=["state", "asked_at"], name="kb_newsletter_subscriber_state")]

    def __str__(self) -> str:
        return str(self.pk)  # not the address: this ends up in logs


class NewsletterPage(FormPageMixin, PublicPage):
    """Where visitors sign up and read earlier issues."""

    sender_name = models.CharField(
        _("naam van de afzender"),
        max_length=40,
        default="Nieuwsbrief",
        validators=[one_line],
        help_text=_("Wie meekijkt op een telefoon ziet dit. Noem geen organisatie en geen onderwerp."),
    )
    mail_subject = models.CharField(
        _("onderwerp van elke mail"),
        max_length=60,
        default="Nieuwsbrief",
        validators=[one_line],
        help_text=_(
            "Elke mail krijgt dit onderwerp. Bezoekers lezen het voor ze zich aanmelden. Verander het dus niet snel."
        ),
    )

    form_class = SubscribeForm
    template = "knowledgebase/newsletter/newsletter_page.html"
    max_count = 1
    is_announced = False
    subpage_types = ["knowledgebase_newsletter.IssuePage"]
    page_description = _("Hier melden bezoekers zich aan voor de nieuwsbrief.")
    content_panels = [
        *PublicPage.content_panels,
        MultiFieldPanel([FieldPanel("sender_name"), FieldPanel("mail_subject")], heading=_("Zo ziet de mail eruit")),
    ]

    class Meta:
        verbose_name = _("Nieuwsbrief")
        verbose_name_plural = _("Nieuwsbrieven")

    def receive(self, form: SubscribeForm, request: HttpRequest) -> None:
        """Ask the address to confirm. The visitor gets the same answer for every address."""
        from . import actions

        keep_pace("newsletter", sender_of(request))
        actions.subscribe(self, form.cleaned_data["email"], form.cleaned_data["ticket"])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from . import mail

        issues = IssuePage.objects.child_of(self).live().public().order_by("-first_published_at", "-pk")
        return {
            **super().get_context(request, *args, **kwargs),
            "issues": issues.defer_streamfields()[:PAST_ISSUES],
            "sender": mail.sender(self),
        }


class IssuePage(PublicPage):
    """One issue: the same items on the site and in the mail."""

    items = StreamField(
        IssueStreamBlock(min_num=1, max_num=12),
        verbose_name=_("Wat staat erin?"),
        help_text=_("Bijvoorbeeld één artikel, één vraag om ideeën en één datum. Kort wordt beter gelezen."),
    )

    template = "knowledgebase/newsletter/issue_page.html"
    parent_page_types = ["knowledgebase_newsletter.NewsletterPage"]
    subpage_types: list[str] = []
    reader_kind = _("Nieuwsbrief")
    page_description = _("Eén nieuwsbrief. Na goedkeuring verstuur je hem ook per mail.")
    preview_modes = [("", _("Op de site")), ("mail", _("In de mail")), ("text", _("Mail zonder opmaak"))]
    content_panels = [*PublicPage.content_panels, FieldPanel("items")]
    search_fields = [*PublicPage.search_fields, index.SearchField("items")]

    class Meta:
        verbose_name = _("Nummer van de nieuwsbrief")
        verbose_name_plural = _("Nummers van de nieuwsbrief")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .letter import letter_of

        return {**super().get_context(request, *args, **kwargs), "letter": letter_of(self)}

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from .previews import mail_response, text_response

        if mode_name == "mail":
            return mail_response(self)
        if mode_name == "text":
            return text_response(self)
        return super().serve_preview(request, mode_name)


class Mailing(models.Model):
    """The sending of an issue: made when the first trial mail goes out, started once."""

    issue = models.OneToOneField(IssuePage, on_delete=models.CASCADE, related_name="mailing")
    #: Which text was tried. Only that one may go out.
    tried_revision = models.BigIntegerField(null=True)
    started_at = models.DateTimeField(_("begonnen op"), null=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("verstuurd door"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    moved_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("klaar op"), null=True)
    recipients = models.PositiveIntegerField(_("aantal adressen"), default=0)
    #: The mail as it was when sending began: everyone gets the same, whatever happens to the page meanwhile.
    sender = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=60, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)

    class Meta:
        verbose_name = _("verzending")
        verbose_name_plural = _("verzendingen")
        default_permissions = ()
        permissions = [("send_issue", _("de nieuwsbrief versturen"))]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_running(self) -> bool:
        """Whether mails still have to go out."""
        return self.started_at is not None and self.finished_at is None


class Delivery(models.Model):
    """One issue for one subscriber: waiting, or queued as mail in the same transaction that sets `sent_at`."""

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="deliveries")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("bezorging")
        verbose_name_plural = _("bezorgingen")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["mailing", "subscriber"], name="kb_newsletter_delivery_once")]
        indexes = [
            models.Index(
                fields=["mailing", "id"], condition=models.Q(sent_at=None), name="kb_newsletter_delivery_waiting"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
