"""The moment for which something is prepared."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.forms import Form
from groupspace.later import PAST


class LaterField(forms.DateTimeField):
    """A moment that is still to come, in the zone of whoever fills it in."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    default_error_messages = {
        "invalid": _("Dit is geen datum met een tijd. Kies een dag en een tijd."),
        "required": _("Kies een dag en een tijd."),
    }

    def __init__(self, *, required: bool = True, **kwargs: Any) -> None:
        by_itself = _("Het komt dan vanzelf in de groep, op een minuut na. Tot die tijd ziet de groep er niets van.")
        or_now = _(
            "Laat dit leeg om het nu te delen. Kies je een moment? Dan komt het vanzelf in de groep, op een minuut na. "
            "Tot die tijd ziet de groep er niets van."
        )
        texts = {"label": _("Klaarzetten voor"), "help_text": by_itself if required else or_now}
        super().__init__(required=required, **{**texts, **kwargs})

    def clean(self, value: Any) -> datetime | None:
        at: datetime | None = super().clean(value)
        if at is not None and at <= timezone.now():
            raise forms.ValidationError(PAST)
        return at


class MomentForm(Form):
    """Another moment for what was prepared."""

    later = LaterField()
