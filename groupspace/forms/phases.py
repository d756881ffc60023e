"""What facilitators fill in before a space starts."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from groupspace.forms import ModelForm
from groupspace.forms.together import Together
from groupspace.models import CrisisProtocol

_AREA = forms.Textarea(attrs={"rows": 3})


class CrisisProtocolForm(Together, ModelForm):
    """Whom to call, what is known, and what to do with somebody who is anonymous."""

    even_new = True

    class Meta:
        model = CrisisProtocol
        fields = ("contact", "phone", "location", "anonymous", "outside_hours")
        labels = {
            "contact": _("Wie bel je zelf als je niet weet wat je moet doen?"),
            "phone": _("Op welk nummer?"),
            "location": _("Wat weet je over waar de leden zijn?"),
            "anonymous": _("Wat doe je als je niet weet wie iemand is?"),
            "outside_hours": _("Wat gebeurt er als er geen begeleider is?"),
        }
        help_texts = {
            "contact": _("Een collega, je leidinggevende of de achterwacht. Iemand die je ook ’s avonds kunt bellen."),
            "location": _("Bijvoorbeeld: alleen de provincie. Of: bij de aanmelding vroegen we een nummer."),
            "anonymous": _(
                "Meestal help je de ander om zelf te bellen: 112 bij gevaar, 113 bij gedachten aan zelfmoord."
            ),
            "outside_hours": _(
                "Leden lezen bij elke bladzijde de nummers voor hulp. Schrijf op wat jij nog meer regelt."
            ),
        }
        widgets = {"location": _AREA, "anonymous": _AREA, "outside_hours": _AREA}
