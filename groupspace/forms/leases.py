"""What people fill in to rent a space, and to open it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groupspace.forms import Form
from groupspace.forms.names import DisplayNameField
from groupspace.forms.spaces import NewSpaceForm
from groupspace.models import Lease


class LeaseForm(Form):
    """Who rents, for what, and yes to the duty of care."""

    tenant = forms.ChoiceField(label=_("Wie huurt?"), choices=Lease.Tenant.choices, widget=forms.RadioSelect)
    theme = forms.CharField(
        label=_("Waar gaat de groep over?"), help_text=_("Een paar woorden. Bijvoorbeeld: geldzaken."), max_length=60
    )
    purpose = forms.CharField(
        label=_("Voor wie is de groep, en wat wil je doen?"),
        help_text=_("Schrijf geen namen van mensen op. Dit leest wie de site beheert."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    is_trial = forms.BooleanField(
        label=_("Ik wil eerst proberen"), help_text=_("Een proef duurt twee maanden en kost niets."), required=False
    )
    accepts_care = forms.BooleanField(
        label=_("Ik heb gelezen wat het leiden van een groep van mij vraagt, en ik zeg ja"), required=False
    )

    def __init__(self, *args: Any, may_rent_for_organisation: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_rent_for_organisation:
            self.fields["tenant"].choices = [(Lease.Tenant.PRIVATE.value, Lease.Tenant.PRIVATE.label)]
            self.fields["tenant"].initial = Lease.Tenant.PRIVATE.value


class LeasedSpaceForm(NewSpaceForm):
    """A space of one's own: what it says about itself, and the name one leads it under."""

    sections = ((_("Om te beginnen"), ("display_name",)), *NewSpaceForm.sections)
    display_name = DisplayNameField()
