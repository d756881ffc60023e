"""Example texts for a new page, so that nobody has to start with an empty form. They stand in `examples/*.json`."""

from __future__ import annotations

import json
from pathlib import Path

from wagtail.models import Page

from .content.filler import Filler

FOLDER = Path(__file__).parent / "examples"
#: What stands in the address of an editor that begins with the example.
ASKED = "voorbeeld"


def file_for(model: type[Page]) -> Path:
    """Where the example of a page type stands, if there is one."""
    return FOLDER / f"{model._meta.label}.json"


def has_example(model: type[Page]) -> bool:
    """Whether there is an example for this page type."""
    return file_for(model).is_file()


def fill(page: Page) -> None:
    """Write the example into a new page. Raises FileNotFoundError when its type has none."""
    Filler({}).fill(page, json.loads(file_for(type(page)).read_text(encoding="utf-8")))
