"""The textarea that always works, and what the editor needs to take its place once somebody goes to it."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import get_language

from .sanitiser import MemberHTML, from_plain, to_plain


class RichTextWidget(forms.Textarea):
    """A textarea with plain text. Its hidden neighbour says which format is sent, so that both are read rightly."""

    template_name = "groupspace/text/widgets/rich_text.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 5, "autocomplete": "off"} | (attrs or {}))

    def use_required_attribute(self, _initial: Any) -> bool:
        # The browser cannot see what stands in the editor; the server tells in Dutch, beside the field.
        return False

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> tuple[str, str] | None:
        text = data.get(name)
        return None if text is None else (str(text), "html" if data.get(f"{name}-format") == "html" else "plain")

    def value_omitted_from_data(self, data: Any, _files: Any, name: str) -> bool:
        return name not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        text, kind = value if isinstance(value, tuple) else (value or "", "html")
        plain = to_plain(text) if kind == "html" else text
        context = super().get_context(name, plain, attrs)
        # Only what plain text cannot hold goes along as HTML, for the editor.
        context["widget"]["html"] = MemberHTML(text) if kind == "html" and from_plain(plain) != text else ""
        context["widget"] |= _fixed() if settings.DEBUG else _fixed_in(get_language())
        return context


def _fixed() -> dict[str, str]:
    """The buttons of the editor, and where its scripts stand."""
    return {
        "tools": render_to_string("groupspace/text/widgets/tools.html"),
        # Full addresses: the names of static files carry a hash, which a module cannot know.
        "editor": static("groupspace/text/editor.js"),
        "library": static("django_prose_editor/editor.js"),
    }


@cache
def _fixed_in(_language: str | None) -> dict[str, str]:
    """The same, made once per language: nothing in it depends on the form."""
    return _fixed()
