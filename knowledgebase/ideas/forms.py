"""What visitors fill in about an idea, and what staff fill in to word, weigh and choose it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledgebase.models import Province
from knowledgebase.public_forms import PublicForm
from knowledgebase.visitors import TypedField

from .actions import DEMAND, GROUP, WORDS
from .models import QUESTIONS, WHOLE_COUNTRY, Criterion, Idea, Status, WouldJoin


class IdeaForm(PublicForm):
    """An idea of a visitor."""

    problem = TypedField(
        label=_("Voor welk probleem is er een groep nodig?"),
        max_length=1000,
        rows=3,
        help_text=_("Een paar zinnen is genoeg. Bijvoorbeeld: als je voor iemand zorgt en zelf moe wordt."),
    )
    for_whom = TypedField(
        label=_("Voor wie zou die groep zijn?"),
        max_length=300,
        help_text=_("Bijvoorbeeld: jongeren die voor hun vader of moeder zorgen."),
    )
    would_join = forms.ChoiceField(label=_("Zou je zelf meedoen?"), choices=WouldJoin.choices, widget=forms.RadioSelect)
    region = forms.ChoiceField(
        label=_("In welke provincie?"), required=False, choices=[("", WHOLE_COUNTRY), *Province.choices]
    )
    email = forms.EmailField(
        label=_("Wil je mail als er nieuws is over je idee?"),
        required=False,
        max_length=254,
        help_text=_("Vul dan je e-mailadres in. In die mail staat niet waar het over gaat. Daarna wissen we je adres."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, and the ticket."""
        return self.cleaned_data


class WordsForm(forms.ModelForm):
    """The public words of an idea."""

    class Meta:
        model = Idea
        fields = WORDS
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}


class GroupForm(forms.ModelForm):
    """The link to the group, and the estimate of the demand."""

    class Meta:
        model = Idea
        fields = (*DEMAND, *GROUP)
        widgets = {"pilot_ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class JoinForm(forms.Form):
    """Under which public idea an entry belongs."""

    idea = forms.ModelChoiceField(label=_("Welk idee?"), queryset=Idea.objects.order_by("title"))


class AsideForm(forms.Form):
    """An answer to who sent something that is no idea for a group."""

    answer = forms.CharField(
        label=_("Antwoord"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Gaat per mail naar wie een adres gaf. Laat leeg als er geen antwoord nodig is."),
    )


class BesideForm(forms.Form):
    """Which ideas stand beside each other."""

    idee = forms.ModelMultipleChoiceField(queryset=Idea.objects.all(), to_field_name="uuid")


class StatusForm(forms.Form):
    """A new status with its reason."""

    status = forms.ChoiceField(
        label=_("Nieuwe stand"),
        choices=[("", _("Kies de nieuwe stand")), *(choice for choice in Status.choices if choice[0] != Status.GROUP)],
    )
    reason = forms.CharField(
        label=_("Reden"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Iedereen leest dit. Bijvoorbeeld: “Nu niet, omdat er al zo'n groep is.”"),
    )


class ScoreForm(forms.Form):
    """All criteria with a score and a remark."""

    CHOICES = [("", _("Nog niet")), ("0", "0"), ("1", "1"), ("2", "2"), ("3", "3")]

    def __init__(self, data: Any = None, *, idea: Idea) -> None:
        super().__init__(data)
        for criterion in Criterion:
            score = idea.scored.get(criterion)
            self.fields[criterion.value] = forms.TypedChoiceField(
                label=criterion.label,
                help_text=QUESTIONS[criterion],
                choices=self.CHOICES,
                coerce=int,
                empty_value=None,
                required=False,
                initial=str(score.value) if score else "",
            )
            self.fields[f"{criterion.value}_remark"] = forms.CharField(
                label=_("Opmerking bij %(criterion)s") % {"criterion": criterion.label},
                max_length=500,
                required=False,
                initial=score.remark if score else "",
            )

    @property
    def scores(self) -> dict[str, tuple[int | None, str]]:
        """What was filled in, for the action."""
        return {
            criterion.value: (self.cleaned_data[criterion.value], self.cleaned_data[f"{criterion.value}_remark"])
            for criterion in Criterion
        }


class ChooseForm(forms.ModelForm):
    """Why this idea, and where it goes."""

    reason = forms.CharField(
        label=_("Waarom dit idee?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Voor collega's. Dit blijft bewaard en is later niet te veranderen."),
    )
    public_reason = forms.CharField(
        label=_("Reden voor iedereen"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dit staat op de site bij “Wordt een groep”."),
    )

    class Meta:
        model = Idea
        fields = GROUP
        widgets = GroupForm.Meta.widgets

    field_order = ("reason", "public_reason", *GROUP)
