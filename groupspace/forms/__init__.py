"""The forms all apps build on: labels above, hints and errors beside the field, a summary of errors on top.

The files beside this one hold the core's own forms. They only validate; what they lead to is done by actions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.template import TemplateDoesNotExist
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

DJANGO_REQUIRED = forms.Field.default_error_messages["required"]
# The numbers are filled in by the field.
_TOO_LONG = _("Dit is te lang. Er passen %(limit_value)d tekens in, nu zijn het er %(show_value)d.")
_NO_ADDRESS = _("Dit is geen e-mailadres. Een adres ziet er zo uit: naam@voorbeeld.nl.")


class Renderer(TemplatesSetting):
    """Renders forms from the project's templates, so that a host can override every part.

    Django's own widget templates are found too when the host has not installed "django.forms".
    """

    form_template_name = "groupspace/forms/form.html"
    field_template_name = "groupspace/forms/field.html"

    def get_template(self, template_name: str) -> Any:
        try:
            return super().get_template(template_name)
        except TemplateDoesNotExist:
            return DjangoTemplates().get_template(template_name)


class FormStyle:
    """What our forms have in common.

    Browsers' own messages are in the browser's language and go away by themselves, so they are not used: the server
    answers beside the field.
    """

    default_renderer = Renderer()
    use_required_attribute = False
    #: Parts of a long form: a heading and the names of the fields below it. Fields in no part come first.
    sections: ClassVar[tuple[tuple[StrOrPromise, tuple[str, ...]], ...]] = ()
    #: What most people leave as it is: a line that says what it is, and the names of the fields folded away below it.
    folded: ClassVar[tuple[StrOrPromise, tuple[str, ...]]] = ("", ())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.error_messages.get("required") is DJANGO_REQUIRED:
                field.error_messages["required"] = required_message(field)
            field.error_messages.setdefault("max_length", _TOO_LONG)
            if isinstance(field, forms.EmailField):
                field.error_messages.setdefault("invalid", _NO_ADDRESS)

    def in_sections(self) -> Iterator[tuple[StrOrPromise, list[forms.BoundField]]]:
        """The visible fields under their headings; the first heading may be empty."""
        away = self.folded[1]
        fields = {field.name: field for field in self.visible_fields() if field.name not in away}  # type: ignore[attr-defined]  # mixed into a form
        placed = {name for _heading, names in self.sections for name in names}
        if rest := [field for name, field in fields.items() if name not in placed]:
            yield "", rest
        for heading, names in self.sections:
            if found := [fields[name] for name in names if name in fields]:
                yield heading, found

    def folded_fields(self) -> list[forms.BoundField]:
        """The fields that are folded away."""
        return [self[name] for name in self.folded[1] if name in self.fields]  # type: ignore[attr-defined, index]  # mixed into a form

    def folded_is_wrong(self) -> bool:
        """Whether one of the folded fields has a fault, and must be seen."""
        return any(field.errors for field in self.folded_fields())


def required_message(field: forms.Field) -> Any:
    """What to do when a field is empty, instead of Django's "this field is required"."""
    if isinstance(field, forms.BooleanField):
        return _("Zet een vinkje om verder te gaan.")
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return _("Maak een keuze.")
    return _("Vul dit in.")


def answers_without_question(form: forms.BaseForm, prefix: str) -> bool:
    """Whether somebody sent words for a field with this prefix that the form no longer has: it was asked until now."""
    names = (name for name in form.data if name.startswith(prefix) and name not in form.fields)
    return any(str(form.data[name]).strip() for name in names)


class Form(FormStyle, forms.Form):
    """A form that is not tied to one model."""


class ModelForm(FormStyle, forms.ModelForm):
    """A form that validates input for one model; an action does the writing."""
