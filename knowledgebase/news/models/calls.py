"""Calls: people are asked to join in, until there are enough of them."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index

from ...blocks import LimitedStreamBlock, LinkBlock, TextStreamBlock
from ...models import PublicPage
from ...models.public_page import PublicPageQuerySet


class SignUpStreamBlock(LimitedStreamBlock):
    """Where one can sign up: at most one place, so that nobody has to choose."""

    link = LinkBlock()


class CallQuerySet(PublicPageQuerySet):
    """Calls."""

    def still_open(self) -> CallQuerySet:
        """Those to which one can still answer, the first to close first."""
        today = timezone.localdate()
        return self.filter(models.Q(closes_on=None) | models.Q(closes_on__gte=today), is_full=False).order_by(
            models.F("closes_on").asc(nulls_last=True), "title"
        )

    def over(self) -> CallQuerySet:
        """Those that are full or closed, the latest first."""
        return self.filter(models.Q(is_full=True) | models.Q(closes_on__lt=timezone.localdate())).order_by(
            "-first_published_at", "title"
        )


class CallPage(PublicPage):
    """Somebody is looking for people: facilitators, members of a working group, volunteers."""

    wanted = models.CharField(
        _("wie zoek je?"), max_length=120, help_text=_("Bijvoorbeeld: begeleiders voor groepen over rouw.")
    )
    maximum = models.PositiveSmallIntegerField(
        _("hoeveel mensen?"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Laat leeg als er geen grens is."),
    )
    closes_on = models.DateField(
        _("laatste dag"), null=True, blank=True, help_text=_("Daarna staat er vanzelf dat de oproep gesloten is.")
    )
    is_full = models.BooleanField(_("de oproep is vol"), default=False)
    full_text = models.CharField(
        _("wat staat er als het vol is?"),
        max_length=160,
        blank=True,
        help_text=_("Bijvoorbeeld: De werkgroep is nu vol. Dank voor alle reacties."),
    )
    sign_up = StreamField(
        SignUpStreamBlock(max_num=1),
        blank=True,
        verbose_name=_("aanmelden"),
        help_text=_("De knop waarmee iemand zich aanmeldt. Hij verdwijnt als de oproep vol of gesloten is."),
    )
    keep_informed = models.ForeignKey(
        Page,
        verbose_name=_("op de hoogte blijven"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("De pagina van de nieuwsbrief, of een contactpagina. Ook voor wie te laat is."),
    )
    body = StreamField(TextStreamBlock(min_num=1, max_num=40), verbose_name=_("Tekst"))

    ages = False
    template = "knowledgebase/news/call.html"
    subpage_types: list[str] = []
    page_description = _("Een oproep om mee te doen, die vol kan raken en die mensen kunnen doorgeven.")
    content_panels = [
        *PublicPage.content_panels,
        MultiFieldPanel([FieldPanel("wanted"), FieldPanel("maximum"), FieldPanel("closes_on")], heading=_("Oproep")),
        MultiFieldPanel([FieldPanel("is_full"), FieldPanel("full_text")], heading=_("Vol?")),
        FieldPanel("body"),
        FieldPanel("sign_up"),
        FieldPanel("keep_informed"),
        *PublicPage.about_panels,
        *PublicPage.more_panels,
        *PublicPage.check_panels,
    ]
    search_fields = [*PublicPage.search_fields, index.SearchField("wanted"), index.SearchField("body")]
    schema_type = "Article"
    objects = PageManager.from_queryset(CallQuerySet)()

    class Meta:
        verbose_name = _("Oproep")
        verbose_name_plural = _("Oproepen")

    @property
    def is_closed(self) -> bool:
        """Whether the last day has passed."""
        return self.closes_on is not None and self.closes_on < timezone.localdate()

    @property
    def is_open(self) -> bool:
        """Whether one can still answer."""
        return not (self.is_full or self.is_closed)

    @cached_property
    def informed_page(self) -> Page | None:
        """Where one can leave an address to hear more, as long as everyone may read that page."""
        if self.keep_informed_id is None:
            return None
        return Page.objects.filter(pk=self.keep_informed_id).live().public().first()
