"""What a visitor fills in to react, and what staff fill in to refuse."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from knowledgebase.public_forms import PublicForm
from knowledgebase.visitors import TypedField

from .models import LONGEST_NAME, LONGEST_TEXT


class ReactionForm(PublicForm):
    """A reaction.

    Args:
        writer: whose log-in name must not end up on the site.
    """

    name = TypedField(
        label=_("Onder welke naam?"),
        max_length=LONGEST_NAME,
        help_text=_("Verzin een naam. Gebruik niet je echte naam en niet je inlognaam. Iedereen ziet deze naam."),
        # A browser would fill in the real name.
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": _("Kies een kortere naam: hooguit %(limit_value)d tekens.")},
    )
    text = TypedField(
        label=_("Jouw reactie"),
        max_length=LONGEST_TEXT,
        rows=7,
        help_text=_("Hooguit 1.500 tekens. Dat is ongeveer een halve bladzijde."),
        error_messages={
            "max_length": _("Je reactie heeft %(show_value)d tekens. Maak haar korter: hooguit %(limit_value)d.")
        },
    )

    def __init__(self, *args: Any, writer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.writer = writer

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if name.casefold() == self.writer.get_username().casefold():
            raise ValidationError(_("Dit is je inlognaam. Verzin een andere naam: iedereen op internet ziet hem."))
        return name


class RefuseForm(forms.Form):
    """Why a reaction is not placed."""

    reason = forms.CharField(
        label=_("Reden voor de schrijver"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Alleen de schrijver leest dit. Zeg wat wél kan. Bijvoorbeeld: “Haal de naam van je zus weg.”"),
    )


class EmptyForm(forms.Form):
    """A button without questions; what the action refuses stands above it."""
