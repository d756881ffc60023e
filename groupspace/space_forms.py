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


class JoinRequestForm(DisplayNameForm):
    """Asking to join: a name, and an answer to each of the space's questions."""

    def __init__(self, *args: Any, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(space.questions.all())
        for number, question in enumerate(self.questions):
            self.fields[f"answer_{number}"] = forms.CharField(
                label=question.text,
                max_length=1000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("Alleen de begeleiders lezen je antwoord. Overslaan mag.") if number == 0 else "",
            )

    def answers(self) -> list[tuple[str, str]]:
        """The questions as asked, each with its answer."""
        return [
            (question.text, self.cleaned_data[f"answer_{number}"]) for number, question in enumerate(self.questions)
        ]


class RefusalForm(Form):
    """Why someone cannot join."""

    reason = forms.CharField(
        label=_("Waarom niet?"),
        help_text=_("De ander leest dit. Schrijf vriendelijk, en noem als het kan een andere weg."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Schrijf in een paar woorden waarom. De ander leest dit.")},
    )


class RoleForm(Form):
    """Another role for one member."""

    role = forms.ChoiceField(label=_("Rol"), error_messages={"required": _NO_ROLE_YET, "invalid_choice": _NO_ROLE_YET})

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.code, capfirst(role.label)) for role in roles]


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
    field_order = ("label", "role", "for_group")


class InvitationCodeForm(Form):
    """Typing over, or pasting, a code."""

    code = forms.CharField(
        label=_("Jouw code"),
        help_text=_("Bijvoorbeeld K7QF-2M9X-HB4T-RWQ8. Hoofdletters en streepjes maken niet uit."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Vul de code in die je van de begeleider kreeg.")},
    )


class SpaceForm(ModelForm):
    """What a space says about itself, and how people join it."""

    sections = (
        (_("Over de groep"), ("name", "theme", "summary", "about")),
        (_("Voor wie meedoet"), ("welcome",)),
        (_("Wie de groep vindt en hoe je meedoet"), ("visibility", "join_policy", "questions", "capacity")),
    )
    questions = forms.CharField(
        label=_("Vragen aan wie mee wil doen"),
        help_text=_("Eén vraag per regel, niet meer dan vijf. Alleen bij een groep op aanvraag."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta:
        model = Space
        fields = ("name", "theme", "summary", "about", "welcome", "visibility", "join_policy", "capacity")
        labels = {"capacity": _("Hoeveel leden kan de groep hebben?")}
        help_texts = {"capacity": _("Begeleiders tellen mee. Laat leeg als er geen grens is.")}
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2}),
            "visibility": forms.RadioSelect,
            "join_policy": forms.RadioSelect,
        }

    def clean_questions(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["questions"].splitlines() if line.strip()]
        if len(lines) > 5:
            raise forms.ValidationError(_("Stel niet meer dan vijf vragen. Kies de belangrijkste."))
        if any(len(line) > 200 for line in lines):
            raise forms.ValidationError(_("Een vraag is te lang. Houd elke vraag onder de 200 tekens."))
        return lines


class SpaceCreateForm(SpaceForm):
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
        self.fields["kind"].choices = [
            (kind.code, capfirst(kind.label)) for kind in space_kinds() if kind.professional_tools
        ]

    def clean_kind(self) -> str:
        code = self.cleaned_data["kind"]
        kind = space_kind(code)
        if kind is None or not kind.professional_tools:
            raise forms.ValidationError(_("Deze soort ruimte bestaat niet."))
        return str(code)
