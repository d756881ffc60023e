"""What people fill in when they talk with each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from groupspace.folds import MOST_WORDS
from groupspace.forms import Form
from groupspace.forms.later import LaterField
from groupspace.forum.conf import forum_conf
from groupspace.forum.models import Post, Topic
from groupspace.forum.moods import SIGNS
from groupspace.models import Audience
from groupspace.storage.chosen import ChosenField
from groupspace.text.fields import RichTextFormField
from groupspace.text.sanitiser import is_blank, strip_control

#: Letters of a word that folds posts.
SHORTEST = 3


class TitleField(forms.CharField):
    """One line that says what a conversation is about."""

    default_error_messages = {
        "required": _("Geef je gesprek een titel. Bijvoorbeeld: Wat helpt jou om te slapen?"),
        "max_length": _("Deze titel is te lang. Maak hem korter dan %(limit_value)d tekens."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Waar gaat het over?"), max_length=120, **kwargs)

    def to_python(self, value: Any) -> str:
        title = " ".join(strip_control(super().to_python(value)).split())
        return "" if is_blank(title) else title


class NoteField(forms.CharField):
    """One line to know before reading."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {"label": _("Waarschuwing vooraf"), "max_length": 80, "required": False, **kwargs}
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        note = " ".join(strip_control(super().to_python(value)).split())
        return "" if is_blank(note) else note


class PostForm(Form):
    """The text of one post, and what may stand beside it: the template folds that away.

    owner_id: key of the account of whoever may send files along; without it there is no field for them.
    attached: the files that the post has, each as its id and its name; they can be taken out.
    is_warned: the warning before it is not its author's to change.
    """

    asides = ("attachments", "note", "mood")

    note = NoteField()
    mood = forms.ChoiceField(label=_("Hoe zit je erbij?"), choices=Post.Mood.choices, required=False)

    def __init__(
        self,
        *args: Any,
        owner_id: Any = None,
        attached: Sequence[tuple[UUID, str]] = (),
        is_warned: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"] = RichTextFormField(label=_("Jouw bericht"), max_length=forum_conf().POST_LENGTH)
        if is_warned:
            del self.fields["note"]
        if owner_id is not None:
            self.fields["attachments"] = ChosenField(owner_id=owner_id)
        if attached:
            self.fields["removed"] = forms.TypedMultipleChoiceField(
                label=_("Haal bestanden weg"),
                choices=attached,
                coerce=UUID,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": _("Dit bestand is er niet meer.")},
            )

    def main_fields(self) -> list[forms.BoundField]:
        """What stands open in the form."""
        return [field for field in self.visible_fields() if field.name not in self.asides]

    def untouched(self) -> str:
        """A name for all forms that look like this one; empty once somebody typed something in it."""
        if self.is_bound or any(self.initial.values()):
            return ""
        return f"{type(self).__name__} {' '.join(self.fields)}"

    def moods(self) -> list[tuple[str, Any, str, bool]]:
        """Each mood: its code, the word, the sign, and whether it was chosen."""
        chosen = self["mood"].value()
        return [(code, label, SIGNS[code], code == chosen) for code, label in Post.Mood.choices]


class QuotedField(forms.UUIDField):
    """The post that is answered, in a hidden field: nonsense answers none."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> UUID | None:
        try:
            return super().to_python(value)
        except forms.ValidationError:
            return None


class ReplyForm(PostForm):
    """An answer in a conversation."""

    quoted = QuotedField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].label = _("Jouw reactie")


class TopicForm(PostForm):
    """A new conversation, or the first post of one: it has the title too."""

    title = TitleField()


class NewTopicForm(TopicForm):
    """A new conversation. Whoever may prepare also chooses its sort; whoever moderates can make it a coffee corner."""

    LOUNGE = "lounge"
    sort = forms.ChoiceField(
        label=_("Wat wordt het?"), choices=Topic.Sort.choices, initial=Topic.Sort.CONVERSATION, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, may_prepare: bool = False, may_moderate: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [one for one in Topic.Sort.choices if may_prepare or one[0] == Topic.Sort.CONVERSATION]
        if may_moderate:
            choices.append((self.LOUNGE, _("Koffiehoek: over gewone dingen, telt niet mee in aantallen")))
        self.fields["sort"].choices = choices  # type: ignore[attr-defined]  # a field of choices
        if len(choices) == 1:
            del self.fields["sort"]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        values["is_lounge"] = values.get("sort") == self.LOUNGE
        if values["is_lounge"]:
            values["sort"] = Topic.Sort.CONVERSATION
        return values


class ScheduledForm(TopicForm):
    """A conversation for later."""

    sort = forms.ChoiceField(
        label=_("Wat wordt het?"), choices=Topic.Sort.choices, initial=Topic.Sort.CONVERSATION, widget=forms.RadioSelect
    )
    audience = forms.ChoiceField(
        label=_("Wie leest het?"),
        choices=[(code, label) for code, label in Audience.choices if code != Audience.SELF],
        initial=Audience.SPACE,
        widget=forms.RadioSelect,
    )
    at = LaterField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["note"], self.fields["mood"]
        self.order_fields(["title", "body", "sort", "audience", "at"])


class MutedWordsForm(Form):
    """Words that a member would rather not see."""

    words = forms.CharField(
        label=_("Jouw woorden"),
        help_text=_("Eén woord op een regel. Een woord telt ook als het begin van een langer woord."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_words(self) -> list[str]:
        lines = strip_control(self.cleaned_data["words"]).casefold().splitlines()
        words = list(dict.fromkeys(" ".join(line.split()) for line in lines if not is_blank(line)))
        if any(len(word) < SHORTEST for word in words):
            raise forms.ValidationError(
                _("Een woord heeft hier minstens drie letters. Anders vouwt bijna alles dicht.")
            )
        if len(words) > MOST_WORDS:
            raise forms.ValidationError(
                _("Er passen hier %(most)d woorden in. Haal er een paar weg."), params={"most": MOST_WORDS}
            )
        return words


class NoteForm(Form):
    """A warning that a moderator puts before somebody's post."""

    note = NoteField(
        help_text=_(
            "Bijvoorbeeld: over zelfbeschadiging. Het bericht gaat dan pas open als iemand erop klikt. "
            "Laat leeg om de waarschuwing weg te halen."
        )
    )


class PostDeleteForm(Form):
    """Taking away what another wrote needs a reason."""

    reason = forms.CharField(
        label=_("Waarom haal je dit weg?"),
        help_text=_("Wie het schreef, leest dit. Schrijf het vriendelijk."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Schrijf in een paar woorden waarom. Wie het schreef, leest dit."),
            "max_length": _("Dit is te lang. Maak het korter dan %(limit_value)d tekens."),
        },
    )
