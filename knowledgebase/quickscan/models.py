"""Quick scans that staff build, the answers on their way, and the answers that were sent.

What was sent knows nothing of who sent it: no code, no account, no browser, no time of day.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from knowledgebase.models import PublicPage
from knowledgebase.panels import LooseEndsPanel

from . import structure
from .admin_forms import LONGEST_ORGANISATION, QuickScanForm
from .blocks import QuestionStreamBlock
from .sentences import errors, remarks

#: Answers that were never sent are forgotten after this time without a change.
KEEP_UNSENT = dt.timedelta(days=14)


class Entrance(models.TextChoices):
    """Who may answer."""

    CODE = "code", _("Alleen wie een code van ons kreeg, één keer per organisatie")
    OPEN = "open", _("Iedereen die de pagina opent")


class QuickScanPage(PublicPage):
    """A short survey among organisations, with questions that depend on earlier answers."""

    questions = StreamField(
        QuestionStreamBlock(min_num=1, max_num=40),
        verbose_name=_("vragen"),
        help_text=_("Soort organisatie en provincie vragen we altijd eerst. Een sprong gaat altijd vooruit."),
    )
    entrance = models.CharField(
        _("wie mag meedoen?"),
        max_length=10,
        choices=Entrance.choices,
        default=Entrance.CODE,
        help_text=_("Codes maak je in het menu bij “Van bezoekers”, onder “Quickscans”."),
    )
    open_until = models.DateField(
        _("open tot en met"), null=True, help_text=_("De laatste dag waarop iemand kan meedoen.")
    )
    keep_months = models.PositiveSmallIntegerField(
        _("maanden bewaren"),
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
        help_text=_("Zo lang na het sluiten wissen we de antwoorden. De openbare uitkomsten blijven."),
    )
    shows_results = models.BooleanField(
        _("uitkomsten openbaar"),
        default=True,
        help_text=_(
            "Na het sluiten ziet iedereen de uitkomsten. Kleine getallen en eigen woorden laten we nooit zien."
        ),
    )

    template = "knowledgebase/quickscan/quick_scan.html"
    page_description = _("Een korte vragenlijst voor organisaties, met sprongen en uitkomsten.")
    subpage_types: list[str] = []
    base_form_class = QuickScanForm
    content_panels = [
        *PublicPage.content_panels,
        *PublicPage.about_panels,
        MultiFieldPanel(
            [FieldPanel(name) for name in ("entrance", "open_until", "keep_months", "shows_results")],
            heading=_("Meedoen en uitkomsten"),
            icon="group",
        ),
        HelpPanel(_("Vraag niet naar namen van mensen. Antwoorden horen bij een organisatie, niet bij een persoon.")),
        LooseEndsPanel("questions"),
        *PublicPage.more_panels,
        *PublicPage.check_panels,
    ]
    search_fields = [*PublicPage.search_fields, index.SearchField("questions")]

    class Meta:
        verbose_name = _("Quickscan")
        verbose_name_plural = _("Quickscans")

    def loose_ends(self) -> dict[str, list[str]]:
        """What stands in the way of publishing, by field."""
        found = [text for _place, _part, _number, text in remarks(self.draft)]
        return {"questions": found} if found else {}

    @property
    def block_errors(self) -> dict[str, Any]:
        """The same as errors of the editor, each at its own block."""
        return errors(self.draft)

    @property
    def draft(self) -> structure.Draft:
        """What staff built, finished or not."""
        return structure.Draft(self.title, self.questions)

    @property
    def scan(self) -> structure.Scan | None:
        """The finished scan, in the language of the page; nothing while there is something wrong with it."""
        draft = self.draft
        if not draft.blocks or remarks(draft):
            return None
        with translation.override(self.locale.language_code):
            return draft.scan()

    @property
    def is_over(self) -> bool:
        """Whether its last day is past."""
        return self.open_until is not None and self.open_until < timezone.localdate()

    @property
    def is_open(self) -> bool:
        """Whether somebody can answer today."""
        return self.live and self.open_until is not None and not self.is_over

    @property
    def needs_code(self) -> bool:
        return self.entrance == Entrance.CODE

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .results import as_published

        is_shown = self.shows_results and not self.is_open
        outcome = Outcome.objects.filter(page_id=self.pk).first() if is_shown else None
        return {
            **super().get_context(request, *args, **kwargs),
            "scan": self.scan,
            "results": as_published(outcome.content) if outcome else None,
        }


class ScanVersion(models.Model):
    """A quick scan as it was on some day. Who answers it keeps this one, whatever staff change."""

    page = models.ForeignKey(QuickScanPage, on_delete=models.CASCADE, related_name="versions")
    fingerprint = models.CharField(max_length=64)
    content = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["page", "fingerprint"], name="quickscan_version_once")]

    @cached_property
    def scan(self) -> structure.Scan:
        """The scan of that day."""
        return structure.load(self.content)


class Code(models.Model):
    """Lets one organisation answer once. Only a hash of the code is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey(QuickScanPage, on_delete=models.CASCADE, related_name="codes")
    organisation = models.CharField(_("organisatie"), max_length=LONGEST_ORGANISATION)
    code_hash = models.CharField(max_length=64, unique=True)
    is_used = models.BooleanField(default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        ordering = ["organisation", "pk"]


class Entry(models.Model):
    """Answers on their way. It opens for the browser that holds its key; after sending it is empty.

    The stub that stays for some days only knows that it was sent, so that a second press on the button does no harm.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(ScanVersion, on_delete=models.CASCADE, related_name="entries")
    code = models.OneToOneField(Code, null=True, on_delete=models.CASCADE, related_name="entry")
    #: Made by the form that starts, so that a second press on the button finds the first.
    ticket = models.UUIDField(unique=True)
    #: By key of the question: {"answer": chosen keys or a text, "done": whether it was sent with "Verder"}.
    typed = models.JSONField(default=dict)
    is_sent = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["changed_at"], name="quickscan_entry_changed")]

    @property
    def key(self) -> str:
        """What a browser must show to open this entry. It cannot be worked out from what the database holds."""
        return salted_hmac("knowledgebase.quickscan.entry", str(self.ticket), algorithm="sha256").hexdigest()

    def fits(self, key: str) -> bool:
        """Whether this is the key."""
        return constant_time_compare(key, self.key)

    @property
    def scan(self) -> structure.Scan:
        """The scan that is answered, as it was at the start."""
        return self.version.scan

    @property
    def answers(self) -> dict[str, Any]:
        """The answers that were given with "Verder", by key of the question; also those that are off the way."""
        return {key: typed["answer"] for key, typed in self.typed.items() if typed["done"]}

    @property
    def way(self) -> tuple[list[structure.Question], bool]:
        """The questions on the way by these answers, and whether the end was reached."""
        return self.scan.way(self.answers)


class Response(models.Model):
    """What one organisation answered. Nothing here says which one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(ScanVersion, on_delete=models.CASCADE, related_name="responses")
    answers = models.JSONField()
    #: A month, not a moment: a moment could be laid beside the time at which a code was used.
    month = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("antwoorden op een quickscan")
        default_permissions = ("view",)


class Outcome(models.Model):
    """The figures of a closed scan that everyone may see. Made once, so that no two editions can be compared."""

    page = models.OneToOneField(QuickScanPage, on_delete=models.CASCADE, related_name="outcome")
    closed_on = models.DateField()
    content = models.JSONField()

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
