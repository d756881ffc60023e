"""What people fill in about a space: opening one, and changing what it says and asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groupspace.forms import ModelForm
from groupspace.forms.names import DisplayNameField
from groupspace.forms.together import Together
from groupspace.kinds import space_kind, space_kinds
from groupspace.models import Organisation, Professional, Space


class LetterField(forms.CharField):
    """The words for one decision about who asks to join."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            help_text=_(
                "Staat klaar bij elk besluit, en is dan nog te veranderen. Leeg: wij zetten iets vriendelijks klaar."
            ),
            required=False,
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 3}),
            **kwargs,
        )


#: Agreements to begin with; a facilitator changes what does not fit (domain 8.5).
USUAL_RULES = _(
    "1. Praat vanuit jezelf.\n"
    "2. Schrijf geen namen, adressen of nummers.\n"
    "3. Wat hier staat, blijft hier.\n"
    "4. Iedereen mag anders denken.\n"
    "5. Wil je advies geven? Vraag eerst of iemand het wil.\n"
    "6. Zet een waarschuwing boven een heftig verhaal.\n"
    "7. Maak je je zorgen om iemand? Laat het de begeleider weten."
)


#: What the question about parents does, for who gives no treatment and keeps no files on people.
PARENTS_OF_A_TENANT = _(
    "Je laat iemand dan pas toe als de ouders het goed vinden. Vanaf 12 jaar moet het kind het zelf ook willen."
)


class SpaceForm(Together, ModelForm):
    """What a space says about itself, who comes in, and what members see of each other; what each choice does."""

    sections = (
        (_("Over de groep"), ("name", "theme", "summary", "about")),
        (_("Voor wie meedoet"), ("welcome", "house_rules", "ask_again")),
        (_("Wie de groep vindt en hoe je meedoet"), ("visibility", "join_policy", "questions", "capacity")),
        (_("Voor wie de groep is"), ("asks_parents",)),
        (_("Wat leden van elkaar zien"), ("members_listed",)),
    )
    folded = (
        _("Leeftijd, regio’s, vertellen over jezelf, en jullie brieven (hoeft niet)"),
        ("min_age", "max_age", "regions", "profile_fields", "letter_admitted", "letter_waiting", "letter_refused"),
    )
    ask_again = forms.BooleanField(
        label=_("Vraag het iedereen opnieuw"),
        help_text=_(
            "Kies dit als er echt iets anders staat. Leden lezen de afspraken dan eerst, voor ze weer schrijven. "
            "Verbeter je alleen een typefout? Laat het dan leeg."
        ),
        required=False,
    )
    questions = forms.CharField(
        label=_("Vragen aan wie mee wil doen"),
        help_text=_("Eén vraag per regel, niet meer dan vijf. Alleen bij een groep op aanvraag."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    profile_fields = forms.CharField(
        label=_("Wat leden over zichzelf kunnen vertellen"),
        help_text=_(
            "Eén vraag per regel, niet meer dan zes. Antwoorden hoeft nooit, en elk lid kiest zelf wie het leest. "
            "Haal je een vraag weg, of verander je er iets aan? Dan verdwijnen de antwoorden die leden erop gaven."
        ),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    letter_admitted = LetterField(_("Brief als iemand mee mag doen"))
    letter_waiting = LetterField(_("Brief als iemand op de wachtlijst komt"))
    letter_refused = LetterField(_("Brief als iemand nu niet mee kan doen"))

    class Meta:
        model = Space
        fields = (
            "name",
            "theme",
            "summary",
            "about",
            "welcome",
            "house_rules",
            "visibility",
            "join_policy",
            "capacity",
            "min_age",
            "max_age",
            "asks_parents",
            "regions",
            "members_listed",
        )
        labels = {
            "capacity": _("Hoeveel leden kan de groep hebben?"),
            "min_age": _("Vanaf welke leeftijd?"),
            "max_age": _("Tot en met welke leeftijd?"),
            "asks_parents": _("Is iemand jonger dan 16? Dan praten we eerst met de ouders"),
            "regions": _("Uit welke regio’s?"),
            "members_listed": _("Leden zien een lijst van wie er meedoen"),
        }
        help_texts = {
            "house_rules": _("Wie erbij komt, leest dit en zegt er ja tegen. Ook wie nog geen lid is, kan het lezen."),
            "capacity": _(
                "Begeleiders tellen mee. Is de groep vol, dan is er een wachtlijst. Laat leeg als er geen grens is."
            ),
            "min_age": _(
                "We vragen wie mee wil doen naar de leeftijd. We bewaren alleen in welke leeftijdsgroep dat valt."
            ),
            "max_age": _(
                "Onder de 16? Dan staat de groep los van volwassenen: wie 16 of ouder is, komt er alleen in om te "
                "begeleiden, en op uitnodiging."
            ),
            "asks_parents": _(
                "Kies dit bij behandeling, en bij hulp met een dossier. Je laat iemand dan pas toe als de ouders het "
                "goed vinden. Vanaf 12 jaar moet het kind het zelf ook willen. Bij gratis hulp die je meteen geeft, "
                "hoeft dit niet."
            ),
            "regions": _(
                "Kies niets als iedereen mee mag doen. Anders vragen we vier cijfers van de postcode en bewaren "
                "alleen de regio. Met een uitnodiging kan iemand van elders er wel in."
            ),
            "members_listed": _("Uit: leden zien alleen zichzelf en wie begeleidt. Begeleiders zien altijd iedereen."),
        }
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2}),
            "visibility": forms.RadioSelect,
            "join_policy": forms.RadioSelect,
            "regions": forms.CheckboxSelectMultiple,
            "min_age": forms.NumberInput(attrs={"min": 0, "max": 120}),
            "max_age": forms.NumberInput(attrs={"min": 0, "max": 120}),
        }

    def __init__(self, *args: Any, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = space_kind(kind or self.instance.kind)
        if found and found.duty_of_care:
            self.fields["asks_parents"].help_text = PARENTS_OF_A_TENANT

    def clean_questions(self) -> list[str]:
        return self.lines(
            "questions", most=5, longest=200, too_many=_("Stel niet meer dan vijf vragen. Kies de belangrijkste.")
        )

    def clean_profile_fields(self) -> list[str]:
        return self.lines(
            "profile_fields", most=6, longest=120, too_many=_("Stel niet meer dan zes vragen. Kies de belangrijkste.")
        )

    def lines(self, name: str, *, most: int, longest: int, too_many: Any) -> list[str]:
        """The filled lines of a field, each once. Raises ValidationError for too many or too long."""
        found = dict.fromkeys(line.strip() for line in self.cleaned_data[name].splitlines() if line.strip())
        if len(found) > most:
            raise forms.ValidationError(too_many)
        if any(len(line) > longest for line in found):
            text = _("Een vraag is te lang. Houd elke vraag onder de %(longest)d tekens.")
            raise forms.ValidationError(text % {"longest": longest})
        return list(found)

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        data = dict(self.cleaned_data)
        letters = {name.partition("_")[2]: data.pop(name) for name in list(data) if name.startswith("letter_")}
        return {**data, **({"letters": letters} if letters else {})}

    @staticmethod
    def initial_of(space: Space) -> dict[str, Any]:
        """What stands in the fields that are no fields of the space itself; three statements."""
        letters = {f"letter_{letter.decision}": letter.text for letter in space.letters.all()}
        return {
            "questions": "\n".join(question.text for question in space.questions.all()),
            "profile_fields": "\n".join(field.label for field in space.profile_fields.all()),
            **letters,
        }


class NewSpaceForm(SpaceForm):
    """What must be said of a space from its first day; the rest is arranged once it is there."""

    folded = (
        _("Meer over de groep, vragen, aantal en leeftijd (mag ook later)"),
        ("about", "questions", "capacity", "min_age", "max_age"),
    )
    ask_again = None
    profile_fields = None
    letter_admitted = letter_waiting = letter_refused = None

    class Meta(SpaceForm.Meta):
        fields = tuple(name for name in SpaceForm.Meta.fields if name not in {"regions", "members_listed"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["house_rules"].initial = str(USUAL_RULES)


class SpaceCreateForm(NewSpaceForm):
    """A new space, by a professional."""

    sections = ((_("Om te beginnen"), ("kind", "organisation", "display_name")), *SpaceForm.sections)
    organisation = forms.ModelChoiceField(label=_("Organisatie"), queryset=Organisation.objects.none())
    kind = forms.ChoiceField(label=_("Wat wil je openen?"), widget=forms.RadioSelect, initial="group")
    display_name = DisplayNameField()

    def __init__(self, *args: Any, user_id: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        vouched = Professional.objects.active().filter(user=user_id)
        self.fields["organisation"].queryset = Organisation.objects.filter(professionals__in=vouched)
        self.fields["organisation"].initial = self.fields["organisation"].queryset.first()
        self.fields["organisation"].empty_label = None
        self.fields["kind"].choices = [(kind.code, kind.in_words) for kind in space_kinds() if kind.professional_tools]

    def clean_kind(self) -> str:
        code = self.cleaned_data["kind"]
        kind = space_kind(code)
        if kind is None or not kind.professional_tools:
            raise forms.ValidationError(_("Deze soort ruimte bestaat niet."))
        return str(code)
