"""What people fill in for a poll. Forms only validate; an action does the writing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.forms import Form
from groupspace.polls.models import QUESTION_LENGTH
from groupspace.text.fields import RichTextFormField
from groupspace.text.sanitiser import is_blank, strip_control

if TYPE_CHECKING:
    from groupspace.polls.models import Poll


class QuestionField(forms.CharField):
    """One line that asks something."""

    default_error_messages = {
        "required": _("Stel een vraag. Bijvoorbeeld: Wat werkt voor jou?"),
        "max_length": _("Deze vraag is te lang. Maak hem korter dan %(limit_value)d tekens."),
    }

    def to_python(self, value: Any) -> str:
        return _one_line(super().to_python(value))


class OptionsField(forms.CharField):
    """Choices, each on a line of its own."""

    widget = forms.Textarea(attrs={"rows": 7})
    default_error_messages = {"required": _("Schrijf minstens twee keuzes, elk op een eigen regel.")}

    def clean(self, value: Any) -> Any:
        return [line for line in map(_one_line, str(super().clean(value)).splitlines()) if line]


class LastDayField(forms.DateField):
    """A day that still counts: becomes the moment at which it ends."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {"invalid": _("Dit is geen datum. Schrijf hem zo: 31-12-2026.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d-%m-%y", "%d/%m/%Y"], **kwargs)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is None:
            return None
        try:
            return timezone.make_aware(datetime.combine(day, time.max.replace(microsecond=0)))
        except OverflowError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


class PollForm(Form):
    """A question with its choices, and who sees what."""

    question = QuestionField(label=_("Wat wil je vragen?"), max_length=QUESTION_LENGTH)
    options = OptionsField(
        label=_("Waar kan de groep uit kiezen?"),
        help_text=_("Schrijf elke keuze op een eigen regel: minstens 2, hoogstens 10."),
        max_length=2_000,
    )
    multiple = forms.BooleanField(label=_("Iedereen mag meer dan één keuze maken"), required=False)
    anonymous = forms.TypedChoiceField(
        label=_("Wie ziet wat iemand kiest?"),
        choices=[
            ("1", _("Niemand. De groep ziet alleen hoeveel mensen iets kozen.")),
            ("0", _("Iedereen die de peiling leest. Bij elke keuze staan de namen.")),
        ],
        coerce=lambda value: value == "1",
        initial="1",
        widget=forms.RadioSelect,
    )
    hide_until_voted = forms.BooleanField(
        label=_("Laat de uitslag pas zien als iemand zelf heeft gestemd"),
        help_text=_("Zo kiest iedereen zonder naar anderen te kijken."),
        required=False,
    )
    ends_at = LastDayField(
        label=_("Tot en met welke dag kan de groep stemmen?"),
        help_text=_("Vul je niets in, dan sluit je de peiling zelf."),
        required=False,
    )
    explanation = RichTextFormField(label=_("Uitleg"), max_length=5_000, required=False)


class VoteForm(Form):
    """What one chooses in a poll."""

    def __init__(self, data: Any = None, *, poll: Poll, choices: Iterable[tuple[str, str]], mine: list[str]) -> None:
        super().__init__(data)
        label = _("Kies er één of meer") if poll.multiple else _("Kies er één")
        field = forms.MultipleChoiceField if poll.multiple else forms.ChoiceField
        self.fields["choice"] = field(
            label=label,
            choices=list(choices),
            initial=mine if poll.multiple else next(iter(mine), None),
            widget=forms.CheckboxSelectMultiple if poll.multiple else forms.RadioSelect,
            error_messages={
                "required": _("Kies eerst iets. Daarna kun je stemmen."),
                "invalid_choice": _("De keuzes zijn net veranderd. Kijk nog eens en kies opnieuw."),
            },
        )

    @property
    def chosen(self) -> list[str]:
        """The ids of what was chosen."""
        choice = self.cleaned_data["choice"]
        return choice if isinstance(choice, list) else [choice]


class OutcomeForm(Form):
    """What is done with the result."""

    outcome = RichTextFormField(
        label=_("Wat doen we hiermee?"),
        help_text=_("Schrijf wat de groep koos en wat er nu gebeurt. Dit staat boven de uitslag."),
        max_length=5_000,
    )


def _one_line(text: str) -> str:
    line = " ".join(strip_control(text).split())
    return "" if is_blank(line) else line
