"""What staff can set: where quick exit leads, and which lines of help stand on every page."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Orderable

from .current import DEFAULTS, Line, Safety, forget

CHECK_AFTER = datetime.timedelta(days=90)

https_only = URLValidator(schemes=["https"], message=_("Vul een adres in dat begint met https://."))
is_phone = RegexValidator(r"^\+?\d[\d\s-]{1,19}$")


def validate_contact(value: str) -> None:
    """Accept a telephone number or a web address; raise ValidationError for anything else."""
    for validator in (is_phone, https_only):
        try:
            return validator(value)
        except ValidationError:
            continue
    raise ValidationError(_("Vul een telefoonnummer in, of een adres dat begint met https://."))


@register_setting(icon="warning", order=100)
class SafetySettings(ClusterableModel, BaseGenericSetting):
    """One row for the whole installation: a number that is wrong on one of its sites is wrong on all."""

    exit_url = models.URLField(
        _("adres na ‘Weg van deze site’"),
        default=DEFAULTS["exit_url"],
        validators=[https_only],
        help_text=_("Een gewone, drukke site die niets verraadt, zoals het weer of het nieuws."),
    )
    spare_exit_url = models.URLField(
        _("tweede adres"),
        default=DEFAULTS["spare_exit_url"],
        validators=[https_only],
        help_text=_("Voor wie de eerste site nooit bezoekt. Het staat op de uitlegpagina."),
    )
    help_url = models.CharField(
        _("pagina ‘Hulp nu’"),
        max_length=200,
        blank=True,
        validators=[RegexValidator(r"^(/|https://)", _("Begin met / of https://."))],
        help_text=_("Waar ‘Meer’ in de hulpbalk heen gaat. Leeg: de ingebouwde pagina met alle nummers."),
    )
    checked_on = models.DateField(
        _("nummers gecontroleerd op"),
        null=True,
        blank=True,
        help_text=_("Bel of bezoek elk nummer zelf, ook het exit-adres. Na 90 dagen vragen we er weer om."),
    )

    panels = [
        MultiFieldPanel([FieldPanel("exit_url"), FieldPanel("spare_exit_url")], heading=_("Snel weg")),
        MultiFieldPanel(
            [
                HelpPanel(
                    content=_(
                        "Deze nummers staan op elke pagina. Op een telefoon is er plaats voor drie korte namen. "
                        "Staat er geen enkel nummer, dan tonen we de landelijke nummers."
                    )
                ),
                InlinePanel("lines", heading=_("Hulplijnen"), label=_("hulplijn")),
                FieldPanel("help_url"),
                FieldPanel("checked_on"),
            ],
            heading=_("Hulp nu"),
        ),
    ]

    class Meta:
        verbose_name = _("snel weg en hulp nu")

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        transaction.on_commit(forget)

    @classmethod
    def read(cls) -> Safety:
        """The row as plain data; what nobody has set comes from the code."""
        row = cls.objects.first()
        if row is None:
            return DEFAULTS
        lines = [
            Line(label=line.label, contact=line.contact, short=line.short, note=line.note) for line in row.lines.all()
        ]
        return {
            "exit_url": row.exit_url,
            "spare_exit_url": row.spare_exit_url,
            "help_url": row.help_url,
            "lines": lines or DEFAULTS["lines"],
            "checked_on": row.checked_on,
        }


class CrisisLine(Orderable):
    """One way to get help now: a telephone number or a chat."""

    settings = ParentalKey(SafetySettings, on_delete=models.CASCADE, related_name="lines")
    label = models.CharField(_("voor wie of wat"), max_length=60, help_text=_("Bijvoorbeeld: Denk je aan zelfmoord?"))
    contact = models.CharField(_("nummer of adres"), max_length=200, validators=[validate_contact])
    short = models.CharField(
        _("korte naam op een telefoon"),
        max_length=10,
        blank=True,
        help_text=_("Meestal het nummer zelf. Leeg: deze lijn staat alleen op de pagina ‘Hulp nu’."),
    )
    note = models.CharField(
        _("uitleg"), max_length=160, blank=True, help_text=_("Wanneer bereikbaar, en of het iets kost.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("hulplijn")
        verbose_name_plural = _("hulplijnen")


def check_is_due(checked_on: datetime.date | None) -> bool:
    """Whether staff should look at the numbers again."""
    return checked_on is None or timezone.localdate() - checked_on > CHECK_AFTER
