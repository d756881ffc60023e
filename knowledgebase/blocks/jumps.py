"""Jumps: where staff say, by its name, which other block of the same list comes next."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail import blocks


class JumpInput(forms.TextInput):
    """A text field that offers the names of the blocks in the same form."""

    class Media:
        js = ["knowledgebase/jumps.js"]

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__({"list": "kb-jump-names", "autocomplete": "off", "data-kb-jump": "", **(attrs or {})})


class JumpBlock(blocks.CharBlock):
    """Where a block or an answer leads: the name of another block.

    Args:
        also: a name that no block has, to offer with the others.
    """

    def __init__(self, *, also: str = "", **kwargs: Any) -> None:
        super().__init__(max_length=80, search_index=False, **kwargs)
        self.field.widget = JumpInput({"data-kb-jump": also})

    def deconstruct(self) -> tuple[str, Any, Any]:
        """For migrations it is a line of text: they must not need this class."""
        _path, arguments, options = super().deconstruct()
        return "wagtail.blocks.CharBlock", arguments, options
