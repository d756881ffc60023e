"""What contributors fill in, and what staff fill in about them."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from ..public_forms import FormBase
from ..visitors import TypedField
from .models import Remark
from .models.contributing import LONGEST_REMARK

GRADES = [
    ("1", _("1: slecht")),
    ("2", _("2: matig")),
    ("3", _("3: gaat wel")),
    ("4", _("4: goed")),
    ("5", _("5: heel goed")),
]


class JoinForm(FormBase):  # type: ignore[misc, valid-type]  # the host chooses the class
    """The code of an invitation, and the name to write along with."""

    code = TypedField(
        label=_("Code"),
        max_length=40,
        help_text=_("De code die je van de redactie kreeg."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    name = TypedField(
        label=_("Jouw naam bij dit thema"),
        max_length=60,
        help_text=_(
            "Andere meeschrijvers en de redactie zien deze naam, met je organisatie. Je inlognaam ziet niemand."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SayForm(FormBase):  # type: ignore[misc, valid-type]  # the host chooses the class
    """Something about one section."""

    kind = forms.ChoiceField(
        label=_("Wat wil je doen?"),
        choices=[
            (Remark.Kind.COMMENT, _("Reageren")),
            (Remark.Kind.PROPOSAL, _("Andere woorden voorstellen")),
        ],
        initial=Remark.Kind.COMMENT,
        widget=forms.RadioSelect,
    )
    text = TypedField(
        label=_("Jouw tekst"),
        rows=4,
        max_length=LONGEST_REMARK,
        help_text=_("Stel je andere woorden voor? Schrijf dan het hele onderdeel zoals jij het zou zeggen."),
    )
    ticket = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class VoteForm(FormBase):  # type: ignore[misc, valid-type]  # the host chooses the class
    """A grade for what the draft says, and one for how it says it."""

    content = forms.TypedChoiceField(
        label=_("Hoe goed is de inhoud?"), choices=GRADES, coerce=int, widget=forms.RadioSelect
    )
    presentation = forms.TypedChoiceField(
        label=_("Hoe goed is de vorm?"),
        choices=GRADES,
        coerce=int,
        widget=forms.RadioSelect,
        help_text=_("Is het duidelijk? Bereik je er veel mensen mee?"),
    )


class InviteForm(forms.Form):
    """Which organisation is asked to write along."""

    organisation = forms.CharField(label=_("Organisatie"), max_length=120)


class RoundForm(forms.Form):
    """What staff ask in the next round."""

    question = forms.CharField(
        label=_("Vraag aan de meeschrijvers"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
