"""The list of people to invite by mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groupspace.coming_in.address_lists import decode, read_list
from groupspace.forms.members import RoleForm

MOST = 100
LARGEST_FILE = 200_000


class MailInvitationsForm(RoleForm):
    """Addresses, pasted or as a file, and the role they are invited for."""

    addresses = forms.CharField(
        label=_("E-mailadressen"),
        help_text=_("Eén adres per regel. Plakken uit een mail of een lijst mag ook."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("Of kies een bestand"),
        help_text=_("Een CSV-bestand, bijvoorbeeld uit Excel. In één van de kolommen staat het adres."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )
    #: Makes a second sending of this very form harmless.
    key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("addresses", "file", "role", "key")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("addresses", "file"):
            self.fields[name].one_of = True  # type: ignore[attr-defined]  # neither must be filled in, one of them must

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("Dit bestand is te groot. Houd alleen de kolom met adressen over."))
        raw = file.read()
        if b"\0" in raw:
            raise forms.ValidationError(_("Dit bestand kunnen we niet lezen. Bewaar het in Excel als CSV."))
        return decode(raw)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        text = "\n".join(filter(None, (data.get("addresses", ""), data.get("file", ""))))
        found = data["found"] = read_list(text)
        if not found.addresses:
            self.add_error("addresses", _("We vonden geen e-mailadres. Schrijf er minstens één op."))
        elif len(found.addresses) > MOST:
            text = _("Dit zijn %(count)d adressen. Nodig er niet meer dan %(most)d tegelijk uit.")
            self.add_error("addresses", text % {"count": len(found.addresses), "most": MOST})
        return data
