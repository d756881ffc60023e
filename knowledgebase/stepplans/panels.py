"""The editor of a step plan: a drawing of the plan, and what is wrong at the block where it is."""

from __future__ import annotations

from typing import Any

from django.forms.utils import ErrorList
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel

from knowledgebase.forms import CheckedForm

from .drawing import Drawing
from .sentences import errors, remarks
from .structure import Draft


class StepPlanForm(CheckedForm):
    """A draft may be saved with loops and dead ends; a plan that is sent in or published has none."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_deferred_validation and {"steps", "ends"} <= cleaned.keys():
            for field, error in errors(Draft("", cleaned["steps"], cleaned["ends"])).items():
                self.add_error(field, error)
        return cleaned


class PlanPanel(FieldPanel):
    """The blocks of a plan. Opening a saved draft shows what is still wrong, where it is."""

    class BoundPanel(FieldPanel.BoundPanel):
        def get_editable_context_data(self) -> dict[str, Any]:
            context = super().get_editable_context_data()
            if self.form.is_bound:
                return context
            error = errors(self.instance.draft).get(self.field_name)
            if error:
                context["rendered_field"] = self.bound_field.field.widget.render_with_errors(
                    self.bound_field.html_name,
                    self.bound_field.value(),
                    attrs={"id": self.bound_field.auto_id},
                    errors=ErrorList([error]),
                )
            return context


class OverviewPanel(Panel):
    """The plan as it was last saved: what leads where, and what is still to do."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("Overzicht van het plan"), "icon": "sitemap", **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "knowledgebase_stepplans/admin/overview.html"

        class Media:
            css = {"all": ["knowledgebase/stepplans/editor.css"]}

        def is_shown(self) -> bool:
            return bool(self.instance.pk and self.instance.steps)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            draft = self.instance.draft
            return {
                **super().get_context_data(parent_context),
                "remarks": remarks(draft),
                "drawing": Drawing(draft),
            }
