"""What people fill in under an item."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groupspace.forms import Form
from groupspace.text.fields import RichTextFormField

MOST_LETTERS = 5_000


class CommentForm(Form):
    """The text of one comment."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"] = RichTextFormField(label=_("Jouw reactie"), max_length=MOST_LETTERS)


class RemovalForm(Form):
    """Taking away what another wrote needs a reason."""

    reason = forms.CharField(
        label=_("Waarom haal je dit weg?"),
        help_text=_("Wie het schreef, leest dit. Schrijf het vriendelijk."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Schrijf in een paar woorden waarom. Wie het schreef, leest dit."),
            "max_length": _("Dit is te lang. Maak het korter dan %(limit_value)d tekens."),
        },
    )
