"""In the editor, below a field: what those who write along said about it."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel


class RemarksPanel(Panel):
    """Open remarks about one section of a theme. It takes nothing in; it stays away when nobody said anything.

    Args:
        section: the name of the section.
    """

    def __init__(self, section: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.section = section

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "section": self.section}

    class BoundPanel(Panel.BoundPanel):
        template_name = "knowledgebase/techniques/admin/remarks_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk and self.remarks)

        @property
        def remarks(self) -> list[Any]:
            """Open remarks about this section; all sections together cost one question."""
            if not hasattr(self.instance, "_open_remarks"):
                from .models import Remark

                self.instance._open_remarks = list(Remark.objects.about(self.instance).open())
            return [remark for remark in self.instance._open_remarks if remark.section == self.panel.section]

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "remarks": self.remarks, "page": self.instance}
