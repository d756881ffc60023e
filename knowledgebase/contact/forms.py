"""What visitors fill in, and what staff fill in about it."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledgebase.models import ProviderKind, Province
from knowledgebase.public_forms import PublicForm
from knowledgebase.visitors import TypedField

from .models import Decision, Kind, Message, Subject

LONGEST = 5000
WHOLE_COUNTRY = ("", _("Heel Nederland"))


class MessageForm(PublicForm):
    """What all forms ask: the message, and an address for who wants the answer by mail."""

    #: The name of this site, to tell an address elsewhere.
    host = ""
    #: What belongs to the form and not to the message.
    not_kept: ClassVar[tuple[str, ...]] = ("ticket",)

    text = TypedField(label=_("Je bericht"), max_length=LONGEST, rows=6)
    name = TypedField(
        label=_("Je naam"),
        required=False,
        max_length=120,
        help_text=_("Een voornaam of schuilnaam mag ook."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Je e-mailadres"),
        required=False,
        max_length=254,
        help_text=_(
            "Ons antwoord sturen we naar dit adres. Leest iemand anders jouw mail? Laat dit dan leeg. "
            "Je krijgt straks een code waarmee je het antwoord hier leest."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, by the names of the model."""
        return {name: value for name, value in self.cleaned_data.items() if name not in self.not_kept}


class QuestionForm(MessageForm):
    """The contact form."""


class InterestForm(MessageForm):
    """An institution that is interested in online group help."""

    organisation = TypedField(label=_("Naam van de organisatie"), max_length=160)
    provider_kind = forms.ChoiceField(
        label=_("Soort organisatie"), choices=[("", _("Kies de soort")), *ProviderKind.choices]
    )
    region = forms.ChoiceField(label=_("Provincie"), required=False, choices=[WHOLE_COUNTRY, *Province.choices])
    for_whom = TypedField(
        label=_("Voor wie zou een online groep zijn?"),
        max_length=300,
        help_text=_("Bijvoorbeeld: jonge mantelzorgers in onze gemeente."),
    )
    field_order = ("organisation", "provider_kind", "region", "for_whom", "text", "name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Wat wil je organisatie doen of weten?")
        name, email = self.fields["name"], self.fields["email"]
        name.label, name.help_text, name.required = _("Naam van de contactpersoon"), "", True
        email.label, email.required = _("E-mailadres van de contactpersoon"), True
        email.help_text = _("Hier sturen we ons antwoord naartoe.")


class NoticeForm(MessageForm):
    """A notice of something that should not be here (Digital Services Act, article 16), or a complaint."""

    not_kept = (*MessageForm.not_kept, "good_faith")

    subject = forms.ChoiceField(label=_("Waar gaat het over?"), choices=Subject.choices, widget=forms.RadioSelect)
    place = TypedField(
        label=_("Waar staat het?"),
        required=False,
        max_length=500,
        help_text=_("Kopieer het adres van de pagina. Staat het in een groep? Zeg dan welke groep en welk gesprek."),
    )
    good_faith = forms.BooleanField(label=_("Ik geloof dat alles wat ik hier schrijf klopt en volledig is."))
    field_order = ("subject", "place", "text", "name", "email", "good_faith")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Wat is er mis, en waarom?")
        self.fields["text"].help_text = _("Vertel waarom dit niet mag, of waarover je niet tevreden bent.")
        self.fields["name"].help_text = _(
            "Alleen nodig als je meldt dat iets niet mag van de wet. "
            "Meld je misbruik van een kind? Dan hoef je nooit te zeggen wie je bent."
        )

    def clean_place(self) -> str:
        """Refuse an address of another site: nothing can be done about it here."""
        place = self.cleaned_data["place"]
        if place.startswith(("http://", "https://")):
            try:
                elsewhere = urlsplit(place).netloc.rpartition("@")[2].lower() != self.host.lower()
            except ValueError:
                elsewhere = True
            if elsewhere:
                raise forms.ValidationError(
                    _("Dit adres is niet van deze site, dus we kunnen daar niets weghalen. Meld het bij die site zelf.")
                )
        return place

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        subject = cleaned.get("subject")
        if subject in (Subject.ILLEGAL, Subject.CHILD_ABUSE, Subject.RULES) and cleaned.get("place") == "":
            self.add_error("place", _("Zeg waar het staat. Anders kunnen we het niet vinden."))
        if subject == Subject.ILLEGAL:
            if not cleaned.get("name"):
                self.add_error("name", _("Vul je naam in. De wet vraagt dat bij zo'n melding."))
            if cleaned.get("email") == "":
                self.add_error("email", _("Vul je e-mailadres in. De wet vraagt dat bij zo'n melding."))
        return cleaned


FORMS: dict[str, type[MessageForm]] = {
    Kind.QUESTION: QuestionForm,
    Kind.INTEREST: InterestForm,
    Kind.NOTICE: NoticeForm,
}


class AnswerForm(forms.Form):
    """What a member of staff answers."""

    text = forms.CharField(
        label=_("Antwoord"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("De afzender leest dit. Korte zinnen, gewone woorden. Herhaal niet wat de afzender schreef."),
    )
    note = forms.CharField(
        label=_("Notitie voor collega's"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("De afzender ziet dit niet."),
    )


class DecisionForm(AnswerForm):
    """What a member of staff decides about a notice or complaint (articles 16 and 17)."""

    decision = forms.ChoiceField(label=_("Besluit"), choices=[("", _("Kies een besluit")), *Decision.choices])
    redress = forms.CharField(
        label=_("Niet eens met het besluit?"),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Wat kan de melder dan doen? Ook dit leest de melder."),
        initial=_(
            "Ben je het er niet mee eens? Zeg dat dan op de pagina waar je dit besluit leest. "
            "Iemand anders kijkt dan opnieuw. Je kunt ook naar de rechter gaan."
        ),
    )
    field_order = ("decision", "text", "redress", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Reden, en wat we hebben gedaan")


class CloseForm(forms.Form):
    """Why a message needs no answer."""

    note = forms.CharField(
        label=_("Waarom is geen antwoord nodig?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Bijvoorbeeld: gebeld, of reclame. De afzender ziet dit niet."),
    )


def staff_form(message: Message, data: Any = None) -> AnswerForm:
    """The form with which this message is answered."""
    return (DecisionForm if message.kind == Kind.NOTICE else AnswerForm)(data)
