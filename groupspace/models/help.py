"""The words at a first visit, as staff write them."""

from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from groupspace import first_help


def _text(label: Any) -> Any:
    return models.TextField(label, max_length=800, blank=True, help_text=_("Drie tot vijf zinnen. Leeg: onze tekst."))


def _url() -> Any:
    return models.CharField(
        _("lees meer"),
        max_length=200,
        blank=True,
        validators=[RegexValidator(r"^(/(?!/)|https://)", _("Begin met / of https://."))],
        help_text=_("Een pagina met meer uitleg, zoals een handleiding. Mag leeg blijven."),
    )


def _panels(reader: str, heading: Any) -> Any:
    ours = HelpPanel(content=format_lazy("<p>{} {}</p>", _("Onze tekst:"), first_help.OURS[reader]))
    return MultiFieldPanel([ours, FieldPanel(reader), FieldPanel(f"{reader}_url")], heading=heading)


@register_setting(icon="help", order=110)
class FirstHelp(BaseGenericSetting):
    """One row for the whole installation."""

    facilitator = _text(_("voor wie een groep begeleidt"))
    facilitator_url = _url()
    coordinator = _text(_("voor de coördinator van een organisatie"))
    coordinator_url = _url()
    participant = _text(_("voor wie meedoet"))
    participant_url = _url()

    panels = [
        HelpPanel(
            content=_(
                "Dit lezen mensen als ze voor het eerst in een groep komen. Ze halen het zelf weg, en vinden het terug "
                "bij Uitleg. De links naar delen van de groep zetten wij eronder."
            )
        ),
        _panels(first_help.FACILITATOR, _("Wie een groep begeleidt")),
        _panels(first_help.COORDINATOR, _("Wie groepen van een organisatie volgt")),
        _panels(first_help.PARTICIPANT, _("Wie meedoet")),
    ]

    class Meta:
        verbose_name = _("uitleg bij een eerste bezoek")

    def __str__(self) -> str:
        return str(self.pk)

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        transaction.on_commit(first_help.forget)

    @classmethod
    def read(cls) -> dict[str, tuple[str, str]]:
        """The words and the address for each reader, as plain data."""
        row = cls.objects.first()
        if row is None:
            return {}
        return {reader: (getattr(row, reader), getattr(row, f"{reader}_url")) for reader in first_help.READERS}
