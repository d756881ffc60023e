"""Whether a page is finished: asked once more when it goes online, by whatever road."""

from __future__ import annotations

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.blocks import StreamBlockValidationError
from wagtail.fields import StreamField
from wagtail.models import Page

from .forms import at_odds

NEEDED = _("Dit is nog leeg.")
PART = _("Een van de onderdelen is nog niet af. Open de pagina en kies “Stuur door”: dan zie je welk.")


def problems(page: Page) -> dict[str, list[str]]:
    """What is still wrong with this version of a page: sentences by the name of the field.

    Wagtail looks at the parts of a StreamField in the editor's form only. A draft may be saved unfinished, also while
    it waits for approval, and what is approved is the newest version.
    """
    found: dict[str, list[str]] = {}
    try:
        page.full_clean()
    except ValidationError as error:
        found.update(error.message_dict)
    for field in page._meta.get_fields():
        if not isinstance(field, StreamField):
            continue
        value = getattr(page, field.name)
        if field.blank and not value:
            continue
        try:
            field.stream_block.clean(value)
        except StreamBlockValidationError as error:
            found[field.name] = [str(message) for message in error.non_block_errors] or [str(PART)]
    # What a page type knows of itself that no single field shows: sentences by the name of the field.
    if loose_ends := getattr(page, "loose_ends", None):
        for name, messages in loose_ends().items():
            found.setdefault(name, []).extend(messages)
    return found


def lacking(page: Page) -> dict[str, list[str]]:
    """What the editor's form asks of this version of a page before it goes online: sentences by the name of the field.

    The form asks it of who sends a page in. A draft that is saved while it waits for approval is not asked.
    """
    form = type(page).get_edit_handler().get_form_class()
    values = {name: getattr(page, name) for name in form.base_fields if hasattr(page, name)}
    found = {name: [str(NEEDED)] for name in getattr(form, "needed", ()) if name in values and not values[name]}
    for name, message in at_odds(values).items():
        found.setdefault(name, []).append(str(message))
    for check_values in hooks.get_hooks("check_public_page"):
        for name, errors in check_values(dict(values)).items():
            found.setdefault(name, []).extend(message for error in errors for message in error.messages)
    return found


def sentence(page: Page) -> str:
    """What stands in the way of putting this version online, in one paragraph; empty when nothing does."""
    found = problems(page)
    for name, messages in lacking(page).items():
        found.setdefault(name, []).extend(messages)
    return " ".join(f"{labelled(page, name)}{' '.join(messages)}" for name, messages in found.items())


def labelled(page: Page, name: str) -> str:
    """The name of a field as the editor shows it, to stand before a sentence."""
    if name == NON_FIELD_ERRORS:
        return ""
    label = str(page._meta.get_field(name).verbose_name)
    return f"{label[:1].upper()}{label[1:]}: "


def check(page: Page) -> None:
    """Raises ValidationError with all that is unfinished in this page."""
    if found := problems(page):
        raise ValidationError(found)
