"""What people fill in when they talk with each other."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groupspace.forms import Form
from groupspace.forum.conf import forum_conf
from groupspace.text.fields import RichTextFormField
from groupspace.text.sanitiser import is_blank, strip_control


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


class PostForm(Form):
    """The text of one post."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"] = RichTextFormField(label=_("Jouw bericht"), max_length=forum_conf().POST_LENGTH)


class ReplyForm(PostForm):
    """An answer in a conversation."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].label = _("Jouw reactie")


class TopicForm(PostForm):
    """A new conversation, or the first post of one: it has the title too."""

    title = TitleField()


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
