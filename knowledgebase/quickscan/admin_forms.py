"""What the CMS asks of a quick scan, and what staff type to hand out codes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledgebase.forms import CheckedForm
from knowledgebase.models import ProviderKind, Province

from .sentences import errors
from .structure import WHOLE_COUNTRY, Draft

MOST_CODES = 100
LONGEST_ORGANISATION = 120


class QuickScanForm(CheckedForm):
    """A draft may be saved with jumps to nowhere; a scan that is sent in or published has none."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_deferred_validation and "questions" in cleaned:
            for field, error in errors(Draft("", cleaned["questions"])).items():
                self.add_error(field, error)
        return cleaned


class CodesForm(forms.Form):
    """The organisations that get a code, one on each line."""

    organisations = forms.CharField(
        label=_("Organisaties"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=20_000,
        help_text=_("Eén organisatie per regel, hooguit 100. Elke organisatie krijgt een eigen code."),
    )

    def clean_organisations(self) -> list[str]:
        """The names, each once."""
        names = list(dict.fromkeys(" ".join(line.split()) for line in self.cleaned_data["organisations"].splitlines()))
        names = [name for name in names if name]
        if len(names) > MOST_CODES:
            raise forms.ValidationError(_("Dit zijn meer dan 100 organisaties. Maak de codes in twee keer."))
        if any(len(name) > LONGEST_ORGANISATION for name in names):
            raise forms.ValidationError(_("Een van de namen is te lang. Gebruik hooguit 120 tekens per regel."))
        return names


class FilterForm(forms.Form):
    """Whose answers are counted."""

    kind = forms.ChoiceField(
        label=_("Soort organisatie"), required=False, choices=[("", _("Alle soorten")), *ProviderKind.choices]
    )
    province = forms.ChoiceField(
        label=_("Provincie"),
        required=False,
        choices=[("", _("Alle provincies")), *Province.choices, (WHOLE_COUNTRY, _("Het hele land"))],
    )
