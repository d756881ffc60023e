"""A form about what several people arrange: nobody writes over what another changed without having seen it."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    _Base = forms.ModelForm
else:
    _Base = object

STOOD = "stood"


class Together(_Base):
    """A mix-in for a form that shows what stands now, of a model or not; it stands before the form it is mixed into.

    The page carries a mark of what stood there. When that is no longer so, or no mark comes, the form comes back once
    with what stands there now beside each field in which the two differ; sent again, it holds.
    """

    #: Whether a row may come into being while somebody fills this in for the first time.
    even_new = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.even_new or not (hasattr(self, "instance") and self.instance._state.adding):
            self.fields[STOOD] = forms.CharField(widget=forms.HiddenInput, required=False, initial=self._mark)

    def _stands(self, name: str) -> Any:
        return self.get_initial_for_field(self.fields[name], name)

    def _mark(self) -> str:
        """What stands now, in a few characters."""
        found = {name: _plain(self._stands(name)) for name in self.fields if name != STOOD}
        return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()[:16]

    def _is_same_text(self, name: str) -> bool:
        """Whether only the ends of lines differ: a browser sends others than some texts have."""
        sent, now = self[name].data, self._stands(name)
        return isinstance(sent, str) and isinstance(now, str) and _lines(sent) == _lines(now)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        stood = data.pop(STOOD, "")
        changed = [name for name in self.changed_data if name != STOOD and not self._is_same_text(name)]
        if STOOD in self.fields and stood != (mark := self._mark()) and changed:
            self.data = self.data.copy()
            self.data[self.add_prefix(STOOD)] = mark
            self.add_error(
                None,
                _(
                    "Dit is intussen veranderd, door iemand anders of in een ander venster. Bij de velden lees je wat "
                    "er nu staat. Bewaar je nog een keer, dan geldt wat jij invulde."
                ),
            )
            for name in changed:
                words = _in_words(self.fields[name], self._stands(name)) or _("niets")
                self.add_error(name, _("Nu staat hier: %(words)s") % {"words": words})
        return data


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return sorted(str(getattr(one, "pk", one)) for one in value)
    return "" if value is None else str(value)


def _in_words(field: forms.Field, value: Any) -> str:
    """A value of a field as people read it."""
    if isinstance(field, forms.BooleanField):
        return _("ja") if value else _("nee")
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ", ".join(sorted(str(one) for one in value or ()))
    if isinstance(field, forms.ChoiceField):
        chosen = {str(one) for one in value} if isinstance(value, list | tuple) else {str(value)}
        return ", ".join(str(label) for code, label in field.choices if str(code) in chosen)
    return "" if value is None else " / ".join(line for line in _lines(str(value)).split("\n") if line.strip())


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
