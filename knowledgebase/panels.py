"""Parts of the editor that several page types share."""

from __future__ import annotations

from typing import Any

from django.forms.utils import ErrorList
from wagtail.admin.panels import FieldPanel


class LooseEndsPanel(FieldPanel):
    """Blocks that lead to each other. Opening a saved draft shows what is still wrong, where it is.

    The page says what that is: `block_errors`, errors of the editor by the name of the field.
    """

    class BoundPanel(FieldPanel.BoundPanel):
        def get_editable_context_data(self) -> dict[str, Any]:
            context = super().get_editable_context_data()
            if self.form.is_bound:
                return context
            error = self.instance.block_errors.get(self.field_name)
            if error:
                context["rendered_field"] = self.bound_field.field.widget.render_with_errors(
                    self.bound_field.html_name,
                    self.bound_field.value(),
                    attrs={"id": self.bound_field.auto_id},
                    errors=ErrorList([error]),
                )
            return context
