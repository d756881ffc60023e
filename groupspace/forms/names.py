"""The two things typed by whoever comes in: a name to be seen under, and a code."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groupspace.forms import Form
from groupspace.names import validate_display_name


class DisplayNameField(forms.CharField):
    """The name others in one space will see."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Jouw naam in deze groep"),
            help_text=_("De anderen zien alleen deze naam. Je echte naam hoeft niet."),
            max_length=40,
            validators=[validate_display_name],
            error_messages={"required": _("Kies een naam. Een verzonnen naam is prima.")},
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            **kwargs,
        )


class DisplayNameForm(Form):
    """Joining, or taking another name."""

    display_name = DisplayNameField()


class InvitationCodeForm(Form):
    """Typing over, or pasting, a code."""

    code = forms.CharField(
        label=_("Jouw code"),
        help_text=_("Bijvoorbeeld K7QF-2M9X-HB4T-RWQ8. Hoofdletters en streepjes maken niet uit."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Vul de code in die je van de begeleider kreeg.")},
    )
