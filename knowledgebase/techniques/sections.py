"""The sections of a theme, in reading order: one list for the page, the handreiking, the draft and the CMS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .models import TechniquePage


class Section(NamedTuple):
    """A part of a theme.

    Attributes:
        name: the field of the page.
        label: its heading.
        kind: the template that shows it.
        anchor: its address within the page.
    """

    name: str
    label: Any
    kind: str
    anchor: str

    @property
    def template(self) -> str:
        return f"knowledgebase/techniques/sections/{self.kind}.html"


SECTIONS = (
    Section("purpose", _("Doel"), "text", "doel"),
    Section("for_whom", _("Voor wie"), "text", "voor-wie"),
    Section("content_track", _("Inhoud: wat doe je?"), "track", "inhoudsspoor"),
    Section("process_track", _("Proces: hoe voer je het in?"), "track", "proces"),
    Section("success_factors", _("Wat maakt het verschil?"), "factors", "succes"),
    Section("embedding", _("Zo blijft het werken"), "text", "borgen"),
    Section("goals", _("Doelen van sociaal werk"), "goals", "doelen"),
    Section("examples", _("Voorbeelden"), "examples", "voorbeelden"),
    Section("step_plans", _("Kies met een stappenplan"), "plans", "stappenplan"),
)
SUMMARY = Section("summary", _("Samenvatting"), "summary", "samenvatting")
#: Not a part of the text: how it looks and reads is something to have a say in as well (004-41).
PRESENTATION = Section("presentation", _("Hoe het eruitziet"), "presentation", "vorm")
#: What those who write along can say something about.
DISCUSSED = (SUMMARY, *(section for section in SECTIONS if section.name != "step_plans"), PRESENTATION)
LABELS = {section.name: section.label for section in DISCUSSED}


class Filled(NamedTuple):
    """A section with what this page says in it."""

    section: Section
    value: Any


def filled(page: TechniquePage) -> list[Filled]:
    """The sections of this page that say something, in order."""
    found = [Filled(section, page.section_value(section.name)) for section in SECTIONS]
    return [part for part in found if part.value]


# Taking over what somebody proposed: only where plain text can become the text of the section.


def as_paragraphs(text: str) -> str:
    """Plain text as the editor of the CMS keeps it: a paragraph for every blank line."""
    paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
    return str(format_html_join("", "<p>{}</p>", ((" ".join(part.split()),) for part in paragraphs)))


def as_factors(text: str) -> list[tuple[str, str]]:
    """Plain text as a list of success factors: one on each line, without the sign in front."""
    lines = [line.strip().lstrip("-*•").strip() for line in text.splitlines()]
    return [("factor", line) for line in lines if line]


TAKEN_AS = {
    "summary": lambda text: " ".join(text.split()),
    "purpose": as_paragraphs,
    "for_whom": as_paragraphs,
    "embedding": as_paragraphs,
    "success_factors": as_factors,
}


def shown(page: TechniquePage, name: str) -> Any:
    """What the draft says in this section, as templates show it."""
    if name == PRESENTATION.name:
        return None
    return page.summary if name == SUMMARY.name else page.section_value(name)
