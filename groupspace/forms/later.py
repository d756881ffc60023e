"""The moment for which something is prepared."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groupspace.forms import Form
from groupspace.later import TOO_FAR, why_not


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
        try:
            at: datetime | None = super().clean(value)
        except OverflowError:  # of another zone, at the end of all calendars
            raise forms.ValidationError(TOO_FAR) from None
        if at is not None and (why := why_not(at)):
            raise forms.ValidationError(why)
        return at


class MomentForm(Form):
    """Another moment for what was prepared."""

    later = LaterField()
