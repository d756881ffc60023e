"""What people fill in to share a link."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from groupspace.forms import Form
from groupspace.links.models import TITLE_LENGTH, URL_LENGTH, host_of
from groupspace.text.fields import RichTextFormField
from groupspace.text.sanitiser import is_blank, strip_control

NO_ADDRESS = _("Dit is geen adres van een pagina. Kopieer het adres uit de balk van je browser.")
#: Letters in the text beside a link.
MOST_LETTERS = 2_000


class AddressField(forms.URLField):
    """An address of a page on the web: http or https, with a host that can exist, and without a name and password."""

    default_error_messages = {"invalid": NO_ADDRESS, "required": _("Plak hier het adres van de pagina of de film.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=URL_LENGTH, assume_scheme="https", **kwargs)
        self.widget.attrs["inputmode"] = "url"

    def clean(self, value: Any) -> str:
        url: str = super().clean(strip_control(str(value or "")))
        parts = urlsplit(url)
        # "https://bank.nl@elders.nl" leads elsewhere than it says.
        if parts.scheme not in ("http", "https") or parts.username is not None or not host_of(url):
            raise ValidationError(NO_ADDRESS, code="invalid")
        return url


class LinkForm(Form):
    """An address, what it is, and why the others should see it."""

    url = AddressField(
        label=_("Adres"),
        help_text=_("Een film van YouTube, Vimeo of PeerTube kunnen de anderen hier starten."),
    )
    title = forms.CharField(
        label=_("Wat is het?"),
        max_length=TITLE_LENGTH,
        error_messages={"required": _("Geef een titel, dan weten de anderen wat het is.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["description"] = RichTextFormField(
            label=_("Waarom deel je dit?"), max_length=MOST_LETTERS, required=False
        )

    def clean_title(self) -> str:
        """Refuse a title of which nobody sees anything."""
        title = " ".join(strip_control(self.cleaned_data["title"]).split())
        if is_blank(title):
            raise ValidationError(self.fields["title"].error_messages["required"])
        return title
