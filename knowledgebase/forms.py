"""What the CMS asks of whoever writes a topic."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm


class TopicForm(WagtailAdminPageForm):
    """The form of a topic."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("checked_on"):
            # For a default that is worked out, Django compares with a hidden field that the CMS does not print. The
            # form would always seem changed, and whoever approves a topic in the editor would become its writer.
            field.show_hidden_initial = False
