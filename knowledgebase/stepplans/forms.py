"""What people fill in while they walk through a step plan."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from knowledgebase.public_forms import FormBase, PublicForm
from knowledgebase.visitors import TypedField

from .models import LONGEST_NAME, Judgement, Verdict, Walk
from .structure import Step

LONGEST_TEXT = 4000
#: One radio button: the answer, and what it means.
OPTION = '<strong>{}</strong><span class="gs-field__hint kb-consequence">{}</span>'
FIRST_REVIEW = dt.timedelta(days=91)
NO_DATE = {"invalid": _("Dit is geen datum. Schrijf hem zo: 31-12-2027."), "required": _("Kies een datum.")}


class StartForm(PublicForm):
    """Only the button that begins."""


class DateField(forms.DateField):
    """A day that somebody can mean: not in another century."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(error_messages=NO_DATE, input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        day = super().to_python(value)
        if day and not 2000 <= day.year <= 2100:
            raise forms.ValidationError(_("Kies een jaar tussen 2000 en 2100."))
        return day


class StepForm(FormBase):  # type: ignore[misc, valid-type]  # the host chooses the class
    """What somebody chooses and writes at one step.

    Args:
        step: the step.
        go_on: whether a choice is needed; not for who only looks back.
    """

    option = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies een antwoord. Weet je het nog niet? Ga dan terug, of ga later verder."),
            "invalid_choice": _("Kies een van de antwoorden."),
        },
    )
    judgement = forms.ChoiceField(
        label=_("Is dit kansrijk bij jullie?"), choices=Judgement.choices, widget=forms.RadioSelect, required=False
    )
    reason = TypedField(rows=6, max_length=LONGEST_TEXT, required=False)

    def __init__(self, step: Step, *args: Any, go_on: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if step.is_choice:
            self.fields["option"].label = step.question
            self.fields["option"].choices = [
                (option.key, format_html(OPTION, option.label, option.consequence)) for option in step.options
            ]
            self.fields["option"].required = go_on
            self.fields["reason"].label = _("Waarom past dit wel of niet bij jullie?")
        else:
            del self.fields["option"], self.fields["judgement"]
            self.fields["reason"].label = step.prompt or _("Wat spreek je af?")


class PlanForm(FormBase):  # type: ignore[misc, valid-type]  # the host chooses the class
    """What makes a plan of a walk: a name, who answers for it, when, and what is there already.

    Args:
        walk: whose plan it is.
        go_on: whether it must be complete; not for who only looks back.
    """

    ticked = forms.MultipleChoiceField(
        label=_("Wat is er al?"),
        help_text=_("Dit is doorslaggevend voor succes. Vink aan wat bij jullie al geregeld is."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    name = TypedField(
        label=_("Naam van je plan"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=_("Bijvoorbeeld: “Online groep in de wijk Zuid”. Gebruik geen namen van deelnemers."),
    )
    responsible = TypedField(
        label=_("Wie zorgt voor dit plan?"),
        max_length=LONGEST_NAME,
        help_text=_("Een functie mag ook, zoals: de teamleider."),
    )
    planned_on = DateField(label=_("Datum van het plan"))
    review_on = DateField(label=_("Wanneer kijk je terug?"), help_text=_("Dan bekijk je of het plan nog klopt."))

    def __init__(self, walk: Walk, *args: Any, go_on: bool = True, **kwargs: Any) -> None:
        today = timezone.localdate()
        initial = {
            "ticked": walk.ticked,
            "name": walk.name,
            "responsible": walk.responsible,
            "planned_on": walk.planned_on or today,
            "review_on": walk.review_on or today + FIRST_REVIEW,
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["ticked"].choices = [(factor.key, factor.text) for factor in walk.plan.factors]
        if not walk.plan.factors:
            del self.fields["ticked"]
        if not go_on:
            for field in self.fields.values():
                field.required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        planned, review = cleaned.get("planned_on"), cleaned.get("review_on")
        if planned and review and review <= planned:
            self.add_error("review_on", _("Kies een dag na de datum van het plan."))
        return {"ticked": [], **cleaned}


class ApprovalForm(FormBase):  # type: ignore[misc, valid-type]  # the host chooses the class
    """The decision about a plan."""

    verdict = forms.ChoiceField(label=_("Wat is besloten?"), choices=Verdict.choices, widget=forms.RadioSelect)
    decided_by = TypedField(
        label=_("Wie besloot dit?"),
        max_length=LONGEST_NAME,
        help_text=_("Bijvoorbeeld: het bestuur, of het managementteam."),
    )
    decided_on = DateField(label=_("Wanneer?"))
    remark = TypedField(
        label=_("Opmerking"),
        rows=4,
        max_length=LONGEST_TEXT,
        required=False,
        help_text=_("Waarom wel of niet, en onder welke voorwaarden."),
    )

    def __init__(self, walk: Walk, *args: Any, **kwargs: Any) -> None:
        approval = getattr(walk, "approval", None)
        names = ("verdict", "decided_by", "decided_on", "remark")
        initial = (
            {name: getattr(approval, name) for name in names} if approval else {"decided_on": timezone.localdate()}
        )
        super().__init__(*args, initial=initial, **kwargs)

    def clean_decided_on(self) -> dt.date:
        day = self.cleaned_data["decided_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Dit is een dag die nog komt. Kies de dag van het besluit."))
        return day
