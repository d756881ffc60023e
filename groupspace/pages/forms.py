"""What people fill in to write a page together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from groupspace.forms import Form
from groupspace.pages.models import TITLE_LENGTH, Page
from groupspace.text.fields import RichTextFormField
from groupspace.text.sanitiser import is_blank, strip_control

#: Letters in one page.
MOST_LETTERS = 20_000


class LineField(forms.CharField):
    """One line of text, without signs that nobody sees."""

    def to_python(self, value: Any) -> str:
        line = " ".join(strip_control(super().to_python(value)).split())
        return "" if is_blank(line) else line


class BaseField(forms.IntegerField):
    """Which version somebody had before them; nonsense means: none, so nothing of another is written over."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> int:
        try:
            return super().clean(value) or 0
        except ValidationError:
            return 0


class PlaceField(forms.ChoiceField):
    """Under which page: its id, or nothing for the top."""

    default_error_messages = {"invalid_choice": _("Die plek is er niet meer. Kies een andere.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> UUID | None:
        chosen = super().clean(value)
        return UUID(chosen) if chosen else None


class PageForm(Form):
    """A page: what it is about, and what it says."""

    title = LineField(
        label=_("Titel"),
        max_length=TITLE_LENGTH,
        error_messages={
            "required": _("Geef de pagina een titel, dan vinden de anderen haar terug."),
            "max_length": _("Deze titel is te lang. Maak hem korter dan %(limit_value)d tekens."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"] = RichTextFormField(label=_("Tekst"), max_length=MOST_LETTERS)


class PageCreateForm(PageForm):
    """A new page, with the place where it comes."""

    def __init__(self, *args: Any, places: Iterable[tuple[int, Page]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"] = PlaceField(label=_("Waar komt de pagina?"), choices=choices(places))


class PageEditForm(PageForm):
    """A new version of a page."""

    base = BaseField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"] = LineField(
            label=_("Wat heb je veranderd?"),
            help_text=_("Een paar woorden. De anderen lezen dit in de geschiedenis."),
            max_length=TITLE_LENGTH,
            required=False,
        )


class PageMoveForm(Form):
    """Another place in the tree."""

    def __init__(self, *args: Any, places: Iterable[tuple[int, Page]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"] = PlaceField(label=_("Onder welke pagina?"), choices=choices(places))


def choices(places: Iterable[tuple[int, Page]]) -> list[tuple[str, Any]]:
    """The top, and then the tree: each layer a dash further in."""
    tree = [(str(page.pk), f"{'– ' * (depth - 1)}{page.title}") for depth, page in places]
    return [("", _("Bovenaan, onder geen andere pagina")), *tree]
