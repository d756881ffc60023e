"""How much somebody wants to hear, and how."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groupspace.forms import Form, ModelForm
from groupspace.kinds import Kind
from groupspace.notices.models import Delivery, Level, Rhythm

HOURS = [(hour, f"{hour}.00") for hour in range(24)]


class WishForm(Form):
    """What one wants to hear of a space, and how soon by mail: for the whole, and for what differs."""

    space = forms.ChoiceField(
        label=_("Wat wil je horen uit deze groep?"), choices=Level.choices, widget=forms.RadioSelect
    )

    mail = forms.ChoiceField(
        label=_("Hoe snel wil je mail over deze groep?"),
        choices=[("", _("Zoals bij Mail, berichten op je toestel en stille uren")), *Rhythm.choices],
        required=False,
        help_text=_(
            "In de mail staat alleen dat er iets is. Kies je bij je account voor nooit mail? Dan komt er geen mail, "
            "wat je hier ook kiest."
        ),
    )

    def __init__(self, *args: Any, kinds: list[Kind], has_address: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slugs = [kind.slug for kind in kinds] if len(kinds) > 1 else []
        self.has_address = has_address
        if not has_address:
            del self.fields["mail"]
        for kind in kinds if self.slugs else []:
            name = str(kind.label_plural)
            self._ask(f"kind-{kind.slug}", name.capitalize(), Level.choices)
            if has_address:
                self._ask(f"mail-{kind.slug}", _("Mail over %(kind)s") % {"kind": name}, Rhythm.choices)
        differs = [slug for slug in self.slugs if any(self[name].value() for name in self._names(slug))]
        same = [slug for slug in self.slugs if slug not in differs]
        another = _("Kies iets anders voor nog een deel") if differs else _("Kies iets anders voor een deel")
        self.sections = ((_("Anders voor een deel"), tuple(name for slug in differs for name in self._names(slug))),)
        self.folded = (another, tuple(name for slug in same for name in self._names(slug)))

    def _ask(self, name: str, label: str, choices: list[Any]) -> None:
        given = [("", _("Zoals hierboven")), *choices]
        self.fields[name] = forms.ChoiceField(label=label, choices=given, required=False)

    def _names(self, slug: str) -> list[str]:
        """The fields about one kind."""
        return [name for name in (f"kind-{slug}", f"mail-{slug}") if name in self.fields]

    def wishes(self) -> dict[str, str]:
        """The levels by the slug of the kind, as the action takes them."""
        return {"": self.cleaned_data["space"]} | {slug: self.cleaned_data[f"kind-{slug}"] for slug in self.slugs}

    def rhythms(self) -> dict[str, str]:
        """How soon by the slug of the kind, as the action takes it; none when there is no address to mail to."""
        if not self.has_address:
            return {}
        return {"": self.cleaned_data["mail"]} | {slug: self.cleaned_data[f"mail-{slug}"] for slug in self.slugs}


class DeliveryForm(ModelForm):
    """Mail, signs on devices, and the hours in which nothing comes."""

    quiet_from = forms.TypedChoiceField(label=_("Stil vanaf"), choices=HOURS, coerce=int)
    quiet_to = forms.TypedChoiceField(
        label=_("Stil tot"),
        choices=HOURS,
        coerce=int,
        help_text=_("Dan komt er geen mail en geen bericht op je toestel. Twee keer hetzelfde uur: het is nooit stil."),
    )

    class Meta:
        model = Delivery
        fields = ["mail", "push", "quiet_from", "quiet_to"]
        widgets = {"mail": forms.RadioSelect}
        labels = {"mail": _("Wanneer wil je mail?"), "push": _("Stuur een bericht naar mijn toestellen")}
        help_texts = {
            "mail": _("In de mail staat alleen dat er iets is. Niet wat, niet van wie en niet in welke groep."),
        }

    def __init__(self, *args: Any, has_address: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_address:
            del self.fields["mail"]


class AnnounceForm(Form):
    """What everybody should look at."""

    item = forms.ChoiceField(label=_("Wat moet iedereen zien?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = choices
