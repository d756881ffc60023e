"""A field for one or more files. It hands them over as they came: `take_in` judges them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from groupspace.storage.keeping import ACCEPT

MOST = 10


class FilesInput(forms.FileInput):
    """The browser's own choice of files, one or several."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": ACCEPT} | (attrs or {}))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class FilesField(forms.FileField):
    """One or more files; the cleaned value is a list.

    most: how many at a time; with 1 the browser offers only one.
    """

    default_error_messages = {
        "required": _("Kies eerst een bestand."),
        "invalid": _("Kies eerst een bestand."),
        "too_many": _("Dat zijn te veel bestanden tegelijk. Kies er hooguit %(most)d."),
    }

    def __init__(self, *, most: int = MOST, **kwargs: Any) -> None:
        self.most = most
        kwargs.setdefault("widget", FilesInput({"multiple": True} if most > 1 else {}))
        super().__init__(allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = data if isinstance(data, list | tuple) else [data]
        cleaned = [super(FilesField, self).clean(file, initial) for file in files] or [super().clean(None, initial)]
        found = [file for file in cleaned if file]
        if len(found) > self.most:
            raise ValidationError(self.error_messages["too_many"], code="too_many", params={"most": self.most})
        return found
