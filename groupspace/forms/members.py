"""What facilitators fill in about members, and about who asks to be one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from groupspace import grants
from groupspace.forms import Form
from groupspace.forms.together import Together
from groupspace.models import Membership
from groupspace.permissions import PROFESSIONAL, SUBJECTS, Permission, Role

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_NO_ROLE_YET = _("Kies een rol.")


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


class NoteForm(Together, Form):
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


@dataclass(frozen=True)
class Subject:
    """The permissions that belong together on the page of one member.

    Attributes:
        given: what comes with the role, in words.
        withheld: what the role does not give.
        different: the fields that are not as the role has it, or have a fault: these stand open.
        same: the other fields.
        verified: whether any of it counts only after the second step of the log-in.
    """

    heading: StrOrPromise
    given: list[str]
    withheld: list[str]
    different: list[forms.BoundField]
    same: list[forms.BoundField]
    verified: bool


class PermissionsForm(Form):
    """What one member may do beside, or short of, the role."""

    template_name = "groupspace/forms/permissions.html"
    AS_THE_ROLE = {True: _("Zoals de rol: mag wel"), False: _("Zoals de rol: mag niet")}
    #: Other than the role first; the same as the role still differs where the group may come to work in another way.
    EXCEPTIONS = {
        True: (("no", _("Mag dit niet")), ("yes", _("Mag dit wel, ook als de groep anders gaat werken"))),
        False: (("yes", _("Mag dit wel")), ("no", _("Mag dit niet, ook als de groep anders gaat werken"))),
    }

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        exceptions = {exception.permission: exception.granted for exception in member.exceptions.all()}
        kind = member.space.space_kind
        self.by_role = grants.by_role(member)
        for permission in (p for p in Permission if kind and p in kind.permissions):
            by_role = permission.value in self.by_role
            initial = {None: "", True: "yes", False: "no"}[exceptions.get(permission.value)]
            self.fields[permission.value] = forms.ChoiceField(
                label=capfirst(permission.label),
                choices=[("", self.AS_THE_ROLE[by_role]), *self.EXCEPTIONS[by_role]],
                initial=initial,
                required=False,
            )

    def subjects(self) -> Iterator[Subject]:
        """The fields by subject, with what comes with the role beside them."""
        for heading, permissions in SUBJECTS:
            here = [permission for permission in permissions if permission.value in self.fields]
            fields = [self[permission.value] for permission in here]
            different = [field for field in fields if field.value() or field.errors]
            if here:
                yield Subject(
                    heading,
                    given=[permission.label for permission in here if permission.value in self.by_role],
                    withheld=[permission.label for permission in here if permission.value not in self.by_role],
                    different=different,
                    same=[field for field in fields if field not in different],
                    verified=not PROFESSIONAL.isdisjoint(here),
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
