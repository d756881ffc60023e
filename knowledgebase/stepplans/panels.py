"""The editor of a step plan: a drawing of the plan, and what is wrong at the block where it is."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

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
