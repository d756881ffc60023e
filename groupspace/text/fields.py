"""Database field and form field for text of members: the only ways in which such text enters or leaves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from .sanitiser import MemberHTML, clean, from_plain, is_empty, to_plain
from .widgets import RichTextWidget

#: How many characters of HTML one letter may take.
MOST_MARKUP = 20


class RichTextField(models.TextField):
    """Clean HTML of a member. Cleaned on its way into the database and again whenever a template prints it."""

    def from_db_value(self, value: str | None, _expression: object, _connection: object) -> MemberHTML | None:
        return value if value is None else MemberHTML(value)

    def to_python(self, value: Any) -> MemberHTML | None:
        return value if value is None else MemberHTML(value)

    def get_prep_value(self, value: Any) -> str | None:
        value = super().get_prep_value(value)
        return value if value is None else clean(value)


class RichTextFormField(forms.Field):
    """Text with simple marks. Takes plain text and HTML alike and gives clean HTML; lengths count letters, not tags."""

    widget = RichTextWidget
    default_error_messages = {
        "required": _("Schrijf eerst iets. Daarna kun je het plaatsen."),
        "too_long": ngettext_lazy(
            "Je tekst is %(over)d teken te lang. Er passen er %(limit)d in. Maak hem korter.",
            "Je tekst is %(over)d tekens te lang. Er passen er %(limit)d in. Maak hem korter.",
            "over",
        ),
    }

    def __init__(self, *, max_length: int = 10_000, **kwargs: Any) -> None:
        self.max_length = max_length
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Clean what was sent: `(text, format)` of the widget, or HTML from code."""
        text, kind = value if isinstance(value, tuple) else (value or "", "html")
        # Work stays bounded: nobody types this much, and the message below tells how much too long it is.
        cleaned = (clean if kind == "html" else from_plain)(text[: self.max_length * MOST_MARKUP])
        return "" if is_empty(cleaned) else cleaned

    def validate(self, value: str) -> None:
        super().validate(value)
        over = len(to_plain(value)) - self.max_length
        if over <= 0 and len(value) > self.max_length * MOST_MARKUP:  # hardly a word, and a page full of tags
            over = len(value) - self.max_length * MOST_MARKUP
        if over > 0:
            raise forms.ValidationError(
                self.error_messages["too_long"], code="too_long", params={"over": over, "limit": self.max_length}
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(data) != self.to_python(initial)
