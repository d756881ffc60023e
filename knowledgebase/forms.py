"""What the CMS asks of whoever writes a public page."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamBlockValidationError, StreamValue


def at_odds(values: dict[str, Any]) -> dict[str, Any]:
    """What does not fit together in the shared fields: a sentence by the name of the field."""
    found = {}
    if values.get("picture") and not values.get("picture_alt"):
        found["picture_alt"] = _("Vertel kort wat er op de afbeelding staat, voor wie de afbeelding niet ziet.")
    checked, review = values.get("checked_on"), values.get("review_on")
    if checked and review and review <= checked:
        found["review_on"] = _("Kies een dag na de dag van de controle.")
    return found


class PublicPageForm(WagtailAdminPageForm):
    """The form of every public page. A page type may ask for more of the shared fields before it is published."""

    #: Shared fields that this page type cannot do without. A draft may be saved without them.
    needed: ClassVar[tuple[str, ...]] = ("summary",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.needed:
            if name in self.fields:
                self.fields[name].required = True
        for field in self.fields.values():
            # For a default that is worked out, Django compares with a hidden field that the CMS does not print. The
            # form would always seem changed, and whoever approves a page in the editor would become its writer.
            field.show_hidden_initial = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, message in at_odds(cleaned).items():
            self.add_error(name, message)
        if not self.is_deferred_validation:  # a draft may be unfinished
            self.ask_other_apps(cleaned)
        return cleaned

    def ask_other_apps(self, cleaned: dict[str, Any]) -> None:
        """Let who registered `check_public_page` refuse values: from field names to lists of errors."""
        for check in hooks.get_hooks("check_public_page"):
            for name, errors in check(dict(cleaned)).items():
                is_stream = isinstance(cleaned.get(name), StreamValue)
                self.add_error(name, StreamBlockValidationError(non_block_errors=errors) if is_stream else errors)


class TopicForm(PublicPageForm):
    """A topic stands on a shelf by its theme, and somebody checked it."""

    needed = ("summary", "theme", "checked_on")


class MethodForm(PublicPageForm):
    """A method card names somebody to ask, and tells its readers when it was checked (002-38, 002-44)."""

    needed = ("summary", "contact", "checked_on")


class CheckedForm(PublicPageForm):
    """A page of knowledge tells its readers when it was checked."""

    needed = ("summary", "checked_on")


class PlainForm(PublicPageForm):
    """A plain page needs nothing but its text."""

    needed = ()
