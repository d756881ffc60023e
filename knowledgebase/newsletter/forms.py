"""The form with which a visitor asks for the newsletter, and those of staff."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ..public_forms import PublicForm
from .addresses import check_deliverable, normalise


class SubscribeForm(PublicForm):
    """One address, nothing else."""

    email = forms.EmailField(
        label=_("Je e-mailadres"),
        help_text=_("We gebruiken het alleen voor de nieuwsbrief. Kies een adres dat alleen jij leest."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
    )

    def clean_email(self) -> str:
        address = normalise(self.cleaned_data["email"])
        check_deliverable(address)
        return address


class AddressForm(forms.Form):
    """Staff look for one address that somebody named."""

    email = forms.EmailField(
        label=_("E-mailadres"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )

    def clean_email(self) -> str:
        return normalise(self.cleaned_data["email"])


class TrialForm(forms.Form):
    """Where the trial mail goes."""

    email = forms.EmailField(label=_("Naar welk adres?"), max_length=254, help_text=_("We bewaren dit adres niet."))

    def clean_email(self) -> str:
        check_deliverable(self.cleaned_data["email"])
        return self.cleaned_data["email"]


class SendForm(forms.Form):
    """The last question before an issue goes to everybody."""

    seen = forms.BooleanField(
        label=_("Ik heb de proefmail gelezen en op de links geklikt."),
        error_messages={"required": _("Lees eerst de proefmail. Zet dan een vinkje.")},
    )
