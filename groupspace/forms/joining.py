"""What people fill in to come in: a name, and what the space asks. An age and a postcode do not leave these forms."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from groupspace.coming_in import admission
from groupspace.coming_in.admission import Told
from groupspace.coming_in.ages import AgeBand, choices_within
from groupspace.forms import Form
from groupspace.forms.names import DisplayNameForm
from groupspace.models import Region, Space
from groupspace.permissions import Role
from groupspace.text.ticket import UNKEPT

AGE, POSTCODE = f"{UNKEPT}age", f"{UNKEPT}postcode"
PARENTS_FIRST = _("Ben je jonger dan 16? Dan praat een begeleider eerst met je ouders.")
_POSTCODE = re.compile(r"([1-9][0-9]{3})\s*(?:[A-Za-z]{2})?", re.ASCII)


class ComingInForm(DisplayNameForm):
    """A name, and what this space asks of somebody who comes in this way with this role.

    Args:
        way: as in `groupspace.coming_in.admission`.
    """

    def __init__(self, *args: Any, space: Space, way: str, role: Role | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.space = space
        self.regions = list(space.regions.all()) if admission.asks_region(space, role, way) else []
        self.add_questions()
        if admission.asks_age(space, role):
            self.fields[AGE] = forms.ChoiceField(
                label=_("Hoe oud ben je?"),
                help_text=str(_("We bewaren niet je leeftijd, alleen de groep waar je in valt."))
                + (f" {PARENTS_FIRST}" if space.asks_parents else ""),
                choices=choices_within(space.min_age, space.max_age),
                widget=forms.RadioSelect,
                error_messages={"required": _("Kies hoe oud je bent.")},
            )
        if self.regions:
            self.fields[POSTCODE] = forms.CharField(
                label=_("De vier cijfers van je postcode"),
                help_text=_("We kijken alleen in welke regio je woont. De cijfers bewaren we niet."),
                max_length=8,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 8}),
                error_messages={"required": _("Vul vier cijfers in. Bijvoorbeeld 9711.")},
            )
        if space.house_rules.strip():
            self.fields["rules_version"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=space.rules_version, required=False
            )
            self.fields["agree"] = forms.BooleanField(
                label=_("Ik houd me aan deze afspraken"),
                error_messages={"required": _("Lees de afspraken en zet een vinkje. Zonder dat kun je niet meedoen.")},
            )

    def add_questions(self) -> None:
        """Put in what else is asked; here nothing."""

    def clean_unkept_age(self) -> str:
        chosen = self.cleaned_data[AGE]
        if chosen not in AgeBand.values:
            raise admission.not_this_age(self.space).error_dict[AGE][0]
        return str(chosen)

    def clean_unkept_postcode(self) -> Region:
        found = _POSTCODE.fullmatch(self.cleaned_data[POSTCODE].strip())
        if found is None:
            raise ValidationError(_("Vul vier cijfers in. Bijvoorbeeld 9711."))
        region = next((region for region in self.regions if region.holds(found[1])), None)
        if region is None:
            raise admission.not_this_region(self.space).error_dict[POSTCODE][0]
        return region

    def told(self) -> Told:
        """What is kept of what was filled in."""
        region = self.cleaned_data.get(POSTCODE)
        return Told(
            age_band=self.cleaned_data.get(AGE, ""),
            region_id=region.pk if region else None,
            rules_version=max(self.cleaned_data.get("rules_version") or 0, 0) if "agree" in self.fields else 0,
        )

    @property
    def elsewhere(self) -> bool:
        """Whether this person does not fit here, and should hear of other ways."""
        return any(self.has_error(name, "elsewhere") for name in (AGE, POSTCODE) if name in self.fields)


class JoinRequestForm(ComingInForm):
    """Asking to join: an answer to each of the space's questions too."""

    def add_questions(self) -> None:
        self.questions = list(self.space.questions.all())
        for number, question in enumerate(self.questions):
            self.fields[f"answer_{question.pk}"] = forms.CharField(
                label=question.text,
                max_length=1000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("Alleen de begeleiders lezen je antwoord. Overslaan mag.") if number == 0 else "",
            )

    def answers(self) -> list[tuple[str, str]]:
        """The questions as asked, each with its answer."""
        return [(question.text, self.cleaned_data[f"answer_{question.pk}"]) for question in self.questions]


class RulesForm(Form):
    """Saying yes to the agreements, and to the duty of care, as they stand on the page: to what is asked now."""

    rules_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    agree = forms.BooleanField(
        label=_("Ik houd me aan deze afspraken"),
        error_messages={"required": _("Zet een vinkje. Dan kun je weer schrijven.")},
    )
    care_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    accepts_care = forms.BooleanField(
        label=_("Ik heb gelezen wat het leiden van een groep van mij vraagt, en ik zeg ja"),
        error_messages={"required": _("Zet een vinkje. Dan kun je begeleiden.")},
    )

    def __init__(self, *args: Any, must_agree: bool, must_care: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unasked = () if must_care else ("care_version", "accepts_care")
        for name in (*unasked, *(() if must_agree or not must_care else ("rules_version", "agree"))):
            del self.fields[name]
