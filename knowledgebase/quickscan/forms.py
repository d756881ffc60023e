"""What organisations fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledgebase.public_forms import FormBase, PublicForm
from knowledgebase.visitors import TypedField

from .structure import Question

LONGEST_TEXT = 2000
CHOOSE = _("Kies een antwoord.")
TOO_LONG = _("Dit is te lang. Er passen %(limit_value)d tekens in, nu zijn het er %(show_value)d.")


class StartForm(PublicForm):
    """The button that begins, and the code where one is needed."""

    code = TypedField(
        label=_("Jullie code"),
        max_length=40,
        help_text=_("Deze code kreeg je van ons. Hoofdletters en streepjes maken niet uit."),
        error_messages={"required": _("Vul de code in. Heb je die niet? Vraag hem dan aan ons.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, needs_code: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_code:
            del self.fields["code"]


class QuestionForm(FormBase):  # type: ignore[misc, valid-type]  # the host chooses the class
    """One question.

    Args:
        question: the question.
        go_on: whether an answer is needed; not for who only looks back.
    """

    def __init__(self, question: Question, *args: Any, go_on: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        common = {
            "label": question.question,
            "help_text": question.hint,
            "required": question.required and go_on,
        }
        choices = [(option.key, option.label) for option in question.options]
        errors = {"required": CHOOSE, "invalid_choice": CHOOSE, "invalid_list": CHOOSE}
        if question.is_text:
            self.fields["answer"] = TypedField(
                rows=5,
                max_length=LONGEST_TEXT,
                error_messages={"required": _("Schrijf een kort antwoord."), "max_length": TOO_LONG},
                **common,
            )
        elif question.takes_several:
            common["help_text"] = question.hint or _("Je mag er meer kiezen.")
            self.fields["answer"] = forms.MultipleChoiceField(
                choices=choices, widget=forms.CheckboxSelectMultiple, error_messages=errors, **common
            )
        else:
            self.fields["answer"] = forms.ChoiceField(
                choices=choices, widget=forms.RadioSelect, error_messages=errors, **common
            )

    @property
    def given(self) -> list[str] | str:
        """The answer as it is kept: a text, or the chosen keys in the order of the list."""
        value = self.cleaned_data["answer"]
        if isinstance(self.fields["answer"], forms.MultipleChoiceField):
            return [key for key, _label in self.fields["answer"].choices if key in value]
        if isinstance(self.fields["answer"], forms.ChoiceField):
            return [value] if value else []
        return value


def initial(question: Question, typed: Any) -> dict[str, Any]:
    """What was answered before, as the form of this question takes it."""
    if question.is_text or question.takes_several:
        return {"answer": typed}
    return {"answer": typed[0] if typed else ""}
