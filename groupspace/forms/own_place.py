"""What members fill in about their own place in a space."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from groupspace.forms import Form
from groupspace.models import Audience, Membership, Space

#: How many weeks one can take a pause; there is no end to how often.
_WEEKS = {"1": _("Een week"), "2": _("Twee weken"), "4": _("Vier weken")}
_KEEP = "same"


class OwnPlaceForm(Form):
    """My place in this space."""

    is_listed = forms.BooleanField(
        label=_("Laat mij zien in de lijst met leden"),
        help_text=_("Uit: andere leden zien je niet in de lijst. Je naam staat wel bij wat je schrijft."),
        required=False,
    )
    pause = forms.ChoiceField(
        label=_("Even pauze"),
        help_text=_(
            "Je krijgt dan geen berichten van deze groep. Niemand ziet dat je pauze hebt. Meelezen kan altijd."
        ),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, membership: Membership, space: Space, **kwargs: Any) -> None:
        self.membership = membership
        told = {answer.field_id: answer for answer in membership.profile.all()}
        paused = membership.quiet_until if (membership.quiet_until or date.min) >= timezone.localdate() else None
        initial = {"is_listed": membership.is_listed, "pause": _KEEP if paused else ""}
        super().__init__(*args, initial=initial, **kwargs)
        choices: list[tuple[str, Any]] = [("", _("Geen pauze")), *_WEEKS.items()]
        if paused:
            until = _("Pauze tot en met %(day)s") % {"day": date_format(paused, "j F")}
            choices.insert(1, (_KEEP, until))
        self.fields["pause"].choices = choices
        self.fields["pause"].required = False
        if not space.members_listed:
            self.fields["is_listed"].help_text = _(
                "In deze groep zien leden nu geen lijst. Alleen de begeleiders zien hem."
            )
        # A question that came while this was filled in was not answered here: what is answered elsewhere stays.
        asked = space.profile_fields.all()
        self.profile_fields = [
            field for field in asked if not self.is_bound or self.add_prefix(f"text_{field.pk}") in self.data
        ]
        for field in self.profile_fields:
            answer = told.get(field.pk)
            self.fields[f"text_{field.pk}"] = forms.CharField(
                label=field.label,
                max_length=1000,
                required=False,
                initial=answer.text if answer else "",
                widget=forms.Textarea(attrs={"rows": 3}),
            )
            self.fields[f"audience_{field.pk}"] = forms.ChoiceField(
                label=_("Wie leest dit: “%(question)s”") % {"question": field.label},
                choices=Audience.choices,
                initial=answer.audience if answer else Audience.SPACE,
            )
        self.sections = [(_("De lijst en pauze"), ("is_listed", "pause"))]
        if self.profile_fields:
            names = [f"{part}_{field.pk}" for field in self.profile_fields for part in ("text", "audience")]
            self.sections.append((_("Wat je over jezelf vertelt"), tuple(names)))

    def arranged(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        weeks = data["pause"]
        until = self.membership.quiet_until if weeks == _KEEP else None
        if weeks in _WEEKS:
            until = timezone.localdate() + timedelta(weeks=int(weeks))
        profile = {field.pk: (data[f"text_{field.pk}"], data[f"audience_{field.pk}"]) for field in self.profile_fields}
        return {"is_listed": data["is_listed"], "quiet_until": until, "profile": profile}
