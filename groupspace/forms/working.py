"""What facilitators choose about how their space works inside."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from groupspace.forms import ModelForm
from groupspace.forms.together import Together
from groupspace.kinds import kinds_for
from groupspace.lifetime.steering import LEVELS
from groupspace.lifetime.term import rented_until
from groupspace.models import Space

#: Names in the sprite of icons, and what they show: neutral, so that the mark of a group tells a bystander nothing.
MARKS = (
    ("people", _("mensen")),
    ("sun", _("zon")),
    ("leaf", _("blad")),
    ("cup", _("kopje")),
    ("house", _("huis")),
    ("wave", _("golf")),
    ("star", _("ster")),
    ("heart", _("hart")),
)


class WorkingForm(Together, ModelForm):
    """Steering, sorts of content, approval, last day and mark."""

    sections = (
        (_("Hoeveel sturing"), ("steering", "on_duty", "approve_first")),
        (_("Wat er in de groep is"), ("kinds_on", "landing")),
        (_("Hoe lang"), ("ends_on",)),
        (_("Hoe de groep eruitziet"), ("icon",)),
    )
    steering = forms.TypedChoiceField(
        label=_("Wie trekt de groep?"),
        help_text=_(
            "Bij de eerste twee kunnen leden ook berichten klaarzetten voor later. Je ziet eerder dat het stil is "
            "als er meer sturing is."
        ),
        choices=[(number, level.sentence) for number, level in LEVELS.items()],
        coerce=int,
        widget=forms.RadioSelect,
    )
    kinds_on = forms.MultipleChoiceField(
        label=_("Naast gesprekken"),
        help_text=_(
            "Zet je iets uit, dan zien leden het niet meer. Het blijft bewaard. Zet je het aan, dan is het er weer."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    landing = forms.ChoiceField(
        label=_("Waar komen leden binnen?"),
        help_text=_("Wie geen lid is, ziet altijd eerst waar de groep over gaat."),
        required=False,
    )
    icon = forms.ChoiceField(
        label=_("Beeldmerk"), choices=[("", _("geen")), *MARKS], required=False, widget=forms.RadioSelect
    )

    class Meta:
        model = Space
        fields = ("steering", "on_duty", "approve_first", "landing", "ends_on", "icon")
        labels = {
            "on_duty": _("Wie is er bereikbaar, en wanneer?"),
            "approve_first": _("Een begeleider leest berichten van leden eerst"),
            "ends_on": _("Wat is de laatste dag?"),
        }
        help_texts = {
            "on_duty": _(
                "Schrijf ook op welke uren iemand meeleest, en wat mensen doen als er niemand is. "
                "Leidt de groep zichzelf? Dan moet dit er staan. Leden lezen dit. Mag iedereen lezen wie begeleidt? "
                "Dan leest iedereen ook dit."
            ),
            "approve_first": _("Uit: wat leden schrijven, staat er meteen. Dat past bij de meeste groepen."),
            "ends_on": _("Leeg: de groep loopt door. Na de laatste dag rondt de groep vanzelf twee weken af."),
        }
        widgets = {
            "on_duty": forms.Textarea(attrs={"rows": 2}),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, instance: Space, **kwargs: Any) -> None:
        self.optional = [kind for kind in kinds_for(instance.kind) if kind.optional]
        on = [kind.slug for kind in self.optional if kind.slug not in instance.kinds_off]
        kwargs["initial"] = {"kinds_on": on, **kwargs.get("initial", {})}
        super().__init__(*args, instance=instance, **kwargs)
        self.fields["kinds_on"].choices = [(kind.slug, capfirst(kind.label_plural)) for kind in self.optional]
        if until := rented_until(instance):
            self.fields["ends_on"].help_text = _(
                "Deze ruimte is gehuurd tot en met %(day)s. Kies die dag, of een dag ervoor. Na de laatste dag rondt "
                "de groep vanzelf twee weken af."
            ) % {"day": date_format(until, "j F Y")}
        self.fields["landing"].choices = [
            ("", _("Op de voorpagina van de groep")),
            *((kind.slug, capfirst(kind.label_plural)) for kind in kinds_for(instance.kind)),
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        on = data.get("kinds_on", [])
        if data.get("landing") in {kind.slug for kind in self.optional} - set(on):
            self.add_error("landing", _("Dit staat uit. Kies een plek die aan staat."))
        return data

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        data = dict(self.cleaned_data)
        on = data.pop("kinds_on")
        return {**data, "kinds_off": [kind.slug for kind in self.optional if kind.slug not in on]}
