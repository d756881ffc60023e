"""What people fill in when they share files. The storage judges the files, an action does the writing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from groupspace.files.folders import Tree
from groupspace.files.models import Folder
from groupspace.forms import Form
from groupspace.forms.together import Together
from groupspace.models import Audience
from groupspace.storage.conf import storage_conf
from groupspace.storage.fields import FilesField
from groupspace.storage.sizes import in_words
from groupspace.text.sanitiser import is_blank, strip_control


class LineField(forms.CharField):
    """One line without signs that nobody sees."""

    def to_python(self, value: Any) -> str:
        line = " ".join(strip_control(super().to_python(value)).split())
        return "" if is_blank(line) else line


class DescriptionField(forms.CharField):
    """A few plain sentences."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {"label": _("Waar gaat het over?"), "required": False, "max_length": 1000, **kwargs}
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def to_python(self, value: Any) -> str:
        return strip_control(super().to_python(value)).strip()


class FolderField(forms.ChoiceField):
    """One of the folders of the space, or none; the cleaned value is the folder."""

    default_error_messages = {"invalid_choice": _("Deze map is er niet meer. Kies een andere.")}

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        top = ("", _("geen map, bovenaan in de lijst"))
        super().__init__(label=_("In welke map?"), choices=[top, *tree.choices()], required=False)

    def clean(self, value: Any) -> Folder | None:
        chosen = super().clean(value)
        return self.tree.get(UUID(chosen)) if chosen else None


class UploadForm(Form):
    """One or more files, what they are about, where they go and who sees them."""

    files = FilesField(label=_("Kies een of meer bestanden"))
    description = DescriptionField(
        help_text=_("Kies je meer bestanden? Dan komt dit bij alle. Je kunt het later veranderen.")
    )
    audience = forms.ChoiceField(
        label=_("Wie ziet dit?"), choices=Audience.choices, initial=Audience.SPACE, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, tree: Tree, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = in_words(storage_conf().MAX_SIZE)
        self.fields["files"].help_text = _(
            "Foto's, PDF, Word, Excel, geluid of film, hooguit %(limit)s per bestand. Uit foto's halen we de plaats en "
            "de tijd. In een document kan je eigen naam staan: kijk dat eerst na."
        ) % {"limit": limit}
        if len(tree):
            self.fields["folder"] = FolderField(tree)
            self.order_fields(["files", "description", "folder", "audience"])


class RenewForm(Form):
    """A newer version of one file."""

    files = FilesField(most=1, label=_("Kies de nieuwe versie"))
    note = LineField(
        label=_("Wat is er veranderd?"), max_length=200, required=False, help_text=_("Bijvoorbeeld: de datum klopt nu.")
    )


class FileForm(Together, Form):
    """Name, description and place of a file."""

    title = LineField(
        label=_("Titel"),
        max_length=120,
        error_messages={"required": _("Geef een titel, dan weten de anderen wat het is.")},
    )
    description = DescriptionField()

    def __init__(self, *args: Any, tree: Tree, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(tree):
            self.fields["folder"] = FolderField(tree)


class FolderForm(Form):
    """The name of a folder."""

    name = LineField(
        label=_("Hoe heet de map?"),
        max_length=60,
        help_text=_("Iedereen in de groep ziet deze naam."),
        error_messages={"required": _("Geef de map een naam. Bijvoorbeeld: Foto's van de uitstap.")},
    )
