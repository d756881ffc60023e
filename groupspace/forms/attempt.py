"""Between a form and an action: what the action refuses is said beside the field, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

if TYPE_CHECKING:
    from django.forms import BaseForm

T = TypeVar("T")


def attempt(form: BaseForm, action: Callable[[], T]) -> T | None:
    """Run an action for a valid form. When it raises ValidationError, put the sentences in the form.

    Returns what the action returns; None when it refused.
    """
    try:
        return action()
    except ValidationError as error:
        sentences = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
        for field, refusals in sentences.items():
            form.add_error(field if field in form.fields else None, refusals)
        return None
