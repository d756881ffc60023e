"""What people fill in about a space, about joining it and about its members. These forms only validate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from groupspace.forms import Form, ModelForm
from groupspace.kinds import space_kind, space_kinds
from groupspace.models import Membership, Organisation, Professional, Space
from groupspace.names import validate_display_name
from groupspace.permissions import Permission, Role

_NO_ROLE_YET = _("Kies een rol.")


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


class ParentsField(forms.BooleanField):
    """A facilitator says that the parents of somebody under 16 agree."""

    def __init__(self, **kwargs: Any) -> None:
        text = _("We bewaren alleen de dag van vandaag, niet wie de ouders zijn.")
        super().__init__(help_text=text, required=False, **kwargs)


class LetterForm(Form):
    """The answer to who asked to join."""

    reason = forms.CharField(
        label=_("Jouw antwoord"),
        help_text=_("De ander leest dit. Schrijf vriendelijk, en noem als het kan een andere weg."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Schrijf in een paar woorden waarom. De ander leest dit.")},
    )
    #: Which answer it is: kept with the words, so that they come back under the right one.
    decision = forms.CharField(widget=forms.HiddenInput, required=False)

    parents_agree = ParentsField(label=_("Ik heb de ouders gesproken, en zij vinden het goed"))

    def __init__(self, *args: Any, required: bool, asks_parents: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_parents:
            del self.fields["parents_agree"]
        self.fields["reason"].required = required
        if not required:
            self.fields["reason"].help_text = _("De ander leest dit.")


class NoteForm(Form):
    """What facilitators note for each other."""

    note = forms.CharField(
        label=_("Aantekening"),
        help_text=_(
            "Alleen de begeleiders lezen dit. Houd het kort en houd je aan feiten: wie dit vroeg, mag de aantekening "
            "bij jullie opvragen. Na het besluit wissen we hem."
        ),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RoleForm(Form):
    """Another role for one member."""

    role = forms.ChoiceField(
        label=_("Rol"),
        widget=forms.RadioSelect,
        error_messages={"required": _NO_ROLE_YET, "invalid_choice": _NO_ROLE_YET},
    )

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.code, role_in_words(role)) for role in roles]


class HandOverForm(Form):
    """What whoever hands over does from then on."""

    step_back_to = forms.ChoiceField(
        label=_("En wat doe jij daarna?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat jij daarna doet."), "invalid_choice": _("Kies wat jij daarna doet.")},
    )

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step_back_to"].choices = [(role.code, role_in_words(role)) for role in roles]


def role_in_words(role: Role) -> str:
    """A role, and in a sentence what it comes down to."""
    name = capfirst(str(role.label))
    return f"{name}: {role.explained}" if role.explained else name


class PermissionsForm(Form):
    """What one member may do beside, or short of, the role."""

    AS_THE_ROLE = {True: _("Zoals bij de rol hoort: mag wel"), False: _("Zoals bij de rol hoort: mag niet")}
    EXCEPTIONS = (("yes", _("Mag dit wel")), ("no", _("Mag dit niet")))

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        exceptions = {exception.permission: exception.granted for exception in member.exceptions.all()}
        role = member.role_data
        of_the_role = role.permissions if role else frozenset()
        for permission in Permission:
            as_the_role = self.AS_THE_ROLE[permission.value in of_the_role]
            initial = {None: "", True: "yes", False: "no"}[exceptions.get(permission.value)]
            self.fields[permission.value] = forms.ChoiceField(
                label=permission.label.capitalize(),
                choices=[("", as_the_role), *self.EXCEPTIONS],
                initial=initial,
                required=False,
            )

    def changes(self) -> dict[str, bool | None]:
        """The permissions that were changed, and to what; None is back to the role."""
        meaning = {"": None, "yes": True, "no": False}
        return {name: meaning[self.cleaned_data[name]] for name in self.changed_data}


class InvitationForm(RoleForm):
    """A new code that lets someone in."""

    label = forms.CharField(
        label=_("Voor wie is deze uitnodiging?"),
        help_text=_("Alleen voor jou, om uitnodigingen uit elkaar te houden. Schrijf geen echte naam."),
        max_length=60,
        required=False,
    )
    for_group = forms.TypedChoiceField(
        label=_("Hoe vaak is de code te gebruiken?"),
        choices=[
            ("0", _("Eén keer, door één persoon. De code werkt drie dagen.")),
            ("1", _("Door iedereen aan wie je hem geeft. De code werkt dertig dagen.")),
        ],
        coerce=lambda value: value == "1",
        initial="0",
        widget=forms.RadioSelect,
    )
    parents_agree = ParentsField(
        label=_("Deze persoon is jonger dan 16. Ik heb de ouders gesproken, en zij vinden het goed")
    )
    field_order = ("label", "role", "for_group")

    def __init__(self, *args: Any, asks_parents: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_parents:
            del self.fields["parents_agree"]


class InvitationCodeForm(Form):
    """Typing over, or pasting, a code."""

    code = forms.CharField(
        label=_("Jouw code"),
        help_text=_("Bijvoorbeeld K7QF-2M9X-HB4T-RWQ8. Hoofdletters en streepjes maken niet uit."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Vul de code in die je van de begeleider kreeg.")},
    )


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


class SpaceForm(ModelForm):
    """What a space says about itself, who comes in, and what members see of each other; what each choice does."""

    sections = (
        (_("Over de groep"), ("name", "theme", "summary", "about")),
        (_("Voor wie meedoet"), ("welcome", "house_rules", "ask_again")),
        (_("Wie de groep vindt en hoe je meedoet"), ("visibility", "join_policy", "questions", "capacity")),
        (_("Voor wie de groep is"), ("min_age", "max_age", "asks_parents", "regions")),
        (_("Wat leden van elkaar zien"), ("members_listed", "profile_fields")),
        (_("Jullie brieven"), ("letter_admitted", "letter_waiting", "letter_refused")),
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
            "Haal je een vraag weg, dan verdwijnen de antwoorden ook."
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
