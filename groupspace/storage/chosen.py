"""Files beside a text in one form: taken in before the text is sent, named there, and taken out again.

The form carries only their ids, so a draft keeps them and nothing is sent twice. A script makes it quick; without it
the buttons send the form, which comes back with its text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groupspace.storage.conf import storage_conf
from groupspace.storage.filenames import clean_name
from groupspace.storage.keeping import ACCEPT, drop, take_in, waiting
from groupspace.storage.models import Upload
from groupspace.storage.refusals import GONE, refusal
from groupspace.storage.sizes import in_words

#: Names of what the widget sends beside its own: "add these", "take this one out", and a description.
ADD, OUT, ALT = "-add", "-out", "-alt-"
#: New files stand before the name, so that a draft passes them over (`groupspace.text.ticket.UNKEPT`).
NEW = "unkept_"
ALT_LENGTH = 200

#: The id of a file that waits, and what its owner says is in the picture.
Choice = tuple[UUID, str]


class ChosenInput(forms.Widget):
    """What was taken in, each with a button to take it out, and the browser's choice of more."""

    template_name = "groupspace/storage/chosen.html"
    needs_multipart_form = True
    use_fieldset = True
    owner_id: Any = None
    most = 5

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Choice] | None:
        if name not in data:
            return None
        return [(pk, str(data.get(f"{name}{ALT}{pk}", ""))) for pk in _ids(str(data[name]))]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        alts = dict(value or [])
        found = {one.pk: one for one in waiting(self.owner_id, alts)} if alts else {}
        rows = [
            {"pk": pk, "name": one.name, "size": in_words(one.size), "is_image": one.is_image, "alt": alts[pk]}
            for pk in alts
            if (one := found.get(pk))
        ]
        context["widget"] |= {
            "rows": rows,
            "ids": " ".join(str(row["pk"]) for row in rows),
            "accept": ACCEPT,
            "full": len(rows) >= self.most,
            "alt_length": ALT_LENGTH,
        }
        return context


class ChosenField(forms.Field):
    """Files that wait for this owner; the cleaned value is a list of `Choice`, for `chosen` to turn into files.

    owner_id: key of the account.
    most: how many belong to one text.
    """

    widget = ChosenInput
    default_error_messages = {"too_many": gettext_lazy("Er passen %(most)d bestanden bij. Haal er eerst een weg.")}

    def __init__(self, *, owner_id: Any, most: int = 5, **kwargs: Any) -> None:
        kwargs = {"label": gettext_lazy("Bestanden erbij"), "required": False, "help_text": self._help(most), **kwargs}
        super().__init__(**kwargs)
        self.most = self.widget.most = most
        self.widget.owner_id = owner_id

    def clean(self, value: Any) -> list[Choice]:
        choices: list[Choice] = [(pk, " ".join(alt.split())[:ALT_LENGTH]) for pk, alt in value or []]
        if len(choices) > self.most:
            raise ValidationError(self.error_messages["too_many"], code="too_many", params={"most": self.most})
        return choices

    def _help(self, most: int) -> str:
        limit = in_words(storage_conf().MAX_SIZE)
        text = _("Hooguit %(most)d, elk hooguit %(limit)s. Uit foto's halen we de plaats en de tijd.")
        return text % {"most": most, "limit": limit}


class Sent:
    """A form with a `ChosenField` as somebody sent it: `data` holds the new files too, which were taken in.

    Not inside a transaction: it may take seconds.

    Attributes:
        data: for the form.
        is_aside: a button for files was pressed: nothing is to be posted yet.
        refused: for each file that could not be taken in its name, with what to do.
    """

    def __init__(self, request: HttpRequest, name: str, *, most: int = 5) -> None:
        self.data: QueryDict = request.POST.copy()
        self.refused: list[str] = []
        self.owner_id = request.user.pk
        self.is_aside = False
        self._taken: list[Upload] = []
        if name in self.data:
            self._take_all(request, name, most)

    def _take_all(self, request: HttpRequest, name: str, most: int) -> None:
        ids = _ids(str(self.data[name]))
        self.is_aside = f"{name}{ADD}" in self.data or f"{name}{OUT}" in self.data
        for out in _ids(self.data.get(f"{name}{OUT}", "")):
            ids = [pk for pk in ids if pk != out]
            for upload in waiting(self.owner_id, [out]):
                drop(upload)
        for number, file in enumerate(request.FILES.getlist(f"{NEW}{name}"), start=len(ids)):
            if number >= most:
                self.refused.append(str(ChosenField.default_error_messages["too_many"]) % {"most": most})
                break
            ids += self._take(file)
        self.data[name] = " ".join(map(str, ids))

    def _take(self, file: File[bytes]) -> Iterable[UUID]:
        try:
            self._taken.append(take_in(file, self.owner_id))
        except ValidationError as error:
            self.refused.append(f"{file.name}: {error.messages[0]}")
            return []
        return [self._taken[-1].pk]

    def tidy(self) -> None:
        """Throw away what was taken in with this sending, and found no place: it was sent twice."""
        for upload in waiting(self.owner_id, [upload.pk for upload in self._taken]):
            drop(upload)


def chosen(owner_id: Any, choices: list[Choice]) -> list[tuple[Upload, str]]:
    """The files of a cleaned `ChosenField`, each with its description.

    Raises ValidationError when one is gone: thrown away, or given to something else.
    """
    found = {upload.pk: upload for upload in waiting(owner_id, [pk for pk, _alt in choices])} if choices else {}
    if len(found) < len(choices):
        raise refusal(GONE, "gone")
    return [(found[pk], alt if found[pk].is_image else "") for pk, alt in choices]


def names_sent(request: HttpRequest) -> list[str]:
    """The names of the files in a form that was sent: those taken in for its sender before, and those with it now."""
    ids = [pk for name in request.POST for pk in _ids(str(request.POST[name]))]
    taken = list(waiting(request.user.pk, ids).values_list("name", flat=True)) if ids else []
    new = [clean_name(str(file.name or "")) for name in request.FILES for file in request.FILES.getlist(name)]
    return [*taken, *(".".join(filter(None, parts)) for parts in new)]


def _ids(text: str) -> list[UUID]:
    """The ids in a field, each once; nonsense is passed over."""
    found: dict[UUID, None] = {}
    for part in text.split()[:100]:
        try:
            found[UUID(hex=part)] = None
        except ValueError:
            continue
    return list(found)
